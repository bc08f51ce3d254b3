/** The review of a run: scores and outlines on the map, the slider, the list, verdicts by keyboard. */

import { get } from "../api.js";
import { fill, h } from "../dom.js";
import { startPlainOffice } from "../office/office.js";
import { on } from "../store.js";
import { moment, number, pick, subject, t } from "../text.js";
import { detailPart } from "./detail.js";
import { listenToKeys, openKeys } from "./keys.js";
import { layerBar } from "./layers.js";
import { findList } from "./list.js";
import { reviewMap } from "./map.js";
import { look, now, takeIn } from "./model.js";
import { guardLeaving } from "./send.js";
import { thresholdCard } from "./threshold.js";
import { partLine } from "./part.js";
import { zonesCard } from "./zones.js";

/** In what the run differs from a plain one: ground under cloud, haste and what that changed. */
function how({ audit, is_unmasked: isUnmasked }) {
  const words = audit && { pixels: number(audit.pixels), classes: number(audit.classes), targets: number(audit.targets) };
  return [isUnmasked && t("review.is_unmasked"), audit && t("review.audit", words)].filter(Boolean).join(" ");
}

function head() {
  const { run, district } = now;
  const said = how(run);
  const unsent = h("span", { class: "rv-unsent", role: "status" });
  on("review-unsent", () => fill(unsent, now.unsent > 0 && t("review.unsent", { n: number(now.unsent) })));
  return h("div", { class: "desk-head" }, h("a", { class: "link", href: `/runs?district=${encodeURIComponent(district.code)}` }, t("review.back")), h("h1", {}, t("review.title")),
    h("p", { class: "desk-line" }, [pick(district, "name"), run.scene_name, run.acquired_on, run.model_name, t("review.filed", { by: run.filed_by, at: moment(run.filed_at) })].filter(Boolean).join(" · ")),
    said && h("p", { class: "quiet rv-how" }, said),
    unsent,
    h("div", { class: "push rv-links" },
      now.runs.length > 1 && h("a", { class: "button", href: `/runs/compare?a=${run.id}&b=${now.runs.find((one) => one.id !== run.id).id}` }, t("review.compare")),
      now.user.rights.includes("ASSIGN") && h("a", { class: "button", href: `/teams?district=${encodeURIComponent(district.code)}` }, t("review.to_teams")),
      h("a", { class: "button", href: `/#d=${encodeURIComponent(district.code)}` }, t("review.to_map")),
      h("button", { type: "button", class: "button", id: "open-keys", "aria-keyshortcuts": "?", onclick: openKeys }, t("review.keys"))));
}

/** The one class that the address asks for, where a run found more than a page lists. */
function onlyAsked() {
  const only = new URLSearchParams(location.search).get("only");
  return only ? { only } : {};
}

startPlainOffice(async ({ user, desk }) => {
  const [answer, { districts }] = await Promise.all([get(`/api/runs/${encodeURIComponent(subject)}/review`, onlyAsked()), get("/api/districts")]);
  takeIn(answer, user, districts.find((one) => one.code === answer.run.district));
  const map = reviewMap();
  const detail = detailPart(map);
  desk.classList.add("rv-desk");
  fill(desk, head(), partLine(), h("div", { class: "rv" },
    h("div", { class: "rv-left" }, thresholdCard(), findList(), zonesCard(map)),
    h("div", { class: "rv-middle" }, layerBar(), map.element),
    detail.element));
  listenToKeys(detail, map);
  guardLeaving();
  const asked = decodeURIComponent(location.hash.slice(1));
  await new Promise((resolve) => { requestAnimationFrame(() => requestAnimationFrame(resolve)); });
  if (now.byId.has(asked)) look(asked);
});
