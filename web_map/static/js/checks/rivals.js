/** Several checks of one place, side by side: a column each, what they disagree on marked. */

import { h } from "../dom.js";
import { moment, t } from "../text.js";
import { settle } from "./decide.js";
import { fieldsOf, labelOf, reviewBadge, standingBadge, valueOf } from "./words.js";

const MAY = ["REVIEWER", "ADMINISTRATOR"];

function rows(columns, differing) {
  const names = new Set(["verdict"]);
  for (const one of columns) for (const field of fieldsOf(one.verdict)) names.add(field.name);
  return [...names].map((name) => {
    const values = columns.map((one) => valueOf(name, name === "verdict" ? one.verdict : one.answers[name]));
    return values.some(Boolean) ? { name, values, isDiffering: differing.includes(name) } : null;
  }).filter(Boolean);
}

function chooser(one, check, { user, done }) {
  const isOpen = check.standing === "PARALLEL" || check.others.some((other) => other.standing === "PARALLEL");
  const canBe = !["SET_ASIDE", "CHOSEN"].includes(one.standing) && one.review !== "REJECTED";
  if (!MAY.includes(user.role) || !isOpen || !canBe) return "";
  const [, name, run] = settle(one, done);
  return h("button", { type: "button", class: "button small", "data-settle": one.id, onclick: run }, name);
}

function pictures(one) {
  return h("div", { class: "rival-photos" }, one.pictures.filter((picture) => picture.state === "RECEIVED").slice(0, 3).map((picture) =>
    h("img", { src: `${picture.address}/thumb`, alt: t("checks.photo"), loading: "lazy", width: 96, height: 72 })));
}

/** Draws the card; nothing where the check stands alone. */
export function rivalsCard(check, page) {
  if (!check.others.length) return null;
  const columns = [check, ...check.others];
  const head = h("tr", {}, h("th", { scope: "col" }, t("checks.what")), columns.map((one) => h("th", { scope: "col", class: one === check ? "is-mine" : "" },
    one === check ? h("span", { class: "strong" }, t("checks.this_one")) : h("button", { type: "button", class: "link", onclick: () => page.open(one.id) }, t("checks.open_it")),
    h("p", {}, one.recorder), h("p", { class: "quiet" }, moment(one.found_at)), h("p", { class: "badges" }, reviewBadge(one.review), standingBadge(one.standing)))));
  const said = rows(columns, check.differing).map((row) => h("tr", { class: row.isDiffering ? "is-differing" : "" },
    h("th", { scope: "row" }, labelOf(row.name), row.isDiffering && h("span", { class: "quiet" }, ` ${t("checks.differs")}`)),
    row.values.map((value) => h("td", {}, value || "—"))));
  const title = check.standing === "PARALLEL" ? t("checks.side_by_side") : t("checks.others", { n: check.others.length });
  return h("section", { class: "card", id: "check-rivals" }, h("h2", {}, title),
    check.standing === "PARALLEL" && h("p", { class: "hint" }, t("checks.parallel_hint")),
    h("div", { class: "grid-box", tabindex: "0", role: "group", "aria-label": title }, h("table", { class: "rivals" }, h("thead", {}, head), h("tbody", {}, said,
      h("tr", {}, h("th", { scope: "row" }, t("checks.photos")), columns.map((one) => h("td", {}, pictures(one)))),
      h("tr", {}, h("th", { scope: "row" }, ""), columns.map((one) => h("td", {}, chooser(one, check, page))))))));
}
