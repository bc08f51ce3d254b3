/** Fetches my list where there is a net, and puts it in the place of the old one at once. */

import { ApiError } from "../../api.js";
import { on, tell } from "../bus.js";
import { all, recall, transact } from "../db.js";
import { district } from "../me.js";
import { isOnline, sessionIs } from "../net.js";
import { WAITING } from "../outbox/queue.js";

const EVERY_MS = 600000;
const SOON_MS = 4000;
const PATIENCE_MS = 90000;
const MOST_AREAS = 20;
let running = null;
let soon = null;
let askedAreas = "";

/** The boxes drawn on the map that were taken along: all places in them belong to the list. */
async function drawn(code) {
  const boxes = (await all("areas")).filter((one) => one.mode === "box" && one.district === code)
    .sort((a, b) => (a.created_at < b.created_at ? 1 : -1)).map(({ boxes: [[...corners]] }) => corners.join(","));
  return boxes.slice(0, MOST_AREAS);
}

async function ask(code) {
  const known = await recall("list_etag");
  const headers = { Accept: "application/json", "X-Requested-With": "qingfei" };
  if (known?.district === code) headers["If-None-Match"] = known.etag;
  const areas = await drawn(code);
  askedAreas = areas.join(" ");
  const address = `/api/field/list?${new URLSearchParams([["district", code], ...areas.map((one) => ["area", one])])}`;
  let response;
  try {
    response = await fetch(address, { headers, cache: "no-store", credentials: "same-origin", signal: AbortSignal.timeout(PATIENCE_MS) });
  } catch {
    throw new ApiError(0, null);
  }
  if (response.status === 401) sessionIs(false);
  if (response.ok || response.status === 304) return response;
  throw new ApiError(response.status, await response.json().catch(() => null));
}

/** Puts the new list in the place of the old one; what a draft or the outbox still needs stays. */
function replace(body, etag) {
  const about = {
    list_etag: { district: body.district.code, etag }, list_as_of: new Date().toISOString(),
    list_left_out: body.left_out, list_district: body.district,
  };
  return transact(["places", "drafts", "outbox", "meta"], "readwrite", ({ places, drafts, outbox, meta }) => {
    for (const [name, value] of Object.entries(about)) meta.put({ name, value });
    const found = new Set(body.places.map((place) => place.key));
    for (const place of body.places) places.put(place);
    const asked = { before: places.getAll(), drafts: drafts.getAllKeys(), sent: outbox.getAll() };
    asked.sent.onsuccess = () => {
      const unsent = asked.sent.result.filter((row) => WAITING.has(row.state) || row.state === "SENT_BACK").map((row) => row.place_key);
      const needed = new Set([...asked.drafts.result, ...unsent]);
      for (const place of asked.before.result) {
        if (found.has(place.key)) continue;
        if (needed.has(place.key)) places.put({ ...place, is_dropped: true });
        else places.delete(place.key);
      }
    };
  });
}

async function sync() {
  const here = await district();
  if (!here) return false;
  const response = await ask(here.code);
  if (response.status === 304) {
    await transact(["meta"], "readwrite", ({ meta }) => meta.put({ name: "list_as_of", value: new Date().toISOString() }));
  } else {
    await replace(await response.json(), response.headers.get("ETag"));
  }
  tell("list");
  return true;
}

/** Brings the list up to date; throws ApiError with the sentence to show. Says whether it was asked for. */
export async function syncList() {
  running ??= sync().finally(() => { running = null; });
  return running;
}

function quietly() {
  if (!isOnline() || document.hidden) return;
  syncList().catch(() => undefined);  // the old list stays, and says how old it is
}

function later() {
  clearTimeout(soon);
  soon = setTimeout(quietly, SOON_MS);
}

async function laterIfDrawn() {
  const here = await district();
  if (here && (await drawn(here.code)).join(" ") !== askedAreas) quietly();
}

/** Keeps the list up to date: with the net, another district, person or area, after checks were taken. */
export function startListSync() {
  on("area", () => void laterIfDrawn());
  on("net", quietly);
  on("me", quietly);
  on("outbox", later);
  on("answers", later);
  document.addEventListener("visibilitychange", quietly);
  setInterval(quietly, EVERY_MS);
  quietly();
}
