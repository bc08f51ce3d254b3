/** The map of who has what: places by holder, chosen by a tap. */

import { h } from "../dom.js";
import { rules } from "../paint.js";
import { now } from "../store.js";
import { t } from "../text.js";

const HUES = ["#0b5cad", "#b35a00", "#7a3b94", "#1b6e3c", "#8c1020", "#00796b", "#6b4fa0", "#7a6a00"];
const FREE = "#ffffff";

/** A colour for each holder, the same on every drawing. */
export function huesOf(items) {
  const holders = [...new Set(items.map((one) => one.holder).filter(Boolean))].sort();
  return new Map(holders.map((name, at) => [name, HUES[at % HUES.length]]));
}

function sourceOf(district) {
  return {
    async getZxy(z, x, y, signal) {
      const address = `/tiles/${encodeURIComponent(district.code)}/reference/${z}/${x}/${y}.mvt?v=${district.revision}`;
      const response = await fetch(address, { signal });
      return response.status === 200 ? { data: await response.arrayBuffer() } : undefined;
    },
  };
}

/** Makes the map; `draw(items, chosen)` shows places, `tapped(key)` hears of taps, `inView()` names keys. */
export function giveMap(district, tapped) {
  const box = h("div", { class: "give-map", id: "give-map", role: "group", "aria-label": t("teams.map") });
  const marks = L.featureGroup();
  let map = null;
  let shown = [];

  function start() {
    const [west, south, east, north] = district.bounds;
    Object.assign(now, { district });
    map = L.map(box, { attributionControl: false, preferCanvas: true, minZoom: 7, maxZoom: 18, zoomSnap: 0.5 });
    map.fitBounds([[south, west], [north, east]], { animate: false });
    for (const scene of district.scenes.slice(-1)) {
      const [w, s, e, n] = scene.bounds;
      L.tileLayer(`/imagery/${scene.id}/natural/{z}/{x}/{y}.webp`, { bounds: [[s, w], [n, e]], maxNativeZoom: 17, maxZoom: 18, zIndex: 1 }).addTo(map);
    }
    protomapsL.leafletLayer({
      url: sourceOf(district), paintRules: rules.reference.paint, labelRules: rules.reference.label,
      attribution: "", noWrap: true, maxDataZoom: 15, maxZoom: 18, zIndex: 2,
    }).addTo(map);
    L.control.scale({ imperial: false, position: "bottomleft" }).addTo(map);
    marks.addTo(map);
  }

  function draw(items, chosen, isNew) {
    if (!map && !box.isConnected) {
      requestAnimationFrame(() => draw(items, chosen, isNew));
      return;
    }
    if (!map) start();
    shown = items;
    const hues = huesOf(items);
    marks.clearLayers();
    for (const one of items) {
      const isChosen = chosen.has(one.key);
      L.circleMarker([one.lat, one.lon], {
        radius: isChosen ? 9 : 6, weight: isChosen ? 4 : 2, color: isChosen ? "#ffd43b" : "#10222f",
        fillColor: hues.get(one.holder) || FREE, fillOpacity: 1,
      }).on("click", () => tapped(one.key)).addTo(marks);
    }
    if (isNew && items.length) map.fitBounds(marks.getBounds().pad(0.15), { animate: false, maxZoom: 15 });
  }

  return { element: box, draw, inView: () => (map ? shown.filter((one) => map.getBounds().contains([one.lat, one.lon])).map((one) => one.key) : []) };
}
