/** The find that is looked at: what is known of it, what was said, and the big buttons. */

import { get } from "../api.js";
import { badge, bar, facts, fill, h } from "../dom.js";
import { showError } from "../notice.js";
import { on } from "../store.js";
import { area, classOf, moment, number, percent, place, styles, t, term, wordsOf } from "../text.js";
import { now, step } from "./model.js";
import { pairOf } from "./pair.js";
import { judge, undo } from "./send.js";

export const KIND_KEYS = [..."1234567890-="];
const known = new Map();

/** The words of facts that detection is known to tell; others stand under their own names. */
const factNames = () => ({
  score_min: t("review.fact_score_min"), score_max: t("review.fact_score_max"), pixels: t("review.fact_pixels"),
  score_mean: t("review.fact_score_mean"), is_kept: t("review.fact_kept"), is_ignored: t("review.fact_ignored"), is_isolated: t("review.fact_isolated"), look_alike: t("review.fact_look_alike"),
});

function factText(value) {
  if (typeof value === "boolean") return value ? t("review.yes") : t("review.no");
  if (typeof value === "number") return number(value, 3);
  if (value !== null && typeof value === "object") {
    return Object.entries(value).map(([name, inner]) => `${classOf(name).label} ${factText(inner)}`).join(" · ");
  }
  return typeof value === "string" ? classOf(value).label : value;
}

function detectionFacts(find) {
  const names = factNames();
  const rows = Object.entries(find.facts || {}).filter(([, value]) => value !== null && value !== "").map(([name, value]) => [names[name] || name, factText(value)]);
  return rows.length > 0 && h("details", { class: "rv-facts" }, h("summary", {}, t("review.facts", { n: rows.length })), facts(rows));
}

function key(name) {
  return h("kbd", { "aria-hidden": "true" }, name);
}

function button(id, letter, text, run, kind = "", shortcut = letter) {
  return h("button", { type: "button", id, class: `button tall ${kind}`, "aria-keyshortcuts": shortcut, onclick: run }, text, key(letter));
}

/** The kinds of look-alike to choose from, each with its number. */
export function kindChoice(done) {
  return h("div", { class: "rv-kinds", id: "kinds", role: "group", "aria-label": t("review.which_kind") },
    h("p", { class: "strong" }, t("review.which_kind")),
    wordsOf("LookAlike").map(([value, name], i) => h("button", {
      type: "button", class: "button", "data-kind": value, "aria-keyshortcuts": KIND_KEYS[i], onclick: () => { done(); judge("LOOK_ALIKE", value); },
    }, name, key(KIND_KEYS[i]))));
}

function said(whole) {
  if (!whole.verdicts.length) return null;
  return h("section", { class: "block" }, h("h3", {}, t("review.said")), h("ul", { class: "plain" }, whole.verdicts.map((one) => h("li", {
    class: one.undone_at ? "rv-said is-undone" : "rv-said",
  }, h("span", { class: "strong" }, [term("OfficeSays", one.says), one.look_alike && term("LookAlike", one.look_alike)].filter(Boolean).join(" · ")),
  h("span", { class: "quiet" }, [one.given_by, moment(one.given_at), one.undone_at && t("review.is_undone"), one.standing !== "PLAIN" && term("Standing", one.standing)].filter(Boolean).join(" · "))))));
}

function covered(find, whole) {
  if (!whole.zones.length) return null;
  return h("div", { class: "rv-zone-note" }, whole.zones.map((zone) => h("p", {}, t("review.zone_note", { name: zone.name, kind: term("ZoneKind", zone.kind), reason: zone.reason, share: percent(zone.share) }))));
}

/** Draws the part of the current find; `map` shows its outline. */
export function detailPart(map) {
  const box = h("section", { class: "card rv-detail", id: "find-detail", "aria-live": "polite" });
  const deeds = h("section", { class: "card rv-deeds", "aria-label": t("review.deeds") });
  const self = { element: h("div", { class: "rv-side" }, deeds, box), isChoosing: false };
  const mayJudge = now.user.rights.includes("EDIT");

  function drawDeeds() {
    const find = now.byId.get(now.currentId);
    const at = find ? now.order.indexOf(find) + 1 : 0;
    fill(deeds, h("div", { class: "rv-step" }, button("find-before", "K", t("review.before"), () => step(-1)),
      h("span", { class: "rv-at", id: "find-at" }, t("review.at", { at: at || "—", n: number(now.order.length) })), button("find-next", "J", t("review.next"), () => step(1))),
    mayJudge && find && !self.isChoosing && h("div", { class: "rv-buttons" },
      button("say-visit", "A", t("review.visit"), () => judge("VISIT"), "primary"), button("say-look-alike", "L", t("review.look_alike"), () => self.choose(true)),
      button("say-ignore", "I", t("review.ignore"), () => judge("IGNORE")), button("say-undo", "U", t("review.undo"), undo)),
    mayJudge && find && self.isChoosing && kindChoice(() => self.choose(false)));
  }

  self.choose = (isChoosing) => {
    self.isChoosing = isChoosing;
    drawDeeds();
    deeds.querySelector(isChoosing ? "#kinds button" : "#say-look-alike")?.focus();
  };

  function draw(find, whole) {
    const { label, colour } = classOf(find.class_name);
    fill(box, h("div", { class: "rv-head" }, h("h2", {}, label), badge(term("CandidateState", find.state), styles.CandidateState[find.state]),
      find.look_alike && find.state === "RULED_OUT" && badge(term("LookAlike", find.look_alike), {}, "badge-plain")),
    h("div", { class: "line" }, h("span", {}, t("fact.confidence")), h("span", { class: "strong" }, percent(find.confidence))),
    bar(find.confidence, "", colour, t("fact.confidence")), find.is_contested && h("p", { class: "rv-warn", role: "status" }, t("review.contested_note")),
    whole && covered(find, whole), whole && pairOf(find, whole.outline),
    facts([[t("fact.area"), area(find.area_m2)], [t("review.town"), find.town], [t("fact.centre"), place(find.centre)], [t("review.seen"), t("review.times", { n: find.sightings })],
      [t("review.number"), find.id.slice(0, 8)], [t("review.site"), find.site_code]]),
    detectionFacts(find), whole && said(whole),
    h("p", {}, h("a", { href: `/#d=${encodeURIComponent(now.district.code)}&c=${find.id}` }, t("review.on_the_map"))));
  }

  async function show({ fly }) {
    const find = now.byId.get(now.currentId);
    self.isChoosing = false;
    drawDeeds();
    if (!find) {
      map.outline(null);
      fill(box, h("p", { class: "quiet" }, now.finds.length ? t("review.choose") : t("review.nothing_found")));
      return;
    }
    if (fly && map.map) map.fit(find);
    draw(find, known.get(find.id));
    map.outline(known.get(find.id)?.outline);
    try {
      const whole = await get(`/api/runs/${now.run.id}/finds/${find.id}`);
      known.set(find.id, whole);
      if (now.currentId !== find.id) return;
      draw(find, whole);
      map.outline(whole.outline);
    } catch (problem) {
      showError(problem);
    }
  }

  on("review-current", (how) => void show(how));
  on("review-find", (find) => find && find.id === now.currentId && void show({ fly: false }));
  on("review-zones", () => {
    known.clear();
    void show({ fly: false });
  });
  on("review-order", drawDeeds);
  void show({ fly: false });
  return self;
}
