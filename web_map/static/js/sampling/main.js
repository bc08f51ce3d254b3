/** The sampling screen: which sites, which plans, one plan with its map, labels and custody. */

import { get } from "../api.js";
import { fill, h } from "../dom.js";
import { showError } from "../notice.js";
import { startOffice } from "../office/office.js";
import { t } from "../text.js";
import { drawCard } from "./draw.js";
import { planPage } from "./plan.js";
import { openPlanForm } from "./plan_form.js";
import { plansCard } from "./plans.js";

const now = { user: null, district: null, rules: [], mayWrite: false };

function remember(values) {
  const wish = Object.entries({ district: now.district.code, ...values }).filter(([, v]) => v);
  history.pushState(null, "", `${location.pathname}?${new URLSearchParams(wish)}`);
}

startOffice(async ({ user, district, desk }) => {
  const { rules } = await get("/api/sampling/rules");
  Object.assign(now, { user, district, rules, mayWrite: user.rights.includes("EDIT") });
  const body = h("div", {});
  fill(desk, h("div", { class: "desk-head" }, h("h1", {}, t("sampling.title")), h("p", { class: "desk-line" }, t("sampling.line"))), body);

  const openPlan = async (code) => {
    remember({ plan: code });
    await show();
    scrollTo(0, 0);
  };
  const openList = async () => {
    remember({});
    await show();
  };
  const planSite = (site) => openPlanForm(now, site, (plan) => openPlan(plan.code).catch(showError));

  async function show() {
    const wish = new URLSearchParams(location.search);
    if (wish.get("plan")) {
      fill(body, await planPage(now, wish.get("plan"), openList));
      return;
    }
    const [draw, plans] = await Promise.all([drawCard(now, planSite), plansCard(now, openPlan, planSite)]);
    fill(body, draw, plans);
    if (wish.get("site") && now.mayWrite) planSite({ code: wish.get("site") });
  }

  addEventListener("popstate", () => show().catch(showError));
  await show();
});
