/** The address keeps place, map position and selection, so that a copied link shows the same. */

import { now } from "./store.js";

/** Reads the address. */
export function readHash() {
  const got = new URLSearchParams(location.hash.slice(1));
  const [zoom, latitude, longitude] = (got.get("m") || "").split("/").map(Number);
  const position = [zoom, latitude, longitude].every(Number.isFinite) && got.get("m")
    ? { zoom, latitude, longitude } : null;
  let selected = null;
  if (got.get("c")) selected = { type: "candidate", id: got.get("c") };
  if (got.get("s")) selected = { type: "site", id: got.get("s") };
  return { district: got.get("d"), scene: got.get("t"), view: got.get("v"), position, selected };
}

/** Writes the address without a step in the browser's history. */
export function writeHash(map) {
  const centre = map.getCenter();
  const put = new URLSearchParams();
  if (now.district) put.set("d", now.district.code);
  put.set("m", `${map.getZoom()}/${centre.lat.toFixed(5)}/${centre.lng.toFixed(5)}`);
  if (now.scene) put.set("t", now.scene.acquired_on);
  if (now.view !== "natural") put.set("v", now.view);
  if (now.selected) put.set(now.selected.type === "site" ? "s" : "c", now.selected.id);
  const text = `#${put.toString().replaceAll("%2F", "/")}`;
  if (text !== location.hash) history.replaceState(null, "", text);
}
