/** One batch: how far it is, each of its scenes with its last words, cancel and try again. */

import { get, send } from "../api.js";
import { fill, h } from "../dom.js";
import { showDone, showError } from "../notice.js";
import { closeDialog, openDialog } from "../office/dialog.js";
import { doing } from "../office/fields.js";
import { language, moment, number, t } from "../text.js";
import { workersLine } from "./list.js";
import { comparisonOf, finds, logLine, stateBadge, windowsBar } from "./words.js";
import { watch } from "./watch.js";

const EVERY_MS = 2000;
const LIVE = ["WAITING", "RUNNING"];
const isEnglish = language === "en";
const shownLogs = new Set();

function about(told) {
  const limits = told.parameters;
  return [
    t("runs.by_model", { model: told.model_name }),
    t("runs.limits", { area: number(limits.min_area_m2), share: number(limits.min_confidence, 2) }),
    limits.quick && t("runs.is_quick"),
    limits.masked === false && t("runs.is_unmasked"),
    told.judge && t("runs.by_judge", { name: told.judge }),
    limits.zones && t("runs.n_zones", { n: number(limits.zones.length) }),
    t("runs.asked_by", { who: told.asked_by, at: moment(told.asked_at) }),
    told.cancelled_at && t("runs.cancelled_by", { who: told.cancelled_by, at: moment(told.cancelled_at) }),
  ].filter(Boolean).join(" · ");
}

function tally(told) {
  const words = { DONE: t("runs.n_done"), RUNNING: t("runs.n_running"), WAITING: t("runs.n_waiting"), FAILED: t("runs.n_failed"), CANCELLED: t("runs.n_cancelled") };
  return h("dl", { class: "run-tally" }, Object.entries(words).filter(([state]) => told.counts[state])
    .map(([state, word]) => h("div", { class: `is-${state.toLowerCase()}` }, h("dt", {}, word), h("dd", {}, number(told.counts[state])))));
}

function logOf(job) {
  const list = h("details", { class: "run-log", open: shownLogs.has(job.id) }, h("summary", {}, t("runs.log")),
    h("ol", {}, job.log.map((line) => logLine(line, isEnglish))));
  list.addEventListener("toggle", () => shownLogs[list.open ? "add" : "delete"](job.id));
  return list;
}

/** What a quick run measured of itself, in a sentence; nothing of another. */
function auditLine({ audit }) {
  if (!audit) return null;
  const words = { pixels: number(audit.pixels), classes: number(audit.classes), targets: number(audit.targets), most: number(audit.most_percent) };
  return h("p", { class: audit.targets ? "run-warn" : "quiet run-audit" }, audit.classes ? t("runs.audit", words) : t("runs.audit_same", words));
}

function jobCard(job, told, mayStart, act) {
  const mayRetry = mayStart && told.can_retry && ["FAILED", "CANCELLED"].includes(job.state);
  return h("li", { class: "run-job", "data-state": job.state },
    h("div", { class: "run-job-head" }, h("h3", {}, job.scene_name), h("span", { class: "quiet" }, job.acquired_on || t("runs.undated")), stateBadge(job),
      job.is_resumable && h("span", { class: "quiet" }, t("runs.resumable", { n: number(job.windows_done) }))),
    job.state !== "DONE" && windowsBar(job),
    job.error && h("p", { class: "run-error" }, isEnglish ? job.error.en : job.error.zh),
    job.state === "DONE" && h("p", {}, finds(job)),
    auditLine(job),
    h("div", { class: "run-job-foot" },
      job.run_id && h("a", { class: "button", href: `/runs/${job.run_id}/review` }, t("runs.review")),
      mayRetry && doing(t("runs.retry_one"), () => act(told, "retry", { job: job.id }), ""),
      logOf(job)));
}

/** Draws the page of one batch. */
export async function drawBatch(desk, id, mayStart) {
  const main = h("section", { class: "card", id: "run-main" });
  const list = h("ol", { class: "run-jobs" });

  async function act(told, what, body) {
    try {
      if (what === "retry") await send("POST", `/api/batches/${told.id}/retry`, body);
      else await send("PUT", `/api/batches/${told.id}/cancellation`);
      showDone(what === "retry" ? t("runs.retried") : t("runs.cancel_asked"));
    } catch (problem) {
      showError(problem);
    }
    if (!await show()) return;
    watching();
  }
  const sure = (told) => openDialog(t("runs.cancel_title", { name: told.name }), h("p", {}, t("runs.cancel_line")),
    [doing(t("runs.cancel"), async () => { closeDialog(); await act(told, "cancel"); }, "danger")]);

  /** Leads to the first and the last of its runs side by side, where there are two. */
  function comparing(told) {
    return told.compared && h("a", { class: "button", href: comparisonOf(told) }, t("runs.compare"));
  }

  function buttons(told) {
    if (!mayStart) return h("div", { class: "buttons" }, comparing(told));
    return h("div", { class: "buttons" }, comparing(told),
      told.can_cancel && h("button", { type: "button", class: "button", id: "run-cancel", onclick: () => sure(told) }, t("runs.cancel")),
      told.can_retry && doing(t("runs.retry"), () => act(told, "retry", {}), "primary"));
  }

  const held = { asks: false, drawn: "" };
  async function show() {
    const told = await get(`/api/batches/${encodeURIComponent(id)}`);
    const isLive = LIVE.includes(told.state);
    const { now: _, ...same } = told;
    const drawn = JSON.stringify(same);
    if (drawn !== held.drawn) { // what did not change stays, with the focus that is on it
      held.drawn = drawn;
      fill(main, h("div", { class: "run-job-head" }, stateBadge(told), h("span", { class: "quiet" }, about(told))),
        windowsBar(told, "is-big"), tally(told), told.counts.DONE > 0 && h("p", { class: "strong" }, finds(told)), workersLine(told, [told]), buttons(told));
      fill(list, told.jobs.map((job) => jobCard(job, told, mayStart, act)));
    }
    if (!desk.contains(main)) {
      fill(desk, h("div", { class: "desk-head" }, h("a", { class: "link", href: `/runs?district=${encodeURIComponent(told.district_code)}` }, t("runs.back")), h("h1", {}, told.name)), main,
        h("section", { class: "card" }, h("h2", {}, t("runs.scenes")), list));
    }
    held.asks = isLive;
    return isLive;
  }
  let isWatching = false;
  function watching() {
    if (isWatching) return;
    isWatching = true;
    watch(async () => {
      isWatching = await show();
      return isWatching;
    }, EVERY_MS, showError);
  }
  if (await show()) watching();
}
