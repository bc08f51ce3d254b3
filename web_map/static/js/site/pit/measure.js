/** The forms of surveys: an elevation model uploaded, two compared, numbers stated. */

import { send, sentenceOf } from "../../api.js";
import { h, select } from "../../dom.js";
import { newId } from "../../new_id.js";
import { showDone } from "../../notice.js";
import { closeDialog, openDialog } from "../../office/dialog.js";
import { area, doing, input, problemLine } from "../../office/fields.js";
import { sendForm } from "../../office/upload.js";
import { t, term, today, wordsOf } from "../../text.js";

const valueOf = (label) => label.querySelector("input, textarea, select").value.trim();
const amount = (id, label, most, extra = {}) => input(id, label, "", { type: "number", step: "any", min: 0, max: most, inputmode: "decimal", ...extra });
const day = (id, label, value = "") => input(id, label, value, { type: "date", max: today(), min: "1950-01-01" });
const numberOf = (label) => (valueOf(label) === "" ? null : Number(valueOf(label)));

function file(id, label) {
  return h("label", { class: "field", for: id }, h("span", {}, label), h("input", { id, type: "file", accept: ".tif,.tiff" }));
}

function kinds(onchange) {
  const words = [["", t("pit.kind_by_name")], ["DEM", term("SurveyBasis", "DEM")], ["DSM", term("SurveyBasis", "DSM")]];
  return select("kind", t("pit.kind"), words, "", onchange);
}

function goWith(here, text, done, action) {
  const problem = problemLine();
  const go = doing(text, async () => {
    problem.say("");
    try {
      if (await action(problem) === false) return;
      closeDialog();
      showDone(done);
      here.reload();
    } catch (trouble) {
      problem.say(sentenceOf(trouble));
    }
  }, "primary");
  return [problem, go];
}

function wants(problem, ...needed) {
  const isThere = needed.every(Boolean);
  if (!isThere) problem.say(t("pit.choose"));
  return isThere;
}

/** Opens the form of one elevation model. */
export function openMeasure(here) {
  const id = newId();
  const said = { kind: "", to: "LOW_POINT" };
  const model = file("model", t("pit.model"));
  const when = day("surveyed_on", t("pit.surveyed_on"), today());
  const level = amount("level_m", t("pit.to_level"), 9000, { min: -500 });
  const accuracy = amount("accuracy_m", t("pit.accuracy"), 100);
  const wet = amount("water_percent", t("pit.water_percent"), 100);
  const note = input("note", t("pit.note"), "", { maxlength: 2000 });
  const rims = wordsOf("RimBasis").filter(([value]) => value !== "STATED");
  const progress = h("progress", { max: 1, value: 0, hidden: true });
  const [problem, go] = goWith(here, t("pit.measure_now"), t("pit.recorded"), async (line) => {
    const chosen = model.querySelector("input").files[0];
    if (!wants(line, chosen, valueOf(when))) return false;
    progress.hidden = false;
    const fields = { surveyed_on: valueOf(when), kind: said.kind, to: said.to, level_m: valueOf(level), accuracy_m: valueOf(accuracy), water_percent: valueOf(wet), note: valueOf(note) };
    try {
      await sendForm("PUT", `${here.address}/pit/surveys/${id}/measurement`, { model: chosen }, fields, (share) => { progress.value = share; });
    } finally {
      progress.hidden = true;
    }
    return true;
  });
  openDialog(t("pit.measure_title"), [h("p", { class: "quiet" }, t("pit.measure_hint")), model, when, kinds((value) => { said.kind = value; }),
    select("to", t("pit.fill_to"), rims, said.to, (value) => { said.to = value; }), level, accuracy, wet, note, progress, problem], [go]);
}

/** Opens the form of two elevation models. */
export function openChange(here) {
  const id = newId();
  const said = { kind: "" };
  const [before, after] = [file("before", t("pit.before")), file("after", t("pit.after"))];
  const [early, late] = [day("before_on", t("pit.before_on")), day("after_on", t("pit.after_on"), today())];
  const progress = h("progress", { max: 1, value: 0, hidden: true });
  const [problem, go] = goWith(here, t("pit.compare_now"), t("pit.recorded"), async (line) => {
    const [one, other] = [before, after].map((label) => label.querySelector("input").files[0]);
    if (!wants(line, one, other, valueOf(early), valueOf(late))) return false;
    progress.hidden = false;
    const fields = { before_on: valueOf(early), after_on: valueOf(late), kind: said.kind };
    try {
      await sendForm("PUT", `${here.address}/pit/surveys/${id}/change`, { before: one, after: other }, fields, (share) => { progress.value = share; });
    } finally {
      progress.hidden = true;
    }
    return true;
  });
  openDialog(t("pit.compare_title"), [h("p", { class: "quiet" }, t("pit.compare_hint")), before, early, after, late,
    kinds((value) => { said.kind = value; }), progress, problem], [go]);
}

/** Opens the form of a survey made in the field or stated in papers. */
export function openState(here) {
  const id = newId();
  const said = { basis: "FIELD", wet: "" };
  const bases = wordsOf("SurveyBasis").filter(([value]) => value === "FIELD" || value === "STATED");
  const when = day("surveyed_on", t("pit.surveyed_on"), today());
  const numbers = {
    depth_m: amount("depth_m", t("pit.depth_in"), 2000), free_volume_m3: amount("free_volume_m3", t("pit.room_in"), 1e10),
    free_volume_sigma_m3: amount("free_volume_sigma_m3", t("pit.sigma_in"), 1e10), highwall_m: amount("highwall_m", t("pit.highwall_in"), 2000),
    steepest_deg: amount("steepest_deg", t("pit.steepest_in"), 90), water_area_m2: amount("water_area_m2", t("pit.water_in"), 1e9),
  };
  const note = area("note", t("pit.note"), "", { maxlength: 2000 });
  const answers = [["", t("pit.water_unknown")], ["yes", t("site.yes")], ["no", t("site.no")]];
  const [problem, go] = goWith(here, t("site.store"), t("pit.recorded"), async () => {
    const values = Object.fromEntries(Object.entries(numbers).map(([name, label]) => [name, numberOf(label)]));
    const body = { ...values, surveyed_on: valueOf(when), basis: said.basis, has_water: said.wet === "" ? null : said.wet === "yes", note: valueOf(note) };
    await send("PUT", `${here.address}/pit/surveys/${id}`, body);
    return true;
  });
  openDialog(t("pit.state_title"), [select("basis", t("pit.basis"), bases, said.basis, (value) => { said.basis = value; }), when,
    Object.values(numbers), select("wet", t("pit.has_water"), answers, "", (value) => { said.wet = value; }), note, problem], [go]);
}
