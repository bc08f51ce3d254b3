/** How one item reaches the office: a check in one piece, a photograph in pieces that can be cut off.
 *
 * What was sent is done only with a receipt whose hash is the phone's own; anything else is sent
 * again, which is harmless.
 */

import { get } from "../db.js";
import { change, progress } from "./queue.js";
import { hashOf } from "./sha256.js";
import { Hindered, request } from "./wire.js";

const PIECE = 262144;
const JSON_TYPE = { "Content-Type": "application/json" };
const READ = new Set(["RECEIVED", "UNREADABLE"]);

const received = (receipt, more = {}) => () => ({
  state: "RECEIVED", receipt, problem: null, tries: 0, next_try_at: null, ...more,
});

async function sendCheck(row) {
  const body = JSON.stringify({ check: row.body, sent_at: new Date().toISOString() });
  const { receipt } = await request("PUT", `/api/field-checks/${row.id}`, { body, headers: JSON_TYPE });
  if (receipt?.id !== row.id || receipt.sha256 !== row.sha256) throw new Hindered("receipt");
  await change(row.id, received(receipt, { sent_bytes: row.size_bytes }));
}

async function pictureOf(row) {
  let blob;
  try {
    blob = (await get("blobs", row.id))?.blob;
  } catch {
    blob = null;
  }
  if (!blob) throw new Hindered("lost", { isAnswer: true });
  return blob;
}

/** The bytes from `start`; a file that the phone cannot read any more is said to be lost. */
async function bytesAt(blob, start) {
  try {
    return await blob.slice(start, start + PIECE).arrayBuffer();
  } catch {
    throw new Hindered("lost", { isAnswer: true });
  }
}

async function sendPiece(row, blob, number, before) {
  const bytes = await bytesAt(blob, number * PIECE);
  return request("PUT", `/api/photos/${row.id}/pieces/${number}`, {
    body: bytes,
    headers: { "Content-Type": "application/octet-stream", "X-Piece-SHA256": await hashOf(bytes) },
    onProgress: (loaded) => progress(row.id, before + Math.min(loaded, bytes.byteLength)),
  });
}

function sizeOf(row, numbers) {
  return numbers.reduce((sum, n) => sum + Math.min(PIECE, row.size_bytes - n * PIECE), 0);
}

/** Finishes a photograph: the receipt is kept and the phone's own bytes go in the same stroke. */
async function finish(row, status) {
  const { receipt, state, judgement, sentence_zh: zh, sentence_en: en } = status;
  if (receipt?.sha256 !== row.sha256 || receipt.size_bytes !== row.size_bytes) throw new Hindered("receipt");
  const problem = state === "UNREADABLE" ? { code: "unreadable", zh, en } : null;
  await change(row.id, received(receipt, { problem, judgement, sent_bytes: row.size_bytes }), [row.id]);
}

async function sendPhoto(row) {
  let status = await request("PUT", `/api/photos/${row.id}`, { body: JSON.stringify(row.body), headers: JSON_TYPE });
  if (!READ.has(status.state)) {
    const blob = await pictureOf(row);
    if (blob.size !== row.size_bytes) throw new Hindered("damaged", { isAnswer: true });
    const pieces = Math.ceil(row.size_bytes / PIECE);
    for (let number = 0; number < pieces && !READ.has(status.state); number += 1) {
      if (status.have?.includes(number)) continue;
      status = await sendPiece(row, blob, number, sizeOf(row, status.have || []));
      await change(row.id, () => ({ sent_bytes: sizeOf(row, status.have || []) }));
    }
  }
  if (!READ.has(status.state)) throw new Hindered("receipt");
  await finish(row, status);
}

/** Says whether the phone's own copy is no longer the one that was recorded. */
async function isDamaged(row) {
  const blob = await pictureOf(row);
  return (await hashOf(blob)) !== row.sha256;
}

/** Sends one item until its receipt is kept; throws Hindered. */
export async function sendItem(row) {
  await change(row.id, () => ({ state: "SENDING" }));
  if (row.kind === "check") return sendCheck(row);
  try {
    return await sendPhoto(row);
  } catch (problem) {
    if (problem.code === "photo_differs" && (await isDamaged(row))) throw new Hindered("damaged", { isAnswer: true });
    throw problem;
  }
}
