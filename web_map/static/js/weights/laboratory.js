/** Change a number, see at once who moves and how firm the grades are; then keep or adopt it. */

import { put, send, sentenceOf } from "../api.js";
import { fill, h, state } from "../dom.js";
import { newId } from "../new_id.js";
import { closeDialog, openDialog } from "../office/dialog.js";
import { area, doing, input, problemLine } from "../office/fields.js";
import { showDone } from "../notice.js";
import { moment, number, t } from "../text.js";
import { changesOf, controls } from "./controls.js";
import { resultOf } from "./result.js";

const WAIT_MS = 250;
const MAY = ["REVIEWER", "ADMINISTRATOR"];

/** The version after this one: the next number, or a first step below a word. */
function nextVersion(version) {
  return /^\d+$/.test(version) ? String(Number(version) + 1) : `${version}.1`;
}

function saveFile(text, name) {
  const link = h("a", { href: URL.createObjectURL(new Blob([text], { type: "application/toml" })), download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
}

function adoptDialog(trial, name, again) {
  const id = newId();
  const reason = area("adopt-reason", t("weights.reason"), "", { maxlength: 2000 });
  const problem = problemLine();
  const go = doing(t("weights.adopt"), async () => {
    problem.say("");
    try {
      const done = await put(`/api/rule-sets/${id}`, { text: trial.text, reason: reason.querySelector("textarea").value });
      closeDialog();
      showDone(t("weights.adopted", { name: `${done.scheme} v${done.version}`, n: number(done.moved) }));
      await again();
    } catch (trouble) {
      problem.say(sentenceOf(trouble));
    }
  }, "primary");
  openDialog(t("weights.adopt_title", { name }), [
    h("p", {}, t("weights.adopt_what", { n: number(trial.moved), all: number(trial.total) })), reason, problem,
  ], [go]);
}

function history(rules) {
  const rows = rules.adopted.map((one) => h("li", { class: "event" },
    h("p", {}, h("span", { class: "strong" }, one.name), h("span", { class: "quiet" }, ` ${one.sha256.slice(0, 12)}`)),
    h("p", { class: "quiet" }, t("weights.adopted_line", { at: moment(one.adopted_at), by: one.adopted_by, n: number(one.moved) })),
    h("p", {}, one.reason)));
  return h("section", { class: "card" }, h("h2", {}, t("weights.history")),
    rows.length ? h("ul", { class: "plain" }, rows) : h("p", { class: "quiet" }, t("weights.history_none")));
}

/** Draws the laboratory into `place`. */
export async function laboratory(place, { user, district, rules, again }) {
  const now = { trial: null, after: 0, timer: null, running: null };
  const result = h("div", { class: "lab-result", "aria-live": "polite" }, state("wait", t("weights.working")));
  const version = input("lab-version", t("weights.version"), nextVersion(rules.version), { maxlength: 40 });
  const values = { rules, version: () => version.querySelector("input").value.trim() };

  async function run(after = 0) {
    now.running?.abort();
    now.running = new AbortController();
    result.classList.add("is-stale");
    const body = { district: district.code, after, ...changesOf(form, values) };
    try {
      const answer = await send("POST", "/api/weights/try", body, now.running.signal);
      const found = await answer.json();
      if (after) found.movers = [...now.trial.movers, ...found.movers];
      now.trial = found;
      fill(result, resultOf(found, rules, run));
    } catch (problem) {
      if (problem.name === "AbortError") return;
      fill(result, state("error", sentenceOf(problem)));
      now.trial = null;
    }
    result.classList.remove("is-stale");
    const canAdopt = now.trial && !now.trial.problems.length;
    for (const button of buttons.querySelectorAll(".needs-sound")) button.disabled = !canAdopt;
  }

  const later = () => {
    clearTimeout(now.timer);
    now.timer = setTimeout(() => run(), WAIT_MS);
  };
  const form = controls(rules, later);
  const name = () => `${rules.id}-v${values.version()}`;
  const buttons = h("div", { class: "buttons" },
    h("button", { type: "button", class: "button needs-sound", id: "lab-save", disabled: true, onclick: () => saveFile(now.trial.text, `${name()}.toml`) }, t("weights.save")),
    MAY.includes(user.role) && h("button", { type: "button", class: "button primary needs-sound", id: "lab-adopt", disabled: true, onclick: () => adoptDialog(now.trial, name(), again) }, t("weights.adopt")),
    h("button", { type: "button", class: "button", id: "lab-reset", onclick: again }, t("weights.reset")));
  version.addEventListener("input", later);
  fill(place, h("p", { class: "hint" }, t("weights.what")),
    h("p", { class: "desk-line" }, t("weights.in_force", { name: rules.name, hash: rules.sha256.slice(0, 12) })),
    h("div", { class: "lab" },
      h("div", { class: "lab-left" }, form, h("section", { class: "card" }, version, buttons), history(rules)), result));
  await run();
}
