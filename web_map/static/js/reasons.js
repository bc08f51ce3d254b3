/** Why this grade: three indices as bars, then factor by factor. */

import { badge, h } from "./dom.js";
import { gradeStyle } from "./grade.js";
import { moment, number, percent, pick, styles, t, term } from "./text.js";

const LEVEL_COLOURS = { 1: "#b2182b", 2: "#b86a10", 3: "#2b6cb0" };

function indexBar(one) {
  const name = `${one.index} ${pick(one, "name")}`;
  const text = t("grade.index_points", { n: number(one.points, 1), level: one.level });
  return h("div", { class: "index" },
    h("div", { class: "line" }, h("span", { class: "strong" }, name), h("span", {}, text)),
    h("div", { class: "meter", role: "img", "aria-label": `${name} ${text}` },
      h("span", { class: "meter-track" },
        h("span", { class: "meter-fill", style: { width: `${Math.min(100, one.points)}%`, background: LEVEL_COLOURS[one.level] } }))),
    h("p", { class: "quiet" }, t("grade.index_known", { share: percent(one.confidence) })));
}

/** A clause, with the way to its row among the rules where there is one. */
function clause(one) {
  const text = one.clause && one.clause !== "—" ? one.clause : one.row || "—";
  return one.row ? h("a", { class: "clause", href: `/rules#${encodeURIComponent(one.row)}` }, text) : h("span", { class: "clause" }, text);
}

function reason(one, unchecked) {
  const marks = [
    !one.known && badge(t("reason.unknown"), styles.DeadlineState.AMBER),
    (one.row ? unchecked.has(one.row) : one.certainty !== "read") && badge(t("reason.to_be_checked"), {}, "to-check"),
  ];
  return h("tr", { class: one.known ? "" : "is-unknown" },
    h("td", {}, h("span", { class: "factor" }, one.factor), " ", pick(one, "name"),
      clause(one), h("span", { class: "badges" }, marks)),
    h("td", {}, pick(one, "value"), (pick(one, "layers") || []).map((layer) => h("span", { class: "clause" }, layer))),
    h("td", { class: "points" }, h("span", { class: "strong" }, number(one.points, 1)), t("reason.of", { n: number(one.most, 1) })));
}

function table(grading, index) {
  const rows = grading.reasons.filter((one) => one.index === index.index);
  return h("table", { class: "reasons" },
    h("caption", {}, `${index.index} ${pick(index, "name")} · ${number(index.points, 1)}`),
    h("thead", {}, h("tr", {}, [t("reason.factor"), t("reason.value"), t("reason.points")].map((name) => h("th", { scope: "col" }, name)))),
    h("tbody", {}, rows.map((one) => reason(one, new Set(grading.unchecked || [])))));
}

function overrides(grading) {
  if (!grading.overrides.length) return null;
  return h("div", { class: "overrides" }, h("h4", {}, t("grade.overrides")), h("ul", { class: "plain" }, grading.overrides.map((one) =>
    h("li", {}, badge(term("Grade", one.grade), gradeStyle(one.grade)), " ", pick(one, "name"), clause(one)))));
}

/** The block of a site's grading, or a sentence where there is none. */
export function gradingBlock(grading) {
  if (!grading) return h("section", { class: "block" }, h("h3", {}, t("grade.title")), h("p", { class: "quiet" }, t("grade.not_yet")));
  return h("section", { class: "block", id: "grading" }, h("h3", {}, t("grade.title")),
    h("p", { class: "matrix" }, pick(grading, "matrix")),
    grading.provisional && h("p", { class: "hint" }, t("grade.provisional_why", { share: percent(grading.confidence) })),
    grading.unchecked?.length > 0 && h("p", { class: "hint" }, t("grade.unchecked", { n: grading.unchecked.length })),
    grading.indices.map(indexBar), overrides(grading),
    h("details", { class: "reason-details", open: true }, h("summary", {}, t("grade.reasons", { n: grading.reasons.length })),
      grading.indices.map((index) => table(grading, index))),
    h("p", { class: "quiet" }, t("grade.rule_set", { name: grading.rule_set, hash: grading.rule_sha256.slice(0, 12), at: moment(grading.graded_at) })));
}
