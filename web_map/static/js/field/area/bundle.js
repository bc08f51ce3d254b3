/** Fetches many tiles in one answer and hands each over as soon as it is wholly there. */

import { ApiError } from "../../api.js";
import { sessionIs } from "../net.js";

/** Tiles that one request asks for. */
export const BUNDLE = 64;
const PATIENCE_MS = 30000;

/** Cuts a stream of bytes into tiles: four bytes of length, then so many bytes. */
function cutter() {
  let held = new Uint8Array(0);
  return (chunk) => {
    const joined = new Uint8Array(held.length + chunk.length);
    joined.set(held);
    joined.set(chunk, held.length);
    const view = new DataView(joined.buffer);
    const parts = [];
    let place = 0;
    while (joined.length - place >= 4) {
      const end = place + 4 + view.getUint32(place);
      if (end > joined.length) break;
      parts.push(joined.slice(place + 4, end).buffer);
      place = end;
    }
    held = joined.slice(place);
    return parts;
  };
}

async function open(scene, tiles, signal) {
  const address = `/api/field/area/tiles/${scene}/natural?at=${tiles.join(",")}`;
  const headers = { "X-Requested-With": "qingfei" };
  let response;
  try {
    response = await fetch(address, { headers, signal, cache: "no-store", credentials: "same-origin" });
  } catch {
    throw new ApiError(0, null);
  }
  if (response.status === 401) sessionIs(false);
  if (!response.ok) throw new ApiError(response.status, await response.json().catch(() => null));
  return response;
}

/**
 * Returns the tiles that arrived, in the order asked for, and the problem that cut the answer
 * short, or null. A net that stands still for half a minute is a net that is gone.
 */
export async function fetchBundle(scene, tiles, signal) {
  const stop = new AbortController();
  const leave = () => stop.abort();
  signal.addEventListener("abort", leave);
  let timer = setTimeout(leave, PATIENCE_MS);
  const arrived = [];
  let problem = null;
  try {
    const reader = (await open(scene, tiles, stop.signal)).body.getReader();
    const cut = cutter();
    for (let step = await reader.read(); !step.done; step = await reader.read()) {
      clearTimeout(timer);
      timer = setTimeout(leave, PATIENCE_MS);
      arrived.push(...cut(step.value));
    }
    if (arrived.length < tiles.length) problem = new ApiError(0, null);
  } catch (trouble) {
    problem = trouble instanceof ApiError ? trouble : new ApiError(0, null);
  }
  clearTimeout(timer);
  signal.removeEventListener("abort", leave);
  return { arrived, problem };
}
