/** Two runs of a place compared: which places both found, which only one, and what became of them. */

import { download, get } from "../api.js";
import { fill, h, select, state } from "../dom.js";
import { showError } from "../notice.js";
import { doing } from "../office/fields.js";
import { startPlainOffice } from "../office/office.js";
import { moment, number, percent, pick, t } from "../text.js";
import { swipeMap } from "./map.js";
import { now } from "./model.js";
import { sideTicks, tables } from "./tables.js";

const asked = new URLSearchParams(location.search);
const [a, b] = [asked.get("a") || "", asked.get("b") || ""];

const label = (run) => t("compare.run", { scene: run.scene_name, model: run.model_name, at: moment(run.filed_at), n: number(run.found), percent: percent(run.threshold) });

function go(first, second) {
  location.assign(`/runs/compare?${new URLSearchParams({ a: first, b: second })}`);
}

function choices(runs) {
  const options = runs.map((run) => [run.id, label(run)]);
  return h("div", { class: "toolbar cmp-choices" },
    select("run-a", t("compare.a"), options, a, (value) => go(value, b)), select("run-b", t("compare.b"), options, b, (value) => go(a, value)),
    h("button", { type: "button", class: "button", onclick: () => go(b, a) }, t("compare.turn")));
}

function file(format) {
  return download(`/api/comparisons/file?${new URLSearchParams({ a, b, format })}`, `runs.${format}`).catch(showError);
}

startPlainOffice(async ({ user, desk }) => {
  if (!a || !b) {
    fill(desk, h("div", { class: "desk-head" }, h("h1", {}, t("compare.title"))), state("empty", t("compare.choose"), h("a", { class: "button", href: "/runs" }, t("compare.back"))));
    return;
  }
  const [answer, { districts }] = await Promise.all([get("/api/comparisons", { a, b }), get("/api/districts")]);
  Object.assign(now, { answer, district: districts.find((one) => one.code === answer.district) });
  const map = swipeMap();
  fill(desk, h("div", { class: "desk-head" }, h("a", { class: "link", href: `/runs?district=${encodeURIComponent(answer.district)}` }, t("compare.back")), h("h1", {}, t("compare.title")), h("p", { class: "desk-line" }, pick(now.district, "name")),
    h("div", { class: "push rv-links" }, h("a", { class: "button", href: `/runs/${a}/review` }, t("compare.review_a")), h("a", { class: "button", href: `/runs/${b}/review` }, t("compare.review_b")),
      user.rights.includes("EDIT") && [doing(t("compare.csv"), () => file("csv")), doing(t("compare.geojson"), () => file("geojson"))])),
  choices(answer.runs), h("p", { class: "quiet" }, t("compare.rule")),
  h("div", { class: "cmp" }, h("div", {}, sideTicks(() => map.draw()), h("label", { class: "cmp-swipe", for: "swipe" }, h("span", {}, t("compare.swipe")), map.bar), map.element),
    h("div", {}, tables())));
});
