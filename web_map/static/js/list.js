/** The two lists: candidates, most certain first, and sites, worst grade first. */

import { get, sentenceOf } from "./api.js";
import { badge, byId, fill, h, select, state } from "./dom.js";
import { gradeStyle } from "./grade.js";
import { choose, now, on, tell } from "./store.js";
import { area, classOf, gradeName, number, percent, shownStates, styles, t, targetClasses, term, wordsOf } from "./text.js";

const PAGE_SIZE = 50;
const lists = {
  candidates: { path: "/api/candidates", items: [], next: null, total: 0, busy: null, draw: candidateRow, key: "id", type: "candidate" },
  sites: { path: "/api/sites", items: [], next: null, total: 0, busy: null, draw: siteRow, key: "code", type: "site" },
};

function row(type, id, ...children) {
  const isChosen = now.selected?.type === type && now.selected.id === id;
  return h("li", {}, h("button", {
    type: "button", class: "item", "data-id": id, "aria-current": isChosen ? "true" : null,
    onclick: () => choose({ type, id, fly: true }),
  }, children));
}

function candidateRow(item) {
  const { label, colour } = classOf(item.class_name);
  return row("candidate", item.id,
    h("span", { class: "item-edge", style: { background: colour } }),
    h("span", { class: "item-main" },
      h("span", { class: "item-title" }, label),
      h("span", { class: "item-sub" }, t("list.candidate_line", { area: area(item.area_m2), date: item.last_seen_on || "—" }))),
    h("span", { class: "item-side" },
      h("span", { class: "score" }, percent(item.confidence)),
      badge(term("CandidateState", item.state), styles.CandidateState[item.state])));
}

function siteRow(item) {
  const grade = gradeStyle(item.grade);
  const where = [item.reach || item.town, area(item.area_m2)].filter(Boolean).join(" · ");
  return row("site", item.code,
    h("span", { class: "item-edge", style: { background: grade.colour } }),
    h("span", { class: "item-main" },
      h("span", { class: "item-title" }, item.name),
      h("span", { class: "item-sub" }, item.code),
      h("span", { class: "item-sub" }, where)),
    h("span", { class: "item-side" },
      badge(gradeName(item), grade),
      item.deadline && badge(term("DeadlineState", item.deadline), styles.DeadlineState[item.deadline]),
      item.is_demo && badge(t("demo.badge"), {}, "badge-demo")));
}

function filterBar(name) {
  const wish = now.filters[name];
  const any = (label) => [["", label]];
  const set = (key) => (value) => {
    wish[key] = value;
    tell("filters");
  };
  if (name === "candidates") {
    return h("div", { class: "filters" },
      select("f-state", t("filter.state"), any(t("filter.all")).concat(shownStates()), wish.state, set("state")),
      select("f-class", t("filter.class"), any(t("filter.all")).concat(targetClasses()), wish.class_name, set("class_name")));
  }
  const rivers = Object.keys(now.district.counts.sites.by_river).map((river) => [river, river]);
  const reaches = now.district.counts.sites.by_reach.filter((one) => one.reach).map((one) => [one.reach, one.reach]);
  return h("div", { class: "filters" },
    select("f-grade", t("filter.grade"), any(t("filter.all")).concat(wordsOf("Grade")), wish.grade, set("grade")),
    select("f-sstate", t("filter.state"), any(t("filter.all")).concat(wordsOf("SiteState")), wish.state, set("state")),
    select("f-kind", t("filter.kind"), any(t("filter.all")).concat(wordsOf("SiteKind")), wish.kind, set("kind")),
    select("f-river", t("filter.river"), any(t("filter.all")).concat(rivers), wish.river, set("river")),
    select("f-bank", t("filter.bank"), any(t("filter.all")).concat([["LEFT", t("bank.left")], ["RIGHT", t("bank.right")]]), wish.bank, set("bank")),
    select("f-reach", t("filter.reach"), any(t("filter.all")).concat(reaches), wish.reach, set("reach")));
}

function isFiltered(name) {
  return Object.values(now.filters[name]).some(Boolean);
}

function clear(name) {
  for (const key of Object.keys(now.filters[name])) now.filters[name][key] = key === "min_confidence" ? 0 : "";
  tell("filters");
  tell("counts");
}

function emptyState(name) {
  const text = name === "sites" ? t("list.empty_sites") : t("list.empty_candidates");
  if (!isFiltered(name)) return state("empty", text);
  return state("empty", t("list.empty_filtered"),
    h("button", { type: "button", class: "button", onclick: () => clear(name) }, t("filter.clear")));
}

function draw(name, problem) {
  const list = lists[name];
  const box = byId(`page-${name}`).querySelector(".list-body");
  if (!box) return;
  if (problem) {
    fill(box, state("error", sentenceOf(problem),
      h("button", { type: "button", class: "button", onclick: () => load(name) }, t("action.retry"))));
    return;
  }
  if (list.busy && !list.items.length) {
    fill(box, state("wait", t("list.loading")));
    return;
  }
  if (!list.items.length) {
    fill(box, emptyState(name));
    return;
  }
  const more = list.next && h("button", { type: "button", class: "button wide", disabled: Boolean(list.busy), onclick: () => load(name, true) },
    t("list.more", { n: number(list.total - list.items.length) }));
  fill(box,
    h("p", { class: "list-head" }, name === "sites" ? t("list.sites_head", { n: number(list.total) }) : t("list.candidates_head", { n: number(list.total) })),
    h("ul", { class: "items" }, list.items.map(list.draw)), more);
}

async function load(name, isMore = false, isAgain = false) {
  const list = lists[name];
  list.busy?.abort();
  const busy = new AbortController();
  list.busy = busy;
  if (!isMore && !isAgain) Object.assign(list, { items: [], next: null });
  draw(name);
  const query = { district: now.district.code, ...now.filters[name], limit: PAGE_SIZE, after: isMore ? list.next : "" };
  try {
    const got = await get(list.path, query, busy.signal);
    Object.assign(list, { items: isMore ? list.items.concat(got.items) : got.items, next: got.next, total: got.total, busy: null });
    draw(name);
  } catch (problem) {
    if (problem.name === "AbortError") return;
    list.busy = null;
    draw(name, problem);
  }
}

/** Draws both lists anew for the district in view. */
export function openLists() {
  const focused = document.activeElement?.id;
  for (const name of Object.keys(lists)) {
    fill(byId(`page-${name}`), filterBar(name), h("div", { class: "list-body", "aria-live": "polite" }));
    load(name);
  }
  if (focused?.startsWith("f-")) byId(focused)?.focus();
}

on("filters", openLists);
on("stored", () => {
  load("candidates", false, true);
  load("sites", false, true);
});
on("selected", (selected) => {
  for (const item of document.querySelectorAll(".item")) {
    const isIt = selected && item.dataset.id === selected.id;
    if (isIt) item.setAttribute("aria-current", "true");
    else item.removeAttribute("aria-current");
    if (isIt) item.scrollIntoView({ block: "nearest" });
  }
});
