/** The dialogs of one account: open it, change it, give a password, suspend it, end its sessions. */

import { endAll, sessionTable } from "../account/sessions.js";
import { get, put, send, sentenceOf } from "../api.js";
import { fill, h, select } from "../dom.js";
import { closeDialog, openDialog } from "../office/dialog.js";
import { area, doing, input, problemLine } from "../office/fields.js";
import { showDone } from "../notice.js";
import { t, wordsOf } from "../text.js";
import { rightsOf } from "./roles.js";

const valueIn = (field, tag = "input") => field.querySelector(tag).value.trim();
const addressOf = (one) => `/api/people/${encodeURIComponent(one.username)}`;

/** Shows a one-time password, which the server does not tell twice. */
function showPassword(name, password) {
  const word = h("output", { class: "one-time", id: "one-time" }, password);
  openDialog(t("people.one_time"), [h("p", {}, t("people.one_time_what", { name })), word]);
}

function lines(id, label, chosen, known) {
  const box = area(id, label, chosen.join("\n"), { rows: 2, placeholder: t("people.one_a_line") });
  const text = box.querySelector("textarea");
  const add = (name) => {
    const now = new Set(text.value.split("\n").map((line) => line.trim()).filter(Boolean));
    text.value = [...now.add(name)].join("\n");
  };
  const offers = known.map((name) => h("button", { type: "button", class: "button small", onclick: () => add(name) }, name));
  const names = () => text.value.split("\n").map((line) => line.trim()).filter(Boolean);
  return { element: h("div", { class: "wide" }, box, h("div", { class: "offers" }, offers)), names };
}

function form(one, { roles, towns, units }) {
  const name = input("person-name", t("people.display_name"), one.display_name, { maxlength: 60 });
  const may = h("p", { class: "quiet wide" });
  let role = one.role;
  const say = () => fill(may, t("people.may_do", { what: rightsOf(roles, role) }));
  const choice = select("person-role", t("people.role"), wordsOf("Role"), role, (value) => {
    role = value;
    say();
  });
  say();
  const inTowns = lines("person-towns", t("people.towns"), one.towns, towns);
  const ofUnits = lines("person-units", t("people.units"), one.units, units);
  return {
    parts: [name, choice, may, inTowns.element, ofUnits.element, h("p", { class: "quiet wide" }, t("people.sight_what"))],
    body: () => ({ display_name: valueIn(name), role, towns: inTowns.names(), units: ofUnits.names() }),
  };
}

/** Opens the dialog of a new account. */
export function openNew(known, ondone) {
  const problem = problemLine();
  const username = input("person-username", t("people.username"), "", { maxlength: 40, autocapitalize: "none", spellcheck: "false" });
  const fields = form({ display_name: "", role: "FIELD", towns: [], units: [] }, known);
  const save = doing(t("people.open"), async () => {
    problem.say("");
    try {
      const answer = await (await send("POST", "/api/people", { username: valueIn(username), ...fields.body() })).json();
      showPassword(answer.person.display_name, answer.password);
      await ondone();
    } catch (trouble) {
      problem.say(sentenceOf(trouble));
    }
  }, "primary");
  openDialog(t("people.new"), [h("div", { class: "form-grid" }, username, fields.parts), problem], [save], "wide");
}

function acts(one, problem, ondone) {
  const trying = (text, action) => doing(text, async () => {
    problem.say("");
    try {
      await action();
      await ondone();
    } catch (trouble) {
      problem.say(sentenceOf(trouble));
    }
  });
  const reset = trying(t("people.reset"), async () => {
    const { password } = await (await send("POST", `${addressOf(one)}/password`)).json();
    showPassword(one.display_name, password);
  });
  const turn = trying(one.suspended_at ? t("people.reopen") : t("people.suspend"), async () => {
    await send(one.suspended_at ? "DELETE" : "PUT", `${addressOf(one)}/suspension`);
    closeDialog();
    showDone(one.suspended_at ? t("people.reopened") : t("people.suspended_now"));
  });
  return h("div", { class: "buttons" }, reset, turn);
}

/** Opens the dialog of an account: its fields, what can be done to it, where it is signed in. */
export async function openPerson(one, known, ondone) {
  const problem = problemLine();
  const fields = form(one, known);
  const list = h("div", {}, h("span", { class: "spinner" }));
  const save = doing(t("people.save"), async () => {
    problem.say("");
    try {
      await put(addressOf(one), fields.body());
      closeDialog();
      showDone(t("people.saved"));
      await ondone();
    } catch (trouble) {
      problem.say(sentenceOf(trouble));
    }
  }, "primary");
  openDialog(t("people.person", { name: one.display_name, username: one.username }), [
    h("div", { class: "form-grid" }, fields.parts), problem, acts(one, problem, ondone),
    h("h3", { class: "strong" }, t("session.list")), list,
  ], [save], "wide");
  const address = `${addressOf(one)}/sessions`;
  async function load() {
    try {
      const { sessions } = await get(address);
      const all = sessions.length > 0 && h("div", { class: "buttons" }, endAll(t("people.end_all"), address, problem, load));
      fill(list, sessions.length ? sessionTable(sessions, address, problem, load) : h("p", { class: "quiet" }, t("people.not_in")), all);
    } catch (trouble) {
      fill(list, sentenceOf(trouble));
    }
  }
  await load();
}
