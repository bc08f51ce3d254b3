/** The administrator's page: who there is, what each role may do, who is locked out. */

import { get, send, sentenceOf } from "../api.js";
import { badge, fill, h, select, state } from "../dom.js";
import { doing, input, problemLine } from "../office/fields.js";
import { grid } from "../office/grid.js";
import { startPlainOffice } from "../office/office.js";
import { showDone } from "../notice.js";
import { moment, t, term, wordsOf } from "../text.js";
import { openNew, openPerson } from "./person.js";
import { roleTable } from "./roles.js";

const now = { people: [], roles: [], locks: [], towns: [], units: [], text: "", role: "" };

function sees(one) {
  return [...one.towns, ...one.units].join(t("people.between")) || t("people.everything");
}

function standing(one) {
  if (one.suspended_at) return badge(t("people.suspended"), {}, "badge-plain");
  if (one.must_change) return badge(t("people.must_change"), {}, "to-check");
  return badge(t("people.in_use"), {}, "checked");
}

function shown() {
  const words = now.text.trim().toLowerCase().split(/\s+/).filter(Boolean);
  return now.people.filter((one) => {
    if (now.role && one.role !== now.role) return false;
    const said = [one.username, one.display_name, sees(one)].join(" ").toLowerCase();
    return words.every((word) => said.includes(word));
  });
}

function table(load) {
  const rows = shown();
  if (!rows.length) return state("empty", t("people.nobody"));
  return grid({
    label: t("people.title"), rows, onrow: (one) => openPerson(one, now, load),
    columns: [
      { key: "name", title: t("people.name"), cell: (one) => h("div", {}, h("span", { class: "strong" }, one.display_name), h("p", { class: "quiet" }, one.username)) },
      { key: "role", title: t("people.role"), cell: (one) => term("Role", one.role) },
      { key: "sees", title: t("people.sees"), cell: sees },
      { key: "state", title: t("people.state"), cell: standing },
      { key: "seen", title: t("people.seen"), cell: (one) => (one.seen_at ? moment(one.seen_at) : t("people.not_in")) },
      { key: "open", title: t("people.act"), cell: (one) => h("button", { type: "button", class: "button small", "aria-label": t("people.change_of", { name: one.display_name }), onclick: () => openPerson(one, now, load) }, t("people.change")) },
    ],
  });
}

function locks(load) {
  if (!now.locks.length) return null;
  const problem = problemLine();
  const unlock = (name) => doing(t("people.unlock"), async () => {
    try {
      await send("DELETE", `/api/people/${encodeURIComponent(name)}/lock`);
      showDone(t("people.unlocked"));
      await load();
    } catch (trouble) {
      problem.say(sentenceOf(trouble));
    }
  }, "small");
  return h("section", { class: "card people-locks" }, h("h2", {}, t("people.locks")), h("p", { class: "hint" }, t("people.locks_what")), problem,
    now.locks.map((one) => h("p", { class: "line" },
      h("span", {}, t("people.lock_line", { name: one.username, address: one.address, n: one.failures, at: moment(one.last_at) })), unlock(one.username))));
}

async function draw({ desk }) {
  const list = h("div", {});
  const locked = h("div", {});
  const roles = h("div", {});
  const drawList = () => fill(list, table(load));
  async function load() {
    try {
      Object.assign(now, await get("/api/people"));
      fill(locked, locks(load));
      fill(roles, roleTable(now.roles));
      drawList();
    } catch (problem) {
      fill(list, state("error", sentenceOf(problem)));
    }
  }
  const find = input("people-find", t("people.find"), "", { type: "search" });
  find.querySelector("input").addEventListener("input", (event) => {
    now.text = event.target.value;
    drawList();
  });
  const byRole = select("people-role", t("people.role"), [["", t("people.every_role")], ...wordsOf("Role")], "", (value) => {
    now.role = value;
    drawList();
  });
  const open = h("button", { type: "button", class: "button primary push", id: "people-new", onclick: () => openNew(now, load) }, t("people.new"));
  fill(desk, h("div", { class: "desk-head" }, h("h1", {}, t("people.title")), open), h("p", { class: "hint" }, t("people.what")),
    locked, h("div", { class: "toolbar" }, find, byRole), list, roles);
  await load();
}

startPlainOffice(draw);
