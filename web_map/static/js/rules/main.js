/** Every row of the rules: search, what waits for a check, and the tick of a person. */

import { get, sentenceOf } from "../api.js";
import { fill, h, select, state } from "../dom.js";
import { grid } from "../office/grid.js";
import { input, tick } from "../office/fields.js";
import { startOffice } from "../office/office.js";
import { pick, t } from "../text.js";
import { checkMark, openCheck } from "./check.js";

const now = { rows: [], text: "", standard: "", onlyOpen: false, user: null };
const isOpen = (row) => !row.is_read && !row.is_ticked;

function shown() {
  const words = now.text.trim().toLowerCase().split(/\s+/).filter(Boolean);
  return now.rows.filter((row) => {
    if (now.standard && row.standard !== now.standard) return false;
    if (now.onlyOpen && !isOpen(row)) return false;
    const said = [row.id, row.standard, row.clause, row.text_zh, row.text_en, row.source].join(" ").toLowerCase();
    return words.every((word) => said.includes(word));
  });
}

function columns(redraw) {
  return [
    { key: "id", title: t("rules.id"), cell: (row) => h("a", { class: "rule-id", id: row.id, href: `#${row.id}` }, row.id) },
    { key: "standard", title: t("rules.standard"), cell: (row) => h("div", {}, h("span", { class: "strong" }, row.standard), h("p", { class: "quiet" }, row.clause)) },
    { key: "text", title: t("rules.text"), cell: (row) => h("div", { class: "rule-text" }, pick(row, "text"), h("p", { class: "quiet" }, t("rules.source", { source: row.source }))) },
    { key: "value", title: t("rules.value"), align: "right", cell: (row) => [row.value, row.unit].filter(Boolean).join(" ") },
    { key: "state", title: t("rules.state"), cell: (row) => checkMark(row, now.user, () => openCheck(row, redraw)) },
  ];
}

function summary() {
  const open = now.rows.filter(isOpen).length;
  const ticked = now.rows.filter((row) => row.is_ticked).length;
  const read = now.rows.filter((row) => row.is_read).length;
  return h("p", { class: "desk-line" }, t("rules.summary", { all: now.rows.length, read, ticked, open }));
}

function goToAnchor() {
  const id = decodeURIComponent(location.hash.slice(1));
  if (!id) return;
  const anchor = document.getElementById(id);
  document.querySelector(".rule-here")?.classList.remove("rule-here");
  anchor?.closest("tr").classList.add("rule-here");
  anchor?.scrollIntoView({ block: "center" });
}

function standards() {
  const names = [...new Set(now.rows.map((row) => row.standard))].sort();
  return [["", t("rules.every_standard")], ...names.map((name) => [name, name])];
}

async function draw({ user, desk }) {
  now.user = user;
  const list = h("div", { class: "rules-list" });
  const head = h("div", {});
  const drawList = () => {
    const rows = shown();
    fill(list, rows.length ? grid({ columns: columns(load), rows, label: t("rules.title") }) : state("empty", t("rules.nothing")));
  };
  async function load() {
    try {
      now.rows = (await get("/api/rules")).items;
      fill(head, summary());
      drawList();
    } catch (problem) {
      fill(list, state("error", sentenceOf(problem)));
    }
  }
  const find = input("rules-find", t("rules.find"), "", { type: "search", placeholder: t("rules.find_hint") });
  find.querySelector("input").addEventListener("input", (event) => {
    now.text = event.target.value;
    drawList();
  });
  const only = tick("rules-open", t("rules.only_open"), false, (event) => {
    now.onlyOpen = event.target.checked;
    drawList();
  });
  await load();
  const bySort = select("rules-standard", t("rules.standard"), standards(), "", (value) => {
    now.standard = value;
    drawList();
  });
  fill(desk, h("div", { class: "desk-head" }, h("h1", {}, t("rules.title")), head),
    h("p", { class: "hint" }, t("rules.what")),
    h("div", { class: "toolbar" }, find, bySort, only), list);
  goToAnchor();
  addEventListener("hashchange", goToAnchor);
}

startOffice(draw);
