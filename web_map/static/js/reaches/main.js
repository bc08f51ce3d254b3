/** The page of reaches: rivers with their counts, the map, and the strip of what is chosen. */

import { get } from "../api.js";
import { badge, fill, h, select, state } from "../dom.js";
import { gradeStyle } from "../grade.js";
import { showError } from "../notice.js";
import { startOffice } from "../office/office.js";
import { area, gradeName, length, number, pick, t, term, today } from "../text.js";
import { CHOICES, choices, legend } from "./colours.js";
import { reachList } from "./list.js";
import { reachMap } from "./map.js";
import { drawStrip, highlight } from "./strip.js";

const MOST_SHOWN = 12;

function readAddress() {
  const got = new URLSearchParams(location.search);
  const colour = got.get("colour");
  return { code: got.get("reach") || "", colour: CHOICES.includes(colour) ? colour : "grade", asOf: got.get("as_of") || "" };
}

function registerLink(now, strip) {
  const query = new URLSearchParams({ district: now.district.code });
  const one = now.data.reaches.find((reach) => reach.code === now.code);
  query.set(one ? "reach" : "river", one ? one.name_zh : strip.river_zh);
  if (now.asOf) query.set("as_of", now.asOf);
  return h("a", { class: "button", href: `/register?${query}` }, t("reaches.to_list"));
}

function siteCard(site) {
  return h("li", { class: "strip-site" },
    h("a", { href: `/sites/${encodeURIComponent(site.code)}` }, site.name), badge(gradeName({ grade: site.grade, provisional: site.is_provisional }), gradeStyle(site.grade)),
    h("span", { class: "quiet" }, [
      term("SiteState", site.state), term("SiteKind", site.kind), area(site.area_m2),
      t("reaches.at", { km: number(site.chainage_m / 1000, 2) }), site.bank === "LEFT" ? t("bank.left") : t("bank.right"),
      t("reaches.off", { length: length(site.river_distance_m) }), site.is_demo && t("demo.badge"),
    ].filter(Boolean).join(" · ")));
}

function rulesText(data) {
  return h("details", { class: "reach-rules" }, h("summary", {}, t("reaches.rules")),
    h("ul", {}, data.rules.map((rule) => h("li", {}, `${pick({ name_zh: rule.zh, name_en: rule.en }, "name")}: ${length(rule.value)}`))));
}

startOffice(async ({ district, desk }) => {
  const now = { district, isWhole: false, ...readAddress() };
  const parts = Object.fromEntries(["list", "tools", "map", "strip", "legend", "sites"].map((name) => [name, h("div", { class: `reach-${name}-box`, id: `reach-${name}-box` })]));
  let map = null;

  function chosenSites(sites) {
    highlight(parts.strip, sites.map((one) => one.code));
    map.choose(sites);
    const more = sites.length - MOST_SHOWN;
    fill(parts.sites, h("ul", { class: "strip-sites", "aria-live": "polite" }, sites.slice(0, MOST_SHOWN).map(siteCard)),
      more > 0 && h("p", { class: "quiet" }, t("reaches.more", { n: more })));
  }

  function draw() {
    const { strip } = now;
    drawStrip(parts.strip, strip, now, {
      onchoose: chosenSites,
      oncell: (at) => choose(strip.reaches.find((one) => at >= one.from_m && at < one.to_m)?.code || now.code),
    });
    fill(parts.legend, legend(now.colour, strip));
  }

  function drawTools() {
    const one = now.data.reaches.find((reach) => reach.code === now.code);
    fill(parts.tools, h("h2", {}, pick(one || now.data.rivers.find((river) => river.code === now.code), "name")),
      h("span", { class: "quiet" }, t("reaches.sites", { n: number(now.strip.total) }), one?.layer_zh ? ` · ${pick(one, "layer")}` : ""),
      h("div", { class: "toolbar" }, select("strip-colour", t("reaches.colour"), choices(), now.colour, (value) => change({ colour: value })),
        h("label", { class: "field", for: "strip-day" }, h("span", {}, t("reaches.as_of")),
          h("input", { type: "date", id: "strip-day", value: now.asOf || today(), max: today(), onchange: (event) => change({ asOf: event.target.value === today() ? "" : event.target.value }) })),
        registerLink(now, now.strip), h("button", { type: "button", class: "button", onclick: () => window.print() }, t("reaches.print"))));
  }

  function drawList() {
    fill(parts.list, h("label", { class: "check" }, h("input", { type: "checkbox", checked: now.isWhole, onchange: (event) => { now.isWhole = event.target.checked; drawList(); } }), h("span", {}, t("reaches.whole"))),
      reachList(now.data, now.code, now.isWhole, choose),
      now.data.without > 0 && h("p", { class: "quiet" }, t("reaches.without", { n: number(now.data.without) })), rulesText(now.data));
  }

  /** Brings the chosen river into the list's own window. */
  function reveal() {
    const box = parts.list.parentElement;
    const row = parts.list.querySelector('[aria-current="true"]');
    if (row) box.scrollTop += row.getBoundingClientRect().top - box.getBoundingClientRect().top - box.clientHeight / 3;
  }

  async function show() {
    const query = { colour: now.colour, as_of: now.asOf };
    now.strip = await get(`/api/reaches/${encodeURIComponent(now.code)}/strip`, query);
    const address = new URLSearchParams({ district: district.code, reach: now.code, colour: now.colour, ...(now.asOf && { as_of: now.asOf }) });
    history.replaceState(null, "", `?${address}`);
    drawList();
    drawTools();
    fill(parts.sites);
    map.show(now.code, parts.tools.querySelector("h2").textContent, now.strip, now.colour);
    draw();
  }

  const choose = (code) => { now.code = code; show().catch(showError); };
  const change = (more) => { Object.assign(now, more); ("asOf" in more ? load() : show()).catch(showError); };

  async function load() {
    const query = { district: district.code, as_of: now.asOf };
    const [data, lines] = await Promise.all([get("/api/reaches", query), get("/api/reaches/lines", query)]);
    now.data = data;
    const head = h("div", { class: "desk-head" }, h("h1", {}, t("reaches.title")), h("p", { class: "desk-line" }, pick(district, "name")));
    if (!data.rivers.length) {
      const back = now.asOf && h("button", { type: "button", class: "button", onclick: () => change({ asOf: "" }) }, t("reaches.today"));
      fill(desk, head, state("empty", now.asOf ? t("reaches.no_rivers_then") : t("reaches.no_rivers"), back));
      return;
    }
    const known = new Set([...data.rivers, ...data.reaches].map((one) => one.code));
    if (!known.has(now.code)) now.code = data.rivers.reduce((most, one) => (one.total > most.total ? one : most)).code;
    map = reachMap(district, lines, { tappedReach: choose, tappedSite: (site) => chosenSites([site]) });
    fill(parts.map, map.element);
    fill(desk, head, h("div", { class: "reaches" }, h("section", { class: "card reach-list" }, parts.list),
      h("div", {}, h("section", { class: "card" }, parts.tools, parts.map), h("section", { class: "card strip-card" }, parts.strip, parts.legend, parts.sites))));
    await show();
    reveal();
  }

  await load();
  let width = parts.strip.clientWidth;
  new ResizeObserver(() => {
    if (!now.strip || parts.strip.clientWidth === width) return;
    width = parts.strip.clientWidth;
    draw();
  }).observe(parts.strip);
});
