/** The first card: which site, and which of its sampling plans. */

import { get } from "../api.js";
import { badge, fill, h, select } from "../dom.js";
import { showError } from "../notice.js";
import { gradeName, mass, t, term } from "../text.js";
import { gradeStyle } from "../grade.js";

const WAIT = 250;

function found(items, open) {
  if (!items.length) return h("p", { class: "quiet" }, t("results.no_site"));
  return h("ul", { class: "plain results-found" }, items.map((one) => h("li", {},
    h("button", { type: "button", class: "results-pick", onclick: () => open(one.code) },
      h("span", { class: "strong" }, one.name), h("span", { class: "quiet" }, one.code)))));
}

function search(now, open) {
  const list = h("div", { "aria-live": "polite" });
  let timer = 0;
  const look = async (text) => {
    try {
      const { items } = await get("/api/sites", { district: now.district.code, text, limit: 8 });
      fill(list, found(items, open));
    } catch (problem) {
      showError(problem);
    }
  };
  const box = h("input", {
    id: "results-site", type: "search", autocomplete: "off", placeholder: t("results.site_hint"),
    oninput: (event) => {
      clearTimeout(timer);
      timer = setTimeout(look, WAIT, event.target.value.trim());
    },
  });
  if (!now.site) look("");
  return h("div", { class: "results-search" },
    h("label", { class: "field", for: "results-site" }, h("span", {}, t("results.site")), box), list);
}

function chosen(now, open) {
  const { site, plans, plan } = now.data;
  const names = plans.map((one) => [one.code, t("results.plan_name", { code: one.code, n: one.n_planned, state: term("PlanState", one.state) })]);
  return [
    h("div", { class: "results-site" },
      h("div", {},
        h("p", { class: "results-name" }, h("a", { href: `/sites/${site.code}` }, site.name)),
        h("p", { class: "quiet" }, [site.code, term("WasteClass", site.waste_class), mass(site.mass_t)].filter(Boolean).join(" · "))),
      h("div", { class: "badges" },
        badge(gradeName(site), gradeStyle(site.grade), "badge-big"),
        badge(term("WasteNature", site.nature), {}, "badge-plain badge-big"),
        site.is_demo && badge(t("demo.badge"), {}, "badge-demo"))),
    plans.length
      ? select("results-plan", t("results.plan"), names, plan?.code, (code) => open(site.code, code))
      : h("p", { class: "hint" }, t("results.no_plan"), " ",
        h("a", { href: `/sampling?site=${site.code}` }, t("results.make_plan"))),
    h("div", { class: "buttons" },
      h("button", { type: "button", class: "button", id: "results-other", onclick: () => open(null) }, t("results.other_site"))),
  ];
}

/** The card; `open(site, plan)` shows another. */
export function siteCard(now, open) {
  return h("section", { class: "card" }, h("h2", {}, t("results.step_site")),
    now.data ? chosen(now, open) : search(now, open));
}
