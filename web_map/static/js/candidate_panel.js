/** What the panel says of a candidate, and the way into its field check. */

import { placeChecks } from "./checks/place.js";
import { badge, bar, facts, h } from "./dom.js";
import { checkForm } from "./form.js";
import { hasDraft } from "./draft.js";
import { now, choose } from "./store.js";
import { area, classOf, gradeName, language, length, moment, percent, place, styles, t, term } from "./text.js";
import { thumbs } from "./thumbs.js";

function known(item) {
  return facts([
    [t("fact.area"), area(item.area_m2)],
    [t("fact.area_geodesic"), area(item.area_geodesic_m2)],
    [t("fact.perimeter"), length(item.perimeter_m)],
    [t("fact.first_seen"), item.first_seen_on],
    [t("fact.last_seen"), item.last_seen_on],
    [t("fact.centre"), place(item.centre)],
  ]);
}

function sightings(item) {
  if (!item.sightings.length) return null;
  return h("section", { class: "block" }, h("h3", {}, t("candidate.sightings", { n: item.sightings.length })),
    h("ul", { class: "plain" }, item.sightings.map((one) => h("li", { class: "line" },
      h("span", {}, one.acquired_on || one.scene_name), h("span", {}, area(one.area_m2)),
      h("span", { class: "strong" }, percent(one.confidence)), h("a", { href: `/runs/${one.run_id}/review#${item.id}` }, t("candidate.review"))))));
}

function byImage(item) {
  const last = item.verdicts.find((one) => !one.undone_at && one.made_version);
  if (!item.zones.length && !last) return null;
  return h("section", { class: "block" }, h("h3", {}, t("candidate.by_image")),
    last && h("p", {}, [term("OfficeSays", last.says), last.look_alike && term("LookAlike", last.look_alike), last.given_by, moment(last.given_at)].filter(Boolean).join(" · ")),
    item.zones.map((zone) => h("p", {}, t("candidate.in_zone", { name: zone.name, kind: term("ZoneKind", zone.kind), reason: zone.reason }))));
}

function signed(m2) {
  return `${m2 < 0 ? "−" : "+"}${area(Math.abs(m2))}`;
}

/** What each image said against an earlier one: the word for it, and the change with its doubt. */
function changes(item) {
  if (!item.changes?.length) return null;
  return h("section", { class: "block", id: "changes" }, h("h3", {}, t("candidate.changes")),
    h("ul", { class: "plain changes" }, item.changes.map((one) => h("li", {},
      h("div", { class: "line" }, h("span", {}, one.seen_on),
        h("span", { class: `strong change-${one.state.toLowerCase()}` }, term("FootprintState", one.state))),
      h("div", { class: "line quiet" },
        h("span", {}, one.compared_on ? t("candidate.change_line", { on: one.compared_on }) : t("candidate.change_first")),
        one.change_m2 !== null && h("span", {}, `${signed(one.change_m2)} ± ${area(one.uncertainty_m2)}`)),
      one.kind && h("div", { class: "quiet change-kind" }, t("candidate.change_kind", { kind: term("ChangeKind", one.kind), share: Math.round(100 * one.kind_share) }))))),
    h("p", { class: "quiet" }, t("candidate.change_note")));
}

function mergedLink(item) {
  if (!item.merged_into) return null;
  return h("button", {
    type: "button", class: "button wide", onclick: () => choose({ type: "candidate", id: item.merged_into }),
  }, t("candidate.merged_into", { id: item.merged_into.slice(0, 8) }));
}

function checks(item) {
  return h("section", { class: "block" }, h("h3", {}, t("checks.of_place")), placeChecks(`/api/candidates/${item.id}`, now.user));
}

function siteLink(item) {
  if (!item.site_code) return null;
  return h("button", {
    type: "button", class: "button wide", onclick: () => choose({ type: "site", id: item.site_code }),
  }, t("candidate.open_site", { code: item.site_code }));
}

function receiptBox(receipt) {
  const { check } = receipt;
  const { site } = receipt.place;
  let text = t("receipt.stored");
  if (!check.effect_at) text = check.problems[0]?.[language === "en" ? "en" : "zh"] || t("receipt.waits");
  else if (site) text = t("receipt.site", { code: site.code, grade: gradeName(site) });
  return h("div", { class: `receipt ${!check.effect_at ? "receipt-warn" : ""}`, role: "status", id: "receipt" }, h("p", {}, text),
    h("p", { class: "quiet" }, t("receipt.number", { id: check.id.slice(0, 8), at: moment(check.received_at) })));
}

/** Draws the panel of a candidate; `draw` puts the parts on the page, `show` comes back to it. */
export function candidateParts(item, receipt, draw, show) {
  const { label, colour } = classOf(item.class_name);
  const head = {
    title: label,
    sub: t("candidate.number", { id: item.id.slice(0, 8) }),
    badges: [badge(term("CandidateState", item.state), styles.CandidateState[item.state]),
      item.site_code && badge(item.site_code, {}, "badge-plain")],
  };
  const imagery = h("section", { class: "block" }, h("h3", {}, t("candidate.imagery")), thumbs(item, now.district.scenes));

  const back = () => show("candidate", item);
  const stored = (answer) => show("candidate", answer.place.candidate, answer);
  const openForm = () => {
    const form = checkForm(item, { back, stored });
    draw({ ...head, body: [imagery, form] });
    form.scrollIntoView({ block: "nearest" });
  };
  const isOpen = ["TO_CHECK", "TO_VISIT", "UNREACHABLE"].includes(item.state);
  const begin = h("button", {
    type: "button", id: "start-check", class: `button wide tall ${isOpen ? "primary" : ""}`, onclick: openForm,
  }, hasDraft(item.id) ? t("form.resume") : isOpen ? t("form.start") : t("form.again"));
  draw({
    ...head,
    body: [
      receipt && receiptBox(receipt),
      siteLink(item), mergedLink(item),
      h("section", { class: "block" },
        h("div", { class: "line" }, h("h3", {}, t("fact.confidence")), h("span", { class: "strong" }, percent(item.confidence))),
        bar(item.confidence, "", colour, t("fact.confidence"))),
      imagery,
      h("section", { class: "block" }, h("h3", {}, t("candidate.measures")), known(item)),
      byImage(item), changes(item), sightings(item), checks(item),
    ],
    foot: now.user.rights.includes("CHECK") && begin,
  });
}
