/** The outline drawn anew with a finger: corners moved, added between others, taken out, step by step undone. */

import { h } from "../../dom.js";
import { area, t } from "../../text.js";
import { overMap } from "./overmap.js";
import { area_m2, crossingOf, openRing, polygonOf, simplified } from "./shape.js";

const disc = (radius, fill, line) => `<circle cx="22" cy="22" r="${radius + 3}" fill="#10222f"/>`
  + `<circle cx="22" cy="22" r="${radius}" fill="${fill}" stroke="${line}" stroke-width="3"/>`;
const dot = (...look) => ({
  iconUrl: `data:image/svg+xml,${encodeURIComponent(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 44 44">${disc(...look)}</svg>`)}`,
  iconSize: [44, 44], iconAnchor: [22, 22],
});
const CORNER = dot(9, "#ff3b8d", "#fff");
const CHOSEN = dot(12, "#fff", "#d6006c");
const BETWEEN = dot(6, "#fff", "#ff3b8d");
const MOST_BETWEEN = 60;
const MOST_CORNERS = 20;

/** What an open ring is: { outline, area_m2 } or { problem: "short" | "crosses", at }. */
export function drawn(ring) {
  if (ring.length < 3) return { problem: "short", at: null };
  const at = crossingOf(ring);
  if (at) return { problem: "crosses", at };
  const outline = polygonOf(ring);
  return { outline, area_m2: area_m2(outline) };
}

/** A ring with no more corners than fingers can tell apart; the same ring where it has few. */
export function thinned(ring) {
  let found = ring;
  for (let tolerance = 1; found.length > MOST_CORNERS; tolerance *= 1.5) {
    found = simplified([...ring, ring[0]], tolerance).slice(0, -1);
  }
  return found.length > 3 && !crossingOf(found) ? found : ring;
}

/** Opens the map to draw on; resolves to { outline, area_m2 } or null. */
export function drawOutline(session) {
  const whole = openRing(session.draft.outline || session.place.outline);
  const thin = thinned(whole);
  let ring = thin;
  const undo = thin === whole ? [] : [whole];
  let chosen = -1;
  return overMap(session, t("fieldcheck.draw_title"), ({ L, map, say, close }) => {
    const icons = { corner: L.icon(CORNER), chosen: L.icon(CHOSEN), between: L.icon(BETWEEN) };
    const group = L.layerGroup().addTo(map);
    const shape = L.polygon([], { color: "#ff3b8d", weight: 4, fillOpacity: 0.15, interactive: false }).addTo(map);
    const cross = L.circleMarker([0, 0], { radius: 16, color: "#ff2222", weight: 5, fill: false, interactive: false });
    const latLng = ([lon, lat]) => [lat, lon];
    const lonLat = ({ lng, lat }) => [lng, lat];
    const button = (id, text, onclick) => h("button", { type: "button", class: "button", id, onclick }, text);
    const back = button("fc-undo", t("fieldcheck.undo"), () => {
      ring = undo.pop() || ring;
      chosen = -1;
      redraw();
    });
    const out = button("fc-corner-out", t("fieldcheck.corner_out"), () => {
      change(ring.filter((_, n) => n !== chosen));
      chosen = -1;
      redraw();
    });
    const empty = button("fc-draw-empty", t("fieldcheck.draw_empty"), () => {
      change([]);
      chosen = -1;
      redraw();
    });
    const done = h("button", { type: "button", class: "button primary", id: "fc-draw-done", onclick: () => close(drawn(ring)) }, t("fieldcheck.draw_done"));

    function change(next) {
      undo.push(ring);
      ring = next;
    }
    function tell() {
      const found = drawn(ring);
      shape.setLatLngs(ring.map(latLng));
      cross.remove();
      if (found.problem === "crosses") {
        cross.setLatLng(latLng(found.at)).addTo(map);
        say(t("fieldcheck.crosses"), "fc-bad");
      } else {
        say(found.problem ? t("fieldcheck.draw_how") : thin !== whole && ring === thin ? t("fieldcheck.draw_thinned", { before: whole.length, n: ring.length }) : t("fieldcheck.draw_area", { area: area(found.area_m2), n: ring.length }));
      }
      done.disabled = Boolean(found.problem);
      back.disabled = !undo.length;
      out.disabled = chosen < 0;
    }
    function corner(point, n) {
      const name = t("fieldcheck.corner", { n: n + 1 });
      const marker = L.marker(latLng(point), { draggable: true, icon: n === chosen ? icons.chosen : icons.corner, title: name, alt: name, autoPan: true });
      marker.on("dragstart", () => {
        undo.push(ring);
        chosen = n;
      });
      marker.on("drag", () => {
        ring = ring.map((one, m) => (m === n ? lonLat(marker.getLatLng()) : one));
        tell();
      });
      marker.on("dragend", () => redraw());
      marker.on("click", () => {
        chosen = chosen === n ? -1 : n;
        redraw();
      });
      return marker;
    }
    function between(n) {
      const [a, b] = [ring[n], ring[(n + 1) % ring.length]];
      const marker = L.marker([(a[1] + b[1]) / 2, (a[0] + b[0]) / 2], { icon: icons.between, alt: t("fieldcheck.corner_in"), title: t("fieldcheck.corner_in") });
      marker.on("click", () => {
        change([...ring.slice(0, n + 1), lonLat(marker.getLatLng()), ...ring.slice(n + 1)]);
        chosen = n + 1;
        redraw();
      });
      return marker;
    }
    function redraw() {
      group.clearLayers();
      if (ring.length > 2 && ring.length <= MOST_BETWEEN) ring.forEach((_, n) => between(n).addTo(group));
      ring.forEach((point, n) => corner(point, n).addTo(group));
      tell();
    }
    map.on("click", ({ latlng }) => {
      if (chosen >= 0) {
        chosen = -1;
      } else if (ring.length < 3 || drawn(ring).problem || undo.some((one) => !one.length)) {
        change([...ring, lonLat(latlng)]);
      }
      redraw();
    });
    redraw();
    return h("div", { class: "fc-buttons" }, done, back, out, empty);
  });
}
