/** What the list can be filtered by: each field's name, its words, and how a value of it reads. */

import { number, t, term, wordsOf } from "../text.js";

const YES_NO = [["true", t("register.yes")], ["false", t("register.no")]];
const BANKS = [["LEFT", t("bank.left")], ["RIGHT", t("bank.right")]];
const GAPS = [
  ["grade", t("register.f_grade")], ["mass_t", t("register.f_mass")], ["height_m", t("register.f_height")],
  ["responsible_party", t("register.f_party")], ["town", t("register.f_town")], ["reach", t("register.f_reach")],
  ["found_on", t("register.f_found")], ["due_on", t("register.f_due")], ["bank", t("register.f_bank")],
  ["deadline", t("register.f_deadline")],
];

const words = (name, question, label) => ({ name, label, kind: "words", options: () => wordsOf(question), say: (value) => term(question, value) });
const listed = (name, label, options) => ({
  name, label, kind: "words", options, say: (value) => (options().find(([word]) => word === value) || [value, value])[1],
});
const yesNo = (name, label) => ({ name, label, kind: "choice", options: () => YES_NO, say: (value) => (value === "true" ? t("register.yes") : t("register.no")) });
const span = (name, label, type) => ({ name, label, kind: "span", type });

/** The fields in the order in which the dialog shows them; `facets` are the towns, reaches and tasks that there are. */
export function allFields(facets) {
  return [
    words("grade", "Grade", t("register.f_grade")),
    words("kind", "SiteKind", t("register.f_kind")),
    words("nature", "WasteNature", t("register.f_nature")),
    words("responsibility", "Responsibility", t("register.f_responsibility")),
    words("state", "SiteState", t("register.f_state")),
    words("project_stage", "ProjectStage", t("register.f_stage")),
    words("deadline", "DeadlineState", t("register.f_deadline")),
    listed("bank", t("register.f_bank"), () => BANKS),
    words("waste_class", "WasteClass", t("register.f_class")),
    listed("river", t("register.f_river"), () => facets.rivers),
    listed("reach", t("register.f_reach"), () => facets.reaches),
    listed("town", t("register.f_town"), () => facets.towns),
    listed("tag", t("register.f_tag"), () => facets.tasks),
    yesNo("is_provisional", t("register.f_provisional")),
    yesNo("has_conclusion", t("register.f_conclusion")),
    yesNo("in_priority_area", t("register.f_priority")),
    span("area_m2", t("register.f_area"), "number"),
    span("mass_t", t("register.f_mass"), "number"),
    span("points_h", t("register.f_h"), "number"),
    span("points_s", t("register.f_s"), "number"),
    span("points_r", t("register.f_r"), "number"),
    span("found_on", t("register.f_found"), "date"),
    span("due_on", t("register.f_due"), "date"),
    listed("unknown", t("register.f_unknown"), () => GAPS),
    listed("known", t("register.f_known"), () => GAPS),
    words("changed", "Change", t("register.f_changed")),
    { name: "since", label: t("register.f_since"), kind: "day", say: (day) => day },
  ];
}

function spanText(field, low, high) {
  const say = (value) => (field.type === "number" ? number(Number(value), 6) : value);
  if (low && high) return t("register.between", { low: say(low), high: say(high) });
  return low ? t("register.from", { low: say(low) }) : t("register.until", { high: say(high) });
}

/** The active filters as chips: { label, text, names } where `names` are what to drop. */
export function chipsOf(filter, fields) {
  const chips = [];
  for (const field of fields) {
    if (field.kind === "span") {
      const names = [`${field.name}_min`, `${field.name}_max`];
      const [low, high] = names.map((name) => filter[name]?.[0]);
      if (low || high) chips.push({ label: field.label, text: spanText(field, low, high), names });
    } else if (filter[field.name]) {
      chips.push({ label: field.label, text: filter[field.name].map(field.say).join(t("register.or")), names: [field.name] });
    }
  }
  if (filter.text) chips.push({ label: t("register.f_text"), text: filter.text[0], names: ["text"] });
  if (filter.box) chips.push({ label: t("register.f_box"), text: filter.box[0], names: ["box"] });
  return chips;
}
