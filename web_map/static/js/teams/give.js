/** Giving out: places chosen in the table or on the map, or a whole town, reach or filter at once. */

import { get, put, sentenceOf } from "../api.js";
import { badge, fill, h, select } from "../dom.js";
import { newId } from "../new_id.js";
import { showDone } from "../notice.js";
import { doing, input, problemLine } from "../office/fields.js";
import { grid } from "../office/grid.js";
import { area, classOf, number, percent, styles, t, term } from "../text.js";
import { giveMap, huesOf } from "./give_map.js";
import { teachPart } from "./teach.js";

const nameOf = (one) => (one.type === "site" ? one.name : `${classOf(one.name).label} ${one.key.slice(10, 16)}`);

function placeColumns(chosen, toggle) {
  return [
    { key: "tick", title: "", cell: (one) => h("label", { class: "grid-pick" }, h("input", { type: "checkbox", checked: chosen.has(one.key), "aria-label": nameOf(one), onchange: () => toggle(one.key) })) },
    { key: "name", title: t("teams.place"), cell: nameOf },
    { key: "town", title: t("teams.town"), cell: (one) => one.town || "—" },
    { key: "state", title: t("teams.state"), cell: (one) => (one.type === "site" ? badge(term("SiteState", one.state), styles.SiteState[one.state]) : badge(term("CandidateState", one.state), styles.CandidateState[one.state])) },
    { key: "rank", title: t("teams.confidence"), align: "right", cell: (one) => (one.rank === null ? "" : percent(one.rank)) },
    { key: "area", title: t("teams.area"), align: "right", cell: (one) => area(one.area_m2) },
    { key: "holder", title: t("teams.holder"), cell: (one) => (one.holder ? [one.holder, h("p", { class: "quiet" }, term("WorkState", one.work))] : t("teams.nobody")) },
  ];
}

function assignees(now) {
  return [["", t("teams.choose_who")], ...now.teams.map((one) => [`team:${one.id}`, one.name]),
    ...now.people.map((one) => [`person:${one.username}`, t("teams.person", { name: one.name, username: one.username })])];
}

