/** The form of a plan: to open a project, and to change what is stated of it. */

import { send, sentenceOf } from "../api.js";
import { fill, h, select } from "../dom.js";
import { newId } from "../new_id.js";
import { closeDialog, openDialog } from "../office/dialog.js";
import { area, doing, input, problemLine } from "../office/fields.js";
import { showDone } from "../notice.js";
import { pick, t, term, wordsOf } from "../text.js";
import { addressOf, numberOf, valueOf, word } from "./words.js";

const LONG = ["issue", "goal", "measures"];
const TEXTS = ["lead_unit", "lead_unit_reason", "supporting_units", "leader_role", "person_in_charge", "fund_source"];
const DAYS = ["starts_on", "due_on", "care_until"];
const NUMBERS = ["budget_yuan", "paid_yuan", "restored_m2", "progress_percent"];
const ORDER = [
  "title", ...LONG, "task_no", "lead_unit", "lead_unit_reason", "supporting_units", "leader_role", "person_in_charge",
  "starts_on", "due_on", "budget_yuan", "fund_source", "paid_yuan", "progress_percent", "restored_m2", "care_until", "finding",
];

/** The fields of the form by name, with the plan's values in them. */
function fieldsOf(page, plan, variant, isDerived, leadOf) {
  const named = (name) => word(page.rules.fields[name]);
  const parts = { title: input("plan-title", named("title"), plan.title ?? "", { maxlength: 200 }) };
  for (const name of LONG) parts[name] = area(`plan-${name}`, named(name), plan[name] ?? "", { maxlength: 4000, rows: 2 });
  for (const name of TEXTS) parts[name] = input(`plan-${name}`, named(name), plan[name] ?? "", { maxlength: 200 });
  for (const name of DAYS) parts[name] = input(`plan-${name}`, named(name), plan[name] ?? "", { type: "date" });
  for (const name of NUMBERS) parts[name] = input(`plan-${name}`, named(name), plan[name] ?? "", { type: "number", step: "any", inputmode: "decimal" });
  const numbers = [["", "—"], ...page.rules.task_numbers.map((n) => [String(n), t("works.task_no", { n })])];
  const hint = () => { parts.lead_unit.querySelector("input").placeholder = leadOf(valueOf(parts.task_no)).unit; };
  parts.task_no = select("plan-task_no", named("task_no"), numbers, String(plan.task_no ?? ""), hint);
  hint();
  if (variant === "GREEN_MINE") parts.finding = select("plan-finding", named("finding"), [["", "—"], ...wordsOf("MineFinding")], plan.finding ?? "", () => {});
  if (isDerived) delete parts.progress_percent;
  return parts;
}

function stated(parts, plan) {
  const body = { ...plan };
  for (const [name, field] of Object.entries(parts)) {
    if (NUMBERS.includes(name)) body[name] = numberOf(field);
    else if (DAYS.includes(name) || name === "finding") body[name] = valueOf(field) || null;
    else if (name === "task_no") body[name] = valueOf(field) ? Number(valueOf(field)) : null;
    else body[name] = valueOf(field);
  }
  body.progress_percent = Math.round(body.progress_percent ?? 0);
  return body;
}

function formOf(parts) {
  for (const name of ["title", ...LONG]) parts[name].classList.add("wide");
  return h("div", { class: "form-grid plan-form" }, ORDER.filter((name) => parts[name]).map((name) => parts[name]));
}

/** Opens the form of a project's plan. */
export function openPlan(page, project) {
  const leadOf = (number) => page.leads[number] || page.lead;
  const parts = fieldsOf(page, project.plan, project.variant, project.progress_is_derived, leadOf);
  const problem = problemLine();
  const store = doing(t("works.store"), async () => {
    try {
      await send("PUT", `${addressOf(project)}/plan`, { version: project.version, plan: stated(parts, project.plan) });
      closeDialog();
      showDone(t("works.stored"));
      await page.reload();
    } catch (trouble) {
      problem.say(sentenceOf(trouble));
    }
  }, "primary");
  const derived = project.progress_is_derived && h("p", { class: "quiet" }, t("works.derived_hint"));
  openDialog(t("works.change_plan"), [formOf(parts), derived, h("p", { class: "quiet" }, t("works.lead_hint")), problem], [store], "wide");
}

/** Opens the form of a new project at the page's site. */
export function openNew(page) {
  const id = newId();
  const box = h("div");
  const opened = input("plan-opened", t("works.opened_on"), "", { type: "date" });
  let variant = page.variants[0];
  let parts = {};
  const leadOf = (number) => page.leads[number] || page.lead;
  const draw = () => {
    parts = fieldsOf(page, {}, variant, false, leadOf);
    for (const name of ["paid_yuan", "progress_percent", "restored_m2", "care_until"]) delete parts[name];
    fill(box, formOf(parts));
  };
  const choose = select("plan-variant", t("works.variant"), page.variants.map((one) => [one, term("ProjectVariant", one)]), variant, (value) => {
    variant = value;
    draw();
  });
  const problem = problemLine();
  const go = doing(t("works.open"), async () => {
    const body = { site_code: page.site.code, variant, plan: stated(parts, {}), opened_on: valueOf(opened) || null };
    try {
      await send("PUT", `/api/projects/${id}`, body);
      closeDialog();
      showDone(t("works.opened"));
      await page.reload();
    } catch (trouble) {
      problem.say(sentenceOf(trouble));
    }
  }, "primary");
  draw();
  openDialog(t("works.open_title", { name: page.site.name }), [h("div", { class: "form-grid" }, choose, opened), box, h("p", { class: "quiet" }, `${pick(page.lead, "name")} ${t("works.lead_hint")}`), problem], [go], "wide");
}
