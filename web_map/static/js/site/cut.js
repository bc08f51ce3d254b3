/** Draws the line along which a site is cut in two: click point by point on the map. */

import { fill, h } from "../dom.js";
import { t } from "../text.js";
import { shownMap } from "./map.js";

/** Lets the line be drawn; `ready(line, drop)` gets its points, `end()` puts the buttons back. */
export function startCut(bar, end, ready) {
  const map = shownMap();
  const points = [];
  const line = L.polyline([], { color: "#b2182b", weight: 4, dashArray: "8 6" }).addTo(map);
  const click = (event) => {
    points.push([event.latlng.lng, event.latlng.lat]);
    line.addLatLng(event.latlng);
    draw();
  };
  const under = h("div", { class: "cut-bar no-print" });
  map.getContainer().after(under);
  const drop = () => {
    map.off("click", click);
    map.getContainer().classList.remove("is-drawing");
    line.remove();
    under.remove();
    end();
  };
  const draw = () => fill(under,
    h("p", { class: "hint" }, t("site.cut_hint", { n: points.length })),
    h("div", { class: "buttons" },
      h("button", { type: "button", class: "button primary", id: "cut-done", disabled: points.length < 2, onclick: () => ready(points, drop) }, t("site.cut_done")),
      h("button", { type: "button", class: "button", onclick: drop }, t("site.cut_drop"))));
  map.on("click", click);
  map.getContainer().classList.add("is-drawing");
  map.getContainer().scrollIntoView({ block: "center", behavior: "smooth" });
  fill(bar);
  draw();
}
