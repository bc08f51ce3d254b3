/** What surveys found of a pit: numbers with their error bars, the curve, how it was measured. */

import { send, sentenceOf } from "../../api.js";
import { badge, facts, h } from "../../dom.js";
import { showDone } from "../../notice.js";
import { closeDialog, openDialog } from "../../office/dialog.js";
import { doing, input, problemLine } from "../../office/fields.js";
import { area, moment, number, pick, t, term } from "../../text.js";
import { curveOf } from "./curve.js";
import { openChange, openMeasure, openState } from "./measure.js";
import { degrees, metres, room, sure } from "./words.js";

function withdraw(here, one) {
  const problem = problemLine();
  const reason = input("reason", t("site.reason"));
  const go = doing(t("pit.withdraw"), async () => {
    try {
      await send("PUT", `${here.address}/pit/surveys/${one.id}/withdrawal`, { reason: reason.querySelector("input").value });
      closeDialog();
      showDone(t("pit.withdrawn"));
      here.reload();
    } catch (trouble) {
      problem.say(sentenceOf(trouble));
    }
  }, "primary");
  openDialog(t("pit.withdraw_title", { day: one.surveyed_on }), [h("p", {}, t("pit.withdraw_hint")), reason, problem], [go]);
}

function water(one) {
  if (one.has_water === null) return "";
  if (!one.has_water) return t("pit.dry");
  return one.water_area_m2 ? t("pit.wet", { area: area(one.water_area_m2) }) : t("pit.wet_unsized");
}

function wall(one) {
  if (one.highwall_m === null) return "";
  if (one.highwall_deg === null) return metres(one.highwall_m);
  return t("pit.wall", { height: metres(one.highwall_m), slope: degrees(one.highwall_deg) });
}

function slopes(one) {
  if (one.slope_deg === null) return degrees(one.steepest_deg);
  if (one.steepest_deg === null) return degrees(one.slope_deg);
  return t("pit.slopes", { mean: degrees(one.slope_deg), steepest: degrees(one.steepest_deg) });
}

function rim(one) {
  if (one.rim_m === null) return "";
  return t("pit.rim_of", { level: metres(one.rim_m), basis: term("RimBasis", one.rim_basis) });
}

function registration(moved) {
  if (!moved) return "";
  const said = { dz: number(moved.dz_m, 2), before: number(moved.nmad_before_m, 2), after: number(moved.nmad_after_m, 2) };
  if (!moved.is_horizontal) return t("pit.registered_up", said);
  return t("pit.registered", { ...said, dx: number(moved.dx_m, 2), dy: number(moved.dy_m, 2) });
}

function numbers(one) {
  const { details } = one;
  const fill = details.is_lower_bound ? t("pit.at_least", { volume: sure(one.free_volume_m3, one.free_volume_sigma_m3) }) : sure(one.free_volume_m3, one.free_volume_sigma_m3);
  return facts([
    [t("pit.depth"), metres(one.depth_m)],
    [t("pit.room"), one.free_volume_m3 === null ? "" : h("span", { class: "strong" }, fill)],
    [t("pit.level"), metres(one.level_m)],
    [t("pit.rim"), rim(one)],
    [t("pit.bottom"), metres(one.bottom_m)],
    [t("pit.change"), one.volume_change_m3 === null ? "" : h("span", { class: "strong" }, sure(one.volume_change_m3, one.volume_change_sigma_m3))],
    [t("pit.since"), one.compared_on],
    [t("pit.cut_fill"), details.cut_m3 === undefined ? "" : t("pit.cut_and_fill", { cut: room(details.cut_m3), fill: room(details.filled_m3) })],
    [t("pit.registration"), registration(details.registration)],
    [t("pit.slope"), slopes(one)],
    [t("pit.highwall"), wall(one)],
    [t("pit.water"), water(one)],
    [t("pit.land_class"), one.land_class],
    [t("pit.note"), one.note],
  ]);
}

function how(one) {
  const parts = one.details.doubt;
  const rows = parts ? [
    [t("pit.error_random"), room(parts.random_m3)], [t("pit.error_level"), room(parts.systematic_m3)],
    [t("pit.error_grid"), room(parts.grid_m3)], [t("pit.error_holes"), room(parts.holes_m3)],
    [t("pit.noise"), t("pit.metres", { n: number(parts.noise_m, 2) })],
  ] : one.details.random_m3 === undefined ? [] : [
    [t("pit.error_random"), room(one.details.random_m3)], [t("pit.error_level"), room(one.details.systematic_m3)],
    [t("pit.error_holes"), room(one.details.holes_m3)],
    [t("pit.detected_from"), t("pit.metres", { n: number(one.details.detected_from_m, 2) })],
  ];
  const files = one.sources.map((file) => h("li", {}, `${file.name} · ${file.crs} · ${t("pit.metres", { n: number(file.pixel_m, 2) })} · SHA-256 ${file.sha256.slice(0, 12)}…`));
  const notes = (one.details.notes || []).map((note) => h("li", {}, pick({ text_zh: note.zh, text_en: note.en }, "text")));
  if (!rows.length && !files.length && !notes.length) return null;
  return h("details", { class: "pit-how" }, h("summary", {}, t("pit.how")),
    facts(rows), notes.length > 0 && h("ul", {}, notes), files.length > 0 && h("ul", { class: "quiet" }, files));
}

function survey(here, one, isNewest) {
  const head = h("p", { class: "pit-head" }, h("span", { class: "strong" }, one.surveyed_on),
    badge(term("SurveyBasis", one.basis), {}, "badge-plain"), one.is_demo && badge(t("demo.badge"), {}, "badge-demo"),
    h("span", { class: "quiet" }, `${one.recorded_by} ${moment(one.recorded_at)}`),
    here.mayWrite && h("button", { type: "button", class: "link no-print", onclick: () => withdraw(here, one) }, t("pit.withdraw")));
  return h("li", { class: "event pit-survey" }, head,
    h("div", { class: "pit-split" }, numbers(one), isNewest && curveOf(one)), how(one));
}

/** Draws the surveys, the newest first, with the ways to add one. */
export function surveysBlock(here) {
  const { surveys, is_pit: isPit } = here.found;
  const shown = surveys.slice(0, 2);
  const firstCurve = surveys.find((one) => one.curve.length > 2);
  const item = (one) => survey(here, one, one === firstCurve);
  return h("div", { class: "pit-part" }, h("h3", {}, t("pit.surveys", { n: surveys.length })),
    surveys.length === 0 && h("p", { class: "quiet" }, t("pit.no_surveys")),
    h("ul", { class: "plain" }, shown.map(item)),
    surveys.length > shown.length && h("details", {}, h("summary", {}, t("pit.older", { n: surveys.length - shown.length })),
      h("ul", { class: "plain" }, surveys.slice(shown.length).map(item))),
    here.mayWrite && h("div", { class: "buttons no-print" },
      isPit && h("button", { type: "button", class: "button", id: "pit-measure", onclick: () => openMeasure(here) }, t("pit.measure")),
      h("button", { type: "button", class: "button", id: "pit-change", onclick: () => openChange(here) }, t("pit.compare")),
      isPit && h("button", { type: "button", class: "button", id: "pit-state", onclick: () => openState(here) }, t("pit.state"))));
}
