/** Starts a page of the office: who is here, which place, the bar; then the page's own part. */

import { get, onSignedOut, sentenceOf } from "../api.js";
import { byId, fill, h, state } from "../dom.js";
import { startMenu } from "../menu.js";
import { showSignedOut, watchConnection, watchFaults } from "../notice.js";
import { learn, pick, t } from "../text.js";

const KEPT = "qingfei_district";

/** The district of the site or plan in the address, the one asked for, the last one, the one with most sites. */
function chosen(districts) {
  const asked = new URLSearchParams(location.search);
  const ofCode = (asked.get("plan") || asked.get("site") || "").split("-")[0];
  const wishes = [ofCode, asked.get("district"), localStorage.getItem(KEPT)];
  const found = wishes.map((wish) => districts.find((one) => one.code === wish)).find(Boolean);
  const sites = (one) => one.counts.sites.total ?? 0;
  return found || districts.reduce((most, one) => (sites(one) > sites(most) ? one : most));
}

function go(code) {
  localStorage.setItem(KEPT, code);
  const search = new URLSearchParams({ district: code });
  location.assign(`${location.pathname}?${search}`);
}

function districtSwitch(districts, district) {
  return h("label", { class: "bar-field" }, h("span", { class: "hidden-text" }, t("district.label")),
    h("select", { id: "district", "aria-label": t("district.label"), onchange: (event) => go(event.target.value) },
      districts.map((one) => h("option", { value: one.code, selected: one.code === district.code }, pick(one, "name")))));
}

function fail(problem) {
  if (problem.status === 401) {
    showSignedOut();
    return;
  }
  const again = h("button", { type: "button", class: "button primary", onclick: () => location.reload() }, t("action.retry"));
  fill(byId("desk"), state("error", sentenceOf(problem), again));
}

async function startPlain(draw) {
  onSignedOut(showSignedOut);
  watchConnection();
  watchFaults();
  const [{ user, session }, vocabulary] = await Promise.all([get("/api/session"), get("/api/vocabulary")]);
  learn(vocabulary);
  startMenu(user);
  await draw({ user, session, desk: byId("desk") });
  document.documentElement.dataset.ready = "true";
}

async function start(draw) {
  onSignedOut(showSignedOut);
  watchConnection();
  watchFaults();
  const [{ user }, vocabulary, { districts }] = await Promise.all([
    get("/api/session"), get("/api/vocabulary"), get("/api/districts"),
  ]);
  learn(vocabulary);
  startMenu(user);
  if (!districts.length) {
    fill(byId("desk"), state("empty", t("start.no_district")));
  } else {
    const district = chosen(districts);
    fill(byId("bar-tools"), districtSwitch(districts, district));
    await draw({ user, district, districts, desk: byId("desk") });
  }
  document.documentElement.dataset.ready = "true";
}

/** Runs `draw({ user, district, districts, desk })` once the page knows them; marks the page ready. */
export function startOffice(draw) {
  start(draw).catch(fail);
}

/** Runs `draw({ user, session, desk })` on a page that is of no district: accounts, the log. */
export function startPlainOffice(draw) {
  startPlain(draw).catch(fail);
}
