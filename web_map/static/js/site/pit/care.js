/** After-care of an accepted unit: what falls due when, and what the visits found. */

import { send, sentenceOf } from "../../api.js";
import { badge, h, select } from "../../dom.js";
import { newId } from "../../new_id.js";
import { showDone } from "../../notice.js";
import { closeDialog, openDialog } from "../../office/dialog.js";
import { area, doing, input, problemLine } from "../../office/fields.js";
import { styles, t, term, today, wordsOf } from "../../text.js";
import { clause, ruleText } from "./words.js";

const AHEAD = 4;

function openVisit(here, unit, duty) {
  const id = newId();
  const said = { result: "SOUND" };
  const problem = problemLine();
  const day = input("done_on", t("pit.done_on"), today(), { type: "date", max: today() });
  const finding = area("finding", t("pit.finding"), "", { maxlength: 2000 });
  const go = doing(t("site.store"), async () => {
    try {
      await send("PUT", `${here.address}/units/${unit.id}/care/${id}`, {
        rule_id: duty.rule.id, due_on: duty.due_on, done_on: day.querySelector("input").value,
        result: said.result, finding: finding.querySelector("textarea").value.trim(),
      });
      closeDialog();
      showDone(t("pit.visit_stored"));
      here.reload();
    } catch (trouble) {
      problem.say(sentenceOf(trouble));
    }
  }, "primary");
  openDialog(t("pit.visit_title", { duty: ruleText(duty.rule) }), [day,
    select("result", t("pit.result"), wordsOf("CareResult"), said.result, (value) => { said.result = value; }), finding, problem], [go]);
}

function item(here, unit, duty) {
  const found = duty.done_on && [t("pit.visited", { day: duty.done_on, by: duty.recorded_by }), duty.finding].filter(Boolean).join(" · ");
  return h("li", { class: "event" },
    h("p", { class: "pit-head" }, h("span", { class: "strong" }, duty.due_on),
      badge(term("DeadlineState", duty.state), styles.DeadlineState[duty.state]),
      duty.result && badge(term("CareResult", duty.result), {}, duty.result === "FAULT" ? "fit fit-bad" : "badge-plain"),
      h("span", {}, ruleText(duty.rule)), clause(duty.rule),
      here.mayWrite && duty.state !== "DONE" && h("button", { type: "button", class: "link no-print", onclick: () => openVisit(here, unit, duty) }, t("pit.visit"))),
    found && h("p", { class: "quiet" }, found));
}

/** Draws the calendar: what is overdue or next, the rest folded away. */
export function careBlock(here, unit) {
  if (!unit.care.length) return null;
  const open = unit.care.filter((duty) => duty.state !== "DONE");
  const soon = [...open.filter((duty) => duty.state !== "ON_TIME"), ...open.filter((duty) => duty.state === "ON_TIME").slice(0, AHEAD)];
  const rest = unit.care.filter((duty) => !soon.includes(duty));
  const overdue = open.filter((duty) => duty.state === "RED").length;
  return h("div", { class: "pit-care" }, h("h4", {}, t("pit.care", { overdue })),
    h("ul", { class: "plain" }, soon.map((duty) => item(here, unit, duty))),
    rest.length > 0 && h("details", {}, h("summary", {}, t("pit.care_rest", { n: rest.length })),
      h("ul", { class: "plain" }, rest.map((duty) => item(here, unit, duty)))));
}
