/** The chart of a site's series: bare ground with its error, plants against the reference, states. */

import { svg } from "../dom.js";
import { number, percent, t, term } from "../text.js";

const LEFT = 48;
const RIGHT = 14;
const MARKS = 40;
const BARE = { top: 62, bottom: 182 };
const COVER = { top: 228, bottom: 330 };
const HEIGHT = 362;
const LABEL_ROWS = 3;
const HALF_LABEL = 22;

/** How each state is drawn: a shape and a colour; what was not seen stays hollow. */
export const STATES = {
  FIRST: { path: "M-5 0A5 5 0 1 0 5 0A5 5 0 1 0 -5 0Z", colour: "#1b2733" },
  NEW: { path: "M0 -7L7 5H-7Z", colour: "#b2182b" },
  GROWN: { path: "M0 -7L7 5H-7Z", colour: "#b2182b" },
  UNCHANGED: { path: "M-5 -3H5V3H-5Z", colour: "#55636f" },
  SHRUNK: { path: "M0 7L7 -5H-7Z", colour: "#1b6e3c" },
  GONE: { path: "M0 -7L7 0L0 7L-7 0Z", colour: "#0b5cad" },
  UNSEEN: { path: "M-5 0A5 5 0 1 0 5 0A5 5 0 1 0 -5 0Z", colour: "#55636f", hollow: true },
};

/** The mark of a state at a place. */
export function mark(state, x, y, said) {
  const { path, colour, hollow } = STATES[state];
  return svg("path", {
    d: path, transform: `translate(${x} ${y})`, fill: hollow ? "#fff" : colour, stroke: colour, "stroke-width": 1.6, "data-state": state,
  }, said && svg("title", {}, said));
}

const time = (day) => Date.parse(`${day}T00:00:00Z`);

function timeScale(days, width) {
  const all = days.map(time);
  const pad = Math.max((Math.max(...all) - Math.min(...all)) * 0.04, 15 * 864e5);
  const [from, to] = [Math.min(...all) - pad, Math.max(...all) + pad];
  return { from, to, x: (day) => LEFT + ((time(day) - from) / (to - from)) * (width - LEFT - RIGHT) };
}

/** Ticks at the first day of years, or of quarters where the series is short. */
function ticks({ from, to }) {
  const found = [];
  const months = to - from > 900 * 864e5 ? 12 : 3;
  const day = new Date(from);
  day.setUTCDate(1);
  day.setUTCMonth(0);
  for (; day.getTime() <= to; day.setUTCMonth(day.getUTCMonth() + months)) {
    if (day.getTime() >= from) found.push(day.toISOString().slice(0, 10));
  }
  return found;
}

/** A round number at or above a value, for the top of an axis. */
export function roundUp(value) {
  const step = 10 ** Math.floor(Math.log10(Math.max(value, 1e-6)));
  return [1, 2, 2.5, 5, 10].map((n) => n * step).find((n) => n >= value);
}

function axis(panel, top, name, said, width) {
  const y = (value) => panel.bottom - (value / top) * (panel.bottom - panel.top);
  const lines = [0, top / 2, top].map((value) => [
    svg("line", { x1: LEFT, x2: width - RIGHT, y1: y(value), y2: y(value), class: "series-grid" }),
    svg("text", { x: LEFT - 6, y: y(value) + 4, "text-anchor": "end" }, said(value)),
  ]);
  return { y, drawn: [lines, svg("text", { x: 2, y: panel.top - 10, class: "series-name" }, name)] };
}

/** Runs of values that follow each other; where something between was not seen the line breaks. */
function runs(items, has) {
  const found = [[]];
  for (const one of items) {
    if (has(one)) found[found.length - 1].push(one);
    else if (found[found.length - 1].length) found.push([]);
  }
  return found.filter((run) => run.length > 1);
}

function line(items, x, y, value, kind) {
  return runs(items, (one) => value(one) !== null).map((run) =>
    svg("polyline", { points: run.map((one) => `${x(one.observed_on)},${y(value(one))}`).join(" "), class: `series-line ${kind}` }));
}

function bareOf(one, x, y) {
  const at = x(one.observed_on);
  const [low, high] = [y(one.bare_low_m2 / 1e4), y(one.bare_high_m2 / 1e4)];
  return [
    svg("path", { d: `M${at} ${low}V${high}M${at - 4} ${low}h8M${at - 4} ${high}h8`, class: "series-error" }),
    svg("circle", { cx: at, cy: y(one.bare_m2 / 1e4), r: 4, class: "series-bare" }),
  ];
}

function coverOf(one, x, y) {
  const at = x(one.observed_on);
  return [
    one.fvc_reference !== null && svg("path", { d: `M${at - 4} ${y(one.fvc_reference)}h8M${at} ${y(one.fvc_reference) - 4}v8`, class: "series-reference" }),
    svg("path", { d: `M${at} ${y(one.fvc_low)}V${y(one.fvc_high)}`, class: "series-error" }),
    svg("circle", { cx: at, cy: y(one.fvc), r: one.is_peak ? 4.5 : 3, class: one.is_peak ? "series-cover is-peak" : "series-cover" }),
  ];
}

function stage(one, number, x) {
  const at = x(one.on);
  return [
    svg("line", { x1: at, x2: at, y1: BARE.top, y2: COVER.bottom, class: "series-stage" }),
    svg("text", { x: at + 3, y: BARE.top + 10 + (number % LABEL_ROWS) * 13, class: "series-stage-name" }, term("ProjectStage", one.stage)),
  ];
}

/** Draws the chart at a width in pixels; `items` are observations by day, at least one. */
export function seriesChart({ items, works }, width) {
  const scale = timeScale([...items.map((one) => one.observed_on), ...works.map((one) => one.on)], width);
  const { x } = scale;
  const seen = items.filter((one) => one.bare_m2 !== null);
  const green = items.filter((one) => one.fvc !== null);
  const top = roundUp(Math.max(...seen.map((one) => one.bare_high_m2 / 1e4), 0.1));
  const bare = axis(BARE, top, t("follow.bare_axis"), (value) => number(value, top < 1 ? 3 : 2), width);
  const cover = axis(COVER, 1, t("follow.cover_axis"), percent, width);
  return svg("svg", { class: "series", width, height: HEIGHT, viewBox: `0 0 ${width} ${HEIGHT}`, role: "img", "aria-label": t("follow.chart", { n: items.length }) },
    bare.drawn, cover.drawn,
    ticks(scale).map((day) => [
      svg("line", { x1: x(day), x2: x(day), y1: COVER.bottom, y2: COVER.bottom + 5, class: "series-tick" }),
      svg("text", { x: x(day), y: COVER.bottom + 20, "text-anchor": x(day) + HALF_LABEL > width ? "end" : "middle" }, day.endsWith("-01-01") ? day.slice(0, 4) : day.slice(0, 7)),
    ]),
    works.map((one, place) => stage(one, place, x)),
    line(items, x, bare.y, (one) => one.bare_m2 === null ? null : one.bare_m2 / 1e4, "is-bare"),
    seen.map((one) => bareOf(one, x, bare.y)),
    line(items, x, cover.y, (one) => one.fvc_reference, "is-reference"),
    line(items, x, cover.y, (one) => one.fvc, "is-cover"),
    green.map((one) => coverOf(one, x, cover.y)),
    items.map((one) => mark(one.state, x(one.observed_on), MARKS - 16, `${one.observed_on} ${term("FootprintState", one.state)}`)),
    items.filter((one) => one.state === "UNSEEN").map((one) => mark("UNSEEN", x(one.observed_on), BARE.bottom, one.observed_on)));
}
