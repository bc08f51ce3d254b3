/** What identification cannot measure and a person has to state. */

import { h, select } from "../dom.js";
import { input } from "../office/fields.js";
import { t, wordsOf } from "../text.js";

const BY_ORIGIN = new Set(["TOXIC_CONTENT", "IGNITABILITY", "REACTIVITY", "ACUTE_TOXICITY"]);
const ANY = () => {};
const YES_NO = { yes: true, no: false };

const boxIn = (field) => field.querySelector("input, select");
const valueIn = (field) => boxIn(field).value.trim();

/** The fields, filled from what was stated last, and a reader of them. */
export function statements(last = {}) {
  const kept = (value) => (value === true ? "yes" : value === false ? "no" : "");
  const words = [["", t("results.not_stated")], ["yes", t("results.yes")], ["no", t("results.no")]];
  const waste = select("state-waste", t("results.is_solid_waste"), words, kept(last.is_solid_waste ?? true), ANY);
  const listed = select("state-listed", t("results.is_listed"), words, kept(last.is_listed), ANY);
  const code = input("state-hw", t("results.hw_code"), last.hw_code || "", { maxlength: 10, placeholder: "HW" });
  const activity = input("state-activity", t("results.activity_survey"), last.radioactivity_bq_g ?? "", { type: "number", min: 0, step: "any" });
  const ticked = new Set(last.excluded || []);
  const origin = h("fieldset", { class: "choices wide" }, h("legend", {}, t("results.excluded")),
    wordsOf("IdentificationStep").filter(([value]) => BY_ORIGIN.has(value)).map(([value, name]) => h("label", { class: "check" },
      h("input", { type: "checkbox", name: "state-excluded", value, checked: ticked.has(value) }), h("span", {}, name))));
  return {
    fields: [waste, listed, code, activity, origin],
    read: () => ({
      is_solid_waste: YES_NO[valueIn(waste)] ?? null,
      is_listed: YES_NO[valueIn(listed)] ?? null,
      hw_code: valueIn(code) || null,
      radioactivity_bq_g: valueIn(activity) === "" ? null : Number(valueIn(activity)),
      excluded: [...origin.querySelectorAll("input:checked")].map((box) => box.value),
    }),
  };
}
