/** The place of a site in the order for money, with the tests it rests on. */

import { get, sentenceOf } from "../api.js";
import { badge, fill, h, state } from "../dom.js";
import { mass, number, pick, styles, t } from "../text.js";

function answer(holds) {
  if (holds === null) return badge(t("site.unknown"), styles.DeadlineState.AMBER);
  return holds ? badge(t("site.test_holds"), styles.DeadlineState.RED) : badge(t("site.test_fails"), {}, "badge-plain");
}

function test(one, abouts) {
  const about = abouts.find((other) => other.id === one.id);
  return h("li", { class: "event" },
    h("p", {}, answer(one.holds), h("span", { class: "strong" }, pick(about, "name")),
      h("a", { class: "clause", href: `/rules#${encodeURIComponent(one.id)}` }, about.clause)),
    h("p", { class: "quiet" }, [pick(one, "value"), ...pick(one, "layers")].join(" · ")));
}

function drawn({ standing, tests }) {
  if (!standing) return h("p", { class: "quiet" }, t("site.not_in_order"));
  const weight = standing.mass_known ? mass(standing.mass_used_t) : t("site.mass_assumed", { mass: mass(standing.mass_used_t) });
  return [
    h("p", { class: "matrix" }, t("site.place_in_order", { n: number(standing.place), total: number(standing.total) })),
    h("p", { class: "quiet" }, t("site.order_by", { count: standing.count, hs: number(standing.hs ?? 0), mass: weight })),
    h("ul", { class: "plain" }, standing.tests.map((one) => test(one, tests))),
  ];
}

/** Draws the card; it stands for today, so a past day has none. */
export function orderCard({ site, asOf }) {
  if (asOf || !site.is_on_list) return null;
  const body = h("div", {}, state("wait", t("list.loading")));
  get(`/api/sites/${encodeURIComponent(site.code)}/priority`)
    .then((found) => fill(body, drawn(found)))
    .catch((problem) => fill(body, state("error", sentenceOf(problem))));
  return h("section", { class: "card", id: "order" }, h("h2", {}, t("site.order")), body);
}
