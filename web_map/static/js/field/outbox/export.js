/** The outbox as a file that the office can read in: for a phone that finds no net for days. */

import { all, get, keep } from "../db.js";
import { phoneName } from "../me.js";
import { zipOf } from "./zip.js";

const FORMAT = "qingfei-outbox-1";
const MOST_BYTES = 1.9e9;

/** The bytes of a photograph, or null where the phone can no longer read them. */
export async function pictureOf(row) {
  try {
    return (await get("blobs", row.id))?.blob || null;
  } catch {
    return null;
  }
}

/** What goes into the files: every check, and every photograph whose bytes are on the phone. */
async function contents(owner) {
  const rows = (await all("outbox")).filter((row) => row.owner === owner);
  rows.sort((a, b) => (a.kind > b.kind) - (a.kind < b.kind) || (a.created_at > b.created_at) - (a.created_at < b.created_at));
  const found = [];
  const lost = [];
  for (const row of rows) {
    const blob = row.kind === "photo" ? await pictureOf(row) : null;
    if (row.kind === "check" || blob) found.push({ row, blob });
    else if (row.state !== "RECEIVED" && row.state !== "ACCEPTED") lost.push(row.id);
  }
  return { found, lost };
}

/** In files of a size that any system reads; most phones need one. */
function divided(found) {
  const files = [[]];
  let size = 0;
  for (const one of found) {
    const bytes = one.blob ? one.blob.size : one.row.size_bytes * 2;
    if (size + bytes > MOST_BYTES && files.at(-1).length) {
      files.push([]);
      size = 0;
    }
    files.at(-1).push(one);
    size += bytes;
  }
  return files;
}

/** Makes one file of [{ row, blob }]; `onPart(n)` is told of each part, `ending` follows its name. */
export async function fileOf(owner, found, exported_at, ending = "", onPart = () => {}) {
  const said = { format: FORMAT, owner, device: phoneName(), exported_at, items: found.map(({ row }) => row) };
  const parts = [["outbox.json", new Blob([JSON.stringify(said)])]];
  for (const { row, blob } of found) if (blob) parts.push([`photos/${row.id}`, blob]);
  const zip = await zipOf(parts, onPart);
  const stamp = exported_at.slice(0, 19).replaceAll(":", "").replace("T", "-");
  return new File([zip], `qingfei-outbox-${owner}-${stamp}${ending}.zip`, { type: zip.type });
}

/**
 * Makes the files of what a person's outbox holds: { files: File[], exported_at, lost } with the ids
 * of photographs that the phone can no longer read; `onPart(done, all)` is told how far it is.
 */
export async function exportFiles(owner, onPart = () => {}) {
  const exported_at = new Date().toISOString();
  const { found, lost } = await contents(owner);
  const files = [];
  let done = 0;
  for (const [index, part] of divided(found).entries()) {
    const before = done;
    const told = (n) => {
      done = before + n;
      onPart(done, found.length + index + 1);
    };
    files.push(await fileOf(owner, part, exported_at, index ? `-${index + 1}` : "", told));
  }
  return { files, exported_at, lost };
}

/** Remembers when everything was written to a file, so that the phone may be forgotten. */
export const exported = (at) => keep("outbox_exported_at", at);

/** Hands a file to the phone's own sharing, or to its downloads; false where the person turned back. */
export async function handOver(file) {
  if (navigator.canShare?.({ files: [file] })) {
    try {
      await navigator.share({ files: [file] });
      return true;
    } catch (problem) {
      if (problem.name === "AbortError") return false;
    }
  }
  const address = URL.createObjectURL(file);
  const link = document.createElement("a");
  link.href = address;
  link.download = file.name;
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), 600000);
  return true;
}
