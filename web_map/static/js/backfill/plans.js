/** Matches that were kept as plans, and keeping one more. */

import { get, put, sentenceOf } from "../api.js";
import { badge, fill, h } from "../dom.js";
import { newId } from "../new_id.js";
import { showDone } from "../notice.js";
import { closeDialog, openDialog } from "../office/dialog.js";
import { doing, input, problemLine } from "../office/fields.js";
import { grid } from "../office/grid.js";
import { money, moment, number, t } from "../text.js";
import { flowMap } from "./flow_map.js";
import { flowsGrid } from "./result.js";
import { tonnes } from "./words.js";

/** Opens the name of a plan; `body` is the match as it is asked for now. */
export function openSave(body, done) {
  const id = newId();
  const problem = problemLine();
  const title = input("plan-title", t("backfill.plan_title"), "", { maxlength: 200 });
  const save = doing(t("backfill.keep"), async () => {
    problem.say("");
    const said = title.querySelector("input").value.trim();
    if (!said) {
      problem.say(t("backfill.plan_needs_title"));
      return;
    }
    try {
      await put(`/api/backfill/plans/${id}`, { ...body, title: said });
      closeDialog();
      showDone(t("backfill.kept", { title: said }));
      await done();
    } catch (trouble) {
      problem.say(sentenceOf(trouble));
    }
  }, "primary");
  openDialog(t("backfill.keep_title"), [h("p", { class: "quiet" }, t("backfill.keep_line")), title, problem], [save]);
}

async function openPlan(id) {
  const problem = problemLine();
  const body = h("div", {}, problem);
  openDialog(t("backfill.plan"), [body], [], "wide");
  try {
    const plan = await get(`/api/backfill/plans/${id}`);
    fill(body, h("p", { class: "strong" }, plan.title), h("p", { class: "quiet" }, t("backfill.proved", { hash: plan.inputs_sha256.slice(0, 12) })), flowMap(plan.result), flowsGrid(plan.result));
  } catch (trouble) {
    problem.say(sentenceOf(trouble));
  }
}

/** The card of plans; a limited account, which sees no plans, gets none. */
export async function plansCard(district) {
  const card = h("section", { class: "card", id: "plans" });
  const show = async () => {
    let found;
    try {
      found = await get("/api/backfill/plans", { district: district.code });
    } catch (problem) {
      if (problem.status !== 403) throw problem;
      card.hidden = true;
      return;
    }
    fill(card, h("h2", {}, t("backfill.plans")), !found.items.length ? h("p", { class: "quiet" }, t("backfill.no_plans")) : grid({
      label: t("backfill.plans"), rows: found.items, onrow: (row) => openPlan(row.id),
      columns: [
        { key: "title", title: t("backfill.plan_title"), cell: (row) => h("span", {}, h("button", { type: "button", class: "link plan-open", onclick: () => openPlan(row.id) }, row.title), row.is_current_rules ? null : [" ", badge(t("backfill.old_rules"), {}, "badge-plain")]) },
        { key: "tonnes", title: t("backfill.tonnes"), cell: (row) => tonnes(row.totals.tonnes), align: "right" },
        { key: "tkm", title: "t·km", cell: (row) => number(row.totals.t_km), align: "right" },
        { key: "cost", title: t("backfill.cost"), cell: (row) => money(row.totals.yuan), align: "right" },
        { key: "made", title: t("backfill.made"), cell: (row) => h("span", {}, moment(row.made_at), " ", row.made_by) },
      ],
    }));
  };
  await show();
  return { card, show };
}
