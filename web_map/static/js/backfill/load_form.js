/** The forms of the book: a load, its counter-entry; what is stated of a site. */

import { put, sentenceOf } from "../api.js";
import { h, select } from "../dom.js";
import { newId } from "../new_id.js";
import { showDone } from "../notice.js";
import { closeDialog, openDialog } from "../office/dialog.js";
import { area, doing, input, problemLine } from "../office/fields.js";
import { number, t, today, wordsOf } from "../text.js";

const NAMED = "";
const valueOf = (field) => field.querySelector("input, select, textarea").value.trim();
const orNull = (text) => text || null;

/** Opens the form of a load into one of `pits` from one of `piles`, or from a named source. */
export function openLoadForm(piles, pits, done) {
  const id = newId();
  const problem = problemLine();
  const pit = select("load-pit", t("backfill.pit"), pits.map((one) => [one.code, one.name]), pits[0]?.code, () => {});
  const named = h("div", { class: "load-named", hidden: true },
    input("load-source-name", t("backfill.source_name"), "", { maxlength: 200 }),
    select("load-class", t("backfill.waste_class"), wordsOf("WasteClass"), "SW04", () => {}),
    select("load-nature", t("backfill.nature"), wordsOf("WasteNature"), "UNIDENTIFIED", () => {}),
    select("load-material", t("backfill.material"), [["", t("backfill.by_class")], ...wordsOf("BackfillMaterial")], "", () => {}),
    input("load-activity", t("backfill.activity"), "", { inputmode: "decimal" }));
  const source = select("load-source", t("backfill.source"), [...piles.map((one) => [one.code, one.name]), [NAMED, t("backfill.other_source")]], piles[0]?.code,
    (value) => { named.hidden = value !== NAMED; });
  named.hidden = piles.length > 0;
  const fields = {
    tonnes: input("load-tonnes", t("backfill.tonnes_input"), "", { inputmode: "decimal" }),
    tipped_on: input("load-day", t("backfill.day"), today(), { type: "date", max: today() }),
    ticket_no: input("load-ticket", t("backfill.ticket"), "", { maxlength: 60 }),
    unit: input("load-unit", t("backfill.unit"), "", { maxlength: 200 }),
    received_by: input("load-received", t("backfill.received_by"), "", { maxlength: 200 }),
    note: input("load-note", t("backfill.note"), "", { maxlength: 2000 }),
  };
  const [sourceName, wasteClass, nature, material, activity] = [...named.children];

  const save = doing(t("backfill.book_it"), async () => {
    problem.say("");
    const from = valueOf(source);
    const isNamed = from === NAMED;
    const body = Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, valueOf(field)]));
    if (body.tonnes === "" || Number.isNaN(Number(body.tonnes))) {
      problem.say(t("backfill.tonnes_needed"));
      return;
    }
    Object.assign(body, { tonnes: Number(body.tonnes), pit_code: valueOf(pit), source_code: orNull(from) });
    if (isNamed) {
      Object.assign(body, { source_name: valueOf(sourceName), waste_class: valueOf(wasteClass), nature: valueOf(nature), material: orNull(valueOf(material)) });
      body.radioactivity_bq_g = valueOf(activity) === "" ? null : Number(valueOf(activity));
    }
    try {
      const booked = await put(`/api/backfill/loads/${id}`, body);
      closeDialog();
      showDone(t("backfill.booked", { ticket: booked.ticket_no, t: number(booked.tonnes, 1), rule: booked.rule }));
      await done();
    } catch (trouble) {
      problem.say(sentenceOf(trouble));
    }
  }, "primary");
  openDialog(t("backfill.load_title"), [h("p", { class: "quiet" }, t("backfill.load_line")),
    h("div", { class: "load-fields" }, pit, source), named, h("div", { class: "load-fields" }, Object.values(fields)), problem], [save], "wide");
}

/** Opens the question why a line is taken back. */
export function openReversal(line, done) {
  const id = newId();
  const problem = problemLine();
  const reason = area("reverse-reason", t("backfill.reason"), "", { maxlength: 2000 });
  const go = doing(t("backfill.reverse"), async () => {
    problem.say("");
    try {
      await put(`/api/backfill/loads/${line.id}/reversal`, { id, reason: valueOf(reason) });
      closeDialog();
      showDone(t("backfill.reversed_done", { ticket: line.ticket_no }));
      await done();
    } catch (trouble) {
      problem.say(sentenceOf(trouble));
    }
  }, "primary");
  openDialog(t("backfill.reverse_title", { ticket: line.ticket_no }), [h("p", {}, t("backfill.reverse_line")), reason, problem], [go]);
}

/** Opens what is stated of a pit or a pile. */
export function openFacts(piles, pits, done) {
  const problem = problemLine();
  const every = new Map([...pits, ...piles].map((one) => [one.code, one]));
  const isPit = (code) => pits.some((one) => one.code === code);
  const first = pits[0]?.code || piles[0]?.code || "";
  const words = (name) => [["", t("backfill.unknown")], ...wordsOf(name)];
  const voids = select("fact-void", t("backfill.void"), words("PitVoid"), every.get(first)?.void || "", () => {});
  const materials = select("fact-material", t("backfill.material"), words("BackfillMaterial"), "", () => {});
  const opens = select("fact-open", t("backfill.filling"), [["", t("backfill.unknown")], ["yes", t("backfill.filling_open")], ["no", t("backfill.filling_closed")]], "", () => {});
  const mine = input("fact-mine", t("backfill.mining_area"), "", { maxlength: 200 });
  const evidence = area("fact-evidence", t("backfill.evidence"), "", { maxlength: 2000 });

  function fit(code) {
    const one = every.get(code) || {};
    voids.hidden = opens.hidden = !isPit(code);
    materials.hidden = isPit(code);
    voids.querySelector("select").value = one.void || "";
    materials.querySelector("select").value = one.material || "";
    opens.querySelector("select").value = { true: "yes", false: "no" }[String(one.is_filling_open)] || "";
    mine.querySelector("input").value = one.mining_area || "";
  }

  const site = select("fact-site", t("backfill.site"), [...every.values()].map((one) => [one.code, one.name]), first, fit);
  const save = doing(t("backfill.state_it"), async () => {
    problem.say("");
    const code = valueOf(site);
    const body = { mining_area: orNull(valueOf(mine)), evidence: valueOf(evidence) };
    if (isPit(code)) Object.assign(body, { void: orNull(valueOf(voids)), is_filling_open: { yes: true, no: false }[valueOf(opens)] ?? null });
    else body.material = orNull(valueOf(materials));
    try {
      await put(`/api/backfill/facts/${code}`, body);
      closeDialog();
      showDone(t("backfill.stated", { name: every.get(code).name }));
      await done();
    } catch (trouble) {
      problem.say(sentenceOf(trouble));
    }
  }, "primary");
  fit(first);
  openDialog(t("backfill.facts_title"), [h("p", { class: "quiet" }, t("backfill.facts_line")), h("div", { class: "load-fields" }, site, voids, materials, mine, opens), evidence, problem], [save], "wide");
}
