/** One check, opened: what was found, by whom and when, what speaks against it, and its history. */

import { badge, facts, h } from "../dom.js";
import { moment, number, t, term } from "../text.js";
import { deedBar, deeds } from "./decide.js";
import { mapCard } from "./map.js";
import { photosCard } from "./photos.js";
import { rivalsCard } from "./rivals.js";
import { fieldsOf, labelOf, placeName, reviewBadge, said, standingBadge, valueOf } from "./words.js";

function placeLink(check) {
  const site = check.place?.site;
  if (site) return h("a", { href: `/sites/${encodeURIComponent(site.code)}` }, `${site.name} ${site.code}`);
  const candidate = check.place?.candidate;
  return candidate ? h("a", { href: `/#d=${encodeURIComponent(candidate.district_code)}&c=${candidate.id}` }, t("checks.on_map")) : null;
}

function clockLine(check) {
  const off = check.clock_offset_s;
  if (off === null || Math.abs(off) < 120) return null;
  const n = number(Math.abs(off) / 60);
  return off > 0 ? t("checks.clock_slow", { n }) : t("checks.clock_fast", { n });
}

function head(check) {
  const named = { ...check, name: check.place?.site?.name };
  return h("div", { class: "check-head" },
    h("div", { class: "line" }, h("h2", {}, `${placeName(named)} · ${term("Verdict", check.final_verdict)}`),
      h("span", { class: "badges" }, reviewBadge(check.review), standingBadge(check.standing))),
    h("p", { class: "quiet" }, t("checks.made_by", { name: check.recorder, at: moment(check.found_at), received: moment(check.received_at) }),
      check.via === "FILE" && ` · ${t("checks.by_file")}`),
    clockLine(check) && h("p", { class: "hint" }, clockLine(check)),
    placeLink(check));
}

function problems(check) {
  if (!check.problems.length) return null;
  return h("section", { class: "card", id: "check-problems" }, h("h2", {}, t("checks.problems")),
    h("ul", { class: "plain" }, check.problems.map((one) => h("li", { class: `check-problem ${one.severity === "HARD" ? "is-hard" : ""}` },
      h("p", {}, badge(term("Severity", one.severity), {}, "to-check"), " ", said(one)),
      one.reason && h("p", { class: "note" }, t("checks.because", { reason: one.reason }))))));
}

function answers(check) {
  const edited = new Set(Object.keys(check.edited?.answers || {}));
  const rows = fieldsOf(check.final_verdict).map((field) => {
    const value = valueOf(field.name, check.final_answers[field.name]);
    if (!edited.has(field.name)) return [labelOf(field.name), value];
    const was = valueOf(field.name, check.answers[field.name]) || t("checks.unsaid");
    return [labelOf(field.name), h("span", {}, h("ins", {}, value || t("checks.unsaid")), " ", h("del", {}, was))];
  });
  const isVerdictEdited = check.final_verdict !== check.verdict;
  return h("section", { class: "card", id: "check-answers" }, h("h2", {}, t("checks.answers")),
    isVerdictEdited && h("p", { class: "hint" }, t("checks.verdict_was", { was: term("Verdict", check.verdict) })),
    facts(rows));
}

function changesOf(step) {
  return Object.entries(step.changes || {}).map(([name, [was, is]]) => h("li", {},
    `${labelOf(name)} `, h("del", {}, valueOf(name, was) || t("checks.unsaid")), " → ", h("ins", {}, valueOf(name, is) || t("checks.unsaid"))));
}

function history(check) {
  return h("section", { class: "card", id: "check-history" }, h("h2", {}, t("checks.history")),
    h("ol", { class: "plain" }, check.steps.map((step) => h("li", { class: "history-entry" },
      h("p", {}, h("span", { class: "strong" }, term("ReviewAct", step.act)), " ", reviewBadge(step.review), standingBadge(step.standing)),
      step.comment && step.act !== "RECEIVE" && h("p", { class: "note" }, step.comment),
      step.changes && h("ul", { class: "changes" }, changesOf(step)),
      h("p", { class: "quiet" }, `${step.name} · ${moment(step.at)}`)))),
    h("p", { class: "quiet mono" }, t("checks.number", { id: check.id })));
}

function positions(check) {
  if (!check.fixes.length) return null;
  const shown = check.fixes.filter((fix) => fix.purpose !== "WALK");
  return h("details", { class: "card" }, h("summary", {}, t("checks.fixes", { n: check.fixes.length })),
    h("ul", { class: "plain" }, shown.map((fix) => h("li", { class: "quiet" },
      `${term("FixPurpose", fix.purpose)} · ${t("unit.lonlat", { lon: fix.lon.toFixed(5), lat: fix.lat.toFixed(5) })} · ±${number(fix.accuracy_m, 1)} m · ${moment(fix.at)}`))));
}

/** Draws a check; returns its parts and the deeds that keys start. */
export function drawCheck(check, { user, district, done, open }) {
  const found = deeds(check, user, done);
  const parts = [
    h("section", { class: "card" }, head(check), deedBar(found)),
    rivalsCard(check, { user, done, open }), problems(check),
    h("div", { class: "check-columns" },
      h("div", {}, answers(check), positions(check), history(check)),
      h("div", {}, mapCard(check, district), photosCard(check))),
  ];
  return { parts, deeds: found };
}
