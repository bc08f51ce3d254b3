/** The file of results: checked line by line, then loaded whole; batches that were loaded. */

import { send, sentenceOf } from "../api.js";
import { badge, fill, h, select } from "../dom.js";
import { newId } from "../new_id.js";
import { closeDialog, openDialog } from "../office/dialog.js";
import { area, doing, problemLine } from "../office/fields.js";
import { grid } from "../office/grid.js";
import { dropZone, upload } from "../office/upload.js";
import { showDone } from "../notice.js";
import { moment, number, pick, t, wordsOf } from "../text.js";

const SHOWN = 200;

function problemsTable(report) {
  const columns = [
    { key: "cell", title: t("results.cell"), cell: (one) => one.cell },
    { key: "column", title: t("results.column"), cell: (one) => one.column },
    { key: "value", title: t("results.value"), cell: (one) => one.value },
    { key: "rule", title: t("results.what_to_do"), cell: (one) => pick(one, "text") },
  ];
  return [
    h("p", { class: "field-error" }, t("results.problems", { n: number(report.problem_count), rows: number(report.rows) })),
    grid({ columns, rows: report.problems.slice(0, SHOWN), label: t("results.report") }),
    report.problem_count > SHOWN && h("p", { class: "quiet" }, t("results.more_problems", { n: number(report.problem_count - SHOWN) })),
  ];
}

function good(report, plan) {
  const words = report.analytes.map((one) => `${pick(one, "name")} ${number(one.n)}`);
  return [
    h("p", { class: "receipt" }, t("results.good", {
      results: number(report.results), rows: number(report.rows), samples: number(report.samples), planned: number(plan.n_planned),
    })),
    h("p", { class: "quiet results-analytes" }, words.join(t("results.comma"))),
  ];
}

/** The card of a file. */
export function fileCard(now, reload) {
  const { plan } = now.data;
  const wish = { leach: "" };
  const answer = h("div", { class: "results-answer", "aria-live": "polite" });
  const share = h("progress", { max: 1, value: 0, hidden: true });
  const fieldsOf = (more = {}) => ({ plan: plan.code, leach_method: wish.leach || null, ...more });
  let kept = null;

  async function load(file) {
    const id = kept?.file === file ? kept.id : newId();
    kept = { file, id };
    try {
      await upload("PUT", `/api/results/batches/${id}`, file, fieldsOf());
      showDone(t("results.loaded"));
      await reload();
    } catch (problem) {
      fill(answer, h("p", { class: "field-error", role: "alert" }, sentenceOf(problem)));
    }
  }

  async function check(file, sheet = null) {
    fill(answer, h("p", { class: "state" }, h("span", { class: "spinner" }), t("results.checking", { name: file.name })));
    share.hidden = false;
    try {
      const report = await upload("POST", "/api/results/check", file, fieldsOf({ sheet }), (part) => { share.value = part; });
      fill(answer, h("p", { class: "strong" }, file.name),
        report.known_batch ? h("p", { class: "hint" }, t("results.same_file", { when: moment(report.known_batch.recorded_at), who: report.known_batch.recorded_by }))
          : report.problem_count ? problemsTable(report)
            : [good(report, plan), h("div", { class: "buttons" }, doing(t("results.load"), () => load(file), "primary results-load"))]);
    } catch (problem) {
      fill(answer, h("p", { class: "field-error", role: "alert" }, sentenceOf(problem)));
    }
    share.hidden = true;
  }

  const picker = h("input", { type: "file", id: "results-file", class: "hidden-text", accept: ".xlsx,.csv,.txt" });
  const zone = h("div", { class: "drop" }, h("p", {}, t("results.drop")),
    h("label", { class: "button primary", for: "results-file" }, t("results.choose_file")), picker,
    h("p", { class: "quiet" }, t("results.columns_hint")));
  dropZone(zone, picker, (file) => check(file));
  return h("section", { class: "card" }, h("h2", {}, t("results.step_file")),
    h("div", { class: "toolbar" },
      select("results-leach", t("results.leach_declared"), [["", t("results.leach_in_file")], ...wordsOf("LeachMethod")], "", (value) => { wish.leach = value; }),
      h("a", { class: "button", href: `/api/results/template?plan=${encodeURIComponent(plan.code)}`, download: "" }, t("results.template"))),
    zone, share, answer);
}

function withdraw(batch, reload) {
  const line = problemLine();
  const reason = area("withdraw-reason", t("results.withdraw_why"));
  openDialog(t("results.withdraw_title", { name: batch.file_name }), [h("p", {}, t("results.withdraw_what")), reason, line], [
    doing(t("results.withdraw"), async () => {
      try {
        await send("POST", `/api/results/batches/${batch.id}/withdraw`, { reason: reason.querySelector("textarea").value });
        closeDialog();
        await reload();
      } catch (problem) {
        line.say(sentenceOf(problem));
      }
    }, "primary"),
  ]);
}

/** The card of what was loaded before. */
export function batchesCard(now, reload) {
  const columns = [
    { key: "file", title: t("results.file"), cell: (one) => one.file_name },
    { key: "n", title: t("results.n_results"), align: "right", cell: (one) => number(one.results) },
    { key: "when", title: t("results.loaded_at"), cell: (one) => `${moment(one.recorded_at)} · ${one.recorded_by}` },
    { key: "state", title: t("results.batch_state"), cell: (one) => one.withdrawn_by
      ? [badge(t("results.withdrawn"), {}, "badge-plain"), h("span", { class: "quiet" }, ` ${one.withdrawn_by} · ${one.withdrawn_reason}`)]
      : h("button", { type: "button", class: "button small", onclick: () => withdraw(one, reload) }, t("results.withdraw")) },
  ];
  return h("section", { class: "card" }, h("h2", {}, t("results.batches")),
    grid({ columns, rows: now.data.batches, label: t("results.batches") }));
}
