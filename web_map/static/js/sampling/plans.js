/** The district's sampling plans, each with how far its samples have come. */

import { get } from "../api.js";
import { badge, fill, h, state } from "../dom.js";
import { doing } from "../office/fields.js";
import { grid } from "../office/grid.js";
import { showError } from "../notice.js";
import { money, moment, number, t, term, wordsOf } from "../text.js";
import { doneBar } from "./words.js";

const PAGE = 50;

/** A badge with a plan's state. */
export function planState(plan) {
  return badge(term("PlanState", plan.state), {}, `plan-${plan.state.toLowerCase()}`);
}

/** The bars of a plan's steps: how many of its increments have made each. */
export function steps(plan) {
  return h("span", { class: "steps" }, wordsOf("CustodyStep").map(([step, name]) => doneBar(plan.reached[step], plan.n_planned, name)));
}

function plansGrid(plans, open) {
  return grid({
    label: t("sampling.plans"),
    onrow: (row) => open(row.code).catch(showError),
    columns: [
      { key: "code", title: t("sampling.plan"), cell: (row) => h("div", {}, h("button", { type: "button", class: "link", onclick: () => open(row.code).catch(showError) }, row.code), h("br"), row.site_name) },
      { key: "state", title: t("sampling.state"), cell: (row) => h("span", { class: "badges" }, planState(row), row.is_strict && badge(t("sampling.strict"), {}, "to-check"), row.is_demo && badge(t("demo.badge"), {}, "badge-demo")) },
      { key: "n", title: t("sampling.n"), align: "right", cell: (row) => number(row.n_planned) },
      { key: "steps", title: t("sampling.progress"), cell: steps },
      { key: "cost", title: t("sampling.cost"), align: "right", cell: (row) => money(row.cost_yuan) },
      { key: "at", title: t("sampling.planned_at"), cell: (row) => `${moment(row.planned_at)} ${row.planned_by}` },
    ],
    rows: plans,
  });
}

/** The card of the plans; `open(code)` shows one, `planSite({})` opens an empty form. */
export async function plansCard(now, open, planSite) {
  const shown = [];
  const list = h("div", {});
  const more = h("div", { class: "buttons" });
  let after = null;

  async function load() {
    const page = await get("/api/sampling/plans", { district: now.district.code, limit: PAGE, after });
    shown.push(...page.items);
    after = page.next;
    fill(list, shown.length ? plansGrid(shown, open) : state("empty", t("sampling.no_plans")));
    fill(more, after && doing(t("sampling.more", { n: number(page.total - shown.length) }), load));
  }

  await load();
  return h("section", { class: "card", id: "plans" }, h("div", { class: "desk-head" }, h("h2", {}, t("sampling.plans")),
    now.mayWrite && h("button", { type: "button", class: "button push", id: "new-plan", onclick: () => planSite({}) }, t("sampling.new_plan"))),
  list, more);
}
