/** The legend: what each line and mark means, what is shown, and how sure a candidate must be. */

import { byId, fill, h } from "./dom.js";
import { drawMark, hatchOf, swatch } from "./marks.js";
import { gradeStyle } from "./grade.js";
import { kindsShown, sources } from "./reference.js";
import { now, on, tell } from "./store.js";
import { classOf, shownStates, styles, t, wordsOf } from "./text.js";

function line(ctx, y, width, colour, thickness, dash) {
  for (const [stroke, size, pattern] of [["#fff", thickness + 2.5, []], [colour, thickness, dash]]) {
    ctx.strokeStyle = stroke;
    ctx.lineWidth = size;
    ctx.setLineDash(pattern);
    ctx.beginPath();
    ctx.moveTo(3, y);
    ctx.lineTo(width - 3, y);
    ctx.stroke();
  }
}

const box = (colour, style) => swatch(34, 20, (ctx) => {
  ctx.globalAlpha = style.fill_opacity;
  ctx.fillStyle = colour;
  ctx.fillRect(4, 4, 26, 12);
  ctx.globalAlpha = 1;
  ctx.strokeStyle = colour;
  ctx.lineWidth = style.width;
  ctx.setLineDash(style.dash);
  ctx.strokeRect(4, 4, 26, 12);
});

const lineSwatch = (style) => swatch(34, 20, (ctx) => line(ctx, 10, 34, style.colour, style.width, style.dash));

const gradeSwatch = (grade) => swatch(46, 20, (ctx) => {
  drawMark(ctx, grade.mark, 9, 10, 7, grade.colour);
  ctx.fillStyle = ctx.createPattern(hatchOf(grade), "repeat");
  ctx.fillRect(22, 4, 20, 12);
  ctx.strokeStyle = grade.colour;
  ctx.lineWidth = 2;
  ctx.setLineDash([]);
  ctx.strokeRect(22, 4, 20, 12);
});

function toggle(kind, value, label, picture, count) {
  const hidden = now.hidden[kind];
  const tick = h("input", {
    type: "checkbox", checked: !hidden.has(value),
    onchange: (event) => {
      if (event.target.checked) hidden.delete(value);
      else hidden.add(value);
      tell("hidden");
    },
  });
  return h("label", { class: "legend-row check" }, tick, picture, h("span", { class: "legend-name" }, label),
    count !== undefined && h("span", { class: "count" }, count));
}

function plain(label, picture) {
  return h("div", { class: "legend-row" }, picture, h("span", { class: "legend-name" }, label));
}

const group = (title, ...rows) => h("fieldset", { class: "legend-group" }, h("legend", {}, title), rows);

function confidence() {
  const wish = now.filters.candidates;
  const shown = h("output", { class: "strong" }, t("legend.at_least", { n: wish.min_confidence }));
  return h("label", { class: "slider" },
    h("span", { class: "slider-head" }, h("span", {}, t("legend.confidence")), shown),
    h("input", {
      id: "min-confidence", type: "range", min: 0, max: 95, step: 5, value: wish.min_confidence,
      oninput: (event) => { shown.textContent = t("legend.at_least", { n: event.target.value }); },
      onchange: (event) => {
        wish.min_confidence = Number(event.target.value);
        tell("filters");
      },
    }));
}

function candidateRows(counts) {
  const classes = Object.keys(counts.by_class);
  for (const name of now.hidden.class_name) if (!classes.includes(name)) classes.push(name);
  const neutral = (style) => ({ ...style, fill_opacity: style.fill_opacity });
  return [
    group(t("legend.class"), classes.length
      ? classes.map((name) => {
        const { label, colour } = classOf(name);
        return toggle("class_name", name, label, box(colour, { width: 2.5, dash: [], fill_opacity: 0.25 }), counts.by_class[name] || 0);
      })
      : h("p", { class: "quiet" }, t("list.empty_candidates"))),
    group(t("legend.candidate_state"), shownStates().map(([value, name]) =>
      toggle("state", value, name, box("#39434e", neutral(styles.CandidateState[value])), counts.by_state[value] || 0))),
    confidence(),
  ];
}

function siteRows(counts) {
  return [
    group(t("legend.grade"), wordsOf("Grade").map(([value, name]) =>
      toggle("grade", value, name, gradeSwatch(gradeStyle(value)), counts.by_grade[value] || 0))),
    group(t("legend.site_state"), wordsOf("SiteState").map(([value, name]) =>
      plain(name, lineSwatch({ ...styles.SiteState[value], colour: "#39434e" })))),
  ];
}

function layerRows() {
  return group(t("legend.layers"),
    toggle("layer", "candidates", t("tab.candidates"), null),
    toggle("layer", "sites", t("tab.sites"), null),
    toggle("layer", "reference", t("legend.reference"), null),
    toggle("layer", "zones", t("legend.zones"), null),
    kindsShown(wordsOf("LayerKind")).map(([kind, name]) => toggle("reference", kind, name, lineSwatch(styles.LayerKind[kind]))),
    sources());
}

/** Draws the legend for the district in view. */
export function drawLegend() {
  const counts = now.district.counts;
  const wasOpen = byId("legend-body")?.open ?? true;
  const parts = [];
  if (counts.candidates.total) parts.push(candidateRows(counts.candidates));
  if (counts.sites.total) parts.push(siteRows(counts.sites));
  parts.push(layerRows());
  fill(byId("legend"), h("details", { id: "legend-body", open: wasOpen },
    h("summary", {}, t("legend.title")), h("div", { class: "legend-parts" }, parts)));
}

on("district counts layers", drawLegend);
