/** The map of a site: its outline on the newest image, with rivers and its neighbours. */

import { h } from "../dom.js";
import { rules } from "../paint.js";
import { now } from "../store.js";
import { t } from "../text.js";

const LAYERS = ["reference", "sites"];
let map = null;

const corners = ([west, south, east, north]) => [[south, west], [north, east]];

function sourceOf(district, name) {
  return {
    async getZxy(z, x, y, signal) {
      const response = await fetch(`/tiles/${encodeURIComponent(district.code)}/${name}/${z}/${x}/${y}.mvt?v=${district.revision}`, { signal });
      return response.status === 200 ? { data: await response.arrayBuffer() } : undefined;
    },
  };
}

function meets([west, south, east, north], [w, s, e, n]) {
  return w < east && e > west && s < north && n > south;
}

function showScene(scene, kept) {
  kept.image?.remove();
  kept.image = null;
  if (!scene) return;
  kept.image = L.tileLayer(`/imagery/${scene.id}/natural/{z}/{x}/{y}.webp`, {
    bounds: corners(scene.bounds), maxNativeZoom: 17, maxZoom: 19, zIndex: 1,
  }).addTo(map);
}

/** The site itself is drawn as a line only, so that the image inside it can be seen. */
function paintOf(name, code) {
  return rules[name].paint.map((rule) => ({
    ...rule, filter: (zoom, feature) => feature.props.code !== code && (!rule.filter || rule.filter(zoom, feature)),
  }));
}

function start(box, site, district, scene, kept) {
  map?.remove();
  Object.assign(now, { district, scene, imageryOn: Boolean(scene) });
  map = L.map(box, { attributionControl: false, minZoom: 8, maxZoom: 19, zoomSnap: 0.5, scrollWheelZoom: false });
  map.fitBounds(corners(site.bounds), { padding: [50, 50], maxZoom: 17, animate: false });
  showScene(scene, kept);
  LAYERS.forEach((name, order) => protomapsL.leafletLayer({
    url: sourceOf(district, name), paintRules: paintOf(name, site.code), labelRules: rules[name].label,
    attribution: "", noWrap: true, maxDataZoom: 15, maxZoom: 19, zIndex: order + 2,
  }).addTo(map));
  for (const [color, weight] of [["#10222f", 6], ["#ffe14d", 3]]) {
    L.geoJSON(site.outline, { style: { color, weight, fill: false, opacity: 1 }, interactive: false }).addTo(map);
  }
  L.control.scale({ imperial: false, position: "bottomleft" }).addTo(map);
}

/** The map that is shown, for tools that draw on it. */
export const shownMap = () => map;

/** Draws the card of the map, with a switch of dates where there are several. */
export function mapCard({ site, district }) {
  const box = h("div", { class: "site-map", id: "site-map", role: "group", "aria-label": t("site.map_of", { name: site.name }) });
  const scenes = district.scenes.filter((one) => meets(one.bounds, site.bounds));
  const newest = scenes[scenes.length - 1] || null;
  const kept = { image: null };
  requestAnimationFrame(() => box.isConnected && start(box, site, district, newest, kept));
  const dates = scenes.length > 1 && h("select", {
    id: "scene", "aria-label": t("imagery.date"),
    onchange: (event) => showScene(scenes.find((one) => one.id === event.target.value), kept),
  }, scenes.map((one) => h("option", { value: one.id, selected: one === newest }, one.acquired_on || one.name)));
  return h("section", { class: "card site-map-card" }, box,
    h("div", { class: "site-map-foot" }, dates || h("span", {}, newest ? newest.acquired_on : t("imagery.none")),
      h("span", { class: "quiet" }, newest ? newest.notice : "")));
}
