/** The steps of a project: on to the next stage, back with a reason, and how it came so far. */

import { send, sentenceOf } from "../api.js";
import { badge, h, select } from "../dom.js";
import { newId } from "../new_id.js";
import { closeDialog, openDialog } from "../office/dialog.js";
import { area, doing, input, problemLine } from "../office/fields.js";
import { showDone } from "../notice.js";
import { moment, pick, t, today } from "../text.js";
import { needsBox } from "./line.js";
import { addressOf, valueOf } from "./words.js";

function stepFields(project) {
  const last = project.steps.at(-1)?.took_place_on;
  return {
    took_place_on: input("step-day", t("works.step_day"), today(), { type: "date", max: today(), min: last || null }),
    unit: input("step-unit", t("works.step_unit"), project.plan.lead_unit, { maxlength: 200 }),
    document_no: input("step-document", t("works.document_no"), "", { maxlength: 200 }),
    note: area("step-note", t("fact.note"), "", { maxlength: 4000 }),
  };
}

async function take(page, project, kind, id, body, problem) {
  try {
    await send("PUT", `${addressOf(project)}/${kind}/${id}`, { from_stage: project.stage, ...body });
    closeDialog();
    showDone(t("works.moved"));
    await page.reload();
  } catch (trouble) {
    problem.say(sentenceOf(trouble));
  }
}

const valuesOf = (parts) => {
  const body = Object.fromEntries(Object.entries(parts).map(([name, field]) => [name, valueOf(field)]));
  return { ...body, took_place_on: body.took_place_on || null };
};

/** Opens the dialog of the next step, which shows what it asks for. */
export function openAdvance(page, project) {
  const id = newId();
  const parts = stepFields(project);
  const problem = problemLine();
  const go = doing(t("works.enter", { stage: pick(project.next, "name") }), () =>
    take(page, project, "steps", id, { to_stage: project.next.stage, ...valuesOf(parts) }, problem), "primary");
  openDialog(t("works.enter", { stage: pick(project.next, "name") }), [
    needsBox(project), h("div", { class: "form-grid" }, Object.values(parts)), problem,
  ], [go], "wide");
}

/** Opens the dialog of a reversal (hui tan), which asks for the stage and the reason. */
export function openReverse(page, project) {
  const id = newId();
  const { took_place_on } = stepFields(project);
  const reason = area("step-reason", t("works.reason"), "", { maxlength: 4000 });
  const stages = [...project.back_to].reverse();
  let stage = stages[0].stage;
  const choose = select("step-stage", t("works.back_to"), stages.map((one) => [one.stage, pick(one, "name")]), stage, (value) => { stage = value; });
  const problem = problemLine();
  const go = doing(t("works.reverse"), () =>
    take(page, project, "reversals", id, { to_stage: stage, reason: valueOf(reason), took_place_on: valueOf(took_place_on) || null }, problem), "primary");
  openDialog(t("works.reverse_title", { title: project.plan.title }), [h("p", {}, t("works.reverse_hint")), choose, took_place_on, reason, problem], [go]);
}

function held(one) {
  return h("li", {}, pick(one, "name"), one.is_paper ? ` × ${one.held.length}` : `: ${one.held.join(t("works.and"))}`);
}

function taken(step) {
  const said = [step.took_place_on, step.unit, step.document_no].filter(Boolean).join(" · ");
  return h("li", { class: step.is_reversal ? "event is-reversal" : "event" },
    h("p", {}, h("span", { class: "strong" }, pick(step, "name")), step.is_reversal && badge(t("works.reversal"), {}, "to-check"), h("span", {}, said)),
    (step.reason || step.note) && h("p", { class: "note" }, step.reason || step.note),
    h("p", { class: "quiet" }, `${step.by} ${moment(step.at)}`),
    step.evidence.length > 0 && h("details", {}, h("summary", {}, t("works.evidence", { n: step.evidence.length })), h("ul", { class: "changes" }, step.evidence.map(held))));
}

/** Draws how a project came so far, the newest step first. */
export function stepsBox(project) {
  if (!project.steps.length) return h("p", { class: "quiet" }, t("works.no_steps"));
  return h("details", { class: "steps-taken" }, h("summary", {}, t("works.steps", { n: project.steps.length })),
    h("ul", { class: "plain" }, [...project.steps].reverse().map(taken)));
}
