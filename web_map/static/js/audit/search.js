/** What somebody looks for in the log. */

import { h, select } from "../dom.js";
import { input } from "../office/fields.js";
import { language, pick, t } from "../text.js";

function words(entries) {
  const named = entries.map((one) => [one.value, pick(one, "name")]);
  return named.sort((one, other) => one[1].localeCompare(other[1], language));
}

/** Makes the form; `search(change)` looks again with what changed. */
export function searchForm(wish, choices, search) {
  const people = choices.people.map((one) => [one.username, one.name ? `${one.name} (${one.username})` : one.username]);
  const day = (name, label) => {
    const field = input(`audit-${name}`, label, wish[name], { type: "date", max: "2100-12-31", min: "2000-01-01" });
    field.querySelector("input").addEventListener("change", (event) => search({ [name]: event.target.value }));
    return field;
  };
  const submit = (event) => {
    event.preventDefault();
    const said = (name) => event.target.elements[`audit-${name}`].value.trim();
    search({ subject: said("subject"), text: said("text") });
  };
  const clear = () => search({ who: "", verb: "", kind: "", subject: "", since: "", until: "", text: "" });
  return h("form", { class: "toolbar audit-search", onsubmit: submit },
    select("audit-who", t("audit.who"), [["", t("audit.everybody")], ...people], wish.who, (value) => search({ who: value })),
    select("audit-verb", t("audit.verb"), [["", t("audit.every_verb")], ...words(choices.verbs)], wish.verb, (value) => search({ verb: value })),
    select("audit-kind", t("audit.kind"), [["", t("audit.every_kind")], ...words(choices.kinds)], wish.kind, (value) => search({ kind: value })),
    day("since", t("audit.since")), day("until", t("audit.until")),
    input("audit-subject", t("audit.subject"), wish.subject, { placeholder: t("audit.subject_hint"), maxlength: 100 }),
    input("audit-text", t("audit.text"), wish.text, { type: "search", placeholder: t("audit.text_hint"), maxlength: 100 }),
    h("button", { type: "submit", class: "button primary" }, t("audit.find")),
    h("button", { type: "button", class: "button", onclick: clear }, t("audit.clear")));
}
