/** One plan: its figures, its map, the rules it rests on, its increments and where they are. */

import { download, get, send, sentenceOf } from "../api.js";
import { badge, facts, fill, h } from "../dom.js";
import { closeDialog, openDialog } from "../office/dialog.js";
import { area, doing, problemLine } from "../office/fields.js";
import { grid } from "../office/grid.js";
import { showError } from "../notice.js";
import { length, mass, moment, money, number, t, term } from "../text.js";
import { openCustody } from "./custody.js";
import { planMap } from "./plan_map.js";
import { planState, steps } from "./plans.js";
import { ruleName, ruleText, ruleValue } from "./words.js";

const POINTS = [["gpkg", "GeoPackage"], ["geojson", "GeoJSON"], ["kml", "KML"]];
const phone = matchMedia("(max-width: 820px)");

function figures(plan) {
  return facts([
    [t("sampling.site"), h("a", { class: "link", href: `/sites/${plan.site_code}` }, `${plan.site_name} ${plan.site_code}`)],
    [t("sampling.waste_kind"), term("WasteClass", plan.waste_kind)],
    [t("sampling.mass"), `${mass(plan.mass_t)} (${plan.mass_basis})`],
    [t("sampling.height_m"), length(plan.height_m) || t("sampling.unknown")],
    [t("sampling.n_table"), number(plan.n_table)],
    [t("sampling.n"), number(plan.n_planned)],
    [t("sampling.increment_mass"), t("sampling.grams", { n: number(plan.increment_mass_g) })],
    [t("sampling.grain_cm"), plan.grain_cm === null ? t("sampling.grain_unknown") : number(plan.grain_cm, 2)],
    [t("sampling.layers"), number(plan.layers)],
    [t("sampling.cells"), t("sampling.cells_of", { n: number(plan.cells), area: number(plan.cell_area_m2, 2) })],
    [t("sampling.seed"), String(plan.seed)],
    [t("sampling.cost"), money(plan.cost_yuan)],
    [t("sampling.days"), number(plan.days)],
    [t("sampling.reduction_reason"), plan.reduction_reason],
    [t("sampling.planned_at"), `${moment(plan.planned_at)} ${plan.planned_by}`],
    [t("sampling.ended"), plan.ended_at && `${moment(plan.ended_at)} ${plan.ended_by} · ${plan.ended_reason}`],
    [t("sampling.note"), plan.note],
  ]);
}

function rests(plan) {
  return h("section", { class: "card" }, h("h2", {}, t("sampling.rests_on")),
    !plan.is_by_current_rules && h("p", { class: "quiet" }, t("sampling.older_rules")),
    h("ul", { class: "rests" }, plan.rests_on.map((row) => h("li", {},
      ruleName(row), h("br"), ruleText(row), " ",
      row.kind.startsWith("cost") || row.kind === "per_day" ? h("span", { class: "quiet" }, ruleValue(row)) : null))));
}

function fetchSheet(plan, format) {
  return download(`/api/sampling/plans/${plan.code}/sheet?format=${format}`, `${plan.code}.${format}`).catch(showError);
}

function lastStep(one) {
  const last = one.custody[one.custody.length - 1];
  if (!last) return t("sampling.not_taken");
  return h("span", {}, term("CustodyStep", last.step), " ", h("span", { class: "quiet" }, `${moment(last.at)} ${last.by}`),
    last.seal_is_whole === false && badge(t("sampling.seal_broken"), {}, "to-check"));
}

function incrementsGrid(plan) {
  return grid({
    label: t("sampling.increments"),
    columns: [
      { key: "code", title: t("sampling.increment"), cell: (row) => row.code },
      { key: "cell", title: t("sampling.cell"), align: "right", cell: (row) => number(row.cell) },
      { key: "layer", title: t("sampling.layer"), align: "right", cell: (row) => number(row.layer) },
      { key: "depth", title: t("sampling.depth"), align: "right", cell: (row) => (row.depth_to_m === null ? "—" : `${number(row.depth_from_m, 2)}–${number(row.depth_to_m, 2)}`) },
      { key: "place", title: t("sampling.lonlat"), cell: (row) => `${row.lon.toFixed(6)}, ${row.lat.toFixed(6)}` },
      { key: "off", title: t("sampling.off"), align: "right", cell: (row) => length(row.custody[0]?.off_m) || "—" },
      { key: "last", title: t("sampling.custody"), cell: lastStep },
    ],
    rows: plan.increments,
  });
}

function openEnd(plan, ended) {
  const problem = problemLine();
  const reason = area("end-reason", t("sampling.end_reason"));
  const end = async () => {
    try {
      await send("POST", `/api/sampling/plans/${plan.code}/end`, { reason: reason.querySelector("textarea").value });
      closeDialog();
      ended();
    } catch (trouble) {
      problem.say(sentenceOf(trouble));
    }
  };
  openDialog(t("sampling.end"), [h("p", {}, t("sampling.end_line")), reason, problem], [doing(t("sampling.end"), end, "primary")]);
}

/** The page of one plan; `back()` returns to the list. */
export async function planPage(now, code, back) {
  const page = h("div", {});

  async function load() {
    const address = `/api/sampling/plans/${encodeURIComponent(code)}`;
    const [plan, cells] = await Promise.all([get(address), get(`${address}/cells`)]);
    const again = () => load().catch(showError);
    const mayAct = now.mayWrite && !plan.ended_at;
    fill(page,
      h("div", { class: "desk-head" }, h("button", { type: "button", class: "button", onclick: () => back().catch(showError) }, t("sampling.back")),
        h("h2", { class: "plan-code" }, plan.code), planState(plan), plan.is_strict && badge(t("sampling.strict"), {}, "to-check"), plan.is_demo && badge(t("demo.badge"), {}, "badge-demo")),
      plan.is_strict && h("p", { class: "field-error" }, t("sampling.strict_line")),
      h("div", { class: "buttons plan-buttons" },
        now.mayWrite && h("button", { type: "button", class: "button primary", id: "record-custody", onclick: () => openCustody(now, plan, again) }, t("sampling.record_custody")),
        h("a", { class: "button", id: "labels", href: `/sampling/${plan.code}/labels`, target: "_blank", rel: "noopener" }, t("sampling.labels")),
        doing(t("sampling.sheet"), () => fetchSheet(plan, "xlsx")),
        POINTS.map(([format, name]) => doing(t("sampling.points", { format: name }), () => fetchSheet(plan, format))),
        h("a", { class: "button", href: `/results?site=${plan.site_code}&plan=${plan.code}` }, t("sampling.to_results")),
        mayAct && h("button", { type: "button", class: "button", onclick: () => openEnd(plan, again) }, t("sampling.end"))),
      h("div", { class: "plan-columns" },
        h("section", { class: "card" }, h("h2", {}, t("sampling.map_title")), planMap(plan, cells)),
        h("section", { class: "card" }, h("h2", {}, t("sampling.progress")), steps(plan), figures(plan))),
      h("details", { class: "card increments", open: !phone.matches }, h("summary", {}, h("h2", {}, t("sampling.increments"))), incrementsGrid(plan)), rests(plan));
  }

  await load();
  return page;
}
