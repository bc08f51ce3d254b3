/** The photographs of a check, each with what it says of itself; and those still on the phone. */

import { badge, h } from "../dom.js";
import { openDialog } from "../office/dialog.js";
import { length, moment, number, pick, t } from "../text.js";
import { said } from "./words.js";

function lookingBadge(judged) {
  if (judged.is_looking_at === true) return badge(t("checks.looks_at"), {}, "checked");
  if (judged.is_looking_at === false) return badge(t("checks.looks_away"), {}, "to-check");
  return null;
}

function distanceBadge(judged) {
  if (judged.distance_m === null) return badge(t("checks.no_position"), {}, "to-check");
  return badge(judged.distance_m === 0 ? t("checks.inside") : t("checks.away", { length: length(judged.distance_m) }), {}, "badge-plain");
}

function minutesBadge(judged) {
  if (judged.minutes_from_visit === null) return null;
  const minutes = Math.round(judged.minutes_from_visit);
  const sign = minutes > 0 ? "+" : "";
  const isLong = Math.abs(minutes) >= 2880;
  const text = isLong ? t("checks.days", { n: `${sign}${Math.round(minutes / 1440)}` }) : t("checks.minutes", { n: `${sign}${minutes}` });
  return badge(text, {}, "badge-plain");
}

function judgedBadges(one) {
  const judged = one.judgement;
  if (!judged) return [badge(t("checks.unreadable"), {}, "to-check")];
  return [distanceBadge(judged), lookingBadge(judged), minutesBadge(judged),
    judged.same_as.length > 0 && badge(t("checks.used_before"), {}, "to-check")];
}

function look(one, mayDownload) {
  const warnings = one.judgement?.warnings || [];
  openDialog(t("checks.photo"), [
    h("img", { class: "picture", src: `${one.address}/stamped`, alt: t("checks.photo") }),
    h("ul", { class: "plain" }, warnings.map((warning) => h("li", { class: "hint" }, said(warning)))),
    h("p", { class: "quiet" }, [one.file_name, moment(one.record?.taken_at) || t("checks.no_time"), t("checks.megabytes", { n: number(one.size_bytes / 1e6, 1) })].filter(Boolean).join(" · ")),
    h("p", { class: "quiet mono" }, `SHA-256 ${one.sha256}`),
  ], [mayDownload && h("a", { class: "button", href: `${one.address}/original` }, t("checks.original"))], "wide");
}

function figure(one, mayDownload) {
  const warnings = one.judgement?.warnings || [];
  if (one.state !== "RECEIVED") {
    return h("figure", { class: "photo" }, h("div", { class: "photo-none" }, t("checks.photo_unshown")),
      h("figcaption", {}, pick(one, "sentence") || t("checks.photo_waits")));
  }
  return h("figure", { class: "photo" },
    h("button", { type: "button", class: "photo-open", onclick: () => look(one, mayDownload) },
      h("img", { src: `${one.address}/thumb`, alt: t("checks.photo"), loading: "lazy", width: 150, height: 112 })),
    h("figcaption", {}, h("span", { class: "badges" }, judgedBadges(one)),
      warnings.map((warning) => h("span", { class: "photo-warning" }, said(warning)))));
}

/** The photographs of a check side by side, and how many its phone still holds; null of none. */
export function pictures(check, mayDownload) {
  const known = new Set(check.pictures.map((one) => one.id));
  const missing = check.photos.filter((one) => !known.has(one.id));
  if (!check.pictures.length && !missing.length) return null;
  return [check.pictures.length > 0 && h("div", { class: "photos" }, check.pictures.map((one) => figure(one, mayDownload))),
    missing.length > 0 && h("p", { class: "hint" }, t("checks.still_on_phone", { n: missing.length }))];
}

/** Draws the card of photographs. */
export function photosCard(check) {
  return h("section", { class: "card", id: "check-photos" }, h("h2", {}, t("checks.photos")),
    pictures(check, true) || h("p", { class: "quiet" }, t("checks.no_photos")));
}
