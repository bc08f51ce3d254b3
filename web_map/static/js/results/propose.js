/** Drawing a conclusion: from the results, from a laboratory's report, by expert opinion. */

import { put, sentenceOf } from "../api.js";
import { h, select } from "../dom.js";
import { newId } from "../new_id.js";
import { closeDialog, openDialog } from "../office/dialog.js";
import { area, doing, input, problemLine } from "../office/fields.js";
import { showDone } from "../notice.js";
import { t, wordsOf } from "../text.js";
import { statements } from "./statements.js";

const BY_EXPERT = new Set(["HAZARDOUS", "CLASS_II", "CLASS_I"]);

async function drawn(id, now, body, reload) {
  const about = { site_code: now.data.site.code, plan_code: now.data.plan?.code || null };
  await put(`/api/conclusions/${id}`, { ...about, ...body });
  showDone(t("results.drawn"));
  await reload();
}

function form(title, what, parts, bodyOf, now, reload) {
  const id = newId();
  const line = problemLine();
  openDialog(title, [h("p", {}, what), h("div", { class: "form-grid" }, parts), line], [
    doing(t("results.draw_this"), async () => {
      line.say("");
      try {
        await drawn(id, now, bodyOf(), reload);
        closeDialog();
      } catch (problem) {
        line.say(sentenceOf(problem));
      }
    }, "primary results-submit"),
  ], "wide");
}

const valueIn = (field) => field.querySelector("input, textarea, select").value.trim();
const numberIn = (field) => (valueIn(field) === "" ? null : Number(valueIn(field)));
const ANY = () => {};

const lastStated = (now) => now.data.conclusions.find((one) => one.plan_code === now.data.plan?.code);

/** Asks for what cannot be measured, and draws the conclusion of the plan's results. */
export function openDraw(now, reload) {
  const stated = statements(lastStated(now));
  const note = area("draw-note", t("results.reason"));
  note.classList.add("wide");
  form(t("results.draw"), t("results.draw_what"), [...stated.fields, note],
    () => ({ basis: "IDENTIFICATION", ...stated.read(), reason: valueIn(note) }), now, reload);
}

/** Asks for a laboratory's report. */
export function openReport(now, reload) {
  const nature = select("report-nature", t("results.nature"), wordsOf("WasteNature"), "UNIDENTIFIED", ANY);
  const waste = select("report-class", t("results.waste_class"), [["", t("results.unchanged")], ...wordsOf("WasteClass")], "", ANY);
  const day = input("report-day", t("results.report_day"), "", { type: "date" });
  const laboratory = input("report-laboratory", t("results.laboratory"), "", { maxlength: 200 });
  const number = input("report-no", t("results.report_no"), "", { maxlength: 100 });
  const multiple = input("report-multiple", t("results.multiple"), "", { type: "number", min: 0, step: "any" });
  const activity = input("report-activity", t("results.activity_unit"), "", { type: "number", min: 0, step: "any" });
  const note = area("report-note", t("results.reason"));
  note.classList.add("wide");
  form(t("results.add_report"), t("results.report_what"), [nature, waste, day, laboratory, number, multiple, activity, note], () => ({
    basis: "REPORT",
    plan_code: null,
    nature: valueIn(nature),
    waste_class: valueIn(waste) || null,
    concluded_on: valueIn(day) || null,
    laboratory: valueIn(laboratory) || null,
    report_no: valueIn(number) || null,
    leach_multiple: numberIn(multiple),
    radioactivity_bq_g: numberIn(activity),
    reason: valueIn(note),
  }), now, reload);
}

/** Asks for an expert's opinion on what the standards leave in doubt. */
export function openExpert(now, reload) {
  const words = wordsOf("WasteNature").filter(([value]) => BY_EXPERT.has(value));
  const nature = select("expert-nature", t("results.nature"), words, "HAZARDOUS", ANY);
  const why = area("expert-reason", t("results.expert_reason"));
  why.classList.add("wide");
  const stated = statements(lastStated(now));
  form(t("results.expert"), t("results.expert_what"), [nature, why, ...stated.fields],
    () => ({ basis: "EXPERT", nature: valueIn(nature), reason: valueIn(why), ...stated.read() }), now, reload);
}
