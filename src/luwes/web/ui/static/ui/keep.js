// Puts this page aside with its styles and scripts, so that it opens again without signal; see offline.js. The page
// asked for anew is the list as it now stands, not what an error left on it. Signing out throws all of it away.
// A check can be filed for three days.
const NAME = "luwes-luring", LONGEST = 3 * 86400000;

async function keep() {
  const scope = location.pathname.split("/").slice(0, 2).join("/") + "/";
  await navigator.serviceWorker.register("/luring.js", { scope });
  const answer = await fetch(location.pathname);
  if (!answer.ok || answer.redirected) return;
  const store = await caches.open(NAME);
  const headers = new Headers(answer.headers);
  headers.set("x-sampai", Date.now() + LONGEST);
  const files = [...document.querySelectorAll("link[rel=stylesheet], link[rel=icon], script[src]")];
  await store.addAll(files.map((one) => one.href || one.src));
  await store.put(location.pathname, new Response(await answer.blob(), { headers }));
  document.documentElement.dataset.kept = "1";
}

// Without https there are no workers, and without signal nothing new to keep.
if (navigator.serviceWorker && navigator.onLine) keep().catch(() => {});
