/** The leaders' board: what there is, done against plan, what changed, who lags; as of any day. */

import { download, get, sentenceOf } from "../api.js";
import { fill, h, state } from "../dom.js";
import { showDone, showError } from "../notice.js";
import { doing } from "../office/fields.js";
import { startOffice } from "../office/office.js";
import { asked, readAddress } from "../register/address.js";
import { allFields } from "../register/fields.js";
import { chipRow, openFilters } from "../register/filters.js";
import { pick, t, today } from "../text.js";
import { tiles } from "./figures.js";
import { setView } from "./links.js";
import { legend, partCards } from "./parts.js";
import { changeCard, planCard, unitCard } from "./works.js";

const facets = { towns: [], rivers: [], reaches: [], tasks: [] };
const fields = allFields(facets);
const now = { view: readAddress(), since: "", busy: null };
let here = null;
const parts = { head: h("div", { class: "board-head" }), chips: h("div"), body: h("div", { class: "board-body", "aria-live": "polite" }) };

function readView() {
  now.view = readAddress();
  now.since = now.view.filter.since?.[0] || "";
  if (!now.view.filter.changed) delete now.view.filter.since;
}

function show(view, since = now.since) {
  const filter = { ...view.filter };
  if (since) filter.since = [since];
  const search = `?${asked({ ...view, filter }, here.district.code)}`;
  if (search !== location.search) history.pushState(null, "", search);
  readView();
  load();
}

function change(filter) {
  const next = { ...now.view.filter, ...filter };
  for (const [name, values] of Object.entries(next)) if (!values) delete next[name];
  show({ ...now.view, filter: next }, filter.since?.[0] ?? now.since);
}

function dayField(id, label, value, most, onday) {
  return h("label", { class: "board-day" }, h("span", {}, label),
    h("input", { type: "date", id, value, max: most, onchange: (event) => onday(event.target.value) }));
}

async function fetchBrief(board) {
  const query = asked(now.view, here.district.code, now.view.filter.changed ? {} : { since: now.since });
  try {
    await download(`/api/brief?${query}`, `${here.district.code}-${board.day}.docx`);
    showDone(t("overview.brief_done"));
  } catch (problem) {
    showError(problem);
  }
}

function drawHead(board) {
  const { view } = now;
  const day = view.asOf || today();
  const setDay = (chosen) => show({ ...view, asOf: chosen === today() ? "" : chosen });
  fill(parts.head,
    dayField("as-of", t("overview.as_of"), day, today(), setDay),
    dayField("since", t("overview.since"), now.since || board?.since || "", day, (chosen) => show(view, chosen)),
    h("div", { class: "board-buttons" },
      doing(t("register.filters"), () => openFilters(view, fields, change)),
      board?.total.sites && here.user.rights.includes("EDIT") && doing(t("overview.brief"), () => fetchBrief(board), "primary"),
      h("button", { type: "button", class: "button", id: "print", onclick: () => window.print() }, t("overview.print"))));
  fill(parts.chips, chipRow(view, fields, change));
}

function empty(board) {
  const isFiltered = Object.keys(now.view.filter).length > 0;
  if (board.began_on && board.day < board.began_on) return t("overview.before", { day: board.day, began: board.began_on });
  return isFiltered ? t("register.none_found") : t("register.none");
}

function draw(board) {
  if (!board.total.sites) {
    fill(parts.body, state("empty", empty(board)));
    return;
  }
  fill(parts.body,
    h("p", { class: "board-line" }, t("overview.line", { district: pick(here.district, "name"), day: board.day })),
    tiles(board),
    h("div", { class: "board-grid" }, changeCard(board), planCard(board), unitCard(board)),
    legend(),
    h("div", { class: "board-grid" }, partCards(board)));
}

async function load() {
  now.busy?.abort();
  now.busy = new AbortController();
  parts.body.classList.add("is-busy");
  const { view } = now;
  setView(view, here.district.code);
  drawHead(null);
  try {
    const more = view.filter.changed ? {} : { since: now.since };
    const board = await get(`/api/board?${asked(view, here.district.code, more)}`, {}, now.busy.signal);
    drawHead(board);
    draw(board);
  } catch (problem) {
    if (problem.name === "AbortError") return;
    fill(parts.body, state("error", sentenceOf(problem), doing(t("action.retry"), load)));
  }
  parts.body.classList.remove("is-busy");
}

startOffice(async ({ user, district, desk }) => {
  here = { user, district };
  const [everything, { tasks }] = await Promise.all([get("/api/sites/counts", { district: district.code }), get("/api/tasks")]);
  facets.towns = Object.keys(everything.by_town).sort().map((town) => [town, town]);
  facets.rivers = Object.keys(everything.by_river).map((river) => [river, river]);
  facets.reaches = everything.by_reach.map(({ reach }) => [reach, reach]);
  facets.tasks = tasks.map((task) => [task.id, pick(task, "name")]);
  fill(desk, h("div", { class: "desk-head" }, h("h1", {}, t("overview.title")), h("p", { class: "desk-line" }, pick(district, "name")),
    district.is_demo && h("span", { class: "badge badge-demo", title: t("demo.district") }, t("demo.badge"))), parts.head, parts.chips, parts.body);
  readView();
  window.addEventListener("popstate", () => {
    readView();
    load();
  });
  await load();
});
