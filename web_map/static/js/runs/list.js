/** The batches of a place, the newest first, under the form of a new one. */

import { get } from "../api.js";
import { fill, h, state } from "../dom.js";
import { showError } from "../notice.js";
import { grid } from "../office/grid.js";
import { moment, number, pick, t } from "../text.js";
import { formCard } from "./form.js";
import { comparisonOf, finds, stateBadge, windowsBar } from "./words.js";
import { watch } from "./watch.js";

const EVERY_MS = 4000;
const LIVE = ["WAITING", "RUNNING"];

/** The line that says when nobody works off what waits. */
export function workersLine(told, items) {
  if (items.some((one) => one.is_without_worker)) return h("p", { class: "run-warn", role: "alert" }, t("runs.no_worker"));
  return h("p", { class: "quiet" }, t("runs.workers", { n: told.workers }));
}

/** Links to the places that have batches, where this one has none. */
const elsewhere = (found) => found.length > 0 && h("p", { class: "run-elsewhere" }, t("runs.elsewhere"), " ",
  found.map((one) => h("a", { class: "link", href: `/runs?district=${encodeURIComponent(one.code)}` }, t("runs.n_in", { name: pick(one, "name"), n: number(one.n) }))));

function table(items) {
  return grid({
    label: t("runs.batches"),
    rows: items,
    onrow: (one) => location.assign(`/runs/${one.id}`),
    columns: [
      { key: "name", title: t("runs.name"), cell: (one) => h("a", { href: `/runs/${one.id}` }, one.name) },
      { key: "state", title: t("runs.state"), cell: stateBadge },
      { key: "scenes", title: t("runs.scenes"), align: "right", cell: (one) => t("runs.of", { n: number(one.counts.DONE), all: number(one.scenes) }) },
      { key: "windows", title: t("runs.progress"), cell: (one) => windowsBar(one) },
      { key: "found", title: t("runs.finds"), cell: (one) => (one.counts.DONE ? h("div", {}, finds(one), one.compared && h("a", { class: "link run-compare", href: comparisonOf(one) }, t("runs.compare"))) : "") },
      { key: "model", title: t("runs.model"), cell: (one) => one.model_name },
      { key: "asked", title: t("runs.asked"), cell: (one) => `${moment(one.asked_at)} ${one.asked_by}` },
    ],
  });
}

/** Draws the page. */
export async function drawList(desk, district, mayStart) {
  const body = h("div", { id: "batches" });
  const head = h("div", { class: "desk-head" }, h("h1", {}, t("runs.title")), h("p", { class: "desk-line" }, t("runs.line")),
    h("a", { class: "button push", href: "/runs/costs" }, t("runs.costs")));
  async function show() {
    const told = await get("/api/batches", { district: district.code });
    fill(body, workersLine(told, told.items), told.items.length ? table(told.items) : [state("empty", t("runs.none")), elsewhere(told.elsewhere)]);
    return told.items.some((one) => LIVE.includes(one.state));
  }
  const form = mayStart ? await formCard(district) : null;
  fill(desk, head, form, h("section", { class: "card" }, h("h2", {}, t("runs.batches")), body));
  if (await show()) watch(show, EVERY_MS, showError);
}
