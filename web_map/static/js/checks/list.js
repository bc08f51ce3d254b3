/** The queue: how many checks stand where, what is wanted, and the checks themselves. */

import { badge, fill, h, select } from "../dom.js";
import { input } from "../office/fields.js";
import { moment, number, t, term, wordsOf } from "../text.js";
import { placeName, reviewBadge, standingBadge } from "./words.js";

const ANY = "";

/** The tabs: all that waits, what is to be settled, each state of review. */
export const TABS = [
  ["open", { review: ["RECEIVED", "HAS_ISSUES"] }], ["parallel", { review: ["RECEIVED", "HAS_ISSUES"], standing: ["PARALLEL"] }],
  ["proposal", { review: ["RECEIVED", "HAS_ISSUES"], standing: ["PROPOSAL"] }], ["issues", { review: ["HAS_ISSUES"] }],
  ["passed", { review: ["APPROVED", "EDITED"] }], ["rejected", { review: ["REJECTED"] }], ["all", {}],
];

function countOf(name, { by_review: by, to_settle: waiting }) {
  const counts = {
    open: by.RECEIVED + by.HAS_ISSUES, parallel: waiting.PARALLEL, proposal: waiting.PROPOSAL, issues: by.HAS_ISSUES,
    passed: by.APPROVED + by.EDITED, rejected: by.REJECTED, all: Object.values(by).reduce((sum, n) => sum + n, 0),
  };
  return counts[name];
}

function nameOf(tab) {
  const names = {
    open: t("checks.tab_open"), parallel: t("checks.tab_parallel"), proposal: t("checks.tab_proposal"), issues: t("checks.tab_issues"),
    passed: t("checks.tab_passed"), rejected: t("checks.tab_rejected"), all: t("checks.tab_all"),
  };
  return names[tab];
}

/** Draws the tabs with their counts. */
export function drawTabs(box, now, choose) {
  fill(box, TABS.map(([name]) => h("button", {
    type: "button", class: "check-tab", "data-tab": name, "aria-pressed": String(now.tab === name), onclick: () => choose(name),
  }, nameOf(name), h("span", { class: "check-count" }, number(countOf(name, now.counts))))));
}

/** Draws the filters; `changed(name, value)` hears of each. */
export function drawFilters(box, now, changed) {
  const wanted = now.wanted;
  const { towns, people } = now.choices;
  const pickOf = (id, label, options) => select(`check-${id}`, label, [[ANY, t("checks.any")], ...options], wanted[id] || ANY, (value) => changed(id, value));
  const day = (id, label) => input(`check-${id}`, label, wanted[id] || "", { type: "date", onchange: (event) => changed(id, event.target.value) });
  fill(box,
    pickOf("verdict", t("checks.verdict"), wordsOf("Verdict")),
    pickOf("town", t("checks.town"), towns.map((town) => [town, town])),
    pickOf("person", t("checks.person"), people.map((one) => [one.username, one.name])),
    pickOf("team", t("checks.team"), now.teams.map((one) => [one.id, one.name])),
    pickOf("warnings", t("checks.warnings"), [["true", t("checks.with_warnings")], ["false", t("checks.without_warnings")]]),
    day("since", t("checks.since")), day("until", t("checks.until")));
}

function row(item, isOpen, open) {
  const missing = item.photos_announced - item.photos_known;
  return h("li", {}, h("button", {
    type: "button", class: "check-row", "data-check": item.id, "aria-current": isOpen ? "true" : null, onclick: () => open(item.id),
  },
  h("span", { class: "line" }, h("span", { class: "strong" }, placeName(item)), reviewBadge(item.review)),
  h("span", { class: "check-row-what" }, term("Verdict", item.verdict), item.town && ` · ${item.town}`),
  h("span", { class: "badges" }, standingBadge(item.standing), item.is_warned && badge(t("checks.warned"), {}, "to-check"),
    badge(t("checks.photos_n", { n: item.photos_announced }), {}, "badge-plain"),
    missing > 0 && badge(t("checks.photos_missing", { n: missing }), {}, "to-check"), item.via === "FILE" && badge(t("checks.by_file"), {}, "badge-plain")),
  h("span", { class: "quiet" }, `${item.recorder || item.recorded_by} · ${moment(item.found_at)}`)));
}

/** Draws the checks. */
export function drawList(box, now, open, more) {
  if (!now.items.length) {
    fill(box, h("div", { class: "state state-empty" }, h("p", {}, t("checks.none"))));
    return;
  }
  fill(box, h("p", { class: "quiet", role: "status" }, t("checks.shown", { n: now.items.length, total: now.total })),
    h("ul", { class: "check-rows" }, now.items.map((item) => row(item, item.id === now.openId, open))),
    now.next && h("button", { type: "button", class: "button wide", id: "checks-more", onclick: more }, t("checks.more")));
}

/** Says how far second readers agree, where there are any. */
export function agreementLine({ places, agreed, rate, kappa }) {
  if (!places) return null;
  return h("p", { class: "desk-line", id: "agreement" }, t("checks.agreement", {
    places, agreed, rate: Math.round(rate * 100), kappa: kappa === null ? "—" : kappa.toFixed(2),
  }));
}
