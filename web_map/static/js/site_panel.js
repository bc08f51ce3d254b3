/** What the panel says of a listed site. */

import { badge, facts, h } from "./dom.js";
import { gradingBlock } from "./reasons.js";
import { gradeStyle } from "./grade.js";
import { choose } from "./store.js";
import { area, gradeName, length, mass, moment, money, number, pick, place, styles, t, term } from "./text.js";

const demo = (is) => is && badge(t("demo.badge"), {}, "badge-demo");

function bank(side) {
  if (side === "LEFT") return t("bank.left");
  return side === "RIGHT" ? t("bank.right") : "";
}

function known(site) {
  return facts([
    [t("fact.kind"), term("SiteKind", site.kind)],
    [t("fact.waste_class"), term("WasteClass", site.waste_class)],
    [t("fact.nature"), term("WasteNature", site.nature)],
    [t("fact.area"), area(site.area_m2)],
    [t("fact.height"), length(site.height_m)],
    [t("fact.mass"), mass(site.mass_t)],
    [t("fact.responsibility"), [term("Responsibility", site.responsibility), site.responsible_party].filter(Boolean).join(" · ")],
    [t("fact.place"), [site.town, site.village].filter(Boolean).join(" ")],
    [t("fact.reach"), [site.reach, bank(site.bank)].filter(Boolean).join(" · ")],
    [t("fact.chainage"), length(site.chainage_m)],
    [t("fact.main_stem_distance"), length(site.main_stem_distance_m)],
    [t("fact.centre"), place(site.centre)],
    [t("fact.source"), site.source],
    [t("fact.found_on"), site.found_on],
    [t("fact.registered_at"), moment(site.registered_at)],
    [t("fact.note"), site.note],
  ]);
}

function conclusion(one) {
  const leachate = one.leach_multiple === null ? "" : t("conclusion.leachate", { n: number(one.leach_multiple, 2) });
  return h("li", { class: "event" },
    h("p", {}, h("span", { class: "strong" }, one.concluded_on), badge(term("WasteNature", one.nature), {}, "badge-plain"),
      badge(term("ConclusionState", one.state), {}, "badge-plain"), demo(one.is_demo)),
    leachate && h("p", {}, leachate),
    h("p", { class: "quiet" }, [term("ConclusionBasis", one.basis), one.laboratory, one.report_no].filter(Boolean).join(" · ")));
}

function project(one) {
  return h("li", { class: "event" },
    h("p", {}, h("span", { class: "strong" }, one.title), demo(one.is_demo)),
    h("p", {}, one.deadline && badge(term("DeadlineState", one.deadline), styles.DeadlineState[one.deadline]),
      badge(term("ProjectStage", one.stage), {}, "badge-plain")),
    facts([
      [t("project.due_on"), one.due_on || t("project.ongoing")],
      [t("project.lead_unit"), one.lead_unit],
      [t("project.leader"), one.leader_role],
      [t("project.budget"), money(one.budget_yuan)],
    ]),
    h("div", { class: "meter", role: "img", "aria-label": t("project.progress") },
      h("span", { class: "meter-track" }, h("span", { class: "meter-fill", style: { width: `${one.progress_percent}%`, background: "#0b5cad" } })),
      h("span", { class: "meter-text" }, `${one.progress_percent}%`)));
}

function event(one) {
  return h("li", { class: "line" }, h("span", {}, pick(one, "verb")), h("span", { class: "quiet" }, `${one.actor} · ${moment(one.at)}`));
}

function block(title, items, draw, empty) {
  return h("section", { class: "block" }, h("h3", {}, title),
    items.length ? h("ul", { class: "plain" }, items.map(draw)) : h("p", { class: "quiet" }, empty));
}

function fullPage(site) {
  return h("a", { class: "button wide", href: `/sites/${encodeURIComponent(site.code)}` }, t("site.full_page"));
}

function origin(site) {
  if (!site.candidate_id) return null;
  return h("button", {
    type: "button", class: "button wide", onclick: () => choose({ type: "candidate", id: site.candidate_id }),
  }, t("site.open_candidate"));
}

/** The parts of a site's panel. */
export function sitePanel(site) {
  const grade = gradeStyle(site.grade);
  return {
    title: site.name,
    sub: site.code,
    badges: [
      badge(gradeName(site), grade, "badge-big"),
      badge(term("SiteState", site.state), styles.SiteState[site.state]),
      site.deadline && badge(term("DeadlineState", site.deadline), styles.DeadlineState[site.deadline]),
      demo(site.is_demo),
    ],
    body: [
      site.is_demo && h("p", { class: "demo-line" }, t("demo.site")),
      h("section", { class: "block" }, h("h3", {}, t("site.facts")), known(site), fullPage(site), origin(site)),
      gradingBlock(site.grading),
      block(t("site.projects"), site.projects, project, t("site.no_projects")),
      block(t("site.conclusions"), site.conclusions, conclusion, t("site.no_conclusions")),
      block(t("site.history"), site.history, event, t("site.no_history")),
    ],
  };
}
