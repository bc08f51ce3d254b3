/** What the rules say, each where it belongs on the form; going on needs a reason. */

import { fill, h } from "../../dom.js";
import { t } from "../../text.js";
import { said } from "./rules.js";
import { issuesOf, override } from "./session.js";

const PLACES = {
  distance_m: "position", accuracy_m: "position", fixes: "position", is_in_district: "position", position_hint: "position", photos: "photos",
  outline_problem: "outline", has_outline: "outline", outline_by: "outline", area_ratio: "outline", area_m2: "outline",
  mass_ratio: "mass", mass_t: "mass", mass_formula: "mass", height_m: "height", height_basis: "height", heap_shape: "height",
  has_dust_control: "controls", has_runoff_control: "controls", has_seepage_control: "controls",
  dwelling_distance_m: "around", responsible_party: "around", minutes_open: "end", place_age_versions: "end",
};
const LATER = new Set(["position", "photos", "end"]);
const ABOUT = new Set(["verdict", "is_desk"]);

/** Where on the form a broken rule belongs: at what is missing, else at what it compares. */
export function anchorOf(issue) {
  const missing = issue.when.filter(([, op]) => op === "missing").map(([fact]) => fact);
  const facts = [...missing, ...issue.when.map(([fact]) => fact)].filter((fact) => !ABOUT.has(fact));
  return PLACES[facts[0]] || facts[0] || "end";
}

/** Says whether a rule is spoken before somebody wants to keep the check: values yes, gaps not yet. */
const isEarly = (issue) => !issue.when.some(([, op]) => op === "missing") && !LATER.has(anchorOf(issue));

function reasonsFor(anchor) {
  const own = {
    position: [t("fieldcheck.because_signal"), t("fieldcheck.because_across"), t("fieldcheck.because_above")],
    photos: [t("fieldcheck.because_forbidden"), t("fieldcheck.because_dark"), t("fieldcheck.because_sent")],
    controls: [t("fieldcheck.because_unseen"), t("fieldcheck.because_far")],
    outline: [t("fieldcheck.because_removed"), t("fieldcheck.because_grown"), t("fieldcheck.because_old_wrong")],
    mass: [t("fieldcheck.because_ledger"), t("fieldcheck.because_survey")],
    height: [t("fieldcheck.because_measured"), t("fieldcheck.because_survey")],
  };
  return [...(own[anchor] || []), t("fieldcheck.because_checked")];
}

/** What still stands in the way: hard issues, soft ones without a reason. */
export function unsettled(session) {
  const least = session.rules.limits.reason_least;
  return issuesOf(session).filter((one) => one.severity === "HARD" || one.reason.length < least);
}

function hard(issue) {
  return h("p", { class: "fc-hard", "data-rule": issue.rule }, h("strong", {}, t("fieldcheck.must")), h("span", {}, said(issue)));
}

function soft(session, issue) {
  const own = h("input", {
    type: "text", maxlength: 200, value: issue.reason, class: "fc-reason", "aria-label": t("fieldcheck.reason"), placeholder: t("fieldcheck.reason"),
    oninput: (event) => override(session, issue.rule, event.target.value),
  });
  const chips = reasonsFor(anchorOf(issue)).map((reason) => h("button", {
    type: "button", class: "fc-chip", "aria-pressed": String(reason === issue.reason),
    onclick: () => {
      own.value = reason;
      override(session, issue.rule, reason);
    },
  }, reason));
  return h("div", { class: "fc-soft", "data-rule": issue.rule },
    h("p", {}, h("strong", {}, t("fieldcheck.look")), h("span", {}, said(issue))),
    h("p", { class: "fc-because" }, t("fieldcheck.because")), h("div", { class: "fc-chips" }, chips), own);
}

function mark(box, issue) {
  box.querySelector(`[data-rule="${issue.rule}"] span`).textContent = said(issue);
  for (const chip of box.querySelectorAll(`[data-rule="${issue.rule}"] .fc-chip`)) {
    chip.setAttribute("aria-pressed", String(chip.textContent === issue.reason));
  }
}

/** Says in each part of the form what the rules say of it; what somebody is typing in stays. */
export function speak(session, form) {
  const issues = issuesOf(session).filter((issue) => session.isAttempted || isEarly(issue));
  const boxes = new Map([...form.querySelectorAll("[data-anchor]")].map((part) => [part.dataset.anchor, part.querySelector(".fc-says")]));
  const byBox = new Map([...boxes.values()].map((box) => [box, []]));
  for (const issue of issues) byBox.get(boxes.get(anchorOf(issue)) || boxes.get("end"))?.push(issue);
  for (const [box, mine] of byBox) {
    const now = JSON.stringify(mine.map((issue) => issue.rule));
    if (box.dataset.says !== now) {
      box.dataset.says = now;
      fill(box, mine.map((issue) => (issue.severity === "HARD" ? hard(issue) : soft(session, issue))));
    }
    mine.forEach((issue) => mark(box, issue));
  }
}

/** Brings the first thing that is unsettled before the eyes. */
export function showFirst(session, form) {
  const [first] = unsettled(session);
  const box = first && form.querySelector(`[data-rule="${first.rule}"]`);
  box?.scrollIntoView({ block: "center" });
}
