/** The card of the satellite follow-up: chart, seasonal peaks, and what each image told. */

import { get, sentenceOf } from "../api.js";
import { fill, h, state, svg } from "../dom.js";
import { area, language, percent, pick, t, term } from "../text.js";
import { mark, seriesChart } from "./series.js";
import { showScene, showShapes } from "./shown.js";

const LEAST_WIDTH = 300;

const between = (value, low, high, say) => (value === null ? null : `${say(value)} (${say(low)}–${say(high)})`);
const sign = (word) => svg("svg", { class: "series-sign", width: 18, height: 18, viewBox: "-9 -9 18 18", "aria-hidden": "true" }, mark(word, 0, 0));

function row(one) {
  const show = () => {
    showScene(one.scene_id);
    showShapes(one.footprint, one.reference);
    document.getElementById("site-map")?.scrollIntoView({ block: "center" });
  };
  return h("li", { class: "look", "data-state": one.state },
    h("div", { class: "line" },
      h("span", { class: "look-name" }, sign(one.state), h("span", { class: "strong" }, one.observed_on), term("FootprintState", one.state),
        one.is_peak && h("span", { class: "badge badge-plain" }, t("follow.peak"))),
      h("button", { type: "button", class: "link no-print", onclick: show }, t("follow.on_map"))),
    h("p", {}, pick(one, "summary")),
    one.reasons.length > 0 && h("ul", { class: "look-why quiet" }, one.reasons.map((why) => h("li", {}, pick(why, "text")))),
    h("dl", { class: "look-figures" },
      [[t("follow.bare"), between(one.bare_m2, one.bare_low_m2, one.bare_high_m2, area)],
        [t("follow.footprint"), between(one.footprint_m2, one.footprint_low_m2, one.footprint_high_m2, area)],
        [t("follow.cover"), between(one.fvc, one.fvc_low, one.fvc_high, percent)],
        [t("follow.ratio"), between(one.fvc_ratio, one.fvc_ratio_low, one.fvc_ratio_high, percent)],
        [t("follow.valid"), percent(one.valid_share)]].filter(([, said]) => said).map(([name, said]) =>
        h("div", {}, h("dt", {}, name), h("dd", {}, said)))));
}

function peakCell(one) {
  if (one.fvc === null) return h("td", { class: "quiet" }, one.looks ? t("follow.peak_unseen") : t("follow.peak_none"));
  return h("td", {}, one.fvc_ratio === null ? t("follow.no_reference", { fvc: percent(one.fvc) })
    : t("follow.peak_value", { ratio: percent(one.fvc_ratio), fvc: percent(one.fvc) }));
}

const monthName = (month) => new Intl.DateTimeFormat(language, { month: "long", timeZone: "UTC" }).format(new Date(Date.UTC(2000, month - 1)));

function peaksTable({ peaks, peak_months: months }) {
  return h("details", { class: "peaks" },
    h("summary", {}, t("follow.peaks", { months: months.map((month) => monthName(month)).join(t("follow.and")) })),
    h("table", { class: "reasons" },
      h("tbody", {}, peaks.map((one) => h("tr", {}, h("th", { scope: "row" }, one.year), peakCell(one))))));
}

function legend() {
  return h("p", { class: "series-legend quiet" }, ["GROWN", "SHRUNK", "UNCHANGED", "GONE", "UNSEEN"].map((word) =>
    h("span", {}, sign(word), term("FootprintState", word))),
  h("span", {}, h("i", { class: "key is-cover" }), t("follow.cover")), h("span", {}, h("i", { class: "key is-reference" }), t("follow.reference")));
}

function told(found, body) {
  if (!found.items.length) return fill(body, h("p", { class: "quiet" }, t("follow.none")));
  const chart = h("div", { class: "series-box" });
  const draw = () => chart.isConnected && fill(chart, seriesChart(found, Math.max(chart.clientWidth, LEAST_WIDTH)));
  fill(body, legend(), chart, h("p", { class: "quiet" }, t("follow.caution")), peaksTable(found),
    h("ul", { class: "plain looks" }, [...found.items].reverse().map(row)));
  let width = 0;
  new ResizeObserver(() => {
    if (chart.clientWidth !== width) draw();
    width = chart.clientWidth;
  }).observe(chart);
  return body;
}

/** Draws the card; the observations are fetched when it is drawn. */
export function followCard({ site }) {
  const body = h("div", {}, state("wait", t("list.loading")));
  get(`/api/sites/${encodeURIComponent(site.code)}/observations`)
    .then((found) => told(found, body))
    .catch((problem) => fill(body, state("error", sentenceOf(problem))));
  return h("section", { class: "card", id: "follow" }, h("h2", {}, t("follow.title")), body);
}
