/** Waste meets pit: the best allocation, what if, every pair and why, the book. */

import { send, sentenceOf } from "../api.js";
import { badge, fill, h, state } from "../dom.js";
import { startOffice } from "../office/office.js";
import { t } from "../text.js";
import { assessmentsCard } from "./assessments.js";
import { bookCard } from "./book.js";
import { flowMap } from "./flow_map.js";
import { pairsCard } from "./pairs.js";
import { openSave, plansCard } from "./plans.js";
import { basis, flowsGrid, flowsNote, leftGrid, movesGrid, pitsGrid, totals } from "./result.js";
import { whatIfPanel } from "./whatif.js";

async function matched(district, wish, signal) {
  const answer = await send("POST", "/api/backfill/match", { district: district.code, ...wish }, signal);
  return answer.json();
}

function isOtherwise({ what_if: what }) {
  const more = [what.volumes_m3, what.masses_t, what.reclassified];
  return what.closed.length > 0 || more.some((one) => Object.keys(one).length > 0);
}

function drawn(found) {
  const shown = found.changed || found.base;
  return [
    h("section", { class: "card match-main" },
      h("h2", {}, found.changed ? t("backfill.supposed") : t("backfill.best")), totals(found.base, found.changed), flowMap(shown.result), basis(shown)),
    found.changed && h("section", { class: "card", id: "moves" }, h("h2", {}, t("backfill.moves")), movesGrid(found.moves)),
    h("section", { class: "card" }, h("h2", {}, t("backfill.flows")), flowsGrid(shown.result), shown.result.flows.length > 0 && flowsNote(shown.result)),
    h("div", { class: "match-two" },
      h("section", { class: "card" }, h("h2", {}, t("backfill.pits")), h("p", { class: "quiet" }, t("backfill.pits_line")), pitsGrid(shown.result)),
      h("section", { class: "card" }, h("h2", {}, t("backfill.left")), leftGrid(shown.result))),
  ];
}

startOffice(async ({ user, district, desk }) => {
  const mayWrite = user.rights.includes("EDIT");
  const result = h("div", { class: "match-result", "aria-live": "polite" });
  const now = { running: null };
  const first = await matched(district, {});

  async function run(wish) {
    now.running?.abort();
    now.running = new AbortController();
    result.classList.add("is-stale");
    try {
      fill(result, drawn(await matched(district, wish, now.running.signal)));
    } catch (problem) {
      if (problem.name === "AbortError") return;
      fill(result, state("error", sentenceOf(problem)));
    }
    result.classList.remove("is-stale");
  }

  const { panel, wish } = whatIfPanel(first.piles, first.pits, run);
  const plans = await plansCard(district);
  const keep = () => openSave({ district: district.code, ...wish() }, plans.show);
  if (mayWrite && !plans.card.hidden) {
    panel.append(h("div", { class: "buttons" }, h("button", { type: "button", class: "button", id: "plan-keep", onclick: keep }, t("backfill.keep"))));
  }
  fill(result, drawn(first));
  const again = () => run(wish());
  const assessments = await assessmentsCard(district, user, () => Promise.all([again(), pairs.show()]));
  const [pairs, book] = await Promise.all([pairsCard(district, user, first.piles, first.pits, assessments.read), bookCard(district, user, first.piles, first.pits, again)]);
  fill(desk, h("div", { class: "desk-head" }, h("h1", {}, t("backfill.title"), " ", district.is_demo && badge(t("backfill.demo"), {}, "badge-demo")), h("p", { class: "desk-line" }, t("backfill.line"))),
    h("div", { class: "backfill-page" }, panel, result, pairs.card, assessments.card, book, plans.card));
});
