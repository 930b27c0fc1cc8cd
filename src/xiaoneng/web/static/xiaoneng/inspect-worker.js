/* Keeps the inspector's pages for when there is no connection: the page itself, its styles and its scripts; nothing
   else, and nothing of anybody who is not the one logged in on this phone. Records are kept and sent by the page. */
const ASSETS = "xiaoneng-inspect-assets";
const PAGES = "xiaoneng-inspect-pages";
const OWNER = "/inspect/owner";

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

const owner = async () => {
  const kept = await (await caches.open(PAGES)).match(OWNER);
  return kept ? kept.text() : "";
};

const store = async (address) => {
  const path = new URL(address, self.location.origin).pathname;
  const name = path.startsWith("/static/") ? ASSETS : PAGES;
  const answer = await fetch(address, { credentials: "same-origin", redirect: "manual" });
  if (answer.ok) await (await caches.open(name)).put(path, answer);
};

const keep = async ({ user, addresses }) => {
  if ((await owner()) !== user) await caches.delete(PAGES);
  await (await caches.open(PAGES)).put(OWNER, new Response(user));
  await Promise.allSettled(addresses.map(store));
};

self.addEventListener("message", (event) => {
  const done = () => event.source?.postMessage({ kept: true });
  if (event.data.keep) event.waitUntil(keep(event.data.keep).then(done));
  if (event.data.forget) event.waitUntil(caches.delete(PAGES));
});

const page = async (request, path) => {
  try {
    const answer = await fetch(request);
    if (answer.status < 500) return answer;
    return (await (await caches.open(PAGES)).match(path)) ?? answer;
  } catch (lost) {
    const kept = await (await caches.open(PAGES)).match(path);
    if (kept) return kept;
    throw lost;
  }
};

const asset = async (request, path) => {
  const kept = await (await caches.open(ASSETS)).match(path);
  const fresh = fetch(request).then(async (answer) => {
    if (answer.ok) await (await caches.open(ASSETS)).put(path, answer.clone());
    return answer;
  });
  if (!kept) return fresh;
  fresh.catch(() => undefined);
  return kept;
};

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== self.location.origin) return;
  if (request.mode === "navigate" && pathname.startsWith("/inspect/")) event.respondWith(page(request, pathname));
  else if (pathname.startsWith("/static/")) event.respondWith(asset(request, pathname));
});
