/** Done against plan, what changed, and who lags. */

import { h } from "../dom.js";
import { money, number, percent, styles, t, wordsOf } from "../text.js";
import { countLink, listAddress, pageAddress } from "./links.js";

const cell = (label, ...content) => h("td", { class: "right", "data-label": label }, content);

function meter(done, whole, text) {
  const width = whole ? Math.min(100, (done / whole) * 100) : 0;
  return h("div", { class: "board-meter" },
    h("span", { class: "meter-track", "aria-hidden": "true" }, h("span", { class: "meter-fill", style: { width: `${width}%`, background: styles.DeadlineState.ON_TIME.colour } })),
    h("span", {}, text));
}

function line(name, done, whole, href, say = number) {
  const text = t("overview.done_of", { done: say(done), all: say(whole), share: whole ? percent(done / whole) : "–" });
  return h("div", { class: "board-plan-line" }, h("a", { href }, name), meter(done, whole, text));
}

/** Done against plan: sites closed out, works finished, works due by now, money. */
export function planCard(board) {
  const sum = (name) => board.units.reduce((all, unit) => all + unit[name], 0);
  const funds = board.money;
  const stages = wordsOf("ProjectStage").filter(([stage]) => board.stages[stage]);
  return h("section", { class: "card", id: "plan" }, h("h2", {}, t("overview.plan")),
    line(t("overview.plan_closed"), board.closed, board.total.sites, listAddress({ state: ["CLOSED"] })),
    line(t("overview.plan_finished"), sum("finished"), sum("works"), pageAddress("/projects")),
    line(t("overview.plan_due"), sum("due_finished"), sum("due"), pageAddress("/projects")),
    line(t("overview.plan_paid"), funds.paid_yuan, funds.budget_yuan, pageAddress("/projects"), money),
    funds.unbudgeted > 0 && h("p", { class: "quiet" }, t("overview.unbudgeted", { n: number(funds.unbudgeted), all: number(funds.projects) })),
    stages.length > 0 && h("h3", {}, t("overview.stages")),
    h("div", { class: "board-stages" }, stages.map(([stage, name]) =>
      h("a", { class: "board-stage", href: listAddress({ project_stage: [stage] }) }, h("span", {}, name), h("b", {}, number(board.stages[stage]))))));
}

/** What changed since the day that the board compares with. */
export function changeCard(board) {
  const since = [board.since];
  const rows = wordsOf("Change").map(([change, name]) => [name, board.changes[change], { changed: [change], since }]);
  rows.push([t("overview.newly_red"), board.newly_red, { deadline: ["RED"], due_on_min: since }]);
  return h("section", { class: "card", id: "changes" },
    h("h2", {}, t("overview.changes", { since: board.since, day: board.day })),
    h("table", { class: "board-table board-changes" },
      h("caption", { class: "hidden-text" }, t("overview.changes", { since: board.since, day: board.day })),
      h("tbody", {}, rows.map(([name, count, extra]) => h("tr", {}, h("th", { scope: "row" }, name), cell("", countLink(count, extra, name)))))));
}

function unitRow(unit) {
  const name = unit.unit || t("overview.no_unit");
  const works = (count, title, state) => cell(title, h("a", {
    class: state === "RED" && count ? "board-number is-late" : "board-number", href: pageAddress("/deadlines", { ...(unit.unit && { unit: unit.unit }), state }),
    "aria-label": `${name} ${title} ${number(count)}`,
  }, number(count)));
  return h("tr", {},
    h("th", { scope: "row" }, name),
    cell(t("overview.u_works"), number(unit.works)),
    cell(t("overview.u_due"), t("overview.u_due_of", { done: number(unit.due_finished), due: number(unit.due) })),
    works(unit.amber, t("overview.u_amber"), "AMBER"),
    works(unit.red, t("overview.u_red"), "RED"),
    cell(t("overview.u_late"), unit.late_days ? t("overview.days", { n: number(unit.late_days) }) : "–"));
}

/** Who lags: units, those with most overdue work first. */
export function unitCard(board) {
  if (!board.units.length) return null;
  const units = [...board.units].sort((one, other) => other.red - one.red || other.late_days - one.late_days || one.unit.localeCompare(other.unit));
  const heads = [t("overview.unit"), t("overview.u_works"), t("overview.u_due"), t("overview.u_amber"), t("overview.u_red"), t("overview.u_late")];
  return h("section", { class: "card board-wide", id: "units" }, h("h2", {}, t("overview.units")),
    units.some((unit) => unit.red) ? null : h("p", { class: "quiet" }, t("overview.nobody_lags")),
    h("table", { class: "board-table board-units" },
      h("caption", { class: "hidden-text" }, t("overview.units")),
      h("thead", {}, h("tr", {}, heads.map((head, place) => h("th", { scope: "col", class: place ? "right" : null }, head)))),
      h("tbody", {}, units.map(unitRow))));
}
