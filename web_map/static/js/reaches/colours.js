/** What colours the marks: grade, state, kind or deadline; each word has a colour and a shape. */

import { h, svg } from "../dom.js";
import { gradeStyle } from "../grade.js";
import { styles, t, term, wordsOf } from "../text.js";

const HUES = ["#b2182b", "#0b5cad", "#8a4b00", "#1b6e3c", "#5e3c99", "#00796b", "#a03c78", "#3d4b5c"];
const SHAPES = ["circle", "square", "triangle", "diamond", "hexagon", "bar", "cross", "drop"];
const QUESTIONS = { grade: "Grade", state: "SiteState", kind: "SiteKind", deadline: "DeadlineState" };
const NONE = { colour: "#5b6470", ink: "#ffffff", shape: "circle" };

export const CHOICES = Object.keys(QUESTIONS);

/** The sign of a word: { colour, ink, shape }. */
export function signOf(choice, value) {
  if (!value) return NONE;
  if (choice === "grade") return { ...gradeStyle(value), shape: gradeStyle(value).mark };
  const at = wordsOf(QUESTIONS[choice]).findIndex(([word]) => word === value);
  const shape = SHAPES[Math.max(0, at) % SHAPES.length];
  const style = choice === "state" ? styles.SiteState[value] : choice === "deadline" ? styles.DeadlineState[value] : null;
  return style ? { colour: style.colour, ink: style.ink, shape } : { colour: HUES[Math.max(0, at) % HUES.length], ink: "#ffffff", shape };
}

const WITHOUT = { grade: t("reaches.no_grade"), state: t("reaches.no_state"), kind: t("reaches.no_kind"), deadline: t("reaches.no_deadline") };

/** The choices as [value, name]. */
export const choices = () => [
  ["grade", t("reaches.by_grade")], ["state", t("reaches.by_state")], ["kind", t("reaches.by_kind")], ["deadline", t("reaches.by_deadline")],
];

/** A word as it is read; a site without one says so. */
export const wordOf = (choice, value) => (value ? term(QUESTIONS[choice], value) : WITHOUT[choice]);

const POINTS = {
  triangle: (r) => [[0, -1.15 * r], [1.05 * r, 0.8 * r], [-1.05 * r, 0.8 * r]],
  square: (r) => [[-0.9, -0.9], [0.9, -0.9], [0.9, 0.9], [-0.9, 0.9]].map(([x, y]) => [x * r, y * r]),
  diamond: (r) => [[0, -1.2 * r], [1.1 * r, 0], [0, 1.2 * r], [-1.1 * r, 0]],
  hexagon: (r) => [0, 1, 2, 3, 4, 5].map((k) => [r * Math.cos((k * Math.PI) / 3), r * Math.sin((k * Math.PI) / 3)]),
  bar: (r) => [[-1.2, -0.6], [1.2, -0.6], [1.2, 0.6], [-1.2, 0.6]].map(([x, y]) => [x * r, y * r]),
  drop: (r) => [[0, 1.2 * r], [1.05 * r, -0.8 * r], [-1.05 * r, -0.8 * r]],
  cross: (r) => [[-0.4, -1], [0.4, -1], [0.4, -0.4], [1, -0.4], [1, 0.4], [0.4, 0.4], [0.4, 1], [-0.4, 1], [-0.4, 0.4], [-1, 0.4], [-1, -0.4], [-0.4, -0.4]].map(([x, y]) => [x * r, y * r]),
};

/** Draws a sign round a point. */
export function signAt(x, y, r, { colour, shape }) {
  const look = { fill: colour, stroke: "#ffffff", "stroke-width": 1.5, class: "strip-sign" };
  if (!POINTS[shape]) return svg("circle", { cx: x, cy: y, r, ...look });
  return svg("polygon", { points: POINTS[shape](r).map(([dx, dy]) => `${(x + dx).toFixed(1)},${(y + dy).toFixed(1)}`).join(" "), ...look });
}

/** The word that most of some sites bear, by [word, number] pairs. */
export function commonest(words) {
  const sorted = Object.entries(words).sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1));
  return sorted.length ? sorted[0][0] : "";
}

/** How many sites bear each word, in the vocabulary's order; those without one last. */
export function counted(choice, strip) {
  const numbers = {};
  for (const mark of strip.marks) numbers[mark[choice] || ""] = (numbers[mark[choice] || ""] || 0) + 1;
  for (const cell of strip.cells) for (const [word, n] of Object.entries(cell.words)) numbers[word] = (numbers[word] || 0) + n;
  const order = [...wordsOf(QUESTIONS[choice]).map(([word]) => word), ""];
  return order.filter((word) => numbers[word]).map((word) => [word, numbers[word]]);
}

/** The legend: each word's sign with its number of sites. */
export function legend(choice, strip) {
  const rows = counted(choice, strip).map(([word, n]) => h("li", {},
    svg("svg", { width: 20, height: 20, viewBox: "-10 -10 20 20", "aria-hidden": "true" }, signAt(0, 0, 6, signOf(choice, word))),
    h("span", {}, wordOf(choice, word)), h("b", {}, n)));
  return h("ul", { class: "strip-legend", "aria-label": t("reaches.legend") }, rows,
    h("li", { class: "quiet" }, t("reaches.by_area")), h("li", { class: "quiet" }, t("reaches.axes")));
}
