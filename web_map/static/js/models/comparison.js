/** How a model compares with another on the same ground: a sentence, the interval, both figures. */

import { badge, h } from "../dom.js";
import { grid } from "../office/grid.js";
import { classOf, figure, moment, number, percent, t, term } from "../text.js";

const HUES = {
  BETTER: { colour: "#1b6e3c", ink: "#fff" }, WORSE: { colour: "#b2182b", ink: "#fff" },
  NO_DIFFERENCE: { colour: "#5b6470", ink: "#fff" }, TOO_FEW: { colour: "#fff3d6", ink: "#6b4700" },
};

const SAYS = {
  BETTER: (words) => t("models.says_better", words), WORSE: (words) => t("models.says_worse", words),
  NO_DIFFERENCE: (words) => t("models.says_no_difference", words), TOO_FEW: (words) => t("models.says_too_few", words),
};

const signed = (value) => `${value > 0 ? "+" : ""}${number(value, 3)}`;

function sentence(one) {
  const isPlain = one.verdict === "BETTER" || one.verdict === "WORSE";
  const gap = one.difference === null ? "" : isPlain ? number(Math.abs(one.difference), 3) : signed(one.difference);
  return SAYS[one.verdict]({
    n: number(one.places), name: one.against, d: gap, low: one.low === null ? "" : signed(one.low), high: one.high === null ? "" : signed(one.high),
  });
}

/** The interval on an axis from worse to better, nothing in its middle. */
function interval(one) {
  if (one.difference === null) return null;
  const reach = Math.max(0.02, Math.abs(one.low), Math.abs(one.high), Math.abs(one.difference)) * 1.15;
  const at = (value) => `${50 + (50 * value) / reach}%`;
  const label = `${t("models.axis")}: ${signed(one.difference)} (${signed(one.low)} … ${signed(one.high)})`;
  return h("div", { class: "gap", role: "img", "aria-label": label },
    h("span", { class: "gap-side" }, t("models.axis_worse")),
    h("div", { class: "gap-axis" }, h("span", { class: "gap-zero" }),
      h("span", { class: "gap-range", style: { left: at(one.low), right: `calc(100% - ${at(one.high)})` } }),
      h("span", { class: "gap-point", style: { left: at(one.difference) } })),
    h("span", { class: "gap-side" }, t("models.axis_better")));
}

function mainRows({ ours, theirs }) {
  const both = (name, read) => ({ name, ours: read(ours), theirs: read(theirs) });
  return [
    both(t("models.target_iou"), (one) => figure(one.classes.target?.iou)),
    both(t("models.target_precision"), (one) => figure(one.classes.target?.precision)),
    both(t("models.target_recall"), (one) => figure(one.classes.target?.recall)),
    both(t("models.found"), (one) => t("models.of", { n: number(one.objects.found ?? 0), all: number(one.objects.places ?? 0) })),
    both(t("models.accuracy"), (one) => (one.accuracy === null ? "—" : percent(one.accuracy))),
  ];
}

function classRows({ ours, theirs }) {
  const names = Object.keys({ ...ours.classes, ...theirs.classes }).filter((name) => name !== "target");
  return names.map((name) => ({ name: classOf(name).label, ours: figure(ours.classes[name]?.iou), theirs: figure(theirs.classes[name]?.iou) }));
}

function table(one, title, rows) {
  const columns = [
    { key: "name", title, cell: (row) => h("span", { class: "strong" }, row.name) },
    { key: "ours", title: t("models.this"), align: "right", cell: (row) => row.ours },
    { key: "theirs", title: one.against, align: "right", cell: (row) => row.theirs },
  ];
  return grid({ columns, rows, label: title });
}

/** A comparison as part of a model's card. */
export function comparisonOf(one) {
  return h("div", { class: "contest" },
    h("div", { class: "contest-said" },
      h("div", { class: "model-head" }, h("h3", {}, t("models.compared", { name: one.against })), badge(term("Comparative", one.verdict), HUES[one.verdict]),
        h("span", { class: "quiet" }, t("models.compared_on", { day: moment(one.made_at), who: one.made_by }))),
      h("p", {}, sentence(one)), interval(one), !one.is_fair && h("p", { class: "models-warning" }, t("models.unfair"))),
    h("div", {}, table(one, t("models.figure"), mainRows(one.figures)),
      h("details", { class: "model-more" }, h("summary", {}, t("models.class_ious")), table(one, t("models.class"), classRows(one.figures)))));
}
