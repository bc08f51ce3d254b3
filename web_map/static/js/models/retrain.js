/** Training anew: the form, and the trainings that were asked for with how far each is. */

import { get, put, sentenceOf } from "../api.js";
import { fill, h, select, state } from "../dom.js";
import { newId } from "../new_id.js";
import { showDone, showError } from "../notice.js";
import { doing, input, problemLine } from "../office/fields.js";
import { watch } from "../runs/watch.js";
import { logLine, stateBadge } from "../runs/words.js";
import { language, moment, t, today } from "../text.js";

const EVERY_MS = 3000;
const LIVE = ["WAITING", "RUNNING"];
const isEnglish = language === "en";
const shownLogs = new Set();

function item(one, act, mayAsk) {
  const log = h("details", { class: "run-log", open: shownLogs.has(one.id) }, h("summary", {}, t("models.training_log")), h("ol", {}, one.log.map((line) => logLine(line, isEnglish))));
  log.addEventListener("toggle", () => shownLogs[log.open ? "add" : "delete"](one.id));
  const last = one.log.at(-1);
  return h("li", { class: "run-job", "data-state": one.state, "data-training": one.name },
    h("div", { class: "run-job-head" }, h("h3", {}, one.name), stateBadge(one), h("span", { class: "quiet" }, t("models.training_by", { who: one.asked_by, at: moment(one.asked_at) }))),
    h("p", { class: "quiet" }, [one.labels ? t("models.training_labels", { name: one.labels }) : t("models.training_field_only"),
      one.set_name && t("models.training_set", { name: one.set_name }), one.against && t("models.training_against", { name: one.against })].filter(Boolean).join(" · ")),
    one.is_without_worker && h("p", { class: "run-warn", role: "alert" }, t("runs.no_worker")),
    one.can_compare && h("p", { class: "models-warning" }, t("models.training_uncompared", { name: one.name })),
    one.error && h("p", { class: "run-error" }, isEnglish ? one.error.en : one.error.zh),
    LIVE.includes(one.state) && last && h("p", { role: "status" }, isEnglish ? last.en : last.zh),
    one.state === "DONE" && h("p", {}, t("models.training_done", { name: one.name })),
    h("div", { class: "run-job-foot" }, mayAsk && one.can_compare && doing(t("models.training_compare"), () => act(one, "comparison"), "primary"),
      mayAsk && one.can_cancel && doing(t("models.training_cancel"), () => act(one, "cancellation")), log));
}

/** Draws the card; `changed` hears when a training has ended, for then there is a new model. */
export async function drawRetraining(card, district, mayAsk, changed) {
  const list = h("ol", { class: "run-jobs" });
  const form = h("div", {});
  const problem = problemLine();
  const now = { id: newId(), labels: "", against: "", live: false, isWatching: false, drawn: "" };
  const renew = () => { now.id = newId(); }; // another wish is another training

  async function act(one, what) {
    try {
      await put(`/api/retrainings/${one.id}/${what}`);
      showDone(what === "comparison" ? t("models.training_asked") : t("models.training_cancelled"));
    } catch (trouble) {
      showError(trouble);
    }
    await show();
    if (now.live) watching();
  }

  function drawForm(told) {
    const labels = [["", t("models.labels_none")], ...told.labels.map((name) => [name, name])];
    now.labels = told.labels[0] || "";
    const against = [["", t("models.against_last")], ...told.models.map((one) => [one.id, one.name])];
    const name = input("training-name", t("models.training_name"), t("models.name_of_day", { day: today() }), { maxlength: 60, oninput: renew });
    const ask = async () => {
      problem.say("");
      try {
        await put(`/api/retrainings/${now.id}`, {
          district: district.code, name: name.querySelector("input").value, labels: now.labels || null, against: now.against || null,
        });
        renew();
        showDone(t("models.training_asked"));
        await show();
        watching();
      } catch (trouble) {
        problem.say(sentenceOf(trouble));
      }
    };
    fill(form, h("div", { class: "form-grid" }, name,
      select("training-labels", t("models.labels_shelf"), labels, now.labels, (value) => { now.labels = value; renew(); }),
      select("training-against", t("models.against"), against, "", (value) => { now.against = value; renew(); })),
    problem, h("div", { class: "buttons" }, doing(t("models.training_ask"), ask, "primary")));
  }

  async function show() {
    const told = await get("/api/retrainings", { district: district.code });
    const live = told.items.some((one) => LIVE.includes(one.state));
    const drawn = JSON.stringify(told.items);
    if (drawn !== now.drawn) { // what did not change stays, with the focus that is on it
      now.drawn = drawn;
      fill(list, told.items.map((one) => item(one, act, mayAsk)));
    }
    if (now.live && !live) changed();
    now.live = live;
    return told;
  }

  function watching() {
    if (now.isWatching) return;
    now.isWatching = true;
    watch(async () => {
      await show();
      now.isWatching = now.live;
      return now.live;
    }, EVERY_MS, showError);
  }

  fill(card, h("h2", {}, t("models.training")), h("p", { class: "quiet sets-what" }, t("models.training_what")), form, list);
  try {
    const told = await show();
    if (mayAsk) drawForm(told);
    if (now.live) watching();
  } catch (trouble) {
    fill(list, state("error", sentenceOf(trouble)));
  }
}
