/** The numbers of a rule set as inputs: points of each factor, bounds, the 27 cells. */

import { h } from "../dom.js";
import { gradeStyle } from "../grade.js";
import { number, pick, t, term } from "../text.js";

const GRADES = ["HIGH", "MEDIUM", "LOW"];
const tidy = (value) => Math.round(value * 100) / 100;

function numberBox(key, value, label, onchange) {
  return h("input", { type: "number", class: "lab-number", min: 0, max: 1000, step: "any", value: String(value), "data-key": key, "aria-label": label, oninput: onchange });
}

/** A slider that scales all points of a factor, and below it each of them. */
function factorControl(factor, changed) {
  const label = `${factor.id} ${pick(factor, "name")}`;
  const shown = h("output", { class: "lab-most" }, number(factor.most, 2));
  const boxes = [
    ...factor.cases.map((one, i) => [pick(one, "test"), numberBox(`${factor.id}.${i}`, one.points, pick(one, "test"), () => touched())]),
    [t("weights.otherwise"), numberBox(`${factor.id}.otherwise`, factor.otherwise, t("weights.otherwise"), () => touched())],
    [t("weights.unknown"), numberBox(`${factor.id}.unknown`, factor.unknown, t("weights.unknown"), () => touched())],
  ];
  const original = boxes.map(([, box]) => Number(box.value));
  const slider = h("input", {
    type: "range", min: 0, max: Math.max(50, factor.most), step: 1, value: String(factor.most), "aria-label": label,
    oninput: () => {
      const share = factor.most ? Number(slider.value) / factor.most : 0;
      boxes.forEach(([, box], i) => {
        box.value = String(tidy(original[i] * share));
      });
      touched(false);
    },
  });
  function touched(byHand = true) {
    const most = Math.max(...boxes.slice(0, -1).map(([, box]) => Number(box.value) || 0));
    shown.textContent = number(most, 2);
    if (byHand) slider.value = String(most);
    line.classList.toggle("is-changed", boxes.some(([, box], i) => Number(box.value) !== original[i]));
    changed();
  }
  const line = h("div", { class: "lab-factor", "data-factor": factor.id },
    h("details", {},
      h("summary", {}, h("span", { class: "lab-name" }, h("span", { class: "factor" }, factor.id), " ", pick(factor, "name")), shown),
      h("div", { class: "lab-cases" },
        boxes.map(([name, box]) => h("label", { class: "lab-case" }, h("span", {}, name), box)),
        h("p", { class: "quiet" }, h("a", { href: `/rules#${encodeURIComponent(factor.row)}` }, factor.clause)))),
    slider);
  return line;
}

function bounds(rules, changed) {
  const rows = [
    ["level_1_above", t("weights.level_1")], ["level_2_above", t("weights.level_2")],
    ["provisional_below", t("weights.provisional")],
  ];
  return h("section", { class: "card" }, h("h2", {}, t("weights.bounds")),
    h("div", { class: "form-grid" }, rows.map(([key, name]) => h("label", { class: "field" }, h("span", {}, name), numberBox(key, rules[key], name, changed)))));
}

function cellBox(rules, cell, changed) {
  const paint = (box) => {
    const { colour, ink } = gradeStyle(box.value);
    box.style.setProperty("background", colour);
    box.style.setProperty("color", ink);
  };
  const box = h("select", {
    class: "lab-cell", "data-cell": cell, "aria-label": t("weights.cell", { h: cell[0], s: cell[1], r: cell[2] }),
    onchange: () => {
      paint(box);
      changed();
    },
  }, GRADES.map((grade) => h("option", { value: grade, selected: rules.cells[cell] === grade }, term("Grade", grade))));
  paint(box);
  return box;
}

function cells(rules, changed) {
  const levels = ["1", "2", "3"];
  return h("section", { class: "card" }, h("h2", {}, t("weights.cells")), h("p", { class: "quiet" }, t("weights.cells_what")),
    h("div", { class: "lab-cells" }, levels.map((r) => h("table", { class: "lab-matrix" },
      h("caption", {}, `R${r}`),
      h("thead", {}, h("tr", {}, h("td", {}), levels.map((s) => h("th", { scope: "col" }, `S${s}`)))),
      h("tbody", {}, levels.map((one) => h("tr", {}, h("th", { scope: "row" }, `H${one}`),
        levels.map((s) => h("td", {}, cellBox(rules, `${one}${s}${r}`, changed))))))))));
}

/** All inputs; `changed` hears of every touch. */
export function controls(rules, changed) {
  return h("form", { class: "lab-form", onsubmit: (event) => event.preventDefault() },
    rules.indices.map((index) => h("section", { class: "card", "data-index": index.index },
      h("h2", {}, `${index.index} ${pick(index, "name")}`),
      rules.factors.filter((one) => one.index === index.index).map((one) => factorControl(one, changed)))),
    bounds(rules, changed), cells(rules, changed));
}

/** What differs from the rules in force, as the server takes it. */
export function changesOf(form, { rules, version }) {
  const value = (key) => Number(form.querySelector(`[data-key="${key}"]`).value) || 0;
  const body = { points: {}, cells: {} };
  for (const factor of rules.factors) {
    const points = {
      cases: factor.cases.map((_, i) => value(`${factor.id}.${i}`)),
      otherwise: value(`${factor.id}.otherwise`), unknown: value(`${factor.id}.unknown`),
    };
    const same = points.otherwise === factor.otherwise && points.unknown === factor.unknown
      && points.cases.every((one, i) => one === factor.cases[i].points);
    if (!same) body.points[factor.id] = points;
  }
  for (const key of ["level_1_above", "level_2_above", "provisional_below"]) {
    if (value(key) !== rules[key]) body[key] = value(key);
  }
  for (const box of form.querySelectorAll("[data-cell]")) {
    if (box.value !== rules.cells[box.dataset.cell]) body.cells[box.dataset.cell] = box.value;
  }
  if (version()) body.version = version();
  return body;
}
