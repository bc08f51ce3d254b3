/** The list of projects: counts by stage, filters, what is due first first. */

import { get, sentenceOf } from "../api.js";
import { badge, bar, fill, h, select, state } from "../dom.js";
import { doing, input } from "../office/fields.js";
import { grid } from "../office/grid.js";
import { money, number, percent, styles, t, term, wordsOf } from "../text.js";

const PAGE = 50;
const BLUE = "#0b5cad";

function stageChips(now, page, change) {
  const by = {};
  for (const one of page.counts) {
    const found = (by[one.stage] ||= { n: 0, late: 0 });
    found.n += one.n;
    if (one.deadline === "RED") found.late += one.n;
  }
  return h("div", { class: "stage-chips", role: "group", "aria-label": t("works.by_stage") }, wordsOf("ProjectStage").map(([value, name]) => {
    const found = by[value] || { n: 0, late: 0 };
    const isChosen = now.stage === value;
    return h("button", { type: "button", class: "stage-chip", "aria-pressed": String(isChosen), "data-stage": value, onclick: () => change({ stage: isChosen ? "" : value }) },
      h("span", { class: "stage-chip-n" }, number(found.n)), h("span", {}, name),
      found.late > 0 && h("span", { class: "stage-chip-late" }, t("works.late", { n: number(found.late) })));
  }));
}

function siteCell(row) {
  const where = [row.site_town, row.site_reach].filter(Boolean).join(" · ");
  return h("div", {}, h("a", { href: `/sites/${row.site_code}#projects` }, row.site_name), h("br"), h("span", { class: "quiet" }, where || row.site_code));
}

function table(rows) {
  return grid({
    label: t("works.title"),
    onrow: (row) => location.assign(`/sites/${row.site_code}#projects`),
    columns: [
      { key: "title", title: t("works.project"), cell: (row) => h("div", {}, h("span", { class: "strong" }, row.title), " ", row.is_demo && badge(t("demo.badge"), {}, "badge-demo"), h("br"), h("span", { class: "quiet" }, term("ProjectVariant", row.variant))) },
      { key: "site", title: t("works.site"), cell: siteCell },
      { key: "stage", title: t("works.stage"), cell: (row) => badge(term("ProjectStage", row.stage), {}, "badge-plain") },
      { key: "unit", title: t("project.lead_unit"), cell: (row) => h("div", {}, row.lead_unit, h("br"), h("span", { class: "quiet" }, row.leader_role)) },
      { key: "due", title: t("project.due_on"), cell: (row) => h("div", {}, row.due_on || t("project.ongoing"), h("br"), badge(term("DeadlineState", row.deadline), styles.DeadlineState[row.deadline])) },
      { key: "progress", title: t("project.progress"), cell: (row) => bar(row.progress_percent / 100, percent(row.progress_percent / 100), BLUE, t("project.progress")) },
      { key: "money", title: t("project.budget"), align: "right", cell: (row) => h("div", {}, money(row.budget_yuan) || "—", h("br"), h("span", { class: "quiet" }, row.paid_yuan === null ? "" : t("works.paid", { n: money(row.paid_yuan) }))) },
    ],
    rows,
  });
}

function totals(page) {
  const sum = (name) => page.counts.reduce((all, one) => all + one[name], 0);
  return h("p", { class: "desk-line" }, t("works.totals", { n: number(page.total), budget: money(sum("budget_yuan")), paid: money(sum("paid_yuan")) }));
}

/** Draws the list into `body`. */
export async function projectList(body, { district }) {
  const now = { stage: "", variant: "", deadline: "", unit: "", town: "", reach: "", bank: "", text: "" };
  const head = h("div");
  const filters = h("div", { class: "toolbar project-filters" });
  const list = h("div", { id: "project-list", "aria-live": "polite" });
  const shown = [];
  let next = 0;
  let turn = 0;

  const change = (wish) => {
    Object.assign(now, wish);
    shown.length = 0;
    next = 0;
    return load();
  };

  function drawFilters(page) {
    const any = (label) => ["", label];
    const plain = (name, label, values) => select(`f-${name}`, label, [any(t("works.all")), ...values], now[name], (value) => change({ [name]: value }));
    const same = (values) => values.map((one) => [one, one]);
    const search = input("f-text", t("works.search"), now.text, { type: "search", onchange: (event) => change({ text: event.target.value }) });
    fill(filters, search,
      plain("deadline", t("works.deadline"), wordsOf("DeadlineState")), plain("unit", t("project.lead_unit"), same(page.choices.unit)),
      plain("town", t("works.town"), same(page.choices.town)), plain("reach", t("works.reach"), same(page.choices.reach)),
      plain("bank", t("works.bank"), [["LEFT", t("works.bank_left")], ["RIGHT", t("works.bank_right")]]),
      plain("variant", t("works.variant"), wordsOf("ProjectVariant")));
  }

  async function load() {
    const mine = (turn += 1);
    list.classList.add("is-busy");
    try {
      const page = await get("/api/projects", { district: district.code, ...now, limit: PAGE, after: next || "" });
      if (mine !== turn) return;
      shown.push(...page.items);
      if (!filters.childElementCount) drawFilters(page);
      fill(head, stageChips(now, page, change), totals(page));
      next = page.next;
      fill(list, shown.length ? table(shown) : state("empty", t("works.nothing")),
        page.next && h("div", { class: "buttons" }, doing(t("works.more", { n: number(page.total - shown.length) }), load)));
    } catch (problem) {
      fill(list, state("error", sentenceOf(problem), doing(t("action.retry"), load)));
    }
    list.classList.remove("is-busy");
  }

  fill(body, head, filters, list);
  await load();
}
