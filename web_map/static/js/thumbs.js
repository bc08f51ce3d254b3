/** Two dates side by side: small maps that move together, the outline drawn on top. */

import { h } from "./dom.js";
import { tilesOf } from "./imagery.js";
import { corners } from "./map.js";
import { now } from "./store.js";
import { t } from "./text.js";

const open = [];
const coarse = matchMedia("(pointer: coarse)");

/** Takes the small maps down. */
export function dropThumbs() {
  for (const one of open.splice(0)) one.map?.remove();
}

function outlineOn(map, item, scene) {
  const seen = item.sightings.find((one) => one.scene_id === scene.id);
  const dash = seen ? null : "5 5";
  for (const [color, weight] of [["#10222f", 5], ["#ffe14d", 2.5]]) {
    L.geoJSON(seen?.outline || item.outline, {
      style: { color, weight, fill: false, opacity: 1, dashArray: weight < 5 ? dash : null }, interactive: false,
    }).addTo(map);
  }
}

function startMap(one, item) {
  one.map?.remove();
  one.map = L.map(one.box, {
    attributionControl: false, zoomControl: false, keyboard: false, zoomSnap: 0.25, maxZoom: 18, minZoom: 8,
    dragging: !coarse.matches, touchZoom: false, scrollWheelZoom: false, doubleClickZoom: true, fadeAnimation: false,
  });
  one.map.fitBounds(corners(item.bounds), { padding: [22, 22], maxZoom: 17, animate: false });
  tilesOf(one.scene, now.view).addTo(one.map);
  outlineOn(one.map, item, one.scene);
  one.map.on("move", () => follow(one));
}

let isFollowing = false;

function follow(leader) {
  if (isFollowing) return;
  isFollowing = true;
  for (const other of open) {
    if (other !== leader && other.map) other.map.setView(leader.map.getCenter(), leader.map.getZoom(), { animate: false });
  }
  isFollowing = false;
}

function caption(one, item, scenes) {
  if (scenes.length < 3) return h("figcaption", {}, one.scene.acquired_on);
  return h("figcaption", {}, h("select", {
    "aria-label": t("imagery.date"),
    onchange: (event) => {
      one.scene = scenes.find((scene) => scene.id === event.target.value);
      startMap(one, item);
    },
  }, scenes.map((scene) => h("option", { value: scene.id, selected: scene === one.scene }, scene.acquired_on))));
}

/** A row of two small maps of a candidate: the first and the last date. */
export function thumbs(item, scenes) {
  if (!scenes.length) return h("p", { class: "quiet" }, t("imagery.none"));
  const chosen = scenes.length > 1 ? [scenes[0], scenes[scenes.length - 1]] : [scenes[0]];
  const row = h("div", { class: "thumbs" }, chosen.map((scene) => {
    const one = { scene, box: h("div", { class: "thumb", role: "img", "aria-label": t("imagery.of", { date: scene.acquired_on }) }), map: null };
    open.push(one);
    return h("figure", {}, one.box, caption(one, item, scenes));
  }));
  const mine = [...open];
  requestAnimationFrame(() => {
    for (const one of mine) if (one.box.isConnected && open.includes(one)) startMap(one, item);
  });
  return row;
}
