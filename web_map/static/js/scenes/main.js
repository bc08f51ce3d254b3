/** The page of scenes: filters, the list, the footprints on the map, and what is known of one. */

import { get } from "../api.js";
import { badge, fill, h, select, state } from "../dom.js";
import { showError } from "../notice.js";
import { startOffice } from "../office/office.js";
import { number, pick, t, term } from "../text.js";
import { details } from "./details.js";
import { sceneMap } from "./map.js";
import { COMPOSITE_LOOK, LOOKS, dayOf, lookOf, share } from "./words.js";

const CLOUDS = ["", "5", "10", "20", "40"];
const KEYS = ["first", "last", "sensor", "cloud_most", "reach", "site", "town"];

function readAddress() {
  const got = new URLSearchParams(location.search);
  return { chosen: got.get("scene") || "", wish: Object.fromEntries(KEYS.map((key) => [key, got.get(key) || ""])) };
}

function row(item, chosen, choose) {
  const said = item.properties;
  return h("li", {}, h("button", {
    type: "button", class: "scene-row", id: `row-${item.id}`, "data-id": item.id, "aria-current": item.id === chosen ? "true" : null, onclick: () => choose(item.id),
  }, h("span", { class: "scene-day" }, dayOf(item)),
  h("span", { class: "scene-cloud", style: { color: lookOf(item).colour } }, said["eo:cloud_cover"] === undefined ? t("scenes.cloud_unknown") : t("scenes.cloud_of", { n: share(said["eo:cloud_cover"]) })),
  h("span", { class: "scene-name" }, said.title, said["qingfei:kind"] === "COMPOSITE" && badge(term("SceneKind", "COMPOSITE"), COMPOSITE_LOOK)),
  h("span", { class: "quiet" }, [said.instruments[0], t("scenes.metres", { n: number(said.gsd, said.gsd < 1 ? 2 : said.gsd % 1 ? 1 : 0) }), t("scenes.bands", { n: said.bands.length })].join(" · "))));
}

function legend() {
  return h("ul", { class: "scene-legend", "aria-label": t("scenes.legend") }, LOOKS.map((look) =>
    h("li", {}, h("span", { class: "scene-key", style: { background: look.colour } }), look.text())));
}

/** Links to the places that have scenes, where this one has none. */
function elsewhere(districts) {
  const others = districts.filter((one) => one.scenes.length);
  return others.length > 0 && h("p", { class: "scene-elsewhere" }, t("scenes.elsewhere"), " ",
    others.map((one) => h("a", { class: "link", href: `/scenes?district=${encodeURIComponent(one.code)}` }, t("scenes.n_in", { name: pick(one, "name"), n: number(one.scenes.length) }))));
}

