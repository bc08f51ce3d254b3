/** Restoration units: each with its acceptance table and its after-care. */

import { send, sentenceOf } from "../../api.js";
import { badge, facts, h } from "../../dom.js";
import { showDone } from "../../notice.js";
import { closeDialog, openDialog } from "../../office/dialog.js";
import { doing, input, problemLine } from "../../office/fields.js";
import { number, pick, t, term, today } from "../../text.js";
import { careBlock } from "./care.js";
import { offersOf, originOf, sureness } from "./offers.js";
import { openUnit, openValue } from "./unit_forms.js";
import { clause, ruleText, withUnit } from "./words.js";

const MARKS = { MET: "fit-good", NOT_MET: "fit-bad", NOT_MEASURED: "fit-open", NOT_STATED: "fit-open" };

function required(line) {
  if (line.required === null) return t("pit.not_stated");
  const values = { amount: withUnit(number(line.required, 1), pick(line, "unit")) };
  return line.is_most ? t("pit.at_most", values) : t("pit.no_less", values);
}

function measured(here, unit, line) {
  const value = line.value === null ? "—" : withUnit(number(line.value, 1), pick(line, "unit"));
  const about = line.measured_on && h("span", { class: "quiet" }, originOf(line));
  const add = here.mayWrite && !unit.accepted_on && h("button", {
    type: "button", class: "link no-print", "data-indicator": line.indicator, onclick: () => openValue(here, unit, line.indicator),
  }, t("pit.enter"));
  return [h("span", {}, value), about, sureness(line, line), add, here.mayWrite && offersOf(here, unit, line)];
}

function row(here, unit, line) {
  return h("tr", {},
    h("th", { scope: "row" }, term("Indicator", line.indicator), h("span", { class: "quiet" }, ruleText(line.rule)), clause(line.rule)),
    h("td", { "data-label": t("pit.required") }, required(line), line.is_from_plan && h("span", { class: "quiet" }, t("pit.by_plan"))),
    h("td", { "data-label": t("pit.measured") }, measured(here, unit, line)),
    h("td", { "data-label": t("pit.standing") }, h("span", { class: `fit ${MARKS[line.state]}` }, term("Fulfilment", line.state))));
}

function openAccept(here, unit) {
  const problem = problemLine();
  const day = input("accepted_on", t("pit.accepted_on"), today(), { type: "date", max: today() });
  const go = doing(t("pit.accept"), async () => {
    try {
      await send("PUT", `${here.address}/units/${unit.id}/acceptance`, { accepted_on: day.querySelector("input").value });
      closeDialog();
      showDone(t("pit.accepted_done"));
      here.reload();
    } catch (trouble) {
      problem.say(sentenceOf(trouble));
    }
  }, "primary");
  openDialog(t("pit.accept_title", { name: unit.name }), [h("p", {}, t("pit.accept_hint")), day, problem], [go]);
}

function openEnd(here, unit) {
  const problem = problemLine();
  const reason = input("reason", t("site.reason"));
  const go = doing(t("pit.end_unit"), async () => {
    try {
      await send("PUT", `${here.address}/units/${unit.id}/end`, { reason: reason.querySelector("input").value });
      closeDialog();
      here.reload();
    } catch (trouble) {
      problem.say(sentenceOf(trouble));
    }
  }, "primary");
  openDialog(t("pit.end_title", { name: unit.name }), [reason, problem], [go]);
}

function buttons(here, unit) {
  if (!here.mayWrite || unit.accepted_on) return null;
  return h("div", { class: "buttons no-print" },
    h("button", { type: "button", class: "button primary", "data-accept": unit.id, onclick: () => openAccept(here, unit) }, t("pit.accept")),
    h("button", { type: "button", class: "button", onclick: () => openUnit(here, unit) }, t("pit.edit_unit")),
    h("button", { type: "button", class: "button", onclick: () => openEnd(here, unit) }, t("pit.end_unit")));
}

function waste(unit) {
  if (unit.has_waste === null) return t("pit.waste_unknown");
  return unit.has_waste ? t("site.yes") : t("site.no");
}

function unitCard(here, unit) {
  const met = unit.table.filter((line) => line.state === "MET").length;
  return h("article", { class: "pit-unit", "data-unit": unit.id },
    h("p", { class: "pit-head" }, h("span", { class: "strong" }, unit.name), badge(term("Direction", unit.direction), {}, "badge-plain"),
      badge(term("LandAim", unit.land_aim), {}, "badge-plain"), unit.is_demo && badge(t("demo.badge"), {}, "badge-demo"),
      unit.accepted_on && badge(t("pit.accepted", { day: unit.accepted_on }), {}, "badge-plain")),
    facts([[t("pit.unit_area"), t("pit.hectares", { n: number(unit.area_ha, 2) })], [t("pit.part"), unit.outline ? t("pit.part_drawn") : t("pit.part_whole")],
      [t("pit.has_waste"), waste(unit)], [t("pit.measures"), unit.measures]]),
    h("details", { open: !unit.accepted_on }, h("summary", {}, t("pit.table", { met, all: unit.table.length })),
      h("table", { class: "pit-table" },
        h("thead", {}, h("tr", {}, [t("pit.indicator"), t("pit.required"), t("pit.measured"), t("pit.standing")].map((text) => h("th", { scope: "col" }, text)))),
        h("tbody", {}, unit.table.map((line) => row(here, unit, line))))),
    buttons(here, unit), careBlock(here, unit));
}

/** Draws the units of a mine, with the way to make one. */
export function unitsBlock(here) {
  const { units } = here.found;
  return h("div", { class: "pit-part" },
    h("div", { class: "line" }, h("h3", {}, t("pit.units", { n: units.length })),
      here.mayWrite && h("button", { type: "button", class: "button no-print", id: "add-unit", onclick: () => openUnit(here, null) }, t("pit.add_unit"))),
    units.length === 0 && h("p", { class: "quiet" }, t("pit.no_units")), units.map((unit) => unitCard(here, unit)));
}
