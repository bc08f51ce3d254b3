/** The service worker: serves the phone's shell from the phone, wholly one version or another.
 *
 * `SHELL` stands before this text: version, files by SHA-256, the page in each language. A new
 * version is taken in beside the old one, every file checked, and takes over at the next start or
 * when the page asks; answers of the register are never kept here.
 */

const PREFIX = "qingfei-shell-";
const NAME = PREFIX + SHELL.version;
const SETTINGS = "qingfei-settings";
const HOME = "/field";
const AT_ONCE = 6;

async function hexOf(bytes) {
  const hash = await crypto.subtle.digest("SHA-256", bytes);
  return [...new Uint8Array(hash)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

async function take(cache, address) {
  if (await cache.match(address)) return;
  const response = await fetch(address, { cache: "no-cache", redirect: "error", credentials: "same-origin" });
  if (!response.ok) throw new Error(`${address}: ${response.status}`);
  const wanted = SHELL.files[address];
  if (wanted) {
    if ((await hexOf(await response.clone().arrayBuffer())) !== wanted) throw new Error(`${address} is of another version`);
  } else if (address.startsWith(`${HOME}?`) && response.headers.get("X-Qingfei-Shell") !== SHELL.version) {
    throw new Error(`${address} is of another version`);
  }
  await cache.put(address, response);
}

async function takeAll() {
  const cache = await caches.open(NAME);
  const wanted = [...Object.keys(SHELL.files), ...Object.values(SHELL.pages), ...SHELL.manifests];
  const next = async () => {
    while (wanted.length) await take(cache, wanted.shift());
  };
  await Promise.all(Array.from({ length: AT_ONCE }, next));
}

async function dropOthers() {
  for (const name of await caches.keys()) {
    if (name.startsWith(PREFIX) && name !== NAME) await caches.delete(name);
  }
  await self.clients.claim();
}

async function language() {
  const kept = await (await caches.open(SETTINGS)).match("/language");
  const wish = kept ? await kept.text() : "";
  return SHELL.pages[wish] ? wish : "zh-CN";
}

async function answer(address, request) {
  const kept = await (await caches.open(NAME)).match(address);
  return kept || fetch(request);
}

self.addEventListener("install", (event) => event.waitUntil(takeAll()));
self.addEventListener("activate", (event) => event.waitUntil(dropOthers()));
self.addEventListener("message", (event) => {
  if (event.data === "take over") self.skipWaiting();
});
self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname, search } = new URL(request.url);
  if (request.method !== "GET" || origin !== self.location.origin) return;
  const address = pathname + search;
  if (request.mode === "navigate") {
    if (address === HOME) event.respondWith(language().then((one) => answer(SHELL.pages[one], request)));
  } else if (SHELL.files[address] || SHELL.manifests.includes(address)) {
    event.respondWith(answer(address, request));
  }
});
