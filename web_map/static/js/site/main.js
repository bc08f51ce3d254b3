/** The page of one site: everything known of it, and what may be done with it. */

import { get, sentenceOf } from "../api.js";
import { byId, fill, h, state } from "../dom.js";
import { startOffice } from "../office/office.js";
import { gradingBlock } from "../reasons.js";
import { subject, t } from "../text.js";
import { aroundCard } from "./around.js";
import { closeOutCard } from "./close_out.js";
import { factsCard } from "./facts.js";
import { followCard } from "./follow.js";
import { headOf } from "./head.js";
import { historyCard } from "./history.js";
import { lineageCard } from "./lineage.js";
import { mapCard } from "./map.js";
import { originCard } from "./origin.js";
import { orderCard } from "./order.js";
import { papersCard } from "./papers.js";
import { pitCard } from "./pit/card.js";
import { projectsCard } from "./projects.js";
import { tagsCard } from "./tags.js";
import { visitsCard } from "./visits.js";
import { conclusionsCard } from "./works.js";

const here = { user: null, districts: [], district: null, desk: null, site: null, facts: null, asOf: "" };

/** Whether this page may offer changes: the account may write, and it is today that is shown. */
function mayWrite() {
  return here.user.rights.includes("EDIT") && !here.asOf && here.site.is_on_list;
}

function draw() {
  const { site } = here;
  here.district = here.districts.find((one) => one.code === site.district_code) || here.district;
  const page = { ...here, mayWrite: mayWrite(), reload: load, showDay };
  document.title = `${site.name} · ${site.code} · ${t("app.name")}`;
  const grading = h("section", { class: "card site-grade" }, gradingBlock(site.grading));
  fill(here.desk, headOf(page),
    h("div", { class: "site-columns" },
      h("div", {}, mapCard(page), followCard(page), projectsCard(page), closeOutCard(page), factsCard(page), aroundCard(page), pitCard(page), visitsCard(page), papersCard(page), tagsCard(page), lineageCard(page), originCard(page), historyCard(page)),
      h("div", {}, grading, orderCard(page), conclusionsCard(page))));
}

async function load() {
  here.site = await get(`/api/sites/${encodeURIComponent(subject)}`, { as_of: here.asOf });
  draw();
}

function showDay(day) {
  here.asOf = day;
  history.replaceState(null, "", day ? `?as_of=${day}` : location.pathname);
  load().catch((problem) => {
    const back = h("button", { type: "button", class: "button primary", onclick: () => showDay("") }, t("site.today"));
    fill(here.desk, state("error", sentenceOf(problem), back));
  });
}

startOffice(async ({ user, districts, district, desk }) => {
  Object.assign(here, { user, districts, district, desk });
  here.asOf = new URLSearchParams(location.search).get("as_of") || "";
  fill(byId("bar-tools"));
  here.facts = (await get("/api/site-facts")).facts;
  await load();
});
