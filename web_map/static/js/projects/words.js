/** Small things that the parts of a project share: words in the page's language, ids, amounts. */

import { language, number, t } from "../text.js";

/** The half of { zh, en } that fits the page. */
export const word = (one) => (language === "en" ? one.en : one.zh);

/** What stands in a form's field, blanks cut off. */
export const valueOf = (field) => field.querySelector("input, textarea, select").value.trim();

/** A number of a field, or null where it is empty. */
export function numberOf(field) {
  const text = valueOf(field);
  return text === "" ? null : Number(text);
}

/** An amount in yuan as it stands, for bars that compare two. */
export const yuan = (amount) => (amount === null ? t("works.not_stated") : t("unit.yuan", { n: number(amount) }));

/** The address of a project. */
export const addressOf = (project) => `/api/projects/${project.id}`;
