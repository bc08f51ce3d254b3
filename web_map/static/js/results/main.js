/** Results and identification: a site and its plan, a results file, the finding, the signatures. */

import { get, sentenceOf } from "../api.js";
import { fill, h, state } from "../dom.js";
import { startOffice } from "../office/office.js";
import { showError } from "../notice.js";
import { t } from "../text.js";
import { siteCard } from "./choose.js";
import { conclusionsCard } from "./conclusions.js";
import { findingCard } from "./finding.js";
import { batchesCard, fileCard } from "./load.js";

const now = { user: null, district: null, site: null, plan: null, data: null };

function remember() {
  const wish = Object.entries({ district: now.district.code, site: now.site, plan: now.plan }).filter(([, v]) => v);
  history.replaceState(null, "", `${location.pathname}?${new URLSearchParams(wish)}`);
}

function parts(open, reload) {
  const { data } = now;
  if (!data) return state("empty", t("results.choose_first"));
  return [
    data.plan && fileCard(now, reload),
    data.batches.length > 0 && batchesCard(now, reload),
    data.plan && findingCard(data),
    conclusionsCard(now, reload),
  ];
}

startOffice(async ({ user, district, desk }) => {
  const wish = new URLSearchParams(location.search);
  Object.assign(now, { user, district, site: wish.get("site"), plan: wish.get("plan") });
  const top = h("div", {});
  const body = h("div", { class: "results-body" });
  fill(desk, h("div", { class: "desk-head" }, h("h1", {}, t("results.title")), h("p", { class: "desk-line" }, t("results.line"))), top, body);

  async function reload() {
    now.data = now.site ? await get("/api/results", { site: now.site, plan: now.plan }) : null;
    now.plan = now.data?.plan?.code || null;
    remember();
    fill(top, siteCard(now, open));
    fill(body, parts(open, reload));
  }

  async function open(site, plan = null) {
    Object.assign(now, { site, plan });
    fill(body, h("div", { class: "state state-wait" }, h("span", { class: "spinner" })));
    try {
      await reload();
    } catch (problem) {
      showError(problem);
      fill(body, state("error", sentenceOf(problem)));
    }
  }

  fill(top, siteCard(now, open));
  await open(now.site, now.plan);
});
