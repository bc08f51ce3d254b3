/** The card of a site's pit and its restoration: surveys, units, after-care, the survey's row. */

import { get, sentenceOf } from "../../api.js";
import { fill, h, state } from "../../dom.js";
import { t } from "../../text.js";
import { mineBlock } from "./mine.js";
import { surveysBlock } from "./surveys.js";
import { unitsBlock } from "./units.js";

/** Draws the card of a pit or a mine; other sites have it only where something was measured. */
export function pitCard(page) {
  const { site } = page;
  const body = h("div", { class: "pit-body" }, state("wait", t("pit.loading")));
  const card = h("section", { class: "card", id: "pit", hidden: true }, h("h2", {}, t("pit.title")), body);
  const address = `/api/sites/${encodeURIComponent(site.code)}`;
  const load = async () => {
    const found = await get(`${address}/restoration`, { as_of: page.asOf });
    card.hidden = !found.is_pit && !found.surveys.length;
    const here = { ...page, address, found, reload: () => load().catch(fail) };
    fill(body, surveysBlock(here), found.is_pit && unitsBlock(here), found.is_pit && mineBlock(here));
  };
  const fail = (problem) => {
    card.hidden = false;
    fill(body, state("error", sentenceOf(problem)));
  };
  load().catch(fail);
  return card;
}
