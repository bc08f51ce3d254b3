/** The overview of a district: counts by grade, by reach and by deadline. */

import { byId, fill, h, state } from "./dom.js";
import { gradeStyle } from "./grade.js";
import { showTab } from "./sheet.js";
import { now, on, tell } from "./store.js";
import { number, shownStates, styles, t, term, wordsOf } from "./text.js";

const GRADES = ["HIGH", "MEDIUM", "LOW", "OUT_OF_SCHEME"];

function filterSites(wish) {
  Object.assign(now.filters.sites, { grade: "", state: "", kind: "", river: "", reach: "", bank: "" }, wish);
  tell("filters");
  showTab("sites");
}

function tile(name, count, style, onclick) {
  return h("button", { type: "button", class: "tile", onclick },
    h("span", { class: "tile-count", style: { color: style.tone || style.colour } }, number(count)),
    h("span", { class: "tile-name" }, name));
}

function grades(sites) {
  return h("div", { class: "tiles" }, GRADES.map((grade) => {
    const style = gradeStyle(grade);
    const tone = grade === "MEDIUM" ? "#8f4e00" : style.colour;
    return tile(term("Grade", grade), sites.by_grade[grade] || 0, { ...style, tone }, () => filterSites({ grade }));
  }));
}

function stack(row, most) {
  const parts = GRADES.filter((grade) => row[grade]).map((grade) => h("span", {
    class: "stack-part", title: `${term("Grade", grade)} ${row[grade]}`,
    style: { width: `${(row[grade] / most) * 100}%`, background: gradeStyle(grade).colour, color: gradeStyle(grade).ink },
  }, row[grade]));
  return h("button", { type: "button", class: "stack-row", onclick: () => row.reach && filterSites({ reach: row.reach }) },
    h("span", { class: "stack-name" }, row.reach || t("board.no_reach")),
    h("span", { class: "stack-bar" }, parts), h("span", { class: "count" }, row.total));
}

function reaches(sites) {
  const most = Math.max(1, ...sites.by_reach.map((row) => row.total));
  return sites.by_reach.map((row) => stack(row, most));
}

function deadlines(sites) {
  const shown = wordsOf("DeadlineState").filter(([value]) => sites.by_deadline[value]);
  if (!shown.length) return h("p", { class: "quiet" }, t("board.no_deadline"));
  return h("div", { class: "chips" }, shown.map(([value, name]) => {
    const { colour, ink } = styles.DeadlineState[value];
    return h("span", { class: "chip", style: { background: colour, color: ink } }, `${name} ${sites.by_deadline[value]}`);
  }));
}

function kinds(sites) {
  const shown = wordsOf("SiteKind").filter(([value]) => sites.by_kind[value]);
  const most = Math.max(1, ...shown.map(([value]) => sites.by_kind[value]));
  return shown.map(([kind, name]) => h("button", { type: "button", class: "stack-row", onclick: () => filterSites({ kind }) },
    h("span", { class: "stack-name" }, name),
    h("span", { class: "stack-bar" }, h("span", { class: "stack-part plain", style: { width: `${(sites.by_kind[kind] / most) * 100}%` } })),
    h("span", { class: "count" }, sites.by_kind[kind])));
}

function candidateTiles(candidates) {
  return h("div", { class: "tiles" }, shownStates().map(([value, name]) =>
    tile(name, candidates.by_state[value] || 0, styles.CandidateState[value], () => {
      Object.assign(now.filters.candidates, { state: value, class_name: "", min_confidence: 0 });
      tell("filters");
      showTab("candidates");
    })));
}

const part = (title, ...children) => h("details", { class: "board-part", open: true }, h("summary", {}, title), children);

/** Draws the overview. */
export function drawBoard() {
  const { candidates, sites } = now.district.counts;
  const parts = [];
  if (sites.total) {
    parts.push(part(t("board.by_grade", { n: number(sites.total) }), grades(sites)));
    if (sites.by_reach.length) parts.push(part(t("board.by_reach"), reaches(sites)));
    parts.push(part(t("board.by_deadline"), deadlines(sites)));
    parts.push(part(t("board.by_kind"), kinds(sites)));
  }
  if (candidates.total) parts.push(part(t("board.candidates", { n: number(candidates.total) }), candidateTiles(candidates)));
  const demo = now.district.is_demo && sites.total > 0 && h("p", { class: "demo-line" }, t("demo.district"));
  fill(byId("page-board"), demo, parts.length ? parts : state("empty", t("board.empty")));
}

on("district counts", drawBoard);
