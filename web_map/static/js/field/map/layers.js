/** What the phone's maps are made of: imagery and ground from the phone first, outlines of places.
 *
 * Leaflet (`leaflet()` of ../leaflet.js) has to be there before any of these is called.
 */

import { styles } from "../../text.js";
import { all, get } from "../db.js";

const TILE = 256;
const DEEPEST = 17;
const ANCESTORS = 5;

/** The address of a tile of imagery, which is also its name on the phone. */
export const tileUrl = (sceneId, { z, x, y }, view = "natural") => `/imagery/${sceneId}/${view}/${z}/${x}/${y}.webp`;

async function pictureOf(row) {
  if (!row?.body) return null;
  const blob = row.body instanceof Blob ? row.body : new Blob([row.body], { type: row.type || "image/webp" });
  return createImageBitmap(blob);
}

async function fromNet(url) {
  if (!navigator.onLine) return undefined;
  try {
    const response = await fetch(url, { credentials: "same-origin", signal: AbortSignal.timeout(15000) });
    if (response.status === 204) return null;
    return response.ok ? await createImageBitmap(await response.blob()) : undefined;
  } catch {
    return undefined;
  }
}

/** The nearest coarser tile on the phone, and which part of it shows the tile asked for. */
async function coarser(sceneId, view, { z, x, y }) {
  for (let up = 1; up <= ANCESTORS && z - up >= 0; up += 1) {
    const row = await get("tiles", tileUrl(sceneId, { z: z - up, x: x >> up, y: y >> up }, view));
    if (row?.body) {
      const size = TILE / 2 ** up;
      const left = (x % 2 ** up) * size;
      return { picture: await pictureOf(row), part: [left, (y % 2 ** up) * size, size, size] };
    }
  }
  return null;
}

async function draw(canvas, sceneId, view, coords) {
  const row = await get("tiles", tileUrl(sceneId, coords, view));
  const found = row ? await pictureOf(row) : await fromNet(tileUrl(sceneId, coords, view));
  if (found === null) return;
  const shown = found ? { picture: found, part: [0, 0, found.width, found.height] } : await coarser(sceneId, view, coords);
  if (!shown?.picture) {
    canvas.dataset.missing = "true";
    return;
  }
  canvas.getContext("2d").drawImage(shown.picture, ...shown.part, 0, 0, TILE, TILE);
  shown.picture.close();
}

/**
 * A layer of one scene's imagery: a tile of the phone first, then the server's, then a coarser one
 * of the phone. `options` are Leaflet's.
 */
export function offlineTiles(sceneId, { view = "natural", ...options } = {}) {
  const L = window.L;
  const Layer = L.GridLayer.extend({
    createTile(coords, done) {
      const canvas = document.createElement("canvas");
      canvas.width = TILE;
      canvas.height = TILE;
      draw(canvas, sceneId, view, coords).then(() => done(null, canvas), (problem) => done(problem, canvas));
      return canvas;
    },
  });
  return new Layer({ maxNativeZoom: DEEPEST, maxZoom: 19, zIndex: 1, ...options });
}

/** How the outline of a place is drawn: dark below, bright above, by where the place stands. */
export const TONES = {
  TO_DO: "#ffd43b", SENT_BACK: "#ff6b5e", DRAFT: "#ff9f1c", KEPT: "#4dd2ff", WAITING: "#4dd2ff", DONE: "#7be495",
};

/** The outlines of places as one layer; `tone(place)` names a colour of TONES, `ontap(place)` hears taps. */
export function outlines(places, { tone = () => "TO_DO", ontap, weight = 3 } = {}) {
  const L = window.L;
  const group = L.featureGroup();
  for (const place of places) {
    if (!place.outline) continue;
    const under = L.geoJSON(place.outline, { interactive: false, style: { color: "#10222f", weight: weight + 3, fill: false, opacity: 0.9 } });
    const over = L.geoJSON(place.outline, { interactive: Boolean(ontap), style: { color: TONES[tone(place)] || TONES.TO_DO, weight, fill: Boolean(ontap), fillOpacity: 0.08 } });
    if (ontap) over.on("click", () => ontap(place));
    group.addLayer(under).addLayer(over);
  }
  return group;
}

function groundStyle(feature) {
  const line = styles.LayerKind?.[feature.properties?.kind];
  if (!line) return { color: "#3d4b5c", weight: 1.5, fill: false };
  const { colour, width, dash, fill_opacity: fill } = line;
  return { color: colour, weight: width, dashArray: dash.join(" ") || null, fill: fill > 0, fillOpacity: fill };
}

/** Rivers, towns and zones of the areas taken along, as one layer; empty where none was. */
export async function ground() {
  const L = window.L;
  const group = L.featureGroup();
  const seen = new Set();
  for (const area of await all("areas")) {
    const features = (area.ground?.features || []).filter((one) => !one.id || !seen.has(one.id));
    features.forEach((one) => one.id && seen.add(one.id));
    L.geoJSON({ type: "FeatureCollection", features }, {
      interactive: false, style: groundStyle,
      pointToLayer: (feature, at) => L.circleMarker(at, { radius: 3, ...groundStyle(feature) }),
    }).addTo(group);
  }
  return group;
}
