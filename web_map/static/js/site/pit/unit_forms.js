/** The forms of a restoration unit and of one measured indicator. */

import { send, sentenceOf } from "../../api.js";
import { h, select } from "../../dom.js";
import { newId } from "../../new_id.js";
import { showDone } from "../../notice.js";
import { closeDialog, openDialog } from "../../office/dialog.js";
import { area, doing, input, problemLine } from "../../office/fields.js";
import { t, term, today, wordsOf } from "../../text.js";

const PLANNED = ["AREA", "WASTE_REMOVED", "BACKFILLED", "SOIL"];
const valueOf = (label) => label.querySelector("input, textarea").value.trim();

function planned(unit) {
  const labels = { AREA: t("pit.plan_area"), WASTE_REMOVED: t("pit.plan_waste"), BACKFILLED: t("pit.plan_backfill"), SOIL: t("pit.plan_soil") };
  return Object.fromEntries(PLANNED.map((name) => [name, input(`target-${name}`, labels[name], unit?.targets[name] ?? "", { type: "number", step: "any", min: 0 })]));
}

async function outlineIn(label, unit) {
  const chosen = label.querySelector("input").files[0];
  if (!chosen) return unit?.outline ?? null;
  const read = JSON.parse(await chosen.text());
  const first = read.features ? read.features[0] : read;
  return first.geometry ?? first;
}

/** Opens the form of a new unit, or of one that is not accepted yet. */
export function openUnit(here, unit) {
  const id = unit?.id ?? newId();
  const said = { direction: unit?.direction ?? "1", land_aim: unit?.land_aim ?? "GRASSLAND", waste: unit?.has_waste ?? null };
  const problem = problemLine();
  const name = input("name", t("pit.unit_name"), unit?.name ?? "", { maxlength: 100 });
  const size = input("area_ha", t("pit.unit_area_in"), unit?.area_ha ?? (here.site.area_m2 / 1e4).toFixed(2), { type: "number", step: "any", min: 0 });
  const measures = area("measures", t("pit.measures"), unit?.measures ?? "", { maxlength: 2000 });
  const targets = planned(unit);
  const drawn = h("label", { class: "field", for: "outline" }, h("span", {}, t("pit.part_file")), h("input", { id: "outline", type: "file", accept: ".geojson,.json" }));
  const answers = [["", t("pit.waste_unknown")], ["yes", t("site.yes")], ["no", t("site.no")]];
  const chosen = said.waste === null ? "" : said.waste ? "yes" : "no";
  const go = doing(t("site.store"), async () => {
    problem.say("");
    try {
      const stated = Object.entries(targets).map(([key, label]) => [key, valueOf(label)]).filter(([, value]) => value !== "");
      await send("PUT", `${here.address}/units/${id}`, {
        name: valueOf(name), direction: said.direction, land_aim: said.land_aim, area_ha: Number(valueOf(size)), has_waste: said.waste,
        measures: valueOf(measures), targets: Object.fromEntries(stated.map(([key, value]) => [key, Number(value)])),
        outline: await outlineIn(drawn, unit), seen_version: unit?.version ?? null,
      });
      closeDialog();
      showDone(t("pit.unit_stored"));
      here.reload();
    } catch (trouble) {
      problem.say(trouble instanceof SyntaxError ? t("pit.part_unread") : sentenceOf(trouble));
    }
  }, "primary");
  openDialog(unit ? t("pit.edit_unit") : t("pit.add_unit"), [name,
    select("direction", t("pit.direction"), wordsOf("Direction"), said.direction, (value) => { said.direction = value; }),
    select("land_aim", t("pit.land_aim"), wordsOf("LandAim"), said.land_aim, (value) => { said.land_aim = value; }), size,
    select("has_waste", t("pit.has_waste"), answers, chosen, (value) => { said.waste = value === "" ? null : value === "yes"; }),
    Object.values(targets), drawn, measures, problem], [go]);
}

/** Opens the form of one measured indicator. */
export function openValue(here, unit, indicator) {
  const id = newId();
  const problem = problemLine();
  const value = input("value", t("pit.value_in"), "", { type: "number", step: "any", min: 0, inputmode: "decimal" });
  const day = input("measured_on", t("pit.measured_on"), today(), { type: "date", max: today() });
  const source = input("source", t("pit.value_source"), "", { maxlength: 100 });
  const go = doing(t("site.store"), async () => {
    problem.say(valueOf(value) === "" || valueOf(source) === "" ? t("pit.value_needs") : "");
    if (valueOf(value) === "" || valueOf(source) === "") return;
    try {
      await send("PUT", `${here.address}/units/${unit.id}/values/${id}`, { indicator, value: Number(valueOf(value)), measured_on: valueOf(day), source: valueOf(source) });
      closeDialog();
      showDone(t("pit.value_stored"));
      here.reload();
    } catch (trouble) {
      problem.say(sentenceOf(trouble));
    }
  }, "primary");
  openDialog(t("pit.value_title", { name: term("Indicator", indicator) }), [value, day, source, problem], [go]);
}
