/** Conclusions of a site: drawn, signed, reviewed; a laboratory's report; an expert's opinion. */

import { send, sentenceOf } from "../api.js";
import { badge, facts, h } from "../dom.js";
import { closeDialog, openDialog } from "../office/dialog.js";
import { area, doing, problemLine } from "../office/fields.js";
import { showDone, showError } from "../notice.js";
import { moment, number, t, term } from "../text.js";
import { findingSteps } from "./finding.js";
import { openDraw, openExpert, openReport } from "./propose.js";

const REVIEWERS = new Set(["REVIEWER", "ADMINISTRATOR"]);

function reviewDialog(one, reload) {
  const line = problemLine();
  const comment = area("review-comment", t("results.comment"));
  const judge = (accept) => async () => {
    try {
      await send("POST", `/api/conclusions/${one.id}/review`, { accept, comment: comment.querySelector("textarea").value });
      closeDialog();
      showDone(accept ? t("results.passed") : t("results.returned"));
      await reload();
    } catch (problem) {
      line.say(sentenceOf(problem));
    }
  };
  openDialog(t("results.review"), [
    h("p", {}, t("results.review_what", { nature: term("WasteNature", one.nature), who: one.signed_by })),
    one.unchecked.length > 0 && h("p", { class: "hint" }, t("results.rests_on_unchecked", { n: number(one.unchecked.length) })),
    comment, line,
  ], [doing(t("results.accept"), judge(true), "primary results-accept"), doing(t("results.return"), judge(false), "results-return")]);
}

async function sign(one, reload) {
  try {
    await send("POST", `/api/conclusions/${one.id}/sign`);
    showDone(t("results.signed"));
    await reload();
  } catch (problem) {
    showError(problem);
  }
}

function actions(one, now, reload) {
  if (one.state === "DRAFT" && one.nature !== "UNIDENTIFIED") {
    return h("div", { class: "buttons" }, doing(t("results.sign"), () => sign(one, reload), "primary results-sign"));
  }
  if (one.state !== "SIGNED") return null;
  if (!REVIEWERS.has(now.user.role)) return h("p", { class: "quiet" }, t("results.waits_for_reviewer"));
  if (one.signed_by === now.user.username) return h("p", { class: "hint" }, t("results.waits_for_other", { who: one.signed_by }));
  return h("div", { class: "buttons" }, h("button", { type: "button", class: "button primary results-review", onclick: () => reviewDialog(one, reload) }, t("results.review")));
}

const by = (who, when) => who && `${who} · ${moment(when)}`;

function item(one, now, reload) {
  return h("li", { class: "event results-conclusion", "data-state": one.state },
    h("p", {}, h("span", { class: "strong" }, term("WasteNature", one.nature)),
      badge(term("ConclusionState", one.state), {}, `badge-plain results-state-${one.state.toLowerCase()}`),
      badge(term("ConclusionBasis", one.basis), {}, "badge-plain"),
      one.is_demo && badge(t("demo.badge"), {}, "badge-demo")),
    facts([
      [t("results.plan"), one.plan_code],
      [t("results.concluded_on"), one.concluded_on],
      [t("results.waste_class"), one.waste_class && term("WasteClass", one.waste_class)],
      [t("results.multiple"), one.leach_multiple === null ? null : number(one.leach_multiple, 3)],
      [t("results.activity"), one.radioactivity_bq_g === null ? null : `${number(one.radioactivity_bq_g, 3)} Bq/g`],
      [t("results.report"), [one.laboratory, one.report_no].filter(Boolean).join(" · ")],
      [t("results.reason"), one.reason],
      [t("results.signed_by"), by(one.signed_by, one.signed_at)],
      [t("results.reviewed_by"), by(one.reviewed_by, one.reviewed_at)],
      [t("results.comment"), one.review_comment],
      [t("results.unchecked"), one.unchecked.length ? t("results.unchecked_rows", { n: number(one.unchecked.length) }) : null],
    ]),
    one.finding && h("details", { class: "reason-details" }, h("summary", {}, t("results.show_steps")), findingSteps(one.finding)),
    actions(one, now, reload));
}

/** The card; steps that a person may take stand with each conclusion. */
export function conclusionsCard(now, reload) {
  const { data } = now;
  const outcome = data.finding?.outcome;
  return h("section", { class: "card", id: "results-conclusions" }, h("h2", {}, t("results.step_conclusion")),
    h("div", { class: "buttons results-new" },
      data.plan && data.analytes.length > 0 && h("button", { type: "button", class: "button primary results-draw", onclick: () => openDraw(now, reload) }, t("results.draw")),
      outcome === "DOUBTFUL" && h("button", { type: "button", class: "button", onclick: () => openExpert(now, reload) }, t("results.expert")),
      h("button", { type: "button", class: "button", id: "results-report", onclick: () => openReport(now, reload) }, t("results.add_report"))),
    data.conclusions.length
      ? h("ul", { class: "plain" }, data.conclusions.map((one) => item(one, now, reload)))
      : h("p", { class: "quiet" }, t("results.no_conclusion")));
}
