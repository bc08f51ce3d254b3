/** One project as a site's page shows it: plan, line of stages, what lacks, tasks, money, steps. */

import { badge, facts, h } from "../dom.js";
import { area, percent, styles, t, term } from "../text.js";
import { needsBox, stageLine } from "./line.js";
import { openPlan } from "./plan.js";
import { openAdvance, openReverse, stepsBox } from "./steps.js";
import { tasksBox } from "./tasks.js";
import { word, yuan } from "./words.js";

function meter(name, share, text) {
  const width = `${Math.max(0, Math.min(100, share * 100))}%`;
  return h("div", { class: "money-bar" }, h("span", { class: "quiet" }, name),
    h("span", { class: "meter-track" }, h("span", { class: share > 1 ? "meter-fill is-over" : "meter-fill", style: { width } })),
    h("span", {}, text));
}

function bars(project) {
  const { plan } = project;
  const paid = plan.paid_yuan ?? 0;
  return h("div", { class: "bars" },
    meter(t("project.progress"), plan.progress_percent / 100, percent(plan.progress_percent / 100) + (project.progress_is_derived ? t("works.by_tasks") : "")),
    meter(t("works.money"), plan.budget_yuan ? paid / plan.budget_yuan : paid > 0 ? 2 : 0, t("works.paid_of", { paid: yuan(plan.paid_yuan), budget: yuan(plan.budget_yuan) })),
    plan.restored_m2 !== null && meter(t("works.restored"), plan.restored_m2 / project.site_area_m2, t("works.part_of", { part: area(plan.restored_m2), whole: area(project.site_area_m2) })));
}

function about(page, { plan, lead }) {
  const named = (name) => word(page.rules.fields[name]);
  const other = plan.lead_unit !== lead.unit && t("works.instead_of", { unit: lead.unit, reason: plan.lead_unit_reason || "—" });
  const plain = ["supporting_units", "leader_role", "person_in_charge", "fund_source", "care_until"];
  return facts([
    ...["issue", "goal", "measures"].map((name) => [named(name), plan[name]]),
    [named("lead_unit"), [plan.lead_unit, other].filter(Boolean).join(" ")],
    ...plain.map((name) => [named(name), plan[name]]),
    [named("task_no"), plan.task_no && t("works.task_no", { n: plan.task_no })],
    [named("finding"), plan.finding && term("MineFinding", plan.finding)],
    [t("works.days"), [plan.starts_on, plan.due_on || t("project.ongoing")].filter(Boolean).join(" – ")],
  ]);
}

function buttons(page, project) {
  if (!page.mayWrite) return null;
  return h("div", { class: "buttons no-print" },
    project.next && !project.is_finished && h("button", { type: "button", class: "button primary advance", onclick: () => openAdvance(page, project) }, t("works.next_step")),
    !project.is_finished && h("button", { type: "button", class: "button change-plan", onclick: () => openPlan(page, project) }, t("works.change_plan")),
    project.back_to.length > 0 && h("button", { type: "button", class: "button reverse", onclick: () => openReverse(page, project) }, t("works.reverse")));
}

/** Draws a project; `page` holds the site, the rules, who leads, mayWrite and reload. */
export function projectCard(page, project) {
  return h("article", { class: "project", "data-project": project.id },
    h("div", { class: "project-head" }, h("h3", {}, project.plan.title), h("span", { class: "badges" },
      badge(term("DeadlineState", project.deadline), styles.DeadlineState[project.deadline]),
      badge(term("ProjectVariant", project.variant), {}, "badge-plain"),
      project.is_demo && badge(t("demo.badge"), {}, "badge-demo"))),
    stageLine(project), needsBox(project), bars(project),
    project.warnings.map((one) => h("p", { class: "hint project-warning" }, word(one))),
    about(page, project), tasksBox(page, project), stepsBox(project), buttons(page, project));
}
