/** What changed numbers do: from which grade to which, who moves and why, how firm the grades are. */

import { badge, bar, h } from "../dom.js";
import { gradeStyle } from "../grade.js";
import { grid } from "../office/grid.js";
import { language, number, percent, pick, t, term } from "../text.js";

const GRADES = ["HIGH", "MEDIUM", "LOW", "OUT_OF_SCHEME"];
const FIRM = "#2b6cb0";
const gradeBadge = (grade) => (grade && grade !== "NONE" ? badge(term("Grade", grade), gradeStyle(grade)) : badge(t("grade.none"), {}, "badge-plain"));

function matrix(trial) {
  const before = [...GRADES, "NONE"].filter((grade) => trial.matrix[grade]);
  const after = GRADES.filter((grade) => grade !== "OUT_OF_SCHEME" || before.some((old) => trial.matrix[old][grade]));
  return h("div", { class: "moves-box" }, h("table", { class: "moves" },
    h("thead", {}, h("tr", {}, h("th", { scope: "col" }, t("weights.from_to")), after.map((grade) => h("th", { scope: "col" }, gradeBadge(grade))))),
    h("tbody", {}, before.map((old) => h("tr", {}, h("th", { scope: "row" }, gradeBadge(old)),
      after.map((grade) => {
        const n = trial.matrix[old][grade] || 0;
        return h("td", { class: n && old !== grade ? "moved" : "" }, n ? number(n) : "·");
      }))))));
}

function firmness(trial, rules) {
  const { one_by_one: single, jointly, by_factor: factors, by_grade: grades } = trial.stability;
  const names = new Map(rules.factors.map((one) => [one.id, `${one.id} ${pick(one, "name")}`]));
  const weakest = Object.entries(factors).map(([id, shares]) => [id, Math.min(...shares)]).sort((a, b) => a[1] - b[1]);
  return h("section", { class: "card late" }, h("h2", {}, t("weights.stability")), h("p", { class: "quiet" }, t("weights.stability_what")),
    h("div", { class: "firm" }, h("span", {}, t("weights.one_by_one")), bar(single, percent(single), FIRM, t("weights.one_by_one"))),
    h("div", { class: "firm" }, h("span", {}, t("weights.jointly")), bar(jointly, percent(jointly), FIRM, t("weights.jointly"))),
    Object.entries(grades).map(([grade, said]) => h("div", { class: "firm" },
      h("span", {}, gradeBadge(grade), " ", t("weights.sites", { n: number(said.sites) })), bar(said.holds, percent(said.holds), FIRM, term("Grade", grade)))),
    h("details", {}, h("summary", {}, t("weights.by_factor")), weakest.map(([id, share]) => h("div", { class: "firm" },
      h("span", {}, names.get(id)), bar(share, percent(share), FIRM, names.get(id))))));
}

function why(one) {
  if (!one.why.length) return t("weights.by_bounds");
  return one.why.map((part) => h("span", { class: "why" }, `${part.factor} ${part.before === null ? "—" : number(part.before, 2)} → ${number(part.after, 2)}`));
}

function movers(trial, run) {
  const columns = [
    { key: "code", title: t("weights.site"), cell: (one) => h("a", { href: `/sites/${one.code}` }, h("span", { class: "strong" }, one.name), h("span", { class: "quiet" }, ` ${one.code}`)) },
    { key: "before", title: t("weights.before"), cell: (one) => gradeBadge(one.before) },
    { key: "after", title: t("weights.after"), cell: (one) => gradeBadge(one.after) },
    { key: "why", title: t("weights.why"), cell: why },
    { key: "holds", title: t("weights.holds"), align: "right", cell: (one) => percent(one.holds) },
  ];
  return h("section", { class: "card late" }, h("h2", {}, t("weights.movers", { n: number(trial.moved), all: number(trial.total) })),
    trial.movers.length ? grid({ columns, rows: trial.movers, label: t("weights.site") }) : h("p", { class: "quiet" }, t("weights.nobody")),
    trial.next && h("div", { class: "buttons" }, h("button", { type: "button", class: "button", onclick: () => run(trial.next) }, t("weights.more"))));
}

function sums(trial) {
  return h("p", { class: "lab-sums" }, Object.entries(trial.sums).map(([index, most]) =>
    h("span", { class: most > 100 ? "over" : "" }, t("weights.sum", { index, n: number(most, 2) }))));
}

function problems(trial) {
  if (!trial.problems.length) return null;
  return h("div", { class: "lab-problems", role: "alert" }, h("p", { class: "strong" }, t("weights.unsound")),
    h("ul", {}, trial.problems.map((one) => h("li", {}, `${one.where} ${language === "en" ? one.en : one.zh}`))));
}

/** The parts of a trial; `run(after)` asks for the next page of movers. */
export function resultOf(trial, rules, run) {
  return [problems(trial),
    h("section", { class: "card" }, h("h2", {}, t("weights.matrix")), sums(trial), matrix(trial)),
    movers(trial, run), firmness(trial, rules)];
}
