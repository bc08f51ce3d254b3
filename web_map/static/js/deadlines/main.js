/** The office's page of deadlines: who lags where, later days asked for, notices and their answers. */

import { get, sentenceOf } from "../api.js";
import { fill, h } from "../dom.js";
import { showError } from "../notice.js";
import { input } from "../office/fields.js";
import { startOffice } from "../office/office.js";
import { t, today } from "../text.js";
import { drawExtensions } from "./extensions.js";
import { drawNotices } from "./notices.js";
import { drawSummary } from "./summary.js";
import { drawWorks } from "./works.js";

const DECIDERS = new Set(["REVIEWER", "MANAGER", "ADMINISTRATOR"]);
const WRITERS = new Set([...DECIDERS, "ANALYST"]);

const WISHED = ["state", "kind", "unit", "town", "reach", "site"];

/** What the address asks for, by which other pages lead here; else all that is overdue. */
function wishOf(address) {
  const wish = Object.fromEntries(WISHED.map((name) => [name, address.get(name)]).filter(([, value]) => value));
  return Object.keys(wish).length ? wish : { state: "RED" };
}

startOffice(async ({ user, district, desk }) => {
  const isWhole = !user.towns?.length && !user.units?.length;
  const now = {
    user, district, day: "", mayWrite: WRITERS.has(user.role),
    mayIssue: DECIDERS.has(user.role) && isWhole, wish: wishOf(new URLSearchParams(location.search)),
  };
  const day = input("as-of", t("deadlines.as_of"), today(), { type: "date", max: today() });
  day.querySelector("input").addEventListener("change", (event) => {
    now.day = event.target.value === today() ? "" : event.target.value;
    show().catch(showError);
  });
  const head = h("div", { class: "desk-head" }, h("h1", {}, t("deadlines.title")),
    h("p", { class: "desk-line" }, t("deadlines.line")), h("div", { class: "push" }, day));
  const [summary, works, extensions, notices] = ["summary", "works", "extensions", "notices"].map((id) => h("section", { class: "card", id: `${id}-card` }));
  fill(desk, head, summary, works, extensions, notices);

  async function show() {
    const query = { district: district.code };
    const asOf = now.day ? { ...query, as_of: now.day } : query;
    const [figures, asked, sent] = await Promise.all([
      get("/api/deadlines/summary", asOf), get("/api/deadlines/extensions", query), get("/api/notices", query),
    ]);
    Object.assign(now, { figures, extensions: asked.extensions, notices: sent.notices, query: asOf });
    const changed = () => show().catch(showError);
    const choose = (wish) => {
      now.wish = wish;
      drawWorks(works, now, changed).then(() => works.scrollIntoView({ behavior: "smooth" })).catch(showError);
    };
    drawSummary(summary, now, choose);
    drawExtensions(extensions, now, changed);
    drawNotices(notices, now, changed);
    await drawWorks(works, now, changed).catch((fault) => fill(works, h("p", { class: "field-error" }, sentenceOf(fault))));
  }
  await show();
});
