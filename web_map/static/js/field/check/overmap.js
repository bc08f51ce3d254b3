/** A map over the whole screen, with a bar of what can be done on it. */

import { fill, h } from "../../dom.js";
import { t } from "../../text.js";
import { leaflet } from "../leaflet.js";
import { offlineTiles, outlines } from "../map/layers.js";
import { zoomButtons } from "../map/zoom.js";

const PAD = 40;

/** Brings the place's outline into a map's frame. */
export function frame(L, map, place) {
  map.setView([place.centre[1], place.centre[0]], 16);
  const old = L.geoJSON(place.outline).getBounds();
  if (old.isValid()) map.fitBounds(old, { padding: [PAD, PAD].map((most) => Math.min(most, map.getSize().y / 6)), maxZoom: 18, animate: false });
}

/**
 * Opens a map on a session's place. `begin({ L, map, say, close })` draws on it and returns the
 * buttons of the bar; resolves to what `close(value)` was given, or null where it was left.
 */
export async function overMap(session, title, begin) {
  const L = await leaflet();
  const ground = h("div", { class: "fc-map-ground" });
  const line = h("p", { class: "fc-map-line", role: "status" });
  const bar = h("div", { class: "fc-map-bar" });
  const away = h("button", { type: "button", class: "button", id: "fc-map-leave" }, t("fieldcheck.map_leave"));
  const box = h("div", { class: "fc-map", role: "dialog", "aria-modal": "true", "aria-label": title },
    h("div", { class: "fc-map-head" }, h("div", { class: "fc-map-said" }, h("h2", {}, title), line), away), ground, bar);
  document.body.append(box);
  document.body.classList.add("fc-map-open");
  const map = L.map(ground, { zoomControl: false, attributionControl: false, maxZoom: 20 });
  const { place } = session;
  const [shown, ...older] = place.scenes || [];
  let imagery = shown ? offlineTiles(shown.id).addTo(map) : null;
  outlines([place]).addTo(map);
  frame(L, map, place);
  ground.append(zoomButtons(map));
  return new Promise((resolve) => {
    function close(value = null) {
      removeEventListener("hashchange", leave);
      map.remove();
      box.remove();
      document.body.classList.remove("fc-map-open");
      resolve(value);
    }
    const leave = () => close(null);
    away.onclick = leave;
    addEventListener("hashchange", leave);
    const say = (text, kind = "") => {
      line.className = `fc-map-line ${kind}`;
      line.textContent = text;
    };
    const dates = [shown, ...older].filter(Boolean).slice(0, 4).map((scene) => h("button", {
      type: "button", class: "button", "aria-pressed": String(scene === shown),
      onclick: (event) => {
        imagery.remove();
        imagery = offlineTiles(scene.id).addTo(map);
        for (const one of event.currentTarget.parentElement.children) one.setAttribute("aria-pressed", String(one === event.currentTarget));
      },
    }, scene.date));
    fill(bar, begin({ L, map, say, close }), dates.length > 1 && h("div", { class: "fc-buttons fc-dates" }, dates));
    map.invalidateSize();
  });
}
