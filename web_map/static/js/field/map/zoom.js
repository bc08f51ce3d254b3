/** Nearer and farther by two large buttons: gloves cannot pinch. */

import { h } from "../../dom.js";
import { t } from "../../text.js";

/** The two buttons of a Leaflet map, to be put into its frame. */
export function zoomButtons(map) {
  const button = (name, sign, step) => h("button", {
    type: "button", class: "button zoom-button", "aria-label": name,
    onclick: (event) => {
      event.stopPropagation();  // a map that is drawn on hears no tap where these lie
      map.setZoom(Math.round(map.getZoom()) + step);
    },
    ondblclick: (event) => event.stopPropagation(),
  }, sign);
  return h("div", { class: "zoom-buttons" }, button(t("field.nearer"), "+", 1), button(t("field.farther"), "\u2212", -1));
}
