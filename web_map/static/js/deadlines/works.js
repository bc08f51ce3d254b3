/** The works one by one: days late, the day and its history, the site; choosing for a notice. */

import { get } from "../api.js";
import { badge, fill, h, select } from "../dom.js";
import { showError } from "../notice.js";
import { doing } from "../office/fields.js";
import { grid } from "../office/grid.js";
import { number, styles, t, term, wordsOf } from "../text.js";
import { openAsk } from "./ask.js";
import { openDraft } from "./draft.js";
import { lateOf, reachName } from "./summary.js";

/** The day, with the day that it was put off from. */
export function dayOf(work) {
  const due = work.due_on || t("project.ongoing");
  if (!work.original_due_on) return h("span", { class: "due-day" }, due);
  const words = { first: work.original_due_on, due: work.due_on, n: number(work.times_put_off) };
  const said = work.times_put_off > 1 ? t("deadlines.put_off_n", words) : t("deadlines.put_off", words);
  return h("span", { class: "due-said" }, h("span", { class: "due-day" }, work.due_on), h("span", { class: "due-first" }, said));
}

function columnsOf(now, chosen, shown, changed) {
  const waits = new Set(now.extensions.filter((one) => one.state === "ASKED").map((one) => one.work));
  const pickOne = (row) => h("label", { class: "grid-pick" }, h("input", {
    type: "checkbox", checked: chosen.has(row.key), "aria-label": t("deadlines.choose", { title: row.title }),
    onchange: (event) => { if (event.target.checked) chosen.set(row.key, row); else chosen.delete(row.key); shown(); },
  }));
  const askOf = (row) => (waits.has(row.key) ? h("span", { class: "quiet" }, t("deadlines.waits"))
    : h("button", { type: "button", class: "button", onclick: () => openAsk(row, changed) }, t("deadlines.ask")));
  return [
    now.mayIssue && { key: "pick", title: t("deadlines.pick"), cell: (row) => row.state === "RED" && pickOne(row) },
    { key: "state", title: t("deadlines.state"), cell: (row) => h("span", { class: "due-said" }, h("span", {}, badge(term("DeadlineState", row.state), styles.DeadlineState[row.state])), lateOf(row.days_late)) },
    { key: "title", title: t("deadlines.work"), cell: (row) => h("span", { class: "due-said" }, h("span", { class: "due-name" }, row.title),
      h("span", { class: "due-first" }, term("WorkKind", row.kind), row.is_demo && [" ", badge(t("demo.badge"), {}, "badge-demo")])) },
    { key: "site", title: t("deadlines.site"), cell: (row) => h("a", { href: `/sites/${encodeURIComponent(row.site_code)}` }, row.site_name, " ", h("span", { class: "site-code" }, row.site_code)) },
    { key: "unit", title: t("deadlines.lead"), cell: (row) => h("span", { class: "due-said" }, row.lead_unit,
      row.supporting.length > 0 && h("span", { class: "due-first" }, t("deadlines.helped_by", { units: row.supporting.join(" · ") }))) },
    { key: "where", title: t("deadlines.where"), cell: (row) => [row.town, row.reach && reachName(row.reach, row.bank)].filter(Boolean).join(" · ") || "—" },
    { key: "due", title: t("deadlines.due"), cell: dayOf },
    now.mayWrite && { key: "deed", title: "", cell: (row) => row.due_on && row.state !== "DONE" && !now.day && askOf(row) },
  ].filter(Boolean);
}

/** Draws the card by `now.wish`; `changed()` follows what was sent. */
export async function drawWorks(card, now, changed) {
  const { wish, figures } = now;
  const chosen = new Map();
  const items = [];
  let page = await get("/api/deadlines/works", { ...now.query, ...wish, limit: 100 });
  items.push(...page.items);
  const again = (change) => {
    const next = { ...now.wish, ...change };
    for (const name of Object.keys(next)) if (!next[name]) delete next[name];
    now.wish = next;
    drawWorks(card, now, changed).catch(showError);
  };
  const names = (rows) => [["", t("deadlines.any")], ...[...new Set(rows.map((row) => row.name).filter(Boolean))].map((one) => [one, one])];
  const filters = h("div", { class: "toolbar" },
    select("wish-state", t("deadlines.state"), [["", t("deadlines.any")], ...wordsOf("DeadlineState")], wish.state || "", (value) => again({ state: value })),
    select("wish-kind", t("deadlines.kind"), [["", t("deadlines.any")], ...wordsOf("WorkKind")], wish.kind || "", (value) => again({ kind: value })),
    select("wish-unit", t("deadlines.lead"), names(figures.unit), wish.unit || "", (value) => again({ unit: value })),
    select("wish-help", t("deadlines.helper"), names(figures.helper), wish.supporting || "", (value) => again({ supporting: value })),
    select("wish-town", t("deadlines.town"), names(figures.town), wish.town || "", (value) => again({ town: value })),
    select("wish-reach", t("deadlines.reach"), names(figures.reach), wish.reach || "", (value) => again({ reach: value, bank: "" })));
  const box = h("div", {});
  const tools = h("div", { class: "buttons" });

  function show() {
    const more = async () => {
      page = await get("/api/deadlines/works", { ...now.query, ...wish, limit: 100, after: page.next });
      items.push(...page.items);
      show();
    };
    fill(box, h("p", { class: "quiet" }, t("deadlines.n_works", { n: number(page.total) })),
      items.length ? grid({ columns: columnsOf(now, chosen, tell, changed), rows: items, label: t("deadlines.works") }) : h("p", { class: "quiet" }, t("deadlines.nothing")),
      page.next && h("div", { class: "buttons" }, doing(t("deadlines.more"), more)));
    tell();
  }

  function tell() {
    const late = [...chosen.values()];
    fill(tools, now.mayIssue && [
      h("button", { type: "button", class: "button primary", id: "draft", onclick: () => openDraft(now, late, wish, changed) }, late.length ? t("deadlines.draft_chosen", { n: number(late.length) }) : t("deadlines.draft")),
    ]);
  }
  show();
  fill(card, h("h2", {}, t("deadlines.works")), filters, tools, box);
}
