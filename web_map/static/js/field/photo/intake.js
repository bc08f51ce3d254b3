/** A photograph coming in: its untouched bytes, their hash, and where the phone was and pointed. */

import { newId } from "../../new_id.js";
import { isFull } from "../db.js";
import { hashOf } from "../outbox/sha256.js";

const SPARE_BYTES = 20000000;

/** What kind of file its first bytes say it is: "jpeg", "png", "webp", "heic" or "other". */
export function kindOf(bytes) {
  const text = String.fromCharCode(...bytes.slice(0, 16));
  if (bytes[0] === 0xff && bytes[1] === 0xd8) return "jpeg";
  if (text.startsWith("\u0089PNG")) return "png";
  if (text.startsWith("RIFF") && text.slice(8, 12) === "WEBP") return "webp";
  return /^....ftyp(heic|heix|hevc|heim|heis|mif1|msf1)/s.test(text) ? "heic" : "other";
}

/** Says whether the phone has room for so many bytes more; unknown counts as room. */
export async function hasRoom(bytes) {
  const found = await navigator.storage?.estimate?.();
  return !found?.quota || found.quota - found.usage > bytes + SPARE_BYTES;
}

/**
 * Reads a file: { photo, blob } with { id, sha256, size_bytes, file_name, source, chosen_at, kind,
 * fix, heading_deg }, or { problem: "large" | "empty" | "unreadable" }.
 */
export async function taken(file, { source, most_bytes, fix, heading_deg }) {
  if (file.size > most_bytes) return { problem: "large" };
  let bytes;
  try {
    bytes = await file.arrayBuffer();
  } catch {
    return { problem: "unreadable" };
  }
  if (!bytes.byteLength) return { problem: "empty" };
  const blob = new Blob([bytes], { type: file.type });
  const photo = {
    id: newId(), sha256: await hashOf(bytes), size_bytes: bytes.byteLength, file_name: file.name.slice(0, 120), source,
    chosen_at: new Date().toISOString(), kind: kindOf(new Uint8Array(bytes, 0, Math.min(16, bytes.byteLength))), fix, heading_deg,
  };
  return { photo, blob };
}

/** Why the phone could not store a photograph. */
export const storeProblem = (problem) => (isFull(problem) ? "full" : "refused");
