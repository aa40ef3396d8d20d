// Opens pages without signal that keep.js or survey.js have put aside. With signal every page comes from the server.
const CHECKER = "luwes-luring", PATIENCE = 8000;

async function kept(address) {
  const found = await caches.match(address, { ignoreSearch: true, ignoreVary: true });
  if (!found || Date.now() < Number(found.headers.get("x-sampai") ?? Infinity)) return found;
  await (await caches.open(CHECKER)).delete(address);
}

async function page(request) {
  const { pathname } = new URL(request.url);
  const aside = await kept(pathname);
  // A signal too weak to bring the beginning of the page is none; once it has begun, it may take its time.
  const stop = new AbortController();
  const timer = setTimeout(() => aside && stop.abort(), PATIENCE);
  try {
    const answer = await fetch(request, { signal: stop.signal });
    // Signed out, or the link is closed: what was put aside is nobody's any more.
    if (aside && !answer.ok && answer.status < 500) await (await caches.open(CHECKER)).delete(pathname);
    return answer;
  } catch (gone) {
    const instead = aside ?? (pathname.startsWith("/s/") ? await kept("/s/luring/") : undefined);
    if (instead) return instead;
    throw gone;
  } finally { clearTimeout(timer); }
}

async function file(request) {
  try { return await fetch(request); } catch (gone) {
    const found = await caches.match(request, { ignoreVary: true });
    if (found) return found;
    throw gone;
  }
}

addEventListener("install", () => skipWaiting());
addEventListener("activate", (event) => event.waitUntil(clients.claim()));
addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET" || new URL(request.url).origin !== location.origin) return;
  if (request.mode === "navigate") event.respondWith(page(request));
  else if (["style", "script", "image", "manifest"].includes(request.destination)) event.respondWith(file(request));
});
