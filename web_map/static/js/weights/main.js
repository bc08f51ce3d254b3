/** The weight laboratory and the order for money, side by side as two parts of one page. */

import { get } from "../api.js";
import { fill, h } from "../dom.js";
import { startOffice } from "../office/office.js";
import { t } from "../text.js";
import { laboratory } from "./laboratory.js";
import { moneyLine } from "./money.js";

const MONEY = "#money";

function tabs(chosen) {
  const parts = [["#weights", t("weights.tab_weights")], [MONEY, t("weights.tab_money")]];
  return h("nav", { class: "parts", "aria-label": t("weights.tabs") }, parts.map(([href, name]) =>
    h("a", { href, class: "part", "aria-current": href === chosen ? "page" : null }, name)));
}

async function draw({ user, district, desk }) {
  const body = h("div", {});
  const head = h("div", { class: "desk-head" });
  const show = async () => {
    const isMoney = location.hash === MONEY;
    fill(head, h("h1", {}, isMoney ? t("weights.money_title") : t("weights.title")), tabs(isMoney ? MONEY : "#weights"));
    if (isMoney) await moneyLine(body, district);
    else await laboratory(body, { user, district, rules: await get("/api/weights"), again: show });
  };
  fill(desk, head, body);
  addEventListener("hashchange", show);
  await show();
}

startOffice(draw);
