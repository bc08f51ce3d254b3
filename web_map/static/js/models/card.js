/** One model in plain words, with its figures by class, and the decisions about it. */

import { put, sentenceOf } from "../api.js";
import { badge, h } from "../dom.js";
import { showDone } from "../notice.js";
import { closeDialog, openDialog } from "../office/dialog.js";
import { area, doing, problemLine } from "../office/fields.js";
import { grid } from "../office/grid.js";
import { classOf, figure, moment, number, t, term } from "../text.js";
import { comparisonOf } from "./comparison.js";

const HUES = {
  DRAFT: { colour: "#fff3d6", ink: "#6b4700" }, PUBLISHED: { colour: "#1b6e3c", ink: "#fff" }, WITHDRAWN: { colour: "#5b6470", ink: "#fff" },
};
const FILES = { gone: () => t("models.file_gone"), changed: () => t("models.file_changed") };

function learnt(one) {
  const words = { n: number(one.scenes), days: one.days.join(", "), bands: one.bands.join(" "), pixel: number(one.pixel_m, 1), features: number(one.features) };
  return one.days.length ? t("models.learnt", words) : t("models.learnt_undated", words);
}

function judged(one) {
  if (one.accuracy === null || one.accuracy === undefined) return t("models.judged_not");
  const n = number(100 * one.accuracy, 1);
  return one.held_out === "stripe" ? t("models.judged_stripe", { n }) : t("models.judged_place", { n });
}

function classTable(one) {
  const columns = [
    { key: "name", title: t("models.class"), cell: (row) => h("span", { class: "model-class" }, h("span", { class: "model-dot", style: { background: classOf(row.name).colour } }), classOf(row.name).label) },
    { key: "samples", title: t("models.samples"), align: "right", cell: (row) => (row.samples === null ? "—" : number(row.samples)) },
    ...[["precision", t("models.precision")], ["recall", t("models.recall")], ["iou", t("models.iou")]].map(([key, title]) => ({
      key, title, align: "right", cell: (row) => figure(row[key]),
    })),
  ];
  return h("details", { class: "model-more" }, h("summary", {}, t("models.card")),
    grid({ columns, rows: one.classes, label: t("models.classes") }),
    h("p", { class: "quiet" }, t("models.precision_what")),
    h("p", { class: "quiet model-hash" }, t("models.hash", { hash: one.sha256 })));
}

function lastChange(one) {
  const words = { day: moment(one.changed_at), who: one.changed_by, reason: one.reason };
  if (one.state === "PUBLISHED") return t("models.published_by", words);
  if (one.state === "WITHDRAWN") return t("models.withdrawn_by", words);
  return t("models.made", { day: moment(one.made_at), who: one.made_by });
}

function withdraw(one, now) {
  const problem = problemLine();
  const go = async () => {
    problem.say("");
    try {
      const done = await put(`/api/models/${one.id}/withdrawal`, { reason: document.getElementById("why").value });
      closeDialog();
      showDone(done.left || one.tells === "CHANGE" ? t("models.withdrawn_done", { name: one.name }) : t("models.withdrawn_none", { name: one.name }));
      await now.load();
    } catch (fault) {
      problem.say(sentenceOf(fault));
    }
  };
  const isLast = one.tells === "GROUND" && one.state === "PUBLISHED" && now.published === 1;
  openDialog(t("models.withdraw_title", { name: one.name }), [
    h("p", {}, t("models.withdraw_means")), isLast && h("p", { class: "models-warning" }, t("models.withdraw_last")),
    area("why", t("models.why"), "", { maxlength: 500 }), problem,
  ], [doing(t("models.withdraw"), go, "primary")]);
}

function deeds(one, now) {
  const problem = problemLine();
  const publish = async () => {
    problem.say("");
    try {
      await put(`/api/models/${one.id}/publication`);
      showDone(t("models.published_done", { name: one.name }));
      await now.load();
    } catch (fault) {
      problem.say(sentenceOf(fault));
    }
  };
  if (!now.mayDecide) return null;
  return [problem, h("div", { class: "buttons" },
    one.state !== "PUBLISHED" && doing(t("models.publish"), publish, "primary"),
    one.state !== "WITHDRAWN" && h("button", { type: "button", class: "button", onclick: () => withdraw(one, now) }, t("models.withdraw")))];
}

function judgeTable(one) {
  const columns = [
    { key: "name", title: t("models.kind"), cell: (row) => term("ChangeKind", row.name.toUpperCase()) },
    { key: "samples", title: t("models.patches"), align: "right", cell: (row) => (row.samples === null ? "—" : number(row.samples)) },
    { key: "auc", title: "AUC", align: "right", cell: (row) => figure(row.auc) },
  ];
  return h("details", { class: "model-more" }, h("summary", {}, t("models.judge_card")),
    grid({ columns, rows: one.classes, label: t("models.kinds") }),
    h("p", { class: "quiet" }, t("models.auc_what")),
    h("p", { class: "quiet model-hash" }, t("models.hash", { hash: one.sha256 })));
}

/** What a judge of kinds of change learnt from and how it was tried. */
function judgeWords(one) {
  const tried = one.folds ? t("models.judge_tried", { n: number(100 * one.accuracy, 1), f1: number(one.mean_f1, 2) }) : t("models.judged_not");
  return [h("p", {}, one.places ? t("models.judge_learnt", { places: number(one.places), bands: one.bands.join(" ") }) : t("models.judge_bands", { bands: one.bands.join(" ") })),
    h("p", { class: "model-judged" }, tried), h("p", { class: "quiet" }, t("models.judge_bounds")), judgeTable(one)];
}

function modelWords(one) {
  return [h("p", {}, learnt(one), one.training_set && ` ${t("models.from_set", { name: one.training_set })}`),
    h("p", { class: "model-judged" }, judged(one)), h("p", { class: "quiet" }, t("models.bounds")),
    !one.comparisons.length && one.state === "DRAFT" && h("p", { class: "models-warning" }, t("models.not_compared")),
    one.comparisons.map(comparisonOf), classTable(one)];
}

/** The card of a model or a judge; now is { mayDecide, published, load }. */
export function modelCard(one, now) {
  const trouble = [FILES[one.file]?.(), !one.is_current && t("models.other_version")].filter(Boolean);
  return h("section", { class: "card model", "data-model": one.name },
    h("div", { class: "model-head" }, h("h2", {}, one.name), badge(term("ModelState", one.state), HUES[one.state]),
      h("span", { class: "quiet" }, lastChange(one))),
    trouble.map((words) => h("p", { class: "models-warning", role: "alert" }, words)),
    one.tells === "CHANGE" ? judgeWords(one) : modelWords(one), deeds(one, now));
}
