/** What images and surveys show of an indicator: offered beside the table, taken over by a person. */

import { send, sentenceOf } from "../../api.js";
import { badge, h } from "../../dom.js";
import { newId } from "../../new_id.js";
import { showDone } from "../../notice.js";
import { closeDialog, openDialog } from "../../office/dialog.js";
import { doing, problemLine } from "../../office/fields.js";
import { number, pick, t, term } from "../../text.js";
import { withUnit } from "./words.js";

const rounded = (value) => number(value, Math.abs(value) < 1000 ? 1 : 0);

/** The day and the source of a value; one that was observed says by what. */
export const originOf = (one) => [one.measured_on, one.basis && term("OfferBasis", one.basis), one.source].filter(Boolean).join(" · ");

/** The interval of a value of a line, whether it decides, and what to bear in mind. */
export function sureness(line, one) {
  const isBetween = one.low !== null && one.high !== null;
  const range = isBetween && t("pit.interval", { low: rounded(one.low), high: withUnit(rounded(one.high), pick(line, "unit")) });
  return [range && h("span", { class: "quiet" }, range), one.is_open && h("span", { class: "pit-doubt" }, t("pit.interval_open")),
    one.cautions.map((caution) => h("span", { class: "quiet" }, pick(caution, "text")))];
}

function valueOf(line, offer) {
  const unit = pick(line, "unit");
  if (offer.value !== null) return withUnit(rounded(offer.value), unit);
  return offer.high === null ? "" : t("pit.at_most", { amount: withUnit(rounded(offer.high), unit) });
}

function openTake(here, unit, line, offer) {
  const id = newId();
  const problem = problemLine();
  const go = doing(t("pit.take_go"), async () => {
    problem.say("");
    try {
      await send("PUT", `${here.address}/units/${unit.id}/values/${id}/taken`, { indicator: line.indicator, source_id: offer.source_id, value: offer.value });
      closeDialog();
      showDone(t("pit.taken"));
      here.reload();
    } catch (trouble) {
      problem.say(sentenceOf(trouble));
    }
  }, "primary");
  openDialog(t("pit.take_title", { name: term("Indicator", line.indicator) }), [h("div", { class: "pit-offer" },
    h("span", { class: "strong" }, valueOf(line, offer)), h("span", { class: "quiet" }, originOf(offer)), sureness(line, offer)),
  h("p", {}, t("pit.take_hint")), problem], [go]);
}

function deed(here, unit, line, offer) {
  if (offer.value === null) return null;
  if (offer.is_older) return h("span", { class: "quiet" }, t("pit.offer_older"));
  return h("button", { type: "button", class: "button pit-take", "data-take": line.indicator, onclick: () => openTake(here, unit, line, offer) }, t("pit.take"));
}

/** What is offered for a line of the table of a unit that is not accepted. */
export function offersOf(here, unit, line) {
  return line.offers.map((offer) => h("div", { class: "pit-offer no-print" },
    h("span", { class: "pit-offer-value" }, badge(t("pit.offered"), {}, "badge-plain"), h("span", { class: "strong" }, valueOf(line, offer))),
    h("span", { class: "quiet" }, originOf(offer)), sureness(line, offer), deed(here, unit, line, offer)));
}
