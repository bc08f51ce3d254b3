/** The form that corrects facts: only what was changed is sent, with the version that was seen. */

import { send, sentenceOf } from "../api.js";
import { h, select } from "../dom.js";
import { closeDialog, openDialog } from "../office/dialog.js";
import { area, doing, input, problemLine } from "../office/fields.js";
import { showDone } from "../notice.js";
import { pick, t, wordsOf } from "../text.js";

const LONG = new Set(["note", "responsibility_evidence"]);
const TYPES = { number: "number", year: "number", date: "date" };

function choice(fact, value, options) {
  const empty = fact.optional ? [["", t("site.unknown")]] : [];
  return select(`fact-${fact.name}`, pick(fact, "name"), empty.concat(options), value ?? "", () => {});
}

function field(fact, value) {
  const id = `fact-${fact.name}`;
  if (fact.kind === "word") return choice(fact, value, wordsOf(fact.words));
  if (fact.kind === "flag") {
    const shown = value === null ? "" : String(value);
    return choice(fact, shown, [["true", t("site.yes")], ["false", t("site.no")]]);
  }
  const label = pick(fact, "name");
  if (LONG.has(fact.name)) return h("div", { class: "wide" }, area(id, label, value ?? ""));
  const type = TYPES[fact.kind === "day" ? "date" : fact.kind] || "text";
  return input(id, label, value ?? "", { type, step: fact.kind === "number" ? "any" : null, title: pick(fact, "fit") });
}

function read(fact) {
  const text = document.getElementById(`fact-${fact.name}`).value.trim();
  if (text === "") return fact.optional ? null : "";
  if (fact.kind === "flag") return text === "true";
  return fact.kind === "number" || fact.kind === "year" ? Number(text) : text;
}

function changesOf(facts, site) {
  const found = {};
  for (const fact of facts) {
    const value = read(fact);
    if (value !== (site.facts[fact.name] ?? null)) found[fact.name] = value;
  }
  return found;
}

async function outlineIn(box) {
  const file = box.querySelector("input").files[0];
  if (!file) return undefined;
  const sent = JSON.parse(await file.text());
  return sent.type === "FeatureCollection" ? sent.features[0].geometry : sent.geometry || sent;
}

/** Opens the form of one group of facts; the page is loaded anew when they are stored. */
export function openCorrection(page, group, title) {
  const { site } = page;
  const facts = page.facts.filter((fact) => fact.group === group && !fact.by_deed);
  const problem = problemLine();
  const outline = group === "where" && h("label", { class: "field wide", for: "outline" },
    h("span", {}, t("site.new_outline")), h("input", { id: "outline", type: "file", accept: ".geojson,.json" }));
  const store = doing(t("site.store"), async () => {
    problem.say("");
    try {
      const changes = changesOf(facts, site);
      const drawn = outline ? await outlineIn(outline).catch(() => null) : undefined;
      if (!Object.keys(changes).length && drawn === undefined) {
        closeDialog();
        return;
      }
      await send("PATCH", `/api/sites/${encodeURIComponent(site.code)}`, { version: site.version, changes, outline: drawn === null ? {} : drawn });
      closeDialog();
      showDone(t("site.stored"));
      await page.reload();
    } catch (trouble) {
      problem.say(sentenceOf(trouble));
    }
  }, "primary");
  openDialog(t("site.correct_title", { group: title }),
    [h("div", { class: "form-grid" }, facts.map((fact) => field(fact, site.facts[fact.name])), outline), problem], [store], "wide");
}
