/** Where a project stands: the line of its stages, and what the next step still lacks. */

import { h } from "../dom.js";
import { pick, t } from "../text.js";

const LONG = 60;

function stop(step) {
  const day = step.took_place_on || (step.place === "next" ? "" : "—");
  return h("li", { class: `stop stop-${step.place}`, "aria-current": step.place === "here" ? "step" : null },
    h("span", { class: "stop-mark", "aria-hidden": "true" }),
    h("span", { class: "stop-name" }, pick(step, "name")),
    h("span", { class: "stop-day" }, day));
}

/** Draws the chain as a line: done, here, to come. */
export function stageLine(project) {
  return h("ol", { class: "stages", "aria-label": t("works.line") }, project.line.map(stop));
}

function need(one) {
  const clause = [one.standard, one.clause].join(" ");
  const kind = ["need", one.is_met && "is-met", pick(one, "name").length > LONG && "is-long"].filter(Boolean).join(" ");
  return h("li", { class: kind, title: clause },
    h("span", { "aria-hidden": "true" }, one.is_met ? "✓" : "○"),
    h("span", {}, pick(one, "name")),
    h("span", { class: "hidden-text" }, one.is_met ? t("works.met") : t("works.missing")));
}

/** Draws what the next step asks for, met or not; nothing at the end of the chain. */
export function needsBox(project) {
  if (!project.next || !project.needs.length) return null;
  const open = project.needs.filter((one) => !one.is_met).length;
  const title = open ? t("works.lacks", { stage: pick(project.next, "name"), n: open }) : t("works.ready", { stage: pick(project.next, "name") });
  const until = project.next.within_until;
  return h("div", { class: open ? "needs" : "needs is-ready" }, h("h4", {}, title),
    until && h("p", { class: project.next.is_late ? "needs-late" : "quiet" }, t("works.within", { day: until, standard: project.next.standard })),
    h("ul", {}, project.needs.map(need)));
}
