/** The list of finds: only the rows in sight are in the page, however many there are. */

import { badge, fill, h, select } from "../dom.js";
import { on } from "../store.js";
import { area, classOf, number, percent, shownStates, styles, t, term } from "../text.js";
import { look, now, openNumber, wish } from "./model.js";

const ROW = 58;
const SPARE = 6;

function row(find, at) {
  const { label, colour } = classOf(find.class_name);
  const state = find.zone && find.state === "IGNORED" && find.own_state === "TO_CHECK" ? t("review.in_zone", { name: find.zone }) : term("CandidateState", find.state);
  return h("li", { class: "rv-row", style: { top: `${at * ROW}px` }, "aria-setsize": now.order.length, "aria-posinset": at + 1 },
    h("button", {
      type: "button", class: "item rv-item", "data-find": find.id, "aria-current": find.id === now.currentId ? "true" : null,
      onclick: () => look(find.id),
    }, h("span", { class: "item-edge", style: { background: colour } }),
    h("span", { class: "item-main" }, h("span", { class: "item-title" }, label, find.is_contested && h("span", { class: "rv-contested" }, t("review.contested"))),
      h("span", { class: "item-sub" }, [area(find.area_m2), find.town].filter(Boolean).join(" · "))),
    h("span", { class: "item-side" }, h("span", { class: "score" }, percent(find.confidence)), badge(state, styles.CandidateState[find.state], "rv-state"))));
}

/** Draws the list with its order and filter. */
export function findList() {
  const rows = h("ol", { class: "rv-rows", "aria-label": t("review.list") });
  const box = h("div", { class: "rv-list", id: "find-list" }, rows);
  const head = h("p", { class: "rv-count", id: "find-count", role: "status" });
  const sorts = [["confidence", t("review.sort_confidence")], ["area", t("review.sort_area")], ["doubt", t("review.sort_doubt")]];

  function draw() {
    const from = Math.max(0, Math.floor(box.scrollTop / ROW) - SPARE);
    const until = Math.min(now.order.length, Math.ceil((box.scrollTop + (box.clientHeight || 600)) / ROW) + SPARE);
    const focused = document.activeElement?.dataset?.find;
    fill(rows, now.order.slice(from, until).map((find, i) => row(find, from + i)));
    if (focused) rows.querySelector(`[data-find="${focused}"]`)?.focus({ preventScroll: true });
  }

  function measure() {
    rows.style.height = `${now.order.length * ROW}px`;
    fill(head, now.order.length ? t("review.listed", { n: number(now.order.length), open: number(openNumber()) }) : t("review.none_listed"));
    draw();
  }

  function reveal() {
    const at = now.order.indexOf(now.byId.get(now.currentId));
    const top = at * ROW;
    if (at >= 0 && (top < box.scrollTop || top + ROW > box.scrollTop + box.clientHeight)) box.scrollTop = top - box.clientHeight / 2 + ROW / 2;
    draw();
  }

  box.addEventListener("scroll", draw, { passive: true });
  new ResizeObserver(draw).observe(box);
  on("review-order", measure);
  on("review-find", measure);
  on("review-current", reveal);
  measure();
  const states = [["", t("review.any_state")], ...shownStates()];
  return h("section", { class: "card rv-list-card" },
    h("div", { class: "rv-filters" },
      select("find-state", t("review.state"), states, now.state, (state) => wish({ state })),
      select("find-sort", t("review.sort"), sorts, now.sort, (sort) => wish({ sort }))),
    head, box);
}
