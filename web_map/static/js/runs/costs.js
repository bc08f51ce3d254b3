/** What a province costs in hours, memory and disk, from rates that were measured. */

import { get, sentenceOf } from "../api.js";
import { fill, h, state } from "../dom.js";
import { input } from "../office/fields.js";
import { grid } from "../office/grid.js";
import { number, pick, t } from "../text.js";

function time(hours) {
  if (hours < 1) return t("runs.cost_minutes", { n: number(hours * 60, 0) });
  if (hours < 72) return t("runs.cost_hours", { n: number(hours, 1) });
  return t("runs.cost_days", { n: number(hours / 24, 1), h: number(hours) });
}

function disk(gigabytes) {
  return gigabytes >= 1000 ? t("runs.cost_tb", { n: number(gigabytes / 1000, 2) }) : t("runs.cost_gb", { n: number(gigabytes, 1) });
}

function ratesLine({ rates }) {
  const values = {
    source: pick(rates, "source"),
    speed: number(rates.pixels_per_second / 1e6, 2), memory: number(rates.memory_mb), scene: number(rates.scene_bytes, 1), output: number(rates.output_bytes, 1),
  };
  return [h("p", { class: rates.runs ? "strong" : "run-warn" }, rates.runs ? t("runs.cost_own", values) : t("runs.cost_bench", values)),
    h("p", { class: "quiet" }, t("runs.cost_rates", values))];
}

function table(told) {
  return grid({
    label: t("runs.costs"),
    rows: told.costs,
    columns: [
      { key: "machines", title: t("runs.cost_machines"), cell: (one) => t("runs.cost_n_machines", { n: number(one.machines) }) },
      { key: "each", title: t("runs.cost_each"), align: "right", cell: (one) => number(one.scenes_each) },
      { key: "hours", title: t("runs.cost_time"), align: "right", cell: (one) => time(one.hours) },
      { key: "memory", title: t("runs.cost_memory"), align: "right", cell: (one) => t("runs.cost_gb", { n: number(one.memory_gb, 1) }) },
      { key: "disk", title: t("runs.cost_disk"), align: "right", cell: (one) => disk(one.disk_gb) },
    ],
  });
}

/** Draws the page; each change of a number asks anew. */
export async function drawCosts(desk) {
  const result = h("div", { "aria-live": "polite" });
  const fields = [
    ["tiles", t("runs.cost_tiles"), 200, 100000], ["dates", t("runs.cost_dates"), 6, 1000], ["side_px", t("runs.cost_side"), 10980, 100000],
    ["machines", t("runs.cost_machines"), 10, 10000], ["workers", t("runs.cost_workers"), 1, 64],
  ];
  const now = { asking: null };
  async function show() {
    now.asking?.abort();
    now.asking = new AbortController();
    const wish = Object.fromEntries(fields.map(([name]) => [name, document.getElementById(`cost-${name}`).value]));
    try {
      const told = await get("/api/batches/costs", wish, now.asking.signal);
      fill(result, ratesLine(told), h("p", {}, t("runs.cost_all", { scenes: number(told.what.scenes), mpx: number(told.what.side_px ** 2 / 1e6, 1) })), table(told));
    } catch (problem) {
      if (problem.name !== "AbortError") fill(result, state("error", sentenceOf(problem)));
    }
  }
  const boxes = fields.map(([name, label, value, max]) =>
    input(`cost-${name}`, label, value, { type: "number", min: name === "side_px" ? 16 : 1, max, step: 1, oninput: show }));
  fill(desk, h("div", { class: "desk-head" }, h("a", { class: "link", href: "/runs" }, t("runs.back")), h("h1", {}, t("runs.costs")), h("p", { class: "desk-line" }, t("runs.cost_line"))),
    h("section", { class: "card" }, h("div", { class: "form-grid" }, boxes)), h("section", { class: "card" }, h("h2", {}, t("runs.cost_result")), result, h("p", { class: "quiet" }, t("runs.cost_note"))));
  await show();
}
