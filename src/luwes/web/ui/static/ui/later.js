// Forms that are kept on the phone until there is a signal: data-later names what is sent. The server takes the same
// form once, so sending twice does no harm. A picture is made small here, which also leaves out what the camera wrote.
const KEY = "luwes-nanti", SIDE = 1280, RETRY = 30000;

const read = () => { try { return JSON.parse(localStorage.getItem(KEY)) ?? []; } catch { return []; } };
const write = (items) => { try { localStorage.setItem(KEY, JSON.stringify(items)); return true; } catch { return false; } };
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
  const item = { id: form.dataset.later, url: form.action, fields: [], photo: null };
  for (const [name, value] of new FormData(form)) {
    if (typeof value === "string") item.fields.push([name, value]);
    else if (value.size) item.photo = [name, await small(value)];
  }
  return item;
}

// true: taken; false: refused, the page must be seen again; null: no signal, or the server is away.
async function send(item) {
  const body = new FormData();
  for (const [name, value] of item.fields) body.append(name, value);
  if (item.photo) body.append(item.photo[0], blob(item.photo[1]), "pintu.jpg");
  let answer;
  try { answer = await fetch(item.url, { method: "POST", body }); } catch { return null; }
  if (answer.status >= 500 || answer.status === 429) return null;
  // Sent on to the sign-in page: nothing was taken.
  return answer.ok && new URL(answer.url).pathname === new URL(item.url).pathname;
}

let busy = false;
async function flush() {
  if (busy) return;
  busy = true;
  for (const item of read()) {
    const taken = await send(item);
    if (taken === null) continue;
    write(read().filter((one) => one.id !== item.id));
    if (!taken) { tell("failed", true); continue; }
    document.querySelector(`form[data-later="${item.id}"]`)?.closest("details")?.remove();
  }
  tell("told", read().length > 0);
  busy = false;
}

document.addEventListener("submit", async (event) => {
  const form = event.target.closest("form[data-later]");
  if (!form) return;
  event.preventDefault();
  let item;
  try { item = await pack(form); } catch { form.submit(); return; }
  const taken = await send(item);
  if (taken === false) form.submit(); // The server says what is wrong, on the page itself.
  else if (taken) { form.closest("details").remove(); tell("saved", true); }
  else if (write([...read().filter((one) => one.id !== item.id), item])) {
    form.closest("details").open = false;
    tell("told", true);
  } else tell("failed", true);
});
addEventListener("online", flush);
setInterval(() => { if (navigator.onLine && read().length) flush(); }, RETRY);
flush();
