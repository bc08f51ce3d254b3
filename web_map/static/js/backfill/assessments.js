/** The papers that open a pair by clause 8.2: what was proposed, and the second person's answer. */

import { get, send, sentenceOf } from "../api.js";
import { badge, fill, h } from "../dom.js";
import { showDone } from "../notice.js";
import { closeDialog, openDialog } from "../office/dialog.js";
import { area, doing, problemLine } from "../office/fields.js";
import { grid } from "../office/grid.js";
import { moment, number, t, term } from "../text.js";
import { siteLink } from "./words.js";

const LOOK = {
  approved: { colour: "#1b6e3c", ink: "#fff" }, refused: { colour: "#b2182b", ink: "#fff" }, waiting: { colour: "#ffe0a3", ink: "#4a2f00" },
};
const SAID = { approved: () => t("backfill.assessment.approved"), refused: () => t("backfill.assessment.refused"), waiting: () => t("backfill.assessment.waiting") };

function standingOf(one) {
  if (one.approved_at) return "approved";
  return one.refused_at ? "refused" : "waiting";
}

function settle(one, isAccepted, done) {
  const problem = problemLine();
  const comment = area("assessment-comment", isAccepted ? t("backfill.assessment.comment") : t("backfill.reason"), "", { maxlength: 2000 });
  const name = isAccepted ? t("backfill.assessment.approve") : t("backfill.assessment.refuse");
  const go = doing(name, async () => {
    problem.say("");
    try {
      await send("POST", `/api/backfill/assessments/${one.id}/settlement`, { is_accepted: isAccepted, comment: comment.querySelector("textarea").value.trim() });
      closeDialog();
      showDone(isAccepted ? t("backfill.assessment.approved_done", { no: one.document_no }) : t("backfill.assessment.refused_done", { no: one.document_no }));
      await done();
    } catch (trouble) {
      problem.say(sentenceOf(trouble));
    }
  }, "primary");
  openDialog(t("backfill.assessment.settle_title", { deed: name, no: one.document_no }), [h("p", {}, isAccepted ? t("backfill.assessment.approve_line") : t("backfill.assessment.refuse_line")), comment, problem], [go]);
}

function papersOf(one) {
  const yearly = one.monitoring_per_year !== null && h("li", { class: "quiet" }, t("backfill.assessment.yearly", { n: one.monitoring_per_year }));
  const address = (paper) => `/api/sites/${encodeURIComponent(one.pit_code)}/attachments/${paper}/original`;
  return h("ul", { class: "plain" }, Object.entries(one.papers).map(([kind, paper]) => h("li", {}, h("a", { class: "link", href: address(paper) }, term("BackfillPaper", kind)))), yearly);
}

function standingCell(one) {
  const standing = standingOf(one);
  const answered = one.approved_at || one.refused_at;
  return h("div", {}, badge(SAID[standing](), LOOK[standing]), answered && h("p", { class: "quiet" }, [one.approved_by, moment(answered)].filter(Boolean).join(" ")), one.comment && h("p", {}, one.comment));
}

function deeds(one, done) {
  if (standingOf(one) !== "waiting") return null;
  return h("div", { class: "buttons" },
    h("button", { type: "button", class: "button", "data-deed": "approve", onclick: () => settle(one, true, done) }, t("backfill.assessment.approve")),
    h("button", { type: "button", class: "button", "data-deed": "refuse", onclick: () => settle(one, false, done) }, t("backfill.assessment.refuse")));
}

function table({ items, names }, mayReview, done) {
  return grid({
    label: t("backfill.assessment.title"), rows: items,
    columns: [
      { key: "no", title: t("backfill.assessment.document_no"), cell: (one) => h("div", {}, h("span", { class: "strong" }, one.document_no), one.is_demo && [" ", badge(t("backfill.demo"), {}, "badge-demo")], h("br"), h("span", { class: "quiet" }, `${one.proposed_by} ${moment(one.proposed_at)}`)) },
      { key: "source", title: t("backfill.source"), cell: (one) => h("div", {}, one.source_code ? siteLink(one.source_code, names[one.source_code]) : one.source_name, h("span", { class: "quiet" }, term("BackfillMaterial", one.material))) },
      { key: "pit", title: t("backfill.pit"), cell: (one) => siteLink(one.pit_code, names[one.pit_code]) },
      { key: "papers", title: t("backfill.assessment.papers"), cell: papersOf },
      { key: "standing", title: t("backfill.assessment.standing"), cell: standingCell },
      ...(mayReview ? [{ key: "deed", title: "", cell: (one) => deeds(one, done) }] : []),
    ],
  });
}

/** The card of assessments, and how to read it anew; `again()` works the page out anew after an answer. */
export async function assessmentsCard(district, user, again) {
  const body = h("div", { class: "assessment-body" });

  async function read() {
    const found = await get("/api/backfill/assessments", { district: district.code });
    const waiting = found.items.filter((one) => standingOf(one) === "waiting").length;
    fill(body, waiting > 0 && h("p", { role: "status" }, t("backfill.assessment.waiting_n", { n: number(waiting) })),
      found.items.length ? table(found, user.rights.includes("REVIEW"), after) : h("p", { class: "quiet" }, t("backfill.assessment.none")));
  }

  async function after() {
    await Promise.all([read(), again()]);
  }

  await read();
  const card = h("section", { class: "card", id: "assessments" }, h("h2", {}, t("backfill.assessment.title")), h("p", { class: "quiet" }, t("backfill.assessment.line")), body);
  return { card, read };
}
