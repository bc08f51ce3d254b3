/** One place: where it is, what is known, two dates, what to do, and the way there. */

import { badge, facts, h, state } from "../../dom.js";
import { area, length, moment, percent, styles, t, term } from "../../text.js";
import { recall } from "../db.js";
import { leaflet } from "../leaflet.js";
import { watchCompass } from "../list/compass.js";
import { kindOf, pointWords, readItem } from "../list/items.js";
import { arrow, badgesOf, windOf } from "../list/row.js";
import { bearing_deg, watchPosition } from "../position.js";
import { datesOf } from "./dates.js";
import { navigation } from "./navigate.js";
import { wayTo } from "./target.js";

function known(place) {
  return facts([
    [t("place.kind"), kindOf(place)],
    [t("place.code"), place.code],
    [t("place.waste_class"), place.waste_class && term("WasteClass", place.waste_class)],
    [t("place.state"), term(place.type === "site" ? "SiteState" : "CandidateState", place.state)],
    [t("place.confidence"), place.confidence === null ? null : percent(place.confidence)],
    [t("place.area"), area(place.area_m2)],
    [t("place.height"), length(place.height_m)],
    [t("place.town"), place.town],
    [t("place.reach"), place.reach],
    [t("place.centre"), pointWords(place.centre)],
  ]);
}

function assigned({ assigned: work }) {
  if (!work) return h("p", { class: "quiet" }, t("place.not_given"));
  return h("div", {}, h("p", { class: "strong" }, t("place.given_to", { who: work.to })),
    work.due_on && h("p", {}, t("place.due", { day: work.due_on })),
    work.note && h("p", { class: "place-note" }, work.note),
    work.teaches && h("p", { class: "place-note" }, t("place.teaches", { reason: term("TeachReason", work.teaches) })));
}

function lastCheck({ last_check: last }) {
  if (!last) return h("p", { class: "quiet" }, t("place.no_check"));
  return h("p", {}, badge(term("Verdict", last.verdict), styles.CandidateState?.[last.verdict] || {}, "badge-big"), " ",
    t("place.checked", { at: moment(last.at), by: last.by }), " · ", term("ReviewState", last.review));
}

function wayPart(place) {
  const sign = arrow();
  const words = h("span", { class: "strong" }, t("place.no_position"));
  const north = h("span", { class: "quiet way-north" }, t("place.north_up"));
  const part = h("div", { class: "way-line" }, sign, h("span", { class: "way-words" }, words, north));
  part.move = (fix) => {
    const here = [fix.lon, fix.lat];
    const way = wayTo(here, place);
    const bearing = bearing_deg(here, way.isInside ? place.centre : way.at);
    part.classList.toggle("way-here", way.isInside);
    sign.style.setProperty("--bearing", `${bearing.toFixed(0)}deg`);
    words.textContent = way.isInside ? t("place.inside", { accuracy: length(Math.round(fix.accuracy_m)) })
      : t("place.way", { far: length(Math.round(way.metres)), wind: windOf(bearing), degrees: Math.round(bearing), accuracy: length(Math.round(fix.accuracy_m)) });
  };
  return part;
}

async function panes(place, status) {
  try {
    return await datesOf(await leaflet(), place, status);
  } catch {
    return null;
  }
}

const part = (title, ...children) => h("section", { class: "card" }, h("h2", {}, title), children);

/** The screen `place`; the subject is the place's key. */
export async function placeScreen(key) {
  const item = await readItem(key);
  if (!item) {
    return { title: t("place.title"), body: state("empty", t("place.unknown"), h("a", { class: "button primary", href: "#/list" }, t("place.to_list"))) };
  }
  const { place } = item;
  const fix = await recall("last_fix");
  const way = wayPart(place);
  const dates = await panes(place, item.status);
  const lead = navigation(place, item.name, fix);
  const body = h("div", { class: "stack place" },
    h("div", { class: "place-head" }, h("h2", { class: "place-name" }, item.name), h("div", { class: "row-badges" }, badgesOf(item))),
    item.comment && h("div", { class: "sent-back", role: "alert" }, h("p", { class: "strong" }, t("place.sent_back")), h("p", {}, item.comment)),
    way,
    h("a", { class: "button primary wide tall", id: "start-check", href: `#/check/${encodeURIComponent(key)}` },
      item.hasDraft ? t("place.resume") : item.status === "SENT_BACK" ? t("place.check_again") : t("place.start")),
    lead,
    part(t("place.imagery"), dates ? dates.element : h("p", { class: "quiet" }, t("place.no_map"))),
    part(t("place.work"), assigned(place)),
    part(t("place.last_check"), lastCheck(place)),
    part(t("place.facts"), known(place)));
  if (fix) way.move(fix);
  if (dates) requestAnimationFrame(() => {
    dates.start();
    if (fix) dates.here(fix);
  });
  const stops = [
    watchPosition((found) => {
      if (!found) return;
      way.move(found);
      lead.move(found);
      dates?.here(found);
    }),
    watchCompass((heading) => {
      body.classList.add("has-compass");
      body.style.setProperty("--heading", `${heading.toFixed(0)}deg`);
    }),
  ];
  return {
    title: t("place.title"), body,
    leave() {
      stops.forEach((stop) => stop());
      dates?.close();
    },
  };
}
