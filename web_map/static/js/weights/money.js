/** The order for money: who stands where, and by which tests, values and layers. */

import { get, sentenceOf } from "../api.js";
import { badge, fill, h, state } from "../dom.js";
import { gradeStyle } from "../grade.js";
import { grid } from "../office/grid.js";
import { gradeName, mass, money, number, percent, pick, t } from "../text.js";

function answer(test, named) {
  const name = pick(named.get(test.id), "name");
  const words = { true: t("weights.holds_yes", { name }), false: t("weights.holds_no", { name }), null: t("weights.holds_unknown", { name }) };
  const kind = { true: "test-yes", false: "test-no", null: "to-check" }[String(test.holds)];
  const rests = [pick(test, "value"), ...pick(test, "layers")].join(" · ");
  return h("div", { class: "money-test" }, badge(words[String(test.holds)], {}, kind), h("span", { class: "quiet" }, rests));
}

function massOf(one) {
  if (one.mass_known) return mass(one.mass_t);
  return h("span", { class: "quiet" }, t("weights.mass_unknown", { n: mass(one.mass_used_t) }));
}

function points(one) {
  const firm = (name, value, share) => h("p", { class: "quiet" }, t("weights.index_part", { name, n: number(value, 1), share: share === null ? "—" : percent(share) }));
  return h("div", {}, h("span", { class: "strong" }, number(one.hs, 0)), firm("H", one.points_h, one.confidence_h), firm("S", one.points_s, one.confidence_s));
}

function columns(tests) {
  const named = new Map(tests.map((test) => [test.id, test]));
  return [
    { key: "place", title: t("weights.place"), align: "right", cell: (one) => h("span", { class: "strong" }, number(one.place)) },
    { key: "site", title: t("weights.site"), cell: (one) => h("a", { href: `/sites/${one.code}` }, h("span", { class: "strong" }, one.name), h("span", { class: "quiet" }, ` ${one.code}`)) },
    { key: "grade", title: t("weights.grade"), cell: (one) => badge(gradeName(one), gradeStyle(one.grade)) },
    { key: "tests", title: t("weights.tests"), cell: (one) => h("div", {}, h("p", {}, one.unknown
      ? t("weights.count_unknown", { n: one.count, unknown: one.unknown }) : t("weights.count", { n: one.count })), one.tests.map((test) => answer(test, named))) },
    { key: "hs", title: t("weights.hs"), align: "right", cell: points },
    { key: "mass", title: t("weights.mass"), align: "right", cell: massOf },
    { key: "cost", title: t("weights.cost"), align: "right", cell: (one) => (one.cost_yuan === null ? h("span", { class: "quiet" }, t("weights.cost_unknown")) : money(one.cost_yuan)) },
  ];
}

function rulesOf(page) {
  return h("section", { class: "card" }, h("h2", {}, t("weights.order")), h("p", {}, t("weights.order_what", { mass: mass(page.mass_unknown_t) })),
    h("ul", { class: "plain" }, page.tests.map((test) => h("li", {}, h("a", { href: `/rules#${encodeURIComponent(test.id)}` }, pick(test, "name")), " ",
      test.checked ? badge(t("weights.checked"), {}, "checked") : badge(t("weights.to_check"), {}, "to-check"), h("span", { class: "quiet" }, ` ${test.clause}`)))));
}

/** Draws the line into `place`. */
export async function moneyLine(place, district) {
  const rows = [];
  const list = h("div", { class: "money-list" });
  fill(place, list);
  async function load(after) {
    try {
      const page = await get("/api/priority", { district: district.code, after, limit: 50 });
      rows.push(...page.items);
      fill(list, rulesOf(page), h("p", { class: "desk-line" }, t("weights.waiting", { n: number(page.total) })),
        rows.length ? grid({ columns: columns(page.tests), rows, label: t("weights.money_title") }) : state("empty", t("weights.nobody_waits")),
        page.next && h("div", { class: "buttons" }, h("button", { type: "button", class: "button", onclick: () => load(page.next) }, t("weights.more"))));
    } catch (problem) {
      fill(list, state("error", sentenceOf(problem)));
    }
  }
  fill(list, state("wait", t("weights.working")));
  await load(0);
}
