/** The way there: which point, and which of the phone's programs leads to it. */

import { fill, h } from "../../dom.js";
import { length, t } from "../../text.js";
import { pointWords } from "../list/items.js";
import { navigationLinks } from "./apps.js";
import { wayTo } from "./target.js";

/** The points that one may be led to: [{ at, words }], the nearest edge first where a position is known. */
function targets(place, fix) {
  const centre = { key: "centre", at: place.centre, words: t("place.to_middle") };
  if (!fix || !place.outline) return [centre];
  const way = wayTo([fix.lon, fix.lat], place);
  if (way.isInside) return [centre];
  return [{ key: "edge", at: way.at, words: t("place.to_edge", { far: length(Math.round(way.metres)) }) }, centre];
}

function app(title, { app: program, web }) {
  return h("li", { class: "app" },
    h("a", { class: "button wide tall", href: program }, title),
    h("a", { class: "app-web", href: web, target: "_blank", rel: "noopener noreferrer" }, t("place.on_the_web")));
}

/** Makes the part; `move(fix)` takes a new position in until somebody chose a point. */
export function navigation(place, name, fix) {
  const body = h("div", { class: "navigate-body" });
  let wanted = null;
  let at = fix;

  function draw() {
    const found = targets(place, at);
    const target = found.find((one) => one.key === wanted) || found[0];
    const links = navigationLinks(target.at, name);
    fill(body,
      found.length > 1 && h("div", { class: "segments segments-tall", role: "group", "aria-label": t("place.which_point") }, found.map((one) => h("button", {
        type: "button", "aria-pressed": String(one.key === target.key), onclick: () => { wanted = one.key; draw(); },
      }, one.words))),
      h("a", { class: "button primary wide tall", id: "nav-system", href: links.system }, t("place.phone_map")),
      h("ul", { class: "apps" }, app(t("place.gaode"), links.gaode), app(t("place.baidu"), links.baidu), app(t("place.tencent"), links.tencent)),
      h("p", { class: "quiet" }, t("place.shifted")),
      h("p", { class: "quiet", id: "nav-point" }, `${pointWords(target.at)} · CGCS2000`));
  }

  const part = h("details", { class: "card navigate" }, h("summary", { class: "button wide tall" }, t("place.navigate")), body);
  part.addEventListener("toggle", draw);
  part.move = (next) => {
    at = next;
    if (part.open && !part.contains(document.activeElement)) draw();
  };
  return part;
}
