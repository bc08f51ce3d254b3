/** The map: imagery and ground from the phone, my places, where I am. */

import { fill, h, select } from "../../dom.js";
import { length, t } from "../../text.js";
import { on } from "../bus.js";
import { keep, recall } from "../db.js";
import { leaflet } from "../leaflet.js";
import { readItems } from "../list/items.js";
import { badgesOf } from "../list/row.js";
import { district } from "../me.js";
import { watchPosition } from "../position.js";
import { wayTo } from "../place/target.js";
import { ground, offlineTiles, outlines, TONES } from "./layers.js";
import { zoomButtons } from "./zoom.js";

const NEAR = 14;
let seen = null;

function dots(L, items, tap) {
  return L.featureGroup(items.map((item) => {
    const [lon, lat] = item.place.centre;
    const mark = L.circleMarker([lat, lon], { radius: 9, color: "#10222f", weight: 2, fillColor: TONES[item.status] || TONES.TO_DO, fillOpacity: 1 });
    return mark.on("click", () => tap(item));
  }));
}

function me(L) {
  const halo = L.circle([0, 0], { radius: 0, color: "#0b5cad", weight: 1, fillOpacity: 0.12, interactive: false });
  const mark = L.circleMarker([0, 0], { radius: 8, color: "#fff", weight: 3, fillColor: "#0b5cad", fillOpacity: 1, interactive: false });
  const group = L.layerGroup([halo, mark]);
  group.move = (fix) => {
    halo.setLatLng([fix.lat, fix.lon]).setRadius(fix.accuracy_m);
    mark.setLatLng([fix.lat, fix.lon]);
  };
  return group;
}

function legend() {
  const names = [["TO_DO", t("mylist.to_do")], ["SENT_BACK", t("mylist.sent_back")], ["DRAFT", t("mylist.draft")], ["KEPT", t("mylist.kept")], ["DONE", t("mylist.done")]];
  return h("details", { class: "map-legend" }, h("summary", {}, t("mylist.legend")),
    h("ul", {}, names.map(([key, name]) => h("li", {}, h("span", { class: "legend-dot", style: { background: TONES[key] } }), name))));
}

/** The screen `map`. */
export async function mapScreen() {
  const [L, read, here, kept] = await Promise.all([leaflet(), readItems(), district(), recall("last_fix")]);
  const frame = h("div", { class: "field-map", id: "field-map" });
  const card = h("div", { class: "map-card", id: "map-card", hidden: true });
  const locate = h("button", { type: "button", class: "button map-locate", "aria-label": t("mylist.my_position") }, h("span", { class: "locate-sign", "aria-hidden": "true" }));
  const scenes = (here?.scenes || []).filter((one) => one.acquired_on).sort((a, b) => b.acquired_on.localeCompare(a.acquired_on));
  const top = h("div", { class: "map-top" },
    scenes.length ? select("map-scene", t("mylist.imagery_date"), [...scenes.map((one) => [one.id, one.acquired_on]), ["", t("mylist.no_imagery")]], scenes[0].id, (id) => showScene(id)) : h("p", { class: "quiet" }, t("mylist.imagery_none")), legend());
  const body = h("div", { class: "field-map-screen" }, frame, top, locate, card);
  let map = null;
  let layer = null;
  let fix = kept;
  let marks = [];

  function showScene(id) {
    layer?.remove();
    layer = id ? offlineTiles(id).addTo(map) : null;
  }

  function tap(item) {
    const way = fix && wayTo([fix.lon, fix.lat], item.place);
    card.hidden = false;
    fill(card, h("p", { class: "strong" }, item.name), h("div", { class: "row-badges" }, badgesOf(item)),
      way && h("p", {}, way.isInside ? t("mylist.here") : length(Math.round(way.metres))),
      h("div", { class: "map-card-buttons" },
        h("a", { class: "button primary", href: `#/place/${encodeURIComponent(item.place.key)}` }, t("mylist.open_place")),
        h("button", { type: "button", class: "button", onclick: () => { card.hidden = true; } }, t("action.close"))));
  }

  function drawPlaces(items) {
    marks.forEach((one) => one.remove());
    const known = new Map(items.map((item) => [item.place, item]));
    const near = outlines([...known.keys()], { tone: (place) => known.get(place).status, ontap: (place) => tap(known.get(place)) });
    marks = [near, dots(L, items, tap)];
    const show = () => {
      const [shown, other] = map.getZoom() >= NEAR ? marks : [...marks].reverse();
      other.remove();
      shown.addTo(map);
    };
    map.off("zoomend").on("zoomend", show);
    show();
  }

  function frameAll() {
    if (seen) return map.setView(seen.centre, seen.zoom, { animate: false });
    if (read.items.length) return map.fitBounds(L.latLngBounds(read.items.map(({ place }) => [...place.centre].reverse())).pad(0.1), { animate: false, maxZoom: 16 });
    const [west, south, east, north] = here?.bounds || [109.5, 40.4, 110.1, 41];
    return map.fitBounds([[south, west], [north, east]], { animate: false });
  }

  async function start() {
    map = L.map(frame, { zoomControl: false, attributionControl: false, preferCanvas: true, minZoom: 8, maxZoom: 19 });
    frameAll();
    body.append(zoomButtons(map));
    if (scenes.length) showScene(scenes[0].id);
    (await ground()).addTo(map);
    drawPlaces(read.items);
    L.control.scale({ imperial: false, position: "bottomleft" }).addTo(map);
    map.on("moveend", () => { seen = { centre: map.getCenter(), zoom: map.getZoom() }; });
    const mine = me(L);
    const show = (next) => {
      fix = next;
      mine.move(fix);
      mine.addTo(map);
    };
    if (fix) show(fix);
    locate.onclick = () => fix && map.setView([fix.lat, fix.lon], Math.max(map.getZoom(), 15));
    stops.push(watchPosition((found) => {
      if (!found) return;
      show(found);
      void keep("last_fix", { lon: found.lon, lat: found.lat, accuracy_m: found.accuracy_m, at: found.at });
    }));
    frame.dataset.ready = "true";
  }

  const stops = ["list", "outbox", "answers"].map((name) => on(name, async () => map && drawPlaces((await readItems()).items)));
  requestAnimationFrame(() => void start());
  return {
    title: t("field.map"), body,
    leave() {
      stops.forEach((stop) => stop());
      map?.remove();
    },
  };
}
