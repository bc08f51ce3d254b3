/** The field checks of one place, as its page and its panel show them. */

import { get, sentenceOf } from "../api.js";
import { badge, facts, fill, h, state } from "../dom.js";
import { moment, number, styles, t, term } from "../text.js";
import { pictures } from "./photos.js";
import { fieldsOf, labelOf, learnForm, reviewBadge, said, standingBadge, valueOf } from "./words.js";

const STATE_OF = { WASTE: "CONFIRMED", PIT: "CONFIRMED" };
let form = null;

function learned() {
  form ||= get("/api/field/rules").then(learnForm).catch((problem) => {
    form = null;
    throw problem;
  });
  return form;
}

function verdictBadge(check) {
  const verdict = check.final_verdict;
  return badge(term("Verdict", verdict), styles.CandidateState[STATE_OF[verdict] || verdict]);
}

function exactness(check) {
  if (check.accuracy_m === null) return t("checks.no_fix");
  return check.is_by_map ? t("checks.by_map") : t("checks.exact_to", { n: number(check.accuracy_m, 1) });
}

function who(check) {
  return [check.recorder, ...check.teams, moment(check.found_at), exactness(check), check.via === "FILE" && t("checks.by_file")].filter(Boolean).join(" · ");
}

function problems(check) {
  if (!check.problems.length) return null;
  return h("ul", { class: "plain" }, check.problems.map((one) => h("li", { class: "hint" }, said(one),
    one.reason && h("p", { class: "note" }, t("checks.because", { reason: one.reason })))));
}

function toReview(check, user) {
  if (!user.rights.includes("EDIT")) return null;
  return h("a", { class: "check-link no-print", href: `/checks#${check.id}` }, t("checks.open_review"));
}

function badges(check) {
  return h("span", { class: "badges" }, verdictBadge(check), reviewBadge(check.review), standingBadge(check.standing),
    check.is_edited && badge(t("checks.edited"), {}, "badge-plain"));
}

function one(check, user, isOpen) {
  const answers = fieldsOf(check.final_verdict).map(({ name }) => [labelOf(name), valueOf(name, check.final_answers[name])]);
  return h("li", { class: "event place-check", "data-check": check.id },
    h("details", { open: isOpen }, h("summary", {}, badges(check), h("span", { class: "quiet" }, who(check))),
      facts(answers), problems(check), pictures(check, user.rights.includes("EDIT")), toReview(check, user)));
}

/** Returns a box that fills itself with a place's checks, the latest open; `address` is the place's. */
export function placeChecks(address, user) {
  const box = h("div", { class: "place-checks", id: "place-checks" }, state("wait", t("checks.loading")));
  const load = async () => {
    try {
      const [{ checks }] = await Promise.all([get(`${address}/field-checks`), learned()]);
      if (!checks.length) fill(box, h("p", { class: "quiet" }, t("checks.none_of_place")));
      else fill(box, h("ul", { class: "plain" }, checks.map((check, n) => one(check, user, n === 0))));
    } catch (problem) {
      fill(box, state("error", sentenceOf(problem), h("button", { type: "button", class: "button", onclick: load }, t("action.retry"))));
    }
  };
  void load();
  return box;
}
