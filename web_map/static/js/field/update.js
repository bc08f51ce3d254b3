/** The service worker's registration, and the new version that waits for its turn. */

import { tell } from "./bus.js";

const EVERY_MS = 3600000;
let registration = null;
let isTapped = false;

/** Says whether a new version waits to be switched to. */
export const isNewReady = () => Boolean(registration?.waiting);

/** Says whether the page can work without a net at all: only over https or on the machine itself. */
export const canWorkOffline = () => "serviceWorker" in navigator;

/** Switches to the new version and loads the page anew; never happens by itself. */
export function switchOver() {
  isTapped = true;
  registration?.waiting?.postMessage("take over");
}

/** Looks for a new version. */
export async function lookForNew() {
  try {
    await registration?.update();
  } catch {
    // no net, or the new version is not wholly there: the next look finds it
  }
}

/** Tells the worker the page's language, so that it starts in it without a net. */
export async function rememberLanguage(language) {
  if (!("caches" in window)) return;
  const settings = await caches.open("qingfei-settings");
  await settings.put("/language", new Response(language));
}

/** Registers the worker; "update" is told on the bus when a new version is wholly there. */
export async function startWorker() {
  if (!canWorkOffline()) return;
  navigator.serviceWorker.addEventListener("controllerchange", () => {
    if (isTapped) location.reload();
  });
  registration = await navigator.serviceWorker.register("/field-worker.js", { scope: "/field", updateViaCache: "none" });
  const tellIfReady = () => isNewReady() && tell("update");
  registration.addEventListener("updatefound", () => {
    registration.installing?.addEventListener("statechange", tellIfReady);
  });
  tellIfReady();
  setInterval(() => void lookForNew(), EVERY_MS);
}
