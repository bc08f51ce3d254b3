/** How many works stand how: in all, by lead unit, by helping unit, by town, by reach and bank. */

import { fill, h } from "../dom.js";
import { grid } from "../office/grid.js";
import { number, pick, styles, t, term } from "../text.js";

const STATES = ["RED", "AMBER", "ON_TIME", "ONGOING", "DONE"];
const TABS = { unit: () => t("deadlines.by_unit"), helper: () => t("deadlines.by_helper"), town: () => t("deadlines.by_town"), reach: () => t("deadlines.by_reach") };
const BANKS = { LEFT: () => t("bank.left"), RIGHT: () => t("bank.right") };
const WISH = { unit: "unit", helper: "supporting", town: "town", reach: "reach" };

/** "n days late" in red, or nothing. */
export const lateOf = (days) => (days > 0 ? h("span", { class: "due-late" }, t("deadlines.late_n", { n: number(days) })) : "");

/** What a reach with its bank is called. */
export function reachName(name, bank) {
  if (!name) return t("deadlines.no_name");
  return bank in BANKS ? `${name} · ${BANKS[bank]()}` : name;
}

function figure(state, count, choose) {
  return h("button", { type: "button", class: "due-figure", id: `figure-${state}`, style: { "border-left-color": styles.DeadlineState[state].colour }, onclick: () => choose({ state }) },
    term("DeadlineState", state), h("b", {}, number(count)));
}

/** Draws the card; `choose(wish)` shows the works that a figure counts. */
export function drawSummary(card, now, choose) {
  const { figures } = now;
  const tab = now.tab || "unit";
  const every = figures.all;
  const nameOf = (row) => (tab === "reach" ? reachName(row.name, row.bank) : row.name || t("deadlines.no_name"));
  const wishOf = (row, state) => ({ ...(row.name ? { [WISH[tab]]: row.name } : {}), ...(row.bank ? { bank: row.bank } : {}), ...(state ? { state } : {}) });
  const cell = (state) => (row) => {
    const count = row[state.toLowerCase()];
    return count ? h("button", { type: "button", class: state === "RED" ? "link due-late" : "link", onclick: () => choose(wishOf(row, state)) }, number(count)) : null;
  };
  const columns = [
    { key: "name", title: TABS[tab](), cell: (row) => h("button", { type: "button", class: "link due-name", onclick: () => choose(wishOf(row)) }, nameOf(row)) },
    ...STATES.map((state) => ({ key: state, title: term("DeadlineState", state), align: "right", cell: cell(state) })),
    { key: "worst", title: t("deadlines.worst"), align: "right", cell: (row) => lateOf(row.worst_days) },
  ];
  const tabs = h("div", { class: "due-tabs", role: "group", "aria-label": t("deadlines.group_by") }, Object.keys(TABS).map((name) => h("button", {
    type: "button", class: "button", id: `tab-${name}`, "aria-pressed": String(name === tab),
    onclick: () => { now.tab = name; drawSummary(card, now, choose); },
  }, TABS[name]())));
  const spans = figures.rules.map((row) => t("deadlines.rule", { name: pick(row, "name"), days: row.days, clause: row.clause })).join(" · ");
  const rows = figures[tab];
  fill(card, h("h2", {}, t("deadlines.summary", { day: figures.day })),
    every && h("div", { class: "due-figures" }, STATES.map((state) => figure(state, every[state.toLowerCase()], choose))),
    tabs, tab === "helper" && h("p", { class: "due-note" }, t("deadlines.helper_note")),
    rows.length ? grid({ columns, rows, label: t("deadlines.group_by") }) : h("p", { class: "quiet" }, t("deadlines.nothing")),
    h("p", { class: "due-note" }, spans));
}
