/** The office's page of checks: a queue on the left, the check that is opened on the right. */

import { get, sentenceOf } from "../api.js";
import { byId, fill, h, state } from "../dom.js";
import { startOffice } from "../office/office.js";
import { t } from "../text.js";
import { drawWaiting } from "./close_outs.js";
import { openImport } from "./import_file.js";
import { agreementLine, drawFilters, drawList, drawTabs, TABS } from "./list.js";
import { drawCheck } from "./one.js";
import { learnForm } from "./words.js";

const PAGE = 50;
const now = {
  tab: "open", wanted: {}, items: [], total: 0, next: null, openId: null, deeds: [], teams: [],
  counts: { by_review: {}, to_settle: {} }, choices: { towns: [], people: [] },
};
let page = null;
let turn = 0;

function addressOf(after) {
  const query = new URLSearchParams({ district: page.district.code, limit: PAGE });
  const tab = TABS.find(([name]) => name === now.tab)[1];
  for (const [name, values] of Object.entries(tab)) for (const value of values) query.append(name, value);
  for (const [name, value] of Object.entries(now.wanted)) if (value) query.append(name, value);
  if (after) query.append("after", after);
  return `/api/field-checks?${query}`;
}

async function load(after = null) {
  const mine = ++turn;
  try {
    const found = await get(addressOf(after));
    if (mine !== turn) return;
    const { items, total, next, counts, choices } = found;
    Object.assign(now, { items: after ? [...now.items, ...items] : items, total, next, counts, choices });
    fill(byId("agreement-box"), agreementLine(found.agreement));
    redraw();
  } catch (problem) {
    if (mine === turn) fill(byId("check-list"), state("error", sentenceOf(problem)));
  }
}

function redraw() {
  drawTabs(byId("check-tabs"), now, (tab) => {
    now.tab = tab;
    void load();
  });
  drawFilters(byId("check-filters"), now, (name, value) => {
    now.wanted[name] = value;
    void load();
  });
  drawList(byId("check-list"), now, open, () => void load(now.next));
}

function show(check) {
  const { parts, deeds } = drawCheck(check, { ...page, done: decided, open });
  now.deeds = deeds;
  fill(byId("check-one"), h("button", { type: "button", class: "button check-back", onclick: leave }, t("checks.back")), parts);
}

async function open(id) {
  now.openId = id;
  history.replaceState(null, "", `${location.pathname}${location.search}#${id}`);
  document.body.classList.add("check-is-open");
  redraw();
  try {
    const check = await get(`/api/field-checks/${encodeURIComponent(id)}`);
    if (now.openId === id) show(check);
  } catch (problem) {
    fill(byId("check-one"), state("error", sentenceOf(problem)));
  }
  window.scrollTo(0, 0);
}

function leave() {
  now.openId = null;
  now.deeds = [];
  document.body.classList.remove("check-is-open");
  history.replaceState(null, "", `${location.pathname}${location.search}`);
  fill(byId("check-one"), state("empty", t("checks.choose")));
  redraw();
}

async function decided(check) {
  if (check.id === now.openId) show(check);
  else await open(check.id);
  await load();
}

/** Goes to the check before or after the one that is open. */
function move(by) {
  const at = now.items.findIndex((item) => item.id === now.openId);
  const item = now.items[at < 0 ? 0 : at + by];
  if (!item) return;
  void open(item.id);
  byId("check-list").querySelector(`[data-check="${item.id}"]`)?.scrollIntoView({ block: "nearest" });
}

function press(event) {
  const isTyping = event.target.closest("input, select, textarea, dialog");
  if (isTyping || event.ctrlKey || event.metaKey || event.altKey || byId("dialog").open) return;
  const key = event.key.toLowerCase();
  if (key === "j" || key === "k") move(key === "j" ? 1 : -1);
  const deed = now.deeds.find(([mine]) => mine === key);
  if (!deed && key !== "j" && key !== "k") return;
  event.preventDefault();
  deed?.[2]();
}

async function draw({ user, district, desk }) {
  page = { user, district };
  fill(desk,
    h("div", { class: "desk-head" }, h("h1", {}, t("checks.title")), h("div", { id: "agreement-box" }),
      h("div", { class: "push" }, h("button", { type: "button", id: "import-file", class: "button", onclick: () => openImport(() => load()) }, t("checks.import_open")))),
    h("div", { id: "waiting-box" }),
    h("div", { class: "check-tabs", id: "check-tabs", role: "group", "aria-label": t("checks.filters") }),
    h("details", { class: "check-filter-box" }, h("summary", {}, t("checks.filters")), h("div", { class: "toolbar", id: "check-filters" })),
    h("div", { class: "check-desk" },
      h("div", { class: "check-list", id: "check-list" }, state("wait", "")),
      h("div", { class: "check-one", id: "check-one", "aria-live": "off" }, state("empty", t("checks.choose")))),
    h("p", { class: "quiet check-keys" }, t("checks.keys")));
  const [rules, { teams }] = await Promise.all([get("/api/field/rules"), get("/api/teams", { district: district.code })]);
  learnForm(rules);
  now.teams = teams;
  await Promise.all([load(), drawWaiting(byId("waiting-box"), district)]);
  const asked = decodeURIComponent(location.hash.slice(1));
  if (asked) await open(asked);
  document.addEventListener("keydown", press);
}

startOffice(draw);
