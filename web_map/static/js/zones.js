/** The ignore zones of the district on the map: hatched, so that nobody wonders who ignored what. */

import { get } from "./api.js";
import { showError } from "./notice.js";
import { now, on } from "./store.js";
import { zoneShapes } from "./zone_shapes.js";

const shell = window.qingfei;
let shapes = null;
let zones = [];

function draw() {
  shapes?.remove();
  shapes = null;
  if (zones.length && !now.hidden.layer.has("zones")) shapes = zoneShapes(zones).addTo(shell.map);
}

async function load() {
  const { code } = now.district;
  try {
    const found = await get("/api/zones", { district: code });
    if (now.district.code !== code) return;
    zones = found.zones;
    draw();
  } catch (problem) {
    showError(problem, "zones");
  }
}

on("district", () => {
  zones = [];
  draw();
  void load();
});
on("counts", load);
on("hidden", draw);
