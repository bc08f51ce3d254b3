/** The outbox: each check and each photograph an item of its own, from "keep" to the receipt.
 *
 * A row is { id, kind: "check" | "photo", check_id, place_key, place_name, owner, body, sha256,
 * size_bytes, state, sent_bytes, tries, next_try_at, problem, receipt, comment, created_at,
 * updated_at }: the body of a check is the text that is hashed and sent, that of a photograph what
 * is announced of it. States: KEPT on the phone, SENDING, RECEIVED by the office, ACCEPTED or
 * SENT_BACK by a reviewer, REFUSED by the server. A problem is { code, zh?, en? }.
 */

import { on, tell } from "../bus.js";
import { all, get, transact } from "../db.js";
import { hashOf } from "./sha256.js";

/** The states of an item that the office does not have yet. */
export const WAITING = new Set(["KEPT", "SENDING", "REFUSED"]);

const KEPT_DAYS = 90;
const DAY_MS = 86400000;
const STORES = ["outbox", "blobs", "drafts"];
const tabs = "BroadcastChannel" in window ? new BroadcastChannel("qingfei-outbox") : null;

if (tabs) tabs.onmessage = (event) => tell("outbox", { ...event.data, isElsewhere: true });

/** Tells every part of the page, in every tab, that the outbox changed. */
export function changed(detail = {}) {
  tell("outbox", detail);
  tabs?.postMessage(detail);
}

const now = () => new Date().toISOString();

/** A text that any program can store: without NUL, without halves of characters. */
const sound = (key, value) => {
  if (typeof value !== "string") return value;
  const text = value.replaceAll("\u0000", "");
  return text.toWellFormed ? text.toWellFormed() : text;
};

function row(kind, id, of, values) {
  return {
    id, kind, check_id: of.id, place_key: of.place_key, place_name: of.place_name, owner: of.body.recorded_by,
    state: "KEPT", sent_bytes: 0, tries: 0, next_try_at: null, problem: null, receipt: null, comment: null,
    created_at: now(), updated_at: now(), ...values,
  };
}

function photoRow(check, photo) {
  const { blob, ...said } = photo;
  const body = {
    check_id: check.id, sha256: said.sha256, size_bytes: said.size_bytes, file_name: said.file_name || "",
    source: said.source, chosen_at: said.chosen_at, fix: said.fix ?? null, heading_deg: said.heading_deg ?? null,
    recorded_by: check.body.recorded_by,
  };
  return row("photo", photo.id, check, { body, sha256: body.sha256, size_bytes: body.size_bytes });
}

/** The bytes themselves: a chosen file may be only a pointer into the phone's gallery. */
async function bytesOf({ blob }) {
  return blob instanceof File ? new Blob([await blob.arrayBuffer()], { type: blob.type }) : blob;
}

/** The rows of a check and its photographs, as they enter the outbox. */
export async function rowsOf(check, photos) {
  const body = JSON.stringify(check.body, sound);
  const mine = row("check", check.id, check, {
    body, sha256: await hashOf(body), size_bytes: new TextEncoder().encode(body).length,
  });
  return [mine, ...photos.map((photo) => photoRow(check, photo))];
}

/**
 * Takes a check { id, place_key, place_name, body } and its photographs { id, sha256, size_bytes,
 * file_name, source, chosen_at, fix, heading_deg, blob? } into the outbox and ends the place's
 * draft: all of it or nothing. A photograph without `blob` lies in `blobs` already; one that does
 * not makes this throw, as full storage does, and the draft is as it was.
 */
export async function enqueueCheck(check, photos) {
  const rows = await rowsOf(check, photos);
  const known = await get("outbox", check.id);
  if (known) {
    if (known.body === rows[0].body) return known;
    throw new Error(`the outbox holds another check ${check.id}`);
  }
  const own = new Map();
  for (const photo of photos) if (photo.blob) own.set(photo.id, await bytesOf(photo));
  let isMissing = false;
  try {
    await transact(STORES, "readwrite", ({ outbox, blobs, drafts }) => {
      for (const one of rows) outbox.add(one);
      for (const photo of photos) {
        if (own.has(photo.id)) {
          blobs.put({ id: photo.id, blob: own.get(photo.id) });
          continue;
        }
        const asked = blobs.getKey(photo.id);
        asked.onsuccess = () => {
          if (asked.result !== undefined) return;
          isMissing = true;
          blobs.transaction.abort();
        };
      }
      drafts.delete(check.place_key);
    });
  } catch (problem) {
    throw isMissing ? new Error("a photograph of the check is not on the phone") : problem;
  }
  changed({ isNew: true });
  return rows[0];
}

/** Changes a row as it is now, if it is there; `blobs` of ids in `drop` go in the same stroke. */
export async function change(id, how, drop = []) {
  let result;
  await transact(["outbox", "blobs"], "readwrite", ({ outbox, blobs }) => {
    const asked = outbox.get(id);
    asked.onsuccess = () => {
      if (!asked.result) return;
      result = { ...asked.result, ...how(asked.result), updated_at: now() };
      outbox.put(result);
      for (const one of drop) blobs.delete(one);
    };
  });
  changed({ id, state: result?.state });
  return result;
}

/** Counts what waits of a person: { checks, photos, refused, bytes }. */
export async function waiting(owner) {
  const found = { checks: 0, photos: 0, refused: 0, bytes: 0 };
  for (const one of await all("outbox")) {
    if (one.owner !== owner || !WAITING.has(one.state)) continue;
    found[one.kind === "check" ? "checks" : "photos"] += 1;
    found.bytes += one.size_bytes - (one.sent_bytes || 0);
    if (one.state === "REFUSED") found.refused += 1;
  }
  return found;
}

/** Says how far an item is that is being sent, without storing it. */
export function progress(id, sent_bytes) {
  changed({ id, sent_bytes });
}

/** Takes what the office has had for 90 days off the list. */
export async function sweep() {
  const before = new Date(Date.now() - KEPT_DAYS * DAY_MS).toISOString();
  await transact(["outbox"], "readwrite", ({ outbox }) => {
    const asked = outbox.openCursor();
    asked.onsuccess = () => {
      const cursor = asked.result;
      if (!cursor) return;
      const { state, updated_at } = cursor.value;
      if (!WAITING.has(state) && updated_at < before) cursor.delete();
      cursor.continue();
    };
  });
}

/** Calls the listener whenever something enters, moves or leaves the outbox. */
export const onOutbox = (listener) => on("outbox", listener);
