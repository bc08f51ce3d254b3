/** The auditor's page: who did what and when, searched, opened, proved, handed out. */

import { download, get, sentenceOf } from "../api.js";
import { fill, h, state } from "../dom.js";
import { doing, problemLine } from "../office/fields.js";
import { grid } from "../office/grid.js";
import { startPlainOffice } from "../office/office.js";
import { moment, pick, t } from "../text.js";
import { chainCard } from "./chain.js";
import { openEntry } from "./entry.js";
import { searchForm } from "./search.js";
import { addressOf, wishOf } from "./wish.js";

const now = { rows: [], next: null, backTo: null, choices: null };

function nameOf(username) {
  const person = now.choices.people.find((one) => one.username === username);
  return person?.name ? `${person.name} (${username})` : username;
}

function table(reload) {
  return grid({
    label: t("audit.title"), rows: now.rows, onrow: (one) => openEntry(one, nameOf, reload),
    columns: [
      { key: "seq", title: t("audit.seq"), align: "right", cell: (one) => one.seq },
      { key: "at", title: t("audit.at"), cell: (one) => moment(one.at) },
      { key: "who", title: t("audit.who"), cell: (one) => nameOf(one.actor) },
      { key: "verb", title: t("audit.verb"), cell: (one) => h("span", { class: "strong" }, pick(one.verb, "name")) },
      { key: "kind", title: t("audit.kind"), cell: (one) => pick(one.kind, "name") },
      { key: "subject", title: t("audit.subject"), cell: (one) => h("span", { class: "code" }, one.subject_id) },
      { key: "open", title: t("audit.act"), cell: (one) => h("button", { type: "button", class: "button small", "aria-label": t("audit.open_of", { seq: one.seq }), onclick: () => openEntry(one, nameOf, reload) }, t("audit.open")) },
    ],
  });
}

function tail(load) {
  if (now.next === null) return h("p", { class: "hint" }, t("audit.all_found", { n: now.rows.length }));
  const text = now.backTo ? t("audit.looked_back", { at: moment(now.backTo) }) : "";
  return h("div", { class: "line" }, h("span", { class: "hint" }, text),
    doing(t("audit.go_on"), () => load(true)));
}

async function draw({ desk }) {
  now.choices = await get("/api/audit/choices");
  const wish = wishOf(location.search);
  const list = h("div", { id: "audit-list" });
  const more = h("div", { id: "audit-more" });
  const problem = problemLine();
  let turn = 0;

  async function load(isFurther = false) {
    const mine = (turn += 1);
    const query = addressOf(wish);
    if (isFurther) query.set("before", now.next);
    else fill(list, state("wait", t("audit.looking")));
    try {
      const found = await get(`/api/audit?${query}`);
      if (mine !== turn) return;
      Object.assign(now, { rows: isFurther ? [...now.rows, ...found.items] : found.items, next: found.next, backTo: found.back_to });
      problem.say("");
      fill(list, now.rows.length ? table(search) : state("empty", now.next === null ? t("audit.nothing") : t("audit.nothing_yet")));
      fill(more, tail(load));
    } catch (trouble) {
      if (mine !== turn) return;
      fill(list, state("error", sentenceOf(trouble)));
      fill(more);
    }
  }

  function search(change = {}) {
    Object.assign(wish, change);
    history.replaceState(null, "", `?${addressOf(wish)}`);
    fill(form, searchForm(wish, now.choices, search));
    return load();
  }

  const form = h("div", {}, searchForm(wish, now.choices, search));
  const take = (format) => async () => {
    try {
      await download(`/api/audit/export?${addressOf(wish)}&format=${format}`, `log.${format}`);
      problem.say("");
    } catch (trouble) {
      problem.say(sentenceOf(trouble));
    }
  };
  fill(desk,
    h("div", { class: "desk-head" }, h("h1", {}, t("audit.title")),
      h("div", { class: "push line" }, doing(t("audit.to_xlsx"), take("xlsx")), doing(t("audit.to_jsonl"), take("jsonl")))),
    h("p", { class: "hint" }, t("audit.what")), chainCard(), form, problem, list, more);
  await load();
}

startPlainOffice(draw);
