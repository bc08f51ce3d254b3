/** The control list: any filter, any order, any day, page by page. */

import { get, sentenceOf } from "../api.js";
import { badge, fill, h, select, state } from "../dom.js";
import { gradeStyle } from "../grade.js";
import { doing } from "../office/fields.js";
import { startOffice } from "../office/office.js";
import { language, number, pick, t, today, wordsOf } from "../text.js";
import { asked, readAddress, writeAddress } from "./address.js";
import { heading, openColumns } from "./columns.js";
import { openExport } from "./export.js";
import { allFields, chipsOf } from "./fields.js";
import { chipRow, openFilters, quickBar } from "./filters.js";
import { rowsTable } from "./table.js";
import { openViews, readViews, viewChoice } from "./views.js";

const PAGE_SIZE = 50;
const facets = { towns: [], rivers: [], reaches: [], tasks: [] };
const fields = allFields(facets);
const now = { view: readAddress(), marks: [""], page: null, counts: null, saved: [], columns: [], busy: null };
let here = null;
const parts = { bar: h("div"), chips: h("div"), head: h("div", { class: "register-head" }), body: h("div", { class: "register-body", "aria-live": "polite" }) };

function change(filter) {
  const next = { ...now.view.filter, ...filter };
  for (const [name, values] of Object.entries(next)) if (!values) delete next[name];
  show({ ...now.view, filter: next });
}

function show(view) {
  now.view = view;
  now.marks = [""];
  writeAddress(view, here.district.code);
  drawBar();
  load(true);
}

function turn(isForward) {
  if (isForward) now.marks.push(now.page.next);
  else now.marks.pop();
  load(false);
}

async function load(isNew) {
  now.busy?.abort();
  now.busy = new AbortController();
  const { signal } = now.busy;
  parts.body.classList.add("is-busy");
  const { view } = now;
  const more = { sort: view.sort, columns: view.columns, language, limit: PAGE_SIZE, after: now.marks.at(-1) };
  try {
    const reads = [get(`/api/sites?${asked(view, here.district.code, more)}`, {}, signal)];
    if (isNew) reads.push(get(`/api/sites/counts?${asked(view, here.district.code)}`, {}, signal));
    const [page, counts] = await Promise.all(reads);
    now.page = page;
    if (counts) now.counts = counts;
    drawHead();
    drawRows();
  } catch (problem) {
    if (problem.name === "AbortError") return;
    now.counts = null;
    drawHead();
    fill(parts.body, state("error", sentenceOf(problem), doing(t("action.retry"), () => show(view))));
  }
  parts.body.classList.remove("is-busy");
}

function drawBar() {
  const { view } = now;
  const readAgain = async () => {
    now.saved = await readViews(here.district.code);
    drawBar();
  };
  fill(parts.bar, quickBar(view, change, [
    doing(t("register.filters"), () => openFilters(view, fields, change)),
    doing(t("register.columns"), () => openColumns(view, now.columns, (columns) => show({ ...now.view, columns }))),
    viewChoice(now.saved, view.asOf, show),
    doing(t("register.view_save"), () => openViews(view, here.district.code, now.saved, here.user, readAgain)),
  ]));
  fill(parts.chips, chipRow(view, fields, change));
}

function drawHead() {
  const { counts, view } = now;
  const grades = wordsOf("Grade").map(([grade, name]) => [grade, name, counts?.by_grade[grade] || 0]).filter(([, , n]) => n);
  fill(parts.head,
    counts && h("p", { class: "register-total" }, t("register.total", { n: number(counts.total) })),
    h("div", { class: "badges" }, grades.map(([grade, name, n]) => h("button", {
      type: "button", class: "register-grade", onclick: () => change({ grade: [grade] }),
    }, badge(name, gradeStyle(grade)), number(n)))),
    h("label", { class: "register-day" }, h("span", {}, t("register.as_of")), h("input", {
      type: "date", id: "as-of", max: today(), value: view.asOf || today(),
      onchange: (event) => show({ ...now.view, asOf: event.target.value === today() ? "" : event.target.value }),
    })),
    counts && h("button", { type: "button", class: "button primary", id: "export", onclick: () => openExport(now.view, here.district.code, counts.total, chipsOf(now.view.filter, fields)) }, t("register.export")),
    sortChoice(view),
    view.asOf && h("p", { class: "register-then", role: "status" }, t("register.then", { day: view.asOf }),
      h("button", { type: "button", class: "button", onclick: () => show({ ...now.view, asOf: "" }) }, t("register.today"))));
}

function sortChoice(view) {
  const sortable = now.columns.filter((column) => column.is_sortable);
  const options = sortable.flatMap((column) => [[column.short, `${heading(column)} ↑`], [`-${column.short}`, `${heading(column)} ↓`]]);
  const choice = select("sort", t("register.sort"), options, view.sort, (sort) => show({ ...now.view, sort }));
  choice.classList.add("register-sort");
  return choice;
}

function pager(page) {
  const first = (now.marks.length - 1) * PAGE_SIZE + 1;
  const last = first + page.items.length - 1;
  return h("nav", { class: "register-pager", "aria-label": t("register.pages") },
    h("button", { type: "button", class: "button", disabled: now.marks.length < 2, onclick: () => turn(false) }, t("register.previous")),
    h("span", {}, t("register.rows", { first: number(first), last: number(last), total: number(page.total) })),
    h("button", { type: "button", class: "button", id: "next-page", disabled: !page.next, onclick: () => turn(true) }, t("register.next")));
}

function drawRows() {
  const { page, view } = now;
  if (!page.items.length) {
    const isFiltered = Object.keys(view.filter).length > 0;
    const bare = view.asOf ? t("register.none_then") : t("register.none");
    fill(parts.body, state("empty", isFiltered ? t("register.none_found") : bare,
      isFiltered && doing(t("register.clear"), () => show({ ...view, filter: {} }))));
    return;
  }
  fill(parts.body, rowsTable({ view, columns: now.columns, page, district: here.district.code, onsort: (sort) => show({ ...now.view, sort }) }), pager(page));
  parts.body.querySelector(".grid-box").scrollTop = 0;
}

startOffice(async ({ user, district, desk }) => {
  here = { user, district };
  const [{ columns }, everything, { tasks }, saved] = await Promise.all([
    get("/api/sites/columns"), get("/api/sites/counts", { district: district.code }), get("/api/tasks"), readViews(district.code),
  ]);
  Object.assign(now, { columns, saved });
  facets.towns = Object.keys(everything.by_town).sort().map((town) => [town, town]);
  facets.rivers = Object.keys(everything.by_river).map((river) => [river, river]);
  facets.reaches = everything.by_reach.map(({ reach }) => [reach, reach]);
  facets.tasks = tasks.map((task) => [task.id, pick(task, "name")]);
  fill(desk, h("div", { class: "desk-head" }, h("h1", {}, t("register.title")), h("p", { class: "desk-line" }, pick(district, "name"))),
    parts.bar, parts.chips, parts.head, parts.body);
  drawBar();
  window.addEventListener("popstate", () => {
    now.view = readAddress();
    now.marks = [""];
    drawBar();
    load(true);
  });
  await load(true);
});
