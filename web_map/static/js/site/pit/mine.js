/** The national survey's row of a mine: its codes, shown and entered. */

import { send, sentenceOf } from "../../api.js";
import { facts, h, select } from "../../dom.js";
import { showDone } from "../../notice.js";
import { closeDialog, openDialog } from "../../office/dialog.js";
import { doing, input, problemLine, tick } from "../../office/fields.js";
import { area, t, term, today, wordsOf } from "../../text.js";

const WORDS = { mine_class: "MineClass", subclass: "MineSubclass", part: "MinePart", method: "MiningMethod", treated: "Treated", direction: "Direction", period: "RestorePeriod" };

const names = () => ({
  mine_class: t("pit.mine_class"), subclass: t("pit.subclass"), part: t("pit.mine_part"), method: t("pit.method"),
  treated: t("pit.treated"), direction: t("pit.direction"), period: t("pit.period"),
});

const coded = (question, value) => (value === null ? "" : `${value} ${term(question, value)}`);

function shown(mine) {
  const labels = names();
  return facts([
    [t("pit.patch_no"), mine.patch_no],
    ...Object.entries(WORDS).map(([field, question]) => [labels[field], coded(question, mine[field])]),
    [t("pit.problems"), mine.problems.map((one) => coded("EcoProblem", one)).join(" · ")],
    [t("pit.approved_area"), area(mine.approved_area_m2)],
    [t("pit.treated_area"), area(mine.treated_area_m2)],
    [t("pit.land_class"), mine.land_class],
    [t("pit.closed_year"), mine.closed_year],
    [t("pit.obligor"), mine.obligor],
    [t("pit.surveyed_by"), [mine.surveyed_by, mine.surveyed_on].filter(Boolean).join(" ")],
  ]);
}

function openMine(here, mine) {
  const problem = problemLine();
  const labels = names();
  const said = Object.fromEntries(Object.keys(WORDS).map((field) => [field, mine?.[field] ?? null]));
  const selects = Object.entries(WORDS).map(([field, question]) => select(field, labels[field],
    [["", "—"], ...wordsOf(question).map(([value, name]) => [value, `${value} ${name}`])], said[field] ?? "", (value) => { said[field] = value || null; }));
  const texts = {
    patch_no: input("patch_no", t("pit.patch_no"), mine?.patch_no ?? "", { maxlength: 60 }),
    approved_area_m2: input("approved_area_m2", t("pit.approved_area_in"), mine?.approved_area_m2 ?? "", { type: "number", step: "any", min: 0 }),
    treated_area_m2: input("treated_area_m2", t("pit.treated_area_in"), mine?.treated_area_m2 ?? "", { type: "number", step: "any", min: 0 }),
    land_class: input("land_class", t("pit.land_class"), mine?.land_class ?? "", { maxlength: 200 }),
    closed_year: input("closed_year", t("pit.closed_year"), mine?.closed_year ?? "", { type: "number", min: 1900, max: 2100 }),
    obligor: input("obligor", t("pit.obligor"), mine?.obligor ?? "", { maxlength: 200 }),
    surveyed_by: input("surveyed_by", t("pit.survey_unit"), mine?.surveyed_by ?? "", { maxlength: 200 }),
    surveyed_on: input("surveyed_on", t("pit.survey_day"), mine?.surveyed_on ?? "", { type: "date", max: today() }),
  };
  const problems = wordsOf("EcoProblem").map(([value, name]) => [value, tick(`problem-${value}`, name, mine?.problems.includes(value))]);
  const go = doing(t("site.store"), async () => {
    problem.say("");
    const values = Object.fromEntries(Object.entries(texts).map(([field, label]) => [field, label.querySelector("input").value.trim() || null]));
    const chosen = problems.filter(([, label]) => label.querySelector("input").checked).map(([value]) => value);
    try {
      await send("PUT", `${here.address}/mine`, { protected_area: mine?.protected_area ?? null, ...said, ...values, patch_no: values.patch_no ?? "", problems: chosen });
      closeDialog();
      showDone(t("pit.mine_stored"));
      here.reload();
    } catch (trouble) {
      problem.say(sentenceOf(trouble));
    }
  }, "primary");
  openDialog(t("pit.mine_title"), [texts.patch_no, selects, h("fieldset", { class: "pit-ticks" }, h("legend", {}, t("pit.problems")), problems.map(([, label]) => label)),
    Object.values(texts).slice(1), problem], [go]);
}

/** Draws what the national survey says of the mine, with the way to change it. */
export function mineBlock(here) {
  const { mine } = here.found;
  return h("div", { class: "pit-part", id: "mine" },
    h("div", { class: "line" }, h("h3", {}, t("pit.mine")),
      here.mayWrite && h("button", { type: "button", class: "button no-print", id: "edit-mine", onclick: () => openMine(here, mine) }, mine ? t("site.correct") : t("pit.mine_enter"))),
    mine ? shown(mine) : h("p", { class: "quiet" }, t("pit.no_mine")));
}
