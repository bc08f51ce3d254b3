/** The projects of a site: one site, one plan, from the reserve list to the look-back. */

import { get, sentenceOf } from "../api.js";
import { fill, h, state } from "../dom.js";
import { projectCard } from "../projects/card.js";
import { openNew } from "../projects/plan.js";
import { t } from "../text.js";

let rules = null;

async function draw(section, page) {
  const query = page.asOf ? { as_of: page.asOf } : {};
  const [found, known] = await Promise.all([get(`/api/sites/${encodeURIComponent(page.site.code)}/projects`, query), rules || get("/api/project-rules")]);
  rules = known;
  const whole = { ...page, ...found, rules };
  const [first, ...others] = found.projects;
  const add = page.mayWrite && found.variants.length > 0 && page.site.state !== "CLOSED";
  fill(section, h("div", { class: "line" }, h("h2", {}, t("site.projects")),
    add && h("button", { type: "button", class: "button no-print", id: "open-project", onclick: () => openNew(whole) }, t("works.open"))),
  first ? projectCard(whole, first) : h("p", { class: "quiet" }, t("works.none")),
  others.map((one) => h("details", { class: "earlier" }, h("summary", {}, one.plan.title), projectCard(whole, one))));
}

/** Draws the card of projects. */
export function projectsCard(page) {
  const section = h("section", { class: "card", id: "projects" }, h("h2", {}, t("site.projects")), state("wait", t("works.loading")));
  draw(section, page).catch((problem) => fill(section, h("h2", {}, t("site.projects")), state("error", sentenceOf(problem))));
  return section;
}
