/** One step of the chain of custody, for many increments at once: codes are scanned or typed. */

import { put, sentenceOf } from "../api.js";
import { fill, h, select } from "../dom.js";
import { newId } from "../new_id.js";
import { closeDialog, openDialog } from "../office/dialog.js";
import { area, doing, input, problemLine } from "../office/fields.js";
import { showDone } from "../notice.js";
import { t, wordsOf } from "../text.js";

const localNow = () => new Date(Date.now() - new Date().getTimezoneOffset() * 60000).toISOString().slice(0, 16);

/** The codes in a text, one for each word; a number alone stands for that increment of the plan. */
function codesOf(text, plan) {
  return text.split(/[\s,;]+/).filter(Boolean).map((word) => (
    /^\d{1,3}$/.test(word) ? `${plan.code}-${word.padStart(3, "0")}` : word.toUpperCase()));
}

function numberOf(text) {
  return text?.trim() ? Number(text) : null;
}

function here() {
  return new Promise((resolve, reject) => {
    if (!navigator.geolocation) reject(new Error("none"));
    else navigator.geolocation.getCurrentPosition(({ coords }) => resolve(coords), reject, { enableHighAccuracy: true, timeout: 15000 });
  });
}

function nextStep(plan) {
  return wordsOf("CustodyStep").map(([step]) => step).find((step) => plan.reached[step] < plan.n_planned) || "TAKEN";
}

/** Opens the form; `stored()` is told when the step has been recorded. */
export function openCustody(now, plan, stored) {
  const values = { step: nextStep(plan), codes: "", at: localNow(), by: now.user.display_name || now.user.username };
  const problem = problemLine();
  const details = h("div", { class: "form-grid" });
  let id = newId();
  const keep = (name) => (event) => {
    values[name] = event.target.value;
    id = newId();
  };
  const field = (name, label, options = {}) => input(`custody-${name}`, label, values[name] || "", { oninput: keep(name), ...options });

  async function position() {
    problem.say("");
    try {
      const { longitude, latitude, accuracy } = await here();
      Object.assign(values, { lon: longitude.toFixed(7), lat: latitude.toFixed(7), accuracy_m: accuracy.toFixed(0) });
      id = newId();
      drawDetails();
    } catch {
      problem.say(t("sampling.no_position"));
    }
  }

  function drawDetails() {
    const { step } = values;
    fill(details,
      step === "TAKEN" && [
        field("lon", t("sampling.lon"), { inputmode: "decimal" }), field("lat", t("sampling.lat"), { inputmode: "decimal" }),
        field("accuracy_m", t("sampling.accuracy"), { inputmode: "decimal" }),
        h("div", { class: "field" }, h("span", {}, t("sampling.position")), doing(t("sampling.my_position"), position)),
        field("reason", t("sampling.outside_reason"))],
      step === "HANDED_OVER" && field("party", t("sampling.to_whom")),
      step === "RECEIVED" && [field("party", t("sampling.laboratory")),
        select("custody-seal", t("sampling.seal"), [["", t("sampling.choose")], ["yes", t("sampling.seal_whole")], ["no", t("sampling.seal_broken")]], values.seal || "", (value) => keep("seal")({ target: { value } }))],
      field("note", t("sampling.note")));
  }

  function body() {
    const isTaken = values.step === "TAKEN";
    return {
      step: values.step, codes: codesOf(values.codes, plan), at: new Date(values.at).toISOString(), by: values.by,
      lon: isTaken ? numberOf(values.lon) : null, lat: isTaken ? numberOf(values.lat) : null,
      accuracy_m: isTaken ? numberOf(values.accuracy_m) : null, reason: isTaken ? values.reason?.trim() || null : null,
      party: isTaken || values.step === "SEALED" ? null : values.party?.trim() || null,
      seal_is_whole: values.step === "RECEIVED" && values.seal ? values.seal === "yes" : null, note: values.note || "",
    };
  }

  async function send() {
    problem.say("");
    try {
      const { events } = await put(`/api/sampling/custody/${id}`, body());
      closeDialog();
      showDone(t("sampling.custody_stored", { n: events.length }));
      stored();
    } catch (trouble) {
      problem.say(sentenceOf(trouble));
    }
  }

  drawDetails();
  openDialog(t("sampling.custody_title"), [
    h("div", { class: "form-grid" },
      select("custody-step", t("sampling.step"), wordsOf("CustodyStep"), values.step, (value) => {
        keep("step")({ target: { value } });
        drawDetails();
      }),
      field("at", t("sampling.at"), { type: "datetime-local" }), field("by", t("sampling.by"))),
    area("custody-codes", t("sampling.codes"), "", { oninput: keep("codes"), rows: 4, spellcheck: "false", autocapitalize: "characters" }),
    h("p", { class: "quiet" }, t("sampling.codes_hint")), details, problem,
  ], [doing(t("sampling.record"), send, "primary")], "wide");
}
