// Forms that are kept on the phone until there is a signal: data-later names what is sent, data-later-of whose page it
// is. A phone is shared: what one person kept is sent from that person's page alone, and the server checks it again.
// The server takes the same form once, so sending twice does no harm. What it does not take stays until it is thrown
// away. A picture is made small here, which also leaves out what the camera wrote.
const KEY = "luwes-nanti", SIDE = 1280, RETRY = 15000, STALE = 20 * 3600000;
const page = document.querySelector("[data-later-of]");
const owner = page?.dataset.laterOf ?? "";

const read = () => { try { return JSON.parse(localStorage.getItem(KEY)) ?? []; } catch { return []; } };
const write = (items) => { try { localStorage.setItem(KEY, JSON.stringify(items)); return true; } catch { return false; } };
const mine = () => read().filter((one) => owner && one.owner === owner);
const same = (one, item) => one.id === item.id && one.owner === item.owner;
const others = (item) => read().filter((one) => !same(one, item));
const tell = (name, shown) => { const place = document.querySelector(`[data-later-${name}]`); if (place) place.hidden = !shown; };

async function small(file) {
  const picture = await createImageBitmap(file);
  const scale = Math.min(1, SIDE / Math.max(picture.width, picture.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(picture.width * scale);
  canvas.height = Math.round(picture.height * scale);
  canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
  return canvas.toDataURL("image/jpeg", 0.7);
}

function blob(address) {
  const bytes = Uint8Array.from(atob(address.split(",")[1]), (letter) => letter.charCodeAt(0));
  return new Blob([bytes], { type: "image/jpeg" });
}

async function pack(form) {
  const item = { id: form.dataset.later, owner, at: Date.now(), url: form.action, fields: [], photo: null };
  for (const [name, value] of new FormData(form)) {
    if (typeof value === "string") item.fields.push([name, value]);
    else if (value.size) item.photo = [name, await small(value)];
  }
  return item;
}

// The session may be another one than when it was kept, and after a day the server takes a form's own token no more.
function fresh(name, value, item) {
  const old = name === "csrfmiddlewaretoken" || (name === "once" && Date.now() - item.at > STALE);
  return (old && page.querySelector(`input[name="${name}"]`)?.value) || value;
}

// "taken"; "refused": the server says what is wrong; "blocked": signed out, or the link is closed; null: no signal.
async function send(item) {
  const body = new FormData();
  for (const [name, value] of item.fields) body.append(name, fresh(name, value, item));
  if (item.photo) body.append(item.photo[0], blob(item.photo[1]), "pintu.jpg");
  let answer;
  try { answer = await fetch(item.url, { method: "POST", body }); } catch { return null; }
  if (answer.status >= 500 || answer.status === 429) return null;
  if (answer.status === 422) return "refused";
  // Sent on to the sign-in page: nothing was taken.
  return answer.ok && new URL(answer.url).pathname === new URL(item.url).pathname ? "taken" : "blocked";
}

function show(blocked) {
  const waiting = mine();
  tell("blocked", blocked);
  tell("told", !blocked && waiting.some((one) => !one.refused));
  tell("failed", waiting.some((one) => one.refused));
  tell("foreign", read().some((one) => one.owner !== owner));
}

let busy = false;
async function flush() {
  if (busy || !page) return;
  busy = true;
  let blocked = false;
  for (const item of mine().filter((one) => !one.refused)) {
    const answer = await send(item);
    if (answer === "taken") {
      write(others(item));
      document.querySelector(`form[data-later="${item.id}"]`)?.closest("details")?.remove();
      tell("saved", true);
    } else if (answer === "refused") write([...others(item), { ...item, refused: true }]);
    else blocked ||= answer === "blocked";
  }
  show(blocked);
  busy = false;
}

document.addEventListener("submit", async (event) => {
  const form = event.target.closest("form[data-later]");
  if (!form) return;
  event.preventDefault();
  let item;
  try { item = await pack(form); } catch { form.submit(); return; }
  const answer = await send(item);
  if (answer === "refused") { form.submit(); return; } // The server says what is wrong, on the page itself.
  if (answer === "taken") {
    write(others(item));
    form.closest("details").remove();
    show(false);
    tell("saved", true);
  } else if (write([...others(item), item])) {
    form.closest("details").open = false;
    show(answer === "blocked");
  } else tell("failed", true);
});
document.addEventListener("click", (event) => {
  if (!event.target.closest("[data-later-discard]")) return;
  write(read().filter((one) => !(one.owner === owner && one.refused)));
  show(false);
});
// Not every browser tells that the signal is back (Chromium 119 does not on a page that opened without it).
addEventListener("online", flush);
document.addEventListener("visibilitychange", () => { if (!document.hidden) flush(); });
setInterval(() => { if (navigator.onLine && mine().length) flush(); }, RETRY);
flush();
