/** What the results amount to: per analyte, then step by step with clause and certainty. */

import { badge, fill, h } from "../dom.js";
import { grid } from "../office/grid.js";
import { number, pick, t, term } from "../text.js";

const digits = (value) => (value === null || value === undefined ? "" : number(value, 6));

/** A row of the standards, linked to its place among the rules, marked until a person has compared it. */
export function ruleRow(row) {
  return h("span", { class: "results-rule" },
    h("a", { href: `/rules#${encodeURIComponent(row.id)}` }, [row.standard, row.clause].filter(Boolean).join(" ")),
    row.is_checked ? null : badge(t("results.to_check"), {}, "to-check"));
}

/** Rows of one clause as one link, so that a step of many tests stays readable. */
function clauses(rows) {
  const found = new Map();
  for (const row of rows) {
    const key = `${row.standard} ${row.clause}`;
    const one = found.get(key) || { ...row, count: 0 };
    one.count += 1;
    one.is_checked = one.is_checked && row.is_checked;
    found.set(key, one);
  }
  return [...found.values()].map((one) => [ruleRow(one), one.count > 1 && h("span", { class: "results-count" }, `×${number(one.count)}`)]);
}

const isOver = (one) => one.limits.some((limit) => limit.n_over);

function analyteTables(items) {
  const over = items.filter(isOver);
  const rest = items.filter((one) => !isOver(one));
  if (!over.length) return [h("p", { class: "receipt" }, t("results.none_over", { n: number(rest.length) })), others(rest)];
  return [analyteTable(over), rest.length > 0 && others(rest)];
}

const others = (items) => h("details", { class: "results-others" },
  h("summary", {}, t("results.others", { n: number(items.length) })), analyteTable(items));

function analyteTable(items) {
  const columns = [
    { key: "name", title: t("results.analyte"), cell: (one) => pick(one, "name") },
    { key: "leach", title: t("results.leach"), cell: (one) => [term("Quantity", one.quantity), term("LeachMethod", one.leach_method)].filter(Boolean).join(" · ") },
    { key: "n", title: t("results.tested"), align: "right", cell: (one) => number(one.n) },
    { key: "below", title: t("results.below"), align: "right", cell: (one) => number(one.n_below) },
    { key: "highest", title: t("results.highest"), align: "right", cell: (one) => (one.highest === null ? t("results.none_found") : `${digits(one.highest)} ${one.unit}`) },
    { key: "limits", title: t("results.limits"), cell: (one) => one.limits.length
      ? h("ul", { class: "plain results-limits" }, one.limits.map((limit) => h("li", { class: limit.n_over ? "results-over" : null },
        h("span", { class: "strong" }, `${pick(limit, "text")} ${limit.unit}`),
        h("span", {}, t("results.n_over", { n: number(limit.n_over) })), ruleRow(limit.row))))
      : t("results.no_limit") },
  ];
  return grid({ columns, rows: items, label: t("results.by_analyte") });
}

function step(one) {
  return h("li", { class: `results-step results-step-${one.outcome.toLowerCase()}`, "data-step": one.step },
    h("p", {}, pick(one, "text")),
    one.rows.length > 0 && h("p", { class: "results-rows" }, clauses(one.rows)));
}

/** The steps of a finding, what is missing, and how many rows nobody has compared with the text. */
export function findingSteps(finding) {
  const open = finding.rows.filter((row) => !row.is_checked).length;
  return [
    h("p", { class: `results-outcome results-outcome-${finding.outcome.toLowerCase()}` },
      h("span", {}, t("results.outcome")), h("strong", {}, pick(finding.outcome_words, "name"))),
    open > 0 && h("p", { class: "hint" }, t("results.rests_on_unchecked", { n: number(open) })),
    finding.missing.length > 0 && h("div", { class: "overrides" }, h("h4", {}, t("results.missing")),
      h("ul", { class: "results-missing" }, finding.missing.map((one) => h("li", {}, pick(one, "text"))))),
    h("ol", { class: "results-steps" }, finding.steps.map(step)),
  ];
}

/** The card of the plan's results and what follows from them. */
export function findingCard(data) {
  const card = h("section", { class: "card", id: "results-finding" }, h("h2", {}, t("results.step_finding")));
  if (!data.analytes.length) return fill(card, h("h2", {}, t("results.step_finding")), h("p", { class: "quiet" }, t("results.nothing_loaded")));
  card.append(
    h("p", { class: "desk-line" }, t("results.coverage", { tested: number(data.samples), planned: number(data.plan.n_planned) })),
    ...analyteTables(data.analytes).filter(Boolean), h("h3", { class: "results-sub" }, t("results.steps")), ...findingSteps(data.finding).filter(Boolean));
  return card;
}