/** Draws the part into `card`; `changed()` follows what was given. */
export async function drawGive(card, now, changed) {
  const wish = { type: "", town: "", min_confidence: 0, holder: "" };
  const sent = { id: newId(), to: "", way: "places", town: "", reach: "" };
  const chosen = new Set();
  let found = { items: [], total: 0, most: 0 };
  const list = h("div", { class: "give-list" });
  const said = h("p", { class: "give-chosen", role: "status" });
  const keys = h("div", { class: "give-keys" });
  const problem = problemLine();
  const ways = h("div", { class: "field" });
  const map = giveMap(now.district, toggle);
  const teach = teachPart(now.district, () => found.items);

  function toggle(key) {
    if (chosen.has(key)) chosen.delete(key);
    else chosen.add(key);
    show();
  }

  function choose(names) {
    const all = names.every((key) => chosen.has(key));
    names.forEach((key) => (all ? chosen.delete(key) : chosen.add(key)));
    show();
  }

  function show(isNew = false) {
    const hues = huesOf(found.items);
    said.textContent = t("teams.chosen", { n: number(chosen.size) });
    fill(list, h("p", { class: "quiet" }, found.total > found.items.length
      ? t("teams.first_of", { n: number(found.items.length), total: number(found.total) }) : t("teams.n_places", { n: number(found.total) })),
    found.items.length > 0 && grid({ columns: placeColumns(chosen, toggle), rows: found.items, label: t("teams.places") }));
    fill(keys, h("span", { class: "give-key" }, h("span", { class: "give-dot", style: { background: "#fff" } }), t("teams.nobody")),
      [...hues].map(([name, colour]) => h("span", { class: "give-key" }, h("span", { class: "give-dot", style: { background: colour } }), name)));
    map.draw(found.items, chosen, isNew);
  }

  async function load() {
    found = await get("/api/work/places", { district: now.district.code, ...wish });
    const there = new Set(found.items.map((one) => one.key));
    for (const key of [...chosen]) if (!there.has(key)) chosen.delete(key);
    show(true);
  }
  const ask = () => load().catch((fault) => problem.say(sentenceOf(fault)));

  function drawWays() {
    const options = [["places", t("teams.way_places")], ["town", t("teams.way_town")], ["reach", t("teams.way_reach")], ["candidates", t("teams.way_filter")]];
    fill(ways, select("give-way", t("teams.what"), options, sent.way, (value) => { sent.way = value; drawWays(); }),
      sent.way === "town" && select("give-town", t("teams.town"), [["", "—"], ...now.towns.map((one) => [one, one])], sent.town, (value) => { sent.town = value; }),
      sent.way === "reach" && select("give-reach", t("teams.reach"), [["", "—"], ...now.reaches.map((one) => [one, one])], sent.reach, (value) => { sent.reach = value; }),
      sent.way === "candidates" && input("give-confidence", t("teams.least_confidence"), "50", { type: "number", min: 0, max: 100 }));
  }

  function whatOf() {
    if (sent.way === "town") return { town: sent.town || null };
    if (sent.way === "reach") return { reach: sent.reach || null };
    if (sent.way === "candidates") return { candidates: { min_confidence: Number(document.getElementById("give-confidence").value) || 0 } };
    return { places: [...chosen] };
  }

  async function give() {
    problem.say("");
    const [kind, ...who] = sent.to.split(":");
    try {
      const given = await put(`/api/assignments/${sent.id}`, {
        district: now.district.code, to: kind ? { [kind]: who.join(":") } : {}, what: whatOf(), teach: teach.number(),
        due_on: document.getElementById("give-due").value || null, note: document.getElementById("give-note").value,
      });
      showDone(given.passed_on ? t("teams.given_passed", { n: number(given.places), who: given.to, passed: number(given.passed_on) })
        : t("teams.given_done", { n: number(given.places), who: given.to }));
      await changed();
    } catch (fault) {
      if (fault.code === "id_reused") sent.id = newId();
      problem.say(sentenceOf(fault));
    }
  }

  const filters = h("div", { class: "toolbar" },
    select("wish-type", t("teams.kind"), [["", t("teams.any")], ["candidate", t("teams.candidates")], ["site", t("teams.sites")]], wish.type, (value) => { wish.type = value; ask(); }),
    now.towns.length > 0 && select("wish-town", t("teams.town"), [["", t("teams.any")], ...now.towns.map((one) => [one, one])], wish.town, (value) => { wish.town = value; ask(); }),
    select("wish-confidence", t("teams.least_confidence"), [0, 50, 70, 90].map((n) => [String(n), n ? `≥ ${n}%` : t("teams.any")]), "0", (value) => { wish.min_confidence = value; ask(); }),
    select("wish-holder", t("teams.holder"), [["", t("teams.any")], ["nobody", t("teams.nobody")], ["somebody", t("teams.somebody")]], wish.holder, (value) => { wish.holder = value; ask(); }));
  const buttons = h("div", { class: "buttons" },
    h("button", { type: "button", class: "button", id: "choose-all", onclick: () => choose(found.items.map((one) => one.key)) }, t("teams.choose_shown")),
    h("button", { type: "button", class: "button", onclick: () => choose(map.inView()) }, t("teams.choose_in_view")));
  drawWays();
  fill(card, h("h2", {}, t("teams.give")), filters,
    h("div", { class: "give" }, h("div", {}, map.element, keys), h("div", {}, said, list, buttons)),
    now.mayGive && h("div", { class: "give-form" }, ways, select("give-to", t("teams.to"), assignees(now), "", (value) => { sent.to = value; }),
      input("give-due", t("teams.due"), "", { type: "date" }), input("give-note", t("teams.note"), "", { maxlength: 1000 }),
      teach.choice, h("div", { class: "wide" }, teach.list, problem, doing(t("teams.give_out"), give, "primary"))));
  await load();
}
