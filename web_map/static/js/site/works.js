/** Conclusions of a site. */

import { badge, h } from "../dom.js";
import { t, term } from "../text.js";

function conclusion(one) {
  return h("li", { class: "event" },
    h("p", {}, h("span", { class: "strong" }, one.concluded_on || "—"),
      one.nature && badge(term("WasteNature", one.nature), {}, "badge-plain"),
      badge(term("ConclusionState", one.state), {}, "badge-plain"),
      one.is_demo && badge(t("demo.badge"), {}, "badge-demo")),
    h("p", { class: "quiet" }, [term("ConclusionBasis", one.basis), one.laboratory, one.report_no].filter(Boolean).join(" · ")));
}

/** Draws the card of conclusions, with the ways to sampling and results. */
export function conclusionsCard({ site }) {
  const query = new URLSearchParams({ district: site.district_code, site: site.code });
  return h("section", { class: "card", id: "conclusions" }, h("h2", {}, t("site.conclusions")),
    site.conclusions.length ? h("ul", { class: "plain" }, site.conclusions.map(conclusion)) : h("p", { class: "quiet" }, t("site.no_conclusions")),
    h("div", { class: "buttons no-print" },
      h("a", { class: "button", href: `/sampling?${query}` }, t("site.to_sampling")),
      h("a", { class: "button", href: `/results?${query}` }, t("site.to_results"))));
}
