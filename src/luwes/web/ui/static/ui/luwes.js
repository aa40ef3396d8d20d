// Comfort on top of pages that work without it: theme, copy, share, guards. No inline handlers, no eval.
const root = document.documentElement;
const status = document.getElementById("live");

const say = (text) => { if (status) status.textContent = text; };

const isDark = () =>
  root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;

function switchTheme(button) {
  const theme = isDark() ? "light" : "dark";
  root.dataset.theme = theme;
  try {
    localStorage.setItem("luwes-theme", theme);
  } catch (refused) {
    // The choice then lasts for this page only.
  }
  button.setAttribute("aria-pressed", String(theme === "dark"));
}

async function copyText(button) {
  const source = document.getElementById(button.dataset.copy);
  const word = button.querySelector("[data-word]");
  try {
    await navigator.clipboard.writeText(source.textContent.trim());
    word.textContent = button.dataset.done;
  } catch (refused) {
    // Without a clipboard (plain http): select it, so that one keystroke copies.
    getSelection().selectAllChildren(source);
    word.textContent = button.dataset.manual;
  }
  say(word.textContent);
}

async function share(link) {
  const { title, text, url } = link.dataset;
  try {
    await navigator.share({ title, text, url: new URL(url || location.href, location.href).href });
  } catch (refused) {
    if (refused.name !== "AbortError") location.assign(link.href);
  }
}

document.addEventListener("click", (event) => {
  const target = event.target.closest("[data-theme-switch], [data-copy], [data-share], [data-print]");
  if (target) {
    if ("themeSwitch" in target.dataset) switchTheme(target);
    else if ("copy" in target.dataset) copyText(target);
    else if ("print" in target.dataset) print();
    else if (navigator.share) {
      event.preventDefault();
      share(target);
    }
  }
  // A menu closes when one looks elsewhere.
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});

document.addEventListener("keydown", (event) => {
  const menu = event.key === "Escape" && document.querySelector("details.menu[open]");
  if (menu) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});

// One press, one submission. The button stays focusable and keeps its name and value.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.dataset.sent) return event.preventDefault();
  delete form.dataset.changed;
  if (form.method !== "post" || form.matches("[data-repeat], [hx-post]")) return undefined;
  form.dataset.sent = "1";
  event.submitter?.setAttribute("aria-disabled", "true");
  return undefined;
});
// Coming back with the back button must find a usable form.
addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) {
    delete form.dataset.sent;
    form.querySelector("[aria-disabled]")?.removeAttribute("aria-disabled");
  }
});

document.addEventListener("input", (event) => {
  const form = event.target.closest("form[data-guard]");
  if (form) form.dataset.changed = "1";
});
addEventListener("beforeunload", (event) => {
  if (document.querySelector("form[data-changed]")) event.preventDefault();
});

// On paper nothing can be unfolded. Newer browsers do this by style alone.
const folded = [];
addEventListener("beforeprint", () => {
  folded.push(...document.querySelectorAll("main details:not([open])"));
  for (const one of folded) one.open = true;
});
addEventListener("afterprint", () => {
  for (const one of folded.splice(0)) one.open = false;
});

// What keep.js put aside goes with the session: when somebody signs out, and wherever nobody is signed in.
const forget = () => globalThis.caches?.delete("luwes-luring");
document.addEventListener("submit", (event) => "forget" in event.target.dataset && forget());
if (document.querySelector("main form[data-forget]")) forget();

function prepare() {
  document.querySelector("[data-error-summary]")?.focus();
  for (const button of document.querySelectorAll("[data-theme-switch]")) {
    button.hidden = false;
    button.setAttribute("aria-pressed", String(isDark()));
  }
  for (const button of document.querySelectorAll("[data-copy], [data-print]")) button.hidden = false;
}
prepare();
document.addEventListener("htmx:afterSwap", prepare);
