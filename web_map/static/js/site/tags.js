/** The tasks of the district's plan that a site answers to, each with its unit and deadline. */

import { get, send, sentenceOf } from "../api.js";
import { badge, h, select } from "../dom.js";
import { closeDialog, openDialog } from "../office/dialog.js";
import { area, doing, input, problemLine } from "../office/fields.js";
import { showError } from "../notice.js";
import { pick, styles, t, term } from "../text.js";

const addressOf = (page, task) => `/api/sites/${encodeURIComponent(page.site.code)}/tags/${encodeURIComponent(task)}`;

async function openForm(page, tag) {
  const { tasks } = await get("/api/tasks");
  const borne = new Set(page.site.tags.map((one) => one.task));
  const free = tag ? tasks.filter((one) => one.id === tag.task) : tasks.filter((one) => !borne.has(one.id));
  if (!free.length) {
    showError(t("site.all_tasks"));
    return;
  }
  let task = free[0];
  const unit = input("lead-unit", t("project.lead_unit"), tag?.lead_unit ?? task.lead_unit);
  const due = input("due-on", t("site.due_on"), (tag ? tag.due_on : task.due_on) ?? "", { type: "date" });
  const note = area("tag-note", t("fact.note"), tag?.note ?? "");
  const choose = select("task", t("site.task"), free.map((one) => [one.id, `${one.id} ${pick(one, "name")}`]), task.id, (id) => {
    task = free.find((one) => one.id === id);
    unit.querySelector("input").value = task.lead_unit;
    due.querySelector("input").value = task.due_on ?? "";
  });
  const problem = problemLine();
  const store = doing(t("site.store"), async () => {
    try {
      await send("PUT", addressOf(page, task.id), {
        lead_unit: unit.querySelector("input").value.trim(), due_on: due.querySelector("input").value || null,
        note: note.querySelector("textarea").value,
      });
      closeDialog();
      await page.reload();
    } catch (trouble) {
      problem.say(sentenceOf(trouble));
    }
  }, "primary");
  openDialog(tag ? t("site.change_tag") : t("site.add_tag"), [choose, unit, due, h("p", { class: "quiet" }, t("site.no_day_hint")), note, problem], [store]);
}

async function remove(page, tag) {
  try {
    await send("DELETE", addressOf(page, tag.task));
    await page.reload();
  } catch (trouble) {
    showError(trouble);
  }
}

function row(page, tag) {
  return h("li", { class: "event" },
    h("p", {}, badge(t("site.task_no", { no: tag.task }), {}, "badge-plain"),
      badge(term("DeadlineState", tag.deadline), styles.DeadlineState[tag.deadline]),
      h("span", {}, pick(tag, "name"))),
    h("p", { class: "quiet" }, `${tag.lead_unit} · ${tag.due_on || t("project.ongoing")}`),
    tag.note && h("p", { class: "note" }, tag.note),
    page.mayWrite && h("p", { class: "links no-print" },
      h("button", { type: "button", class: "link", onclick: () => openForm(page, tag).catch(showError) }, t("site.change_tag")),
      h("button", { type: "button", class: "link", onclick: () => remove(page, tag) }, t("site.remove_tag"))));
}

/** Draws the card of task tags. */
export function tagsCard(page) {
  const { tags } = page.site;
  return h("section", { class: "card", id: "tags" },
    h("div", { class: "line" }, h("h2", {}, t("site.tags")),
      page.mayWrite && h("button", { type: "button", class: "button no-print", id: "add-tag", onclick: () => openForm(page, null).catch(showError) }, t("site.add_tag"))),
    tags.length ? h("ul", { class: "plain" }, tags.map((tag) => row(page, tag))) : h("p", { class: "quiet" }, t("site.no_tags")));
}
