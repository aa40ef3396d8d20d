// Keeps answers on the phone until they have been taken. Without scripts the form is simply sent.
const WAITING = "luwes-survei", DONE = "luwes-survei-selesai", RETRY = 30000;
const form = document.querySelector("form[data-code]");
const aside = document.querySelector("[data-luring]");

const read = (key, none) => {
  try { return JSON.parse(localStorage.getItem(key)) ?? none; } catch { return none; }
};
const write = (key, value) => {
  try { localStorage.setItem(key, JSON.stringify(value)); return true; } catch { return false; }
};
const show = (id, text) => {
  const place = document.getElementById(id);
  if (text) place.textContent = text;
  place.hidden = false;
  place.scrollIntoView({ block: "center" });
};
const drop = item => write(WAITING, read(WAITING, []).filter(one => one.number !== item.number));

// The server stores a number once, so sending twice does no harm; losing an answer would.
async function send(item) {
  const body = new URLSearchParams(item.body);
  const waited = Math.round((Date.now() - item.at) / 1000);
  if (waited > 60) body.set("umur", waited);
  let answer;
  try {
    answer = await fetch(item.url, { method: "POST", body, headers: { Accept: "application/json" } });
  } catch { return null; }
  if (answer.status === 429 || answer.status >= 500) return null;
  let said;
  try { said = await answer.json(); } catch { return null; }
  drop(item);
  return said;
}

async function flush(mine) {
  for (const item of read(WAITING, [])) {
    const said = await send(item);
    const own = item.number === mine;
    if (!said) {
      // What waits is not to be filled in twice.
      if (own) { (form ?? aside).hidden = true; show("menunggu"); }
      continue;
    }
    document.getElementById("menunggu").hidden = true;
    if (own) (form ?? aside).hidden = false;
    if (said.told) { if (own) show("kabar", said.told); continue; }
    write(DONE, { ...read(DONE, {}), [item.code]: new Date(item.at).toDateString() });
    if (own) location.assign(said.to);
  }
}

let mine = "";
if (form) {
  if (read(DONE, {})[form.dataset.code] === new Date().toDateString()) document.getElementById("sudah").hidden = false;
  form.addEventListener("submit", event => {
    const body = new URLSearchParams(new FormData(form)).toString();
    const item = { number: form.elements.nomor.value, code: form.dataset.code, url: location.pathname, body, at: Date.now() };
    const others = read(WAITING, []).filter(one => one.number !== item.number);
    // Where the phone keeps nothing, the browser sends the form itself.
    if (!write(WAITING, [...others, item])) return;
    event.preventDefault();
    mine = item.number;
    flush(mine);
  });
}
// Opened again without signal: whoever waits here waits for the last answer, or for the questions.
if (aside) mine = read(WAITING, []).at(-1)?.number ?? "";
async function again() {
  if (!aside || mine) return flush(mine);
  try { if ((await fetch(location.pathname, { method: "HEAD" })).ok) location.reload(); } catch { /* Still no signal. */ }
}
addEventListener("online", again);
setInterval(again, aside ? RETRY / 6 : RETRY);
flush(mine);

// One page, put aside once: it says that there is no signal and sends what waits.
async function keep() {
  await navigator.serviceWorker.register("/luring.js", { scope: "/s/" });
  if (await caches.match("/s/luring/")) return;
  const files = [...document.querySelectorAll("link[rel=stylesheet], script[src]")];
  await (await caches.open("luwes-survei")).addAll(["/s/luring/", ...files.map(one => one.href || one.src)]);
}
if (navigator.serviceWorker && navigator.onLine) addEventListener("load", () => keep().catch(() => {}));