startOffice(async ({ district, districts, desk }) => {
  const page = { ...readAddress(), items: [], number: 0, turn: 0, view: "natural", box: null, runs: null, sensors: [], reaches: [] };
  const parts = Object.fromEntries(["filters", "list", "details"].map((name) => [name, h("div", { id: `scene-${name}` })]));
  const map = sceneMap(district, { tapped: (id) => choose(id), moved: () => page.box !== null && load().catch(showError) });
  const one = () => page.items.find((item) => item.id === page.chosen);

  function day(key, label) {
    return h("label", { class: "field", for: `scene-${key}` }, h("span", {}, label), h("input", {
      type: "date", id: `scene-${key}`, value: page.wish[key], onchange: (event) => wish({ [key]: event.target.value }),
    }));
  }

  function word(key, label, hint) {
    return h("label", { class: "field", for: `scene-${key}` }, h("span", {}, label), h("input", {
      type: "text", id: `scene-${key}`, maxlength: 60, placeholder: hint, value: page.wish[key], onchange: (event) => wish({ [key]: event.target.value.trim() }),
    }));
  }

  const isAsked = () => KEYS.some((key) => page.wish[key]) || page.box !== null;
  const clear = h("button", { type: "button", class: "button", onclick: clearAll }, t("scenes.clear"));

  /** Drawn once and when all is cleared: an answer that arrives must not take away what somebody is typing. */
  function drawFilters() {
    const any = (list) => [["", t("scenes.any")], ...list];
    fill(parts.filters, day("first", t("scenes.first")), day("last", t("scenes.last")),
      select("scene-sensor", t("scenes.sensor"), any(page.sensors.map((name) => [name, name])), page.wish.sensor, (value) => wish({ sensor: value })),
      select("scene-most", t("scenes.cloud_most"), CLOUDS.map((value) => [value, value ? `≤ ${value}%` : t("scenes.any")]), page.wish.cloud_most, (value) => wish({ cloud_most: value })),
      page.reaches.length > 0 && select("scene-reach", t("scenes.reach"), any(page.reaches.map((reach) => [reach.code, pick(reach, "name")])), page.wish.reach, (value) => wish({ reach: value })),
      word("site", t("scenes.site"), `${district.code}-W00001`), word("town", t("scenes.town"), t("scenes.town_hint")),
      h("label", { class: "check" }, h("input", { type: "checkbox", id: "scene-box", checked: page.box !== null, onchange: (event) => { page.box = event.target.checked ? map.bounds() : null; load().catch(showError); } }), h("span", {}, t("scenes.in_view"))));
  }

  function drawList() {
    const count = h("p", { class: "quiet", role: "status" }, t("scenes.found", { n: number(page.number) }));
    if (!page.items.length) {
      fill(parts.list, count, state("empty", isAsked() ? t("scenes.none_fit") : t("scenes.none"), !isAsked() && h("code", {}, t("scenes.how"))), !isAsked() && elsewhere(districts));
      return;
    }
    fill(parts.list, count, h("ul", { class: "scene-rows" }, page.items.map((item) => row(item, page.chosen, choose))),
      page.number > page.items.length && h("p", { class: "quiet" }, t("scenes.more")));
  }

  function draw() {
    drawList();
    map.show(page.items, page.chosen);
    const item = one();
    map.picturise(page.view && item, page.view);
    fill(parts.details, item ? details(item, page.runs, { view: page.view, choose, changeView: (view) => { page.view = view; draw(); }, zoom: () => map.zoomTo(item) })
      : state("empty", t("scenes.choose")));
    const address = new URLSearchParams({ district: district.code, ...(page.chosen && { scene: page.chosen }) });
    KEYS.forEach((key) => page.wish[key] && address.set(key, page.wish[key]));
    history.replaceState(null, "", `?${address}`);
  }

  async function choose(id) {
    const had = page.chosen;
    Object.assign(page, { chosen: id, runs: null });
    if (!one()) {
      try {
        page.items = [...page.items, await get(`/api/scenes/${encodeURIComponent(id)}`)];
      } catch (problem) {
        page.chosen = had;
        showError(problem);
        return;
      }
    }
    if (!one().properties.bands.some((band) => band.name === "B02")) page.view = "";
    draw();
    map.zoomTo(one());
    const found = await get(`/api/scenes/${encodeURIComponent(id)}/runs`).catch(showError);
    if (page.chosen !== id || !found) return;
    page.runs = found;
    draw();
  }

  async function load() {
    const mine = ++page.turn;
    if (isAsked()) parts.filters.append(clear);
    else clear.remove();
    if (page.box !== null) page.box = map.bounds();
    const asked = Object.fromEntries(KEYS.filter((key) => page.wish[key]).map((key) => [key, page.wish[key]]));
    const got = await get("/api/scenes", { district: district.code, ...asked, ...(page.box && { bbox: page.box }) });
    if (mine !== page.turn) return;
    Object.assign(page, { items: got.features, number: got.numberMatched });
    if (page.chosen && !one()) page.chosen = "";
    draw();
  }

  const wish = (more) => { Object.assign(page.wish, more); load().catch(showError); };

  function clearAll() {
    page.box = null;
    Object.assign(page.wish, Object.fromEntries(KEYS.map((key) => [key, ""])));
    drawFilters();
    load().catch(showError);
  }

  const [all, rivers] = await Promise.all([get("/api/scenes", { district: district.code }), get("/api/reaches", { district: district.code })]);
  page.sensors = [...new Set(all.features.flatMap((item) => item.properties.instruments))].sort();
  page.reaches = [...rivers.rivers, ...rivers.reaches.filter((reach) => reach.total)];
  fill(desk, h("div", { class: "desk-head" }, h("h1", {}, t("scenes.title")), h("p", { class: "desk-line" }, pick(district, "name"))),
    h("section", { class: "card scene-filters" }, parts.filters),
    h("div", { class: "scenes" }, h("section", { class: "card scene-list" }, parts.list),
      h("section", { class: "card scene-middle" }, map.element, legend()), h("section", { class: "card scene-side", "aria-live": "polite" }, parts.details)));
  const first = page.chosen;
  drawFilters();
  await load();
  const start = first || page.items[0]?.id;
  if (start) await choose(start);
});
