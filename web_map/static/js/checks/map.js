/** The map of a check: the outline that was looked at, the one that was drawn, where people stood. */

import { h } from "../dom.js";
import { language, t } from "../text.js";

let map = null;

const corners = ([west, south, east, north]) => [[south, west], [north, east]];
const meets = ([west, south, east, north], [w, s, e, n]) => w < east && e > west && s < north && n > south;

function boundsOf(check) {
  const box = L.geoJSON(check.seen_outline).getBounds();
  if (check.outline) box.extend(L.geoJSON(check.outline).getBounds());
  const near = box.pad(4);
  const stands = [...check.fixes.map((fix) => [fix.lat, fix.lon]), ...check.pictures.map(standOf)];
  for (const at of stands) if (at && near.contains(at)) box.extend(at);
  return box;
}

function outlined(outline, colour, dash) {
  for (const [color, weight] of [["#10222f", 5], [colour, 3]]) {
    L.geoJSON(outline, { style: { color, weight, fill: false, dashArray: color === colour ? dash : null }, interactive: false }).addTo(map);
  }
}

/** A point some metres away in a direction, close enough for the arrow of a view. */
function ahead([lat, lon], bearing, metres) {
  const turn = (bearing * Math.PI) / 180;
  const north = (metres * Math.cos(turn)) / 111320;
  return [lat + north, lon + (metres * Math.sin(turn)) / (111320 * Math.cos((lat * Math.PI) / 180))];
}

function drawFixes(check) {
  for (const fix of check.fixes) {
    const at = [fix.lat, fix.lon];
    const isWalk = fix.purpose === "WALK";
    if (!isWalk) L.circle(at, { radius: Math.min(fix.accuracy_m, 5000), color: "#0b5cad", weight: 1, fillOpacity: 0.08, interactive: false }).addTo(map);
    L.circleMarker(at, { radius: isWalk ? 2 : 5, color: "#fff", weight: 1.5, fillColor: "#0b5cad", fillOpacity: 1, interactive: false }).addTo(map);
  }
}

/** Where a photograph was taken: by the picture's own record, else by the phone. */
function standOf(picture) {
  const record = picture.record || {};
  if (Number.isFinite(record.lon) && Number.isFinite(record.lat)) return [record.lat, record.lon];
  return picture.fix ? [picture.fix.lat, picture.fix.lon] : null;
}

function drawPhotos(check) {
  for (const picture of check.pictures) {
    const at = standOf(picture);
    if (!at) continue;
    const bearing = picture.judgement?.bearing_deg;
    if (Number.isFinite(bearing)) {
      L.polyline([ahead(at, bearing - 25, 45), at, ahead(at, bearing + 25, 45)], { color: "#7a3e8e", weight: 2, interactive: false }).addTo(map);
    }
    L.circleMarker(at, { radius: 6, color: "#fff", weight: 1.5, fillColor: "#7a3e8e", fillOpacity: 1, interactive: false }).addTo(map);
  }
}

function start(box, check, scene) {
  map?.remove();
  map = L.map(box, { attributionControl: false, minZoom: 6, maxZoom: 19, zoomSnap: 0.5, scrollWheelZoom: false });
  map.fitBounds(boundsOf(check), { padding: [60, 60], maxZoom: 17, animate: false });
  if (scene) L.tileLayer(`/imagery/${scene.id}/natural/{z}/{x}/{y}.webp`, { bounds: corners(scene.bounds), maxNativeZoom: 17, maxZoom: 19 }).addTo(map);
  outlined(check.seen_outline, "#ffe14d", null);
  if (check.outline) outlined(check.outline, "#39d0ff", "8 5");
  drawFixes(check);
  drawPhotos(check);
  L.control.scale({ imperial: false, position: "bottomleft" }).addTo(map);
}

/** The scenes that show a check's place, newest last. */
function scenesOf(check, district) {
  const [[south, west], [north, east]] = [check.seen_outline].map((outline) => {
    const box = L.geoJSON(outline).getBounds();
    return [[box.getSouth(), box.getWest()], [box.getNorth(), box.getEast()]];
  })[0];
  return district.scenes.filter((scene) => meets(scene.bounds, [west, south, east, north]));
}

const sign = (kind, text) => h("span", { class: "map-sign" }, h("span", { class: `sign sign-${kind}`, "aria-hidden": "true" }), text);

/** Draws the card of a check's map. */
export function mapCard(check, district) {
  const box = h("div", { class: "check-map", id: "check-map", role: "group", "aria-label": t("checks.map") });
  const scenes = scenesOf(check, district);
  const newest = scenes[scenes.length - 1] || null;
  requestAnimationFrame(() => box.isConnected && start(box, check, newest));
  const stands = check.pictures.some(standOf);
  return h("section", { class: "card check-map-card" }, box,
    h("div", { class: "check-map-foot", lang: language },
      sign("seen", t("checks.sign_seen")), check.outline && sign("drawn", t("checks.sign_drawn")),
      check.fixes.length > 0 && sign("fix", t("checks.sign_fix")), stands && sign("photo", t("checks.sign_photo")),
      h("span", { class: "quiet push" }, newest ? newest.acquired_on || newest.name : t("imagery.none"))));
}
