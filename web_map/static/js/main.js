/** Starts the page: who is here, which places there are, then the map and its parts. */

import { get, onSignedOut, sentenceOf } from "./api.js";
import "./board.js";
import { byId, fill, h, state } from "./dom.js";
import { readHash, writeHash } from "./hash.js";
import { startHeader } from "./header.js";
import { showImagery } from "./imagery.js";
import "./legend.js";
import { openLists } from "./list.js";
import { goTo, map, startMap } from "./map.js";
import { showError, showSignedOut, watchConnection, watchFaults } from "./notice.js";
import { startPanel } from "./panel.js";
import { showTab, startSheet } from "./sheet.js";
import { change, choose, now, on, tell } from "./store.js";
import { learn, t } from "./text.js";
import { openLayers } from "./vector.js";
import "./zones.js";

function reset() {
  for (const filters of Object.values(now.filters)) {
    for (const key of Object.keys(filters)) filters[key] = key === "min_confidence" ? 0 : "";
  }
  for (const hidden of Object.values(now.hidden)) hidden.clear();
}

async function openDistrict(code, wish = {}) {
  const district = now.districts.find((one) => one.code === code) || now.districts[0];
  reset();
  choose(null);
  change("district", district);
  const scenes = district.scenes;
  const scene = scenes.find((one) => one.acquired_on === wish.scene) || scenes[scenes.length - 1] || null;
  now.view = scene?.views.includes(wish.view) ? wish.view : scene?.views[0] || "natural";
  if (wish.position) map.setView([wish.position.latitude, wish.position.longitude], wish.position.zoom, { animate: false });
  else goTo(district.bounds, 15, false);
  byId("map-wait").hidden = false;
  const { candidates, sites } = district.counts;
  showTab(candidates.total || !sites.total ? "candidates" : "sites", false);
  change("scene", scene);
  openLists();
  const drawn = Promise.all([showImagery(), openLayers()]);
  if (wish.selected) choose(wish.selected);
  await drawn;
  byId("map-wait").hidden = true;
  writeHash(map);
}

async function refresh() {
  try {
    const { districts } = await get("/api/districts");
    now.districts = districts;
    now.district = districts.find((one) => one.code === now.district.code) || districts[0];
    tell("counts");
    tell("stored");
    await openLayers();
  } catch (problem) {
    showError(problem);
  }
}

async function start() {
  onSignedOut(showSignedOut);
  watchConnection();
  watchFaults();
  const [{ user }, vocabulary, { districts }] = await Promise.all([
    get("/api/session"), get("/api/vocabulary"), get("/api/districts"),
  ]);
  learn(vocabulary);
  now.user = user;
  now.districts = districts;
  if (!districts.length) {
    byId("map-wait").hidden = true;
    fill(byId("pages"), state("empty", t("start.no_district")));
    return;
  }
  const wish = readHash();
  now.district = districts.find((one) => one.code === wish.district) || districts[0];
  startHeader();
  startSheet();
  startMap();
  startPanel();
  on("go", (code) => openDistrict(code).catch(showError));
  on("changed", refresh);
  await openDistrict(now.district.code, wish);
  window.qingfeiReady = true;
  document.documentElement.dataset.ready = "true";
}

start().catch((problem) => {
  byId("map-wait").hidden = true;
  if (problem.status === 401) {
    showSignedOut();
    return;
  }
  const again = h("button", { type: "button", class: "button primary", onclick: () => location.reload() }, t("action.retry"));
  fill(byId("pages"), state("error", sentenceOf(problem), again));
});
