/** The sites by one part after the other: a table whose rows carry a bar in the grades' colours. */

import { h, svg } from "../dom.js";
import { gradeStyle } from "../grade.js";
import { area, mass, number, t, term } from "../text.js";
import { countLink } from "./links.js";

const GRADES = ["HIGH", "MEDIUM", "LOW", "OUT_OF_SCHEME", ""];
const MOST_SHOWN = 12;
const BANKS = { LEFT: t("bank.left"), RIGHT: t("bank.right") };
const gradeWord = (grade) => (grade ? term("Grade", grade) : t("grade.none"));
const GAPS = {
  grade: t("grade.none"), deadline: t("overview.no_work"), town: t("overview.no_town"), river: t("overview.no_reach"), reach: t("overview.no_reach"), bank: t("overview.no_bank"),
};

/** The parts in reading order: name, title, and how a word of it reads. */
const PARTS = [
  ["grade", t("overview.by_grade"), (word) => term("Grade", word)],
  ["state", t("overview.by_state"), (word) => term("SiteState", word)],
  ["kind", t("overview.by_kind"), (word) => term("SiteKind", word)],
  ["deadline", t("overview.by_deadline"), (word) => term("DeadlineState", word)],
  ["town", t("overview.by_town"), (word) => word],
  ["bank", t("overview.by_bank"), (word) => BANKS[word] || word],
  ["river", t("overview.by_river"), (word) => word],
  ["reach", t("overview.by_reach"), (word) => word],
];

/** The words of the grades with their colours and marks, once for all bars. */
export function legend() {
  return h("div", { class: "board-legend", "aria-label": t("overview.legend") }, GRADES.map((grade) =>
    h("span", {}, h("i", { class: `board-swatch hatch-${grade || "none"}`, style: { background: gradeStyle(grade).colour } }), gradeWord(grade))));
}

function barOf(slice, most) {
  let from = 0;
  const pieces = GRADES.filter((grade) => slice.grades[grade]).map((grade) => {
    const width = (slice.grades[grade] / most) * 100;
    from += width;
    return svg("rect", { x: from - width, y: 0, width: Math.max(width - 0.25, 0.2), height: 10, fill: gradeStyle(grade).colour },
      svg("title", {}, `${gradeWord(grade)} ${number(slice.grades[grade])}`));
  });
  return svg("svg", { class: "board-bar", viewBox: "0 0 100 10", preserveAspectRatio: "none", "aria-hidden": "true" }, pieces);
}

/** The list that a row's number opens; a river has the sites of its reaches. */
function wish(name, value) {
  if (name === "river") return value === null ? { unknown: ["reach"] } : { river: [value], known: ["reach"] };
  return value === null ? { unknown: [name] } : { [name]: [value] };
}

function row(name, say, slice, most) {
  const word = slice.value === null ? GAPS[name] : say(slice.value);
  const extra = wish(name, slice.value);
  return h("tr", {},
    h("th", { scope: "row" }, word),
    h("td", { class: "board-bar-cell" }, barOf(slice, most)),
    h("td", { class: "right", "data-label": t("overview.count") }, countLink(slice.sites, extra, word)),
    h("td", { class: "right", "data-label": t("overview.area") }, area(slice.area_m2)),
    h("td", { class: "right", "data-label": t("overview.mass") }, slice.weighed ? mass(slice.mass_t) : "–"));
}

function table(name, title, say, slices, most) {
  const heads = [["", "board-name"], ["", "board-bar-cell"], [t("overview.count"), "right"], [t("overview.area"), "right"], [t("overview.mass"), "right"]];
  return h("table", { class: "board-table" },
    h("caption", { class: "hidden-text" }, title),
    h("thead", {}, h("tr", {}, heads.map(([text, kind]) => (text ? h("th", { scope: "col", class: kind }, text) : h("td", { class: kind }))))),
    h("tbody", {}, slices.map((slice) => row(name, say, slice, most))));
}

const worst = (one, other) => (other.grades.HIGH || 0) - (one.grades.HIGH || 0) || other.sites - one.sites;

function body(name, title, say, slices) {
  const most = Math.max(1, ...slices.map((slice) => slice.sites));
  if (slices.length <= MOST_SHOWN) return table(name, title, say, slices, most);
  const first = [...slices].sort(worst).slice(0, MOST_SHOWN);
  return [
    h("p", { class: "quiet" }, t("overview.worst_first", { n: MOST_SHOWN, all: number(slices.length) })),
    table(name, title, say, first, most),
    h("details", { class: "board-rest" }, h("summary", {}, t("overview.show_all", { all: number(slices.length) })), table(name, title, say, slices, most)),
  ];
}

/** Draws a card for each part that has something to tell apart. */
export function partCards(board) {
  const riverWord = (river) => (board.main_stems.includes(river) ? t("overview.main_stem", { river }) : t("overview.tributary", { river }));
  return PARTS.filter(([name]) => board.parts[name].length).map(([name, title, say]) =>
    h("section", { class: `card board-part board-part-${name}`, id: `part-${name}` }, h("h2", {}, title),
      body(name, title, name === "river" ? riverWord : say, board.parts[name])));
}
