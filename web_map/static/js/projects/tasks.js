/** The tasks of a project: what is to be done by whom until when; added, changed, done, dropped. */

import { send, sentenceOf } from "../api.js";
import { badge, h } from "../dom.js";
import { newId } from "../new_id.js";
import { closeDialog, openDialog } from "../office/dialog.js";
import { area, doing, input, problemLine } from "../office/fields.js";
import { styles, t, term, today } from "../text.js";
import { addressOf, valueOf, word } from "./words.js";

function openForm(page, project, task) {
  const { fields } = page.rules;
  const text = (name, value, options = {}) => input(`task-${name}`, word(fields[name]), value ?? "", { maxlength: 200, ...options });
  const parts = {
    title: input("task-title", t("works.task_title"), task?.title ?? "", { maxlength: 200 }),
    lead_unit: text("lead_unit", task ? task.lead_unit : project.plan.lead_unit),
    supporting_units: text("supporting_units", task?.supporting_units),
    leader_role: text("leader_role", task?.leader_role),
    starts_on: text("starts_on", task?.starts_on, { type: "date" }),
    due_on: text("due_on", task?.due_on, { type: "date" }),
    done_on: text("done_on", task?.done_on, { type: "date", max: today() }),
    note: area("task-note", word(fields.note), task?.note ?? "", { maxlength: 4000 }),
  };
  const id = task?.id ?? newId();
  const problem = problemLine();
  const store = doing(t("works.store"), async () => {
    const body = Object.fromEntries(Object.entries(parts).map(([name, field]) => [name, valueOf(field)]));
    for (const name of ["starts_on", "due_on", "done_on"]) body[name] ||= null;
    try {
      await send("PUT", `${addressOf(project)}/tasks/${id}`, { ...body, version: task?.version ?? null });
      closeDialog();
      await page.reload();
    } catch (trouble) {
      problem.say(sentenceOf(trouble));
    }
  }, "primary");
  const drop = task && !task.dropped_reason && h("button", { type: "button", class: "button", onclick: () => openDrop(page, project, task) }, t("works.drop"));
  openDialog(task ? t("works.change_task") : t("works.add_task"), [
    h("div", { class: "form-grid" }, Object.entries(parts).map(([name, field]) => {
      if (name === "title" || name === "note") field.classList.add("wide");
      return field;
    })),
    h("p", { class: "quiet" }, t("works.no_day_hint")), problem,
  ], [store, drop], "wide");
}

function openDrop(page, project, task) {
  const problem = problemLine();
  const reason = area("drop-reason", word(page.rules.fields.dropped_reason), "", { maxlength: 4000 });
  const go = doing(t("works.drop"), async () => {
    try {
      await send("PUT", `${addressOf(project)}/tasks/${task.id}/dropped`, { version: task.version, reason: valueOf(reason) });
      closeDialog();
      await page.reload();
    } catch (trouble) {
      problem.say(sentenceOf(trouble));
    }
  }, "primary");
  openDialog(t("works.drop_title", { title: task.title }), [h("p", {}, t("works.drop_hint")), reason, problem], [go]);
}

function finish(page, project, task) {
  const problem = problemLine();
  const day = input("finish-day", word(page.rules.fields.done_on), today(), { type: "date", max: today() });
  const go = doing(t("works.finish"), async () => {
    try {
      await send("PUT", `${addressOf(project)}/tasks/${task.id}/done`, { version: task.version, done_on: valueOf(day) || null });
      closeDialog();
      await page.reload();
    } catch (trouble) {
      problem.say(sentenceOf(trouble));
    }
  }, "primary");
  openDialog(task.title, [day, problem], [go]);
}

function row(page, project, task) {
  const span = [task.starts_on, task.due_on || t("project.ongoing")].filter(Boolean).join(" – ");
  const units = [task.lead_unit, task.supporting_units].filter(Boolean).join(t("works.with"));
  const mayChange = page.mayWrite && !project.is_finished;
  return h("li", { class: task.dropped_reason ? "task is-dropped" : "task" },
    h("p", {}, h("span", { class: "strong" }, task.title),
      task.deadline && badge(term("DeadlineState", task.deadline), styles.DeadlineState[task.deadline])),
    h("p", { class: "quiet" }, [units, span, task.done_on && t("works.done_on", { day: task.done_on })].filter(Boolean).join(" · ")),
    (task.note || task.dropped_reason) && h("p", { class: "note" }, task.dropped_reason ? t("works.dropped", { reason: task.dropped_reason }) : task.note),
    mayChange && !task.dropped_reason && h("p", { class: "links no-print" },
      !task.done_on && h("button", { type: "button", class: "link", onclick: () => finish(page, project, task) }, t("works.finish")),
      h("button", { type: "button", class: "link", onclick: () => openForm(page, project, task) }, t("works.change_task"))));
}

/** Draws a project's tasks. */
export function tasksBox(page, project) {
  return h("div", { class: "tasks" },
    h("div", { class: "line" }, h("h4", {}, t("works.tasks", { n: project.tasks.length })),
      page.mayWrite && !project.is_finished && h("button", { type: "button", class: "link no-print add-task", onclick: () => openForm(page, project, null) }, t("works.add_task"))),
    project.tasks.length ? h("ul", { class: "plain" }, project.tasks.map((task) => row(page, project, task))) : h("p", { class: "quiet" }, t("works.no_tasks")));
}
