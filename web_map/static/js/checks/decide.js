/** What a reviewer can do with a check: buttons, their keys, and the dialogs that ask for words. */

import { put, sentenceOf } from "../api.js";
import { h, select } from "../dom.js";
import { newId } from "../new_id.js";
import { showDone } from "../notice.js";
import { closeDialog, openDialog } from "../office/dialog.js";
import { area, doing, input, problemLine } from "../office/fields.js";
import { t, wordsOf } from "../text.js";
import { fieldsOf, keyMark, labelOf, questionOf } from "./words.js";

const MAY = ["REVIEWER", "ADMINISTRATOR"];
const NUMBERS = ["height_m", "dwelling_distance_m", "mass_t", "area_m2", "volume_m3"];
const TEXTS = ["responsible_party", "mass_formula", "note"];

/** Sends one step; `done` gets the check as it is then. Throws what the server refuses. */
async function step(check, act, comment, changes, id, done) {
  const body = { act, comment, changes, seen_version: check.version };
  const after = await put(`/api/field-checks/${check.id}/reviews/${id}`, body);
  closeDialog();
  showDone(t("checks.stored"));
  await done(after);
}

/** Asks for the words of a step, and sends it; `more` are further inputs, read by `changes()`. */
function ask({ check, act, title, hint, more = null, changes = () => ({}), done }) {
  const id = newId();
  const problem = problemLine();
  const comment = area("review-comment", act === "APPROVE" ? t("checks.comment") : t("checks.reason"), "", { maxlength: 2000 });
  const send = doing(title, async () => {
    problem.say("");
    try {
      await step(check, act, comment.querySelector("textarea").value, changes(), id, done);
    } catch (trouble) {
      problem.say(sentenceOf(trouble));
    }
  }, "primary");
  send.id = "review-send";
  openDialog(title, [h("p", { class: "hint" }, hint), more, comment, problem], [send], more ? "wide" : "");
  comment.querySelector("textarea").focus();
}

const UNSAID = "";

function choice(name, value) {
  const options = questionOf(name) ? wordsOf(questionOf(name)) : [["true", t("checks.yes")], ["false", t("checks.no")]];
  const shown = value === null || value === undefined ? UNSAID : String(value);
  return select(`edit-${name}`, labelOf(name), [[UNSAID, t("checks.unsaid")], ...options], shown, () => {});
}

function inputOf(name, value) {
  if (name === "note" || name === "mass_formula") return area(`edit-${name}`, labelOf(name), value || "", { maxlength: 4000, rows: 2 });
  if (TEXTS.includes(name)) return input(`edit-${name}`, labelOf(name), value || "", { maxlength: 200 });
  if (NUMBERS.includes(name)) return input(`edit-${name}`, labelOf(name), value ?? "", { type: "number", step: "any", min: 0 });
  return choice(name, value);
}

function read(form, name) {
  const value = form.querySelector(`#edit-${name}`).value;
  if (TEXTS.includes(name)) return value;
  if (value === UNSAID) return null;
  if (NUMBERS.includes(name)) return Number(value);
  return questionOf(name) ? value : value === "true";
}

function edit(check, done) {
  let verdict = check.final_verdict;
  const answers = h("div", { class: "form-grid" });
  const redraw = () => answers.replaceChildren(...fieldsOf(verdict).map((field) => inputOf(field.name, check.final_answers[field.name])));
  const head = select("edit-verdict", t("checks.verdict"), wordsOf("Verdict"), verdict, (value) => {
    verdict = value;
    redraw();
  });
  redraw();
  const changes = () => {
    const found = verdict === check.final_verdict ? {} : { verdict };
    for (const { name } of fieldsOf(verdict)) {
      const value = read(answers, name);
      if (value !== (check.final_answers[name] ?? (TEXTS.includes(name) ? "" : null))) found[name] = value;
    }
    return found;
  };
  ask({ check, act: "EDIT", title: t("checks.edit"), hint: t("checks.edit_hint"), more: [head, answers], changes, done });
}

/** What can be done with a check as it stands: [key, name, run]. */
export function deeds(check, user, done) {
  const isOpen = ["RECEIVED", "HAS_ISSUES"].includes(check.review) && check.standing !== "SET_ASIDE";
  if (!MAY.includes(user.role)) return [];
  if (check.standing === "PARALLEL" && isOpen) {
    return [settle(check, done), issues(check, done), reject(check, done)];
  }
  if (!isOpen) return check.effect_at && check.standing === "PLAIN" && rivalled(check) ? [settle(check, done)] : [];
  const isProposal = check.standing === "PROPOSAL";
  const pass = isProposal
    ? ["a", t("checks.take_up"), () => ask({ check, act: "TAKE_UP", title: t("checks.take_up"), hint: t("checks.take_up_hint"), done })]
    : ["a", t("checks.approve"), () => ask({ check, act: "APPROVE", title: t("checks.approve"), hint: t("checks.approve_hint"), done })];
  return [pass, issues(check, done), ["e", t("checks.edit"), () => edit(check, done)], reject(check, done)];
}

const rivalled = (check) => check.others.some((one) => one.standing === "PARALLEL");

/** Choosing this one of several. */
export function settle(check, done) {
  return ["c", t("checks.settle"), () => ask({ check, act: "SETTLE", title: t("checks.settle"), hint: t("checks.settle_hint"), done })];
}

function issues(check, done) {
  return ["i", t("checks.find_issues"), () => ask({ check, act: "FIND_ISSUES", title: t("checks.find_issues"), hint: t("checks.issues_hint"), done })];
}

function reject(check, done) {
  return ["r", t("checks.reject"), () => ask({ check, act: "REJECT", title: t("checks.reject"), hint: t("checks.reject_hint"), done })];
}

/** Draws the buttons of the deeds. */
export function deedBar(found) {
  if (!found.length) return null;
  return h("div", { class: "buttons check-deeds" }, found.map(([key, name, run], order) => h("button", {
    type: "button", class: `button ${order === 0 ? "primary" : ""}`, "data-deed": key, "aria-keyshortcuts": key, onclick: run,
  }, name, keyMark(key))));
}
