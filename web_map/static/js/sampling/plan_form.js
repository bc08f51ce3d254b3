/** The form of a new plan: what is left empty is taken as the register knows it. */

import { put, sentenceOf } from "../api.js";
import { h, select } from "../dom.js";
import { newId } from "../new_id.js";
import { closeDialog, openDialog } from "../office/dialog.js";
import { area, doing, input, problemLine } from "../office/fields.js";
import { showDone } from "../notice.js";
import { t, wordsOf } from "../text.js";
import { ruleText } from "./words.js";

const NUMBERS = ["mass_t", "height_m", "grain_cm", "number", "layers", "seed"];

function bodyOf(values) {
  const body = {};
  for (const [name, value] of Object.entries(values)) {
    const text = value.trim();
    if (text) body[name] = NUMBERS.includes(name) ? Number(text) : text;
  }
  return body;
}

/** Opens the form for a site, `{ code }` or empty; `made(plan)` takes the plan that was stored. */
export function openPlanForm(now, site, made) {
  const values = { site_code: site.code || "" };
  const problem = problemLine();
  let id = newId();
  const keep = (name) => (event) => {
    values[name] = event.target.value;
    id = newId();
  };
  const field = (name, label, options = {}) => input(`plan-${name}`, label, values[name] || "", { oninput: keep(name), ...options });
  const figure = (name, label) => field(name, label, { inputmode: "decimal" });
  const cases = now.rules.filter((row) => row.kind === "reduction");
  const reason = area("plan-reduction_reason", t("sampling.reduction_reason"), "", { oninput: keep("reduction_reason"), rows: 2 });
  reason.hidden = true;
  reason.classList.add("wide");
  const reduction = select("plan-reduction", t("sampling.reduction"),
    [["", t("sampling.no_reduction")], ...cases.map((row) => [row.id, t("sampling.reduction_item", { clause: row.clause, what: ruleText(row), n: row.value })])], "",
    (value) => {
      keep("reduction")({ target: { value } });
      reason.hidden = !value;
    });
  reduction.classList.add("wide");

  async function send() {
    problem.say("");
    try {
      const plan = await put(`/api/sampling/plans/${id}`, bodyOf(values));
      closeDialog();
      showDone(t("sampling.plan_stored", { code: plan.code }));
      made(plan);
    } catch (trouble) {
      problem.say(sentenceOf(trouble));
    }
  }

  openDialog(t("sampling.new_plan"), [
    h("p", { class: "quiet" }, t("sampling.form_line")),
    h("div", { class: "form-grid" },
      field("site_code", t("sampling.site_code"), { autocapitalize: "characters", spellcheck: "false" }),
      select("plan-waste_kind", t("sampling.waste_kind"), [["", t("sampling.as_listed")], ...wordsOf("WasteClass").filter(([value]) => value !== "NONE")], "", (value) => keep("waste_kind")({ target: { value } })),
      figure("mass_t", t("sampling.mass_t")), figure("height_m", t("sampling.height_m")), figure("grain_cm", t("sampling.grain_cm")),
      figure("number", t("sampling.number")), figure("layers", t("sampling.layers_asked")), figure("seed", t("sampling.seed")),
      reduction, reason),
    problem,
  ], [doing(t("sampling.make_plan"), send, "primary")], "wide");
}
