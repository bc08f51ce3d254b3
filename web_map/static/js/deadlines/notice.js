/** One notice: its text and table as on paper, its answers, and what may be done to it. */

import { download, get, put, send, sentenceOf } from "../api.js";
import { badge, h } from "../dom.js";
import { showDone } from "../notice.js";
import { closeDialog, openDialog } from "../office/dialog.js";
import { area, doing, problemLine } from "../office/fields.js";
import { grid } from "../office/grid.js";
import { moment, t, term } from "../text.js";
import { answerParts } from "./answer.js";
import { answerOf } from "./notices.js";

function paperOf(notice) {
  const columns = notice.headings.map((title, at) => ({
    key: String(at), title, cell: (row) => (at === 1 ? h("a", { href: `/sites/${encodeURIComponent(row.site)}` }, row.cells[at]) : row.cells[at]),
  }));
  const rows = notice.rows.map((cells, at) => ({ cells, site: notice.sites[at] }));
  return h("div", { class: "notice-paper", lang: "zh-CN", tabindex: "0", role: "document", "aria-label": notice.title },
    h("p", { class: "notice-sender" }, notice.sender), h("p", { class: "notice-symbol" }, notice.symbol || t("deadlines.no_symbol")),
    h("h3", {}, notice.title), h("p", {}, notice.addressees), notice.paragraphs.map((text) => h("p", { class: "notice-text" }, text)),
    h("p", { class: "notice-sign" }, notice.sender), grid({ columns, rows, label: notice.title }), h("p", { class: "due-note" }, notice.footnote));
}

function givenOf(now, notice, one, attempt) {
  const may = now.mayIssue && one.state === "WAITING" && one.answered_by !== now.user.username && notice.state === "ISSUED";
  const note = may && area(`comment-${one.id}`, t("deadlines.comment"), "", { maxlength: 2000 });
  const path = `/api/notices/${notice.id}/answers/${one.id}`;
  const judge = (how, said) => () => attempt(() => send("PUT", `${path}/${how}`, { note: note.querySelector("textarea").value }), said);
  return h("div", { class: "notice-answer" },
    h("p", {}, h("span", { class: "due-name" }, one.unit), " ", badge(term("AnswerState", one.state), {}, "badge-plain"), h("span", { class: "due-first" }, ` ${one.answered_by} · ${moment(one.answered_at)}`)),
    h("p", {}, one.text),
    one.papers.length > 0 && h("p", {}, one.papers.map((paper) => [h("a", { href: paper.address, download: paper.file_name }, paper.file_name), " "])),
    one.judged_by && h("p", { class: "due-first" }, t("deadlines.judged", { who: one.judged_by, comment: one.comment || "—" })),
    note, may && h("div", { class: "buttons" }, doing(t("deadlines.accept"), judge("acceptance", t("deadlines.accepted")), "primary"), doing(t("deadlines.send_back"), judge("return", t("deadlines.sent_back")))));
}

/** Opens a notice; `changed()` follows what was done to it. */
export function openNotice(now, notice, changed) {
  const problem = problemLine();
  const address = `/api/notices/${notice.id}`;
  const attempt = async (deed, said, stays = true) => {
    problem.say("");
    try {
      await deed();
      showDone(said);
      await changed();
      if (stays) openNotice(now, await get(address), changed);
      else closeDialog();
    } catch (fault) {
      problem.say(sentenceOf(fault));
    }
  };
  const check = async () => {
    problem.say("");
    try {
      const { is_same: isSame } = await get(`${address}/again`);
      showDone(isSame ? t("deadlines.same") : t("deadlines.not_same"));
    } catch (fault) {
      problem.say(sentenceOf(fault));
    }
  };
  const isDraft = notice.state === "DRAFT";
  const allIn = notice.answers.every((one) => one.state === "ACCEPTED");
  const buttons = [
    now.mayIssue && isDraft && doing(t("deadlines.issue"), () => attempt(() => put(`${address}/issue`, {}), t("deadlines.issued")), "primary"),
    now.mayIssue && notice.state === "ISSUED" && allIn && doing(t("deadlines.close"), () => attempt(() => send("PUT", `${address}/close`, { note: "" }), t("deadlines.closed")), "primary"),
    now.mayWrite && doing(t("deadlines.word"), () => download(`${address}/file`, `${notice.symbol || "draft"}.docx`).catch((fault) => problem.say(sentenceOf(fault)))),
    now.mayIssue && doing(t("deadlines.check"), check),
    now.mayIssue && isDraft && doing(t("deadlines.drop"), () => attempt(() => send("PUT", `${address}/drop`, {}), t("deadlines.dropped"), false)),
  ];
  const dialog = openDialog(`${term("NoticeKind", notice.kind)} · ${term("NoticeState", notice.state)}`, [
    paperOf(notice),
    !isDraft && notice.state !== "DROPPED" && h("div", { class: "due-said" }, h("h3", {}, t("deadlines.answers")), notice.answers.map(answerOf)),
    notice.given.map((one) => givenOf(now, notice, one, attempt)),
    now.mayWrite && notice.state === "ISSUED" && answerParts(now, notice, attempt), problem,
  ], buttons, "notice-wide");
  dialog.scrollTop = 0;
}
