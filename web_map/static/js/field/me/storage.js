/** Room on the phone: how much is used, whether the browser may clear it, and how to forget all. */

import { all, recall } from "../db.js";

const SENT = new Set(["ACCEPTED", "RECEIVED"]);

/** Bytes used and free, or null where the browser does not say. */
export async function room() {
  if (!navigator.storage?.estimate) return null;
  const { usage = 0, quota = 0 } = await navigator.storage.estimate();
  return { used: usage, free: Math.max(0, quota - usage) };
}

/** Says whether the browser promised never to clear what is kept; null where it cannot. */
export async function isLasting() {
  return navigator.storage?.persisted ? navigator.storage.persisted() : null;
}

/** Asks the browser to keep everything for good; resolves to its answer. */
export async function askToLast() {
  return navigator.storage?.persist ? navigator.storage.persist() : null;
}

/** Says whether everything is with the server, or was written to a file since it last changed. */
export async function isSafeToForget() {
  const left = (await all("outbox")).filter((row) => !SENT.has(row.state));
  const drafts = await all("drafts");
  if (drafts.length) return false;
  const exported = (await recall("outbox_exported_at")) || "";
  return left.every((row) => row.updated_at <= exported);
}

/** Removes everything of this page from the phone and loads it anew. */
export async function forgetAll() {
  for (const one of await navigator.serviceWorker?.getRegistrations() || []) await one.unregister();
  if ("caches" in window) for (const name of await caches.keys()) await caches.delete(name);
  await new Promise((resolve) => {
    const asked = indexedDB.deleteDatabase("qingfei-field");
    asked.onsuccess = resolve;
    asked.onerror = resolve;
    asked.onblocked = resolve;
  });
  location.replace("/field");
}
