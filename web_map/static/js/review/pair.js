/** Before and after: small maps of the find on its first and last date, which move together. */

import { h } from "../dom.js";
import { t } from "../text.js";
import { now, scenesOf } from "./model.js";

const open = [];
let isFollowing = false;

/** Takes the small maps down. */
export function dropPair() {
  for (const map of open.splice(0)) map.remove();
}

function follow(leader) {
  if (isFollowing) return;
  isFollowing = true;
  for (const other of open) if (other !== leader) other.setView(leader.getCenter(), leader.getZoom(), { animate: false });
  isFollowing = false;
}

function start(box, scene, find, outline) {
  const [west, south, east, north] = find.bounds;
  const [w, s, e, n] = scene.bounds;
  const map = L.map(box, {
    attributionControl: false, zoomControl: false, keyboard: false, zoomSnap: 0.25, maxZoom: 18, minZoom: 8, scrollWheelZoom: false, fadeAnimation: false,
  });
  open.push(map);
  map.fitBounds([[south, west], [north, east]], { padding: [26, 26], maxZoom: 17, animate: false });
  L.tileLayer(`/imagery/${scene.id}/${scene.views.includes(now.view) ? now.view : scene.views[0]}/{z}/{x}/{y}.webp`, {
    bounds: [[s, w], [n, e]], maxNativeZoom: 17, maxZoom: 18,
  }).addTo(map);
  for (const [color, weight] of [["#10222f", 5], ["#ffe14d", 2.5]]) {
    L.geoJSON(outline, { style: { color, weight, fill: false, opacity: 1 }, interactive: false }).addTo(map);
  }
  map.on("move", () => follow(map));
}

/** Two small maps of a find where it was seen on several dates; nothing where there is one. */
export function pairOf(find, outline) {
  dropPair();
  const scenes = scenesOf(find.bounds);
  if (scenes.length < 2) return null;
  const chosen = [scenes[0], scenes[scenes.length - 1]];
  const boxes = chosen.map((scene) => h("div", { class: "thumb", role: "img", "aria-label": t("imagery.of", { date: scene.acquired_on || scene.name }) }));
  requestAnimationFrame(() => boxes.forEach((box, i) => box.isConnected && start(box, chosen[i], find, outline)));
  return h("section", { class: "block" }, h("h3", {}, t("review.before_after")),
    h("div", { class: "thumbs" }, chosen.map((scene, i) => h("figure", {}, boxes[i], h("figcaption", {}, scene.acquired_on || scene.name)))));
}
