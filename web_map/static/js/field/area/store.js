/** The areas on the phone and the tiles that belong to them; a tile may belong to several. */

import { tell } from "../bus.js";
import { all, get, isFull, put, transact } from "../db.js";

const keysOf = (id) => transact(["tiles"], "readonly", ({ tiles }) => ({ request: tiles.index("areas").getAllKeys(id) }));

/** How areas stand whose rows a full phone did not take; it holds until one is taken again. */
const unwritten = new Map();

/** The areas, the newest first. */
export const areas = async () => (await all("areas"))
  .map((area) => ({ ...area, ...unwritten.get(area.id) }))
  .sort((a, b) => (a.created_at < b.created_at ? 1 : -1));

/** Keeps an area as it now is, unless it was removed meanwhile; of one a full phone has, in mind. */
export async function keepArea(area, isNew = false) {
  if (!isNew && !(await get("areas", area.id))) return;
  try {
    await put("areas", { ...area, updated_at: new Date().toISOString() });
    unwritten.delete(area.id);
  } catch (problem) {
    if (isNew || !isFull(problem)) throw problem;
    unwritten.set(area.id, { state: area.state, problem: area.problem });
  }
  tell("area");
}

/** The addresses of an area's tiles that are on the phone. */
export const heldBy = async (area) => new Set(await keysOf(area.id));

/** Stores tiles and how far the area is in one step: both or neither. */
export async function keepTiles(area, rows) {
  await transact(["tiles", "areas"], "readwrite", ({ tiles, areas: kept }) => {
    for (const { url, body } of rows) {
      const asked = tiles.get(url);
      asked.onsuccess = () => {
        const before = asked.result;
        const owners = [...new Set([...(before?.areas || []), area.id])];
        tiles.put({ url, body: body === undefined ? before?.body ?? null : body, type: "image/webp", areas: owners });
      };
    }
    kept.put({ ...area, updated_at: new Date().toISOString() });
  });
  unwritten.delete(area.id);
  tell("area");
}

/** Says which of the addresses are on the phone already, for whatever area. */
export async function present(urls) {
  const asked = await transact(["tiles"], "readonly", ({ tiles }) => urls.map((url) => tiles.getKey(url)));
  return new Set(asked.map((one) => one.result).filter(Boolean));
}

/** Removes an area and the tiles that no other area needs. */
export async function removeArea(id) {
  const others = new Set();
  for (const one of await all("areas")) {
    if (one.id !== id) for (const url of await keysOf(one.id)) others.add(url);
  }
  const mine = await keysOf(id);
  await transact(["tiles", "areas"], "readwrite", ({ tiles, areas: kept }) => {
    kept.delete(id);
    for (const url of mine) {
      if (!others.has(url)) {
        tiles.delete(url);
        continue;
      }
      const asked = tiles.get(url);
      asked.onsuccess = () => tiles.put({ ...asked.result, areas: asked.result.areas.filter((one) => one !== id) });
    }
  });
  tell("area");
}
