/** The field check: verdict first, then only what fits it; nothing is lost until the receipt. */

import { put, sentenceOf } from "./api.js";
import { changed, draftOf, forget, keep, textOf } from "./draft.js";
import { fill, h } from "./dom.js";
import { showDone } from "./notice.js";
import { tell } from "./store.js";
import { suggestedKind, t, wordsOf } from "./text.js";

const NOTE_MAX = 2000;
const phone = matchMedia("(max-width: 820px)");

function choices(name, label, options, chosen, onchange) {
  return h("fieldset", { class: "choices" }, h("legend", {}, label), h("div", { class: "choice-row" },
    options.map(([value, text]) => h("label", { class: "choice" },
      h("input", { type: "radio", name, value, checked: value === chosen, onchange: () => onchange(value) }),
      h("span", {}, text)))));
}

const isConfirmed = (verdict) => verdict === "WASTE" || verdict === "PIT";
const PITS = ["MINE_PIT", "SAND_PIT", "MINE"];

/** The kinds that fit a verdict: waste may lie in a pit, but a pit is no heap. */
const kindsOf = (verdict) => wordsOf("SiteKind").filter(([kind]) => verdict === "WASTE" || PITS.includes(kind));

function guessed(verdict, kind, className) {
  const fits = (one) => kindsOf(verdict).some(([value]) => value === one);
  const guess = fits(kind) ? kind : suggestedKind(className);
  return fits(guess) ? guess : null;
}

function missing(draft) {
  if (!draft.verdict) return t("form.need_verdict");
  if (isConfirmed(draft.verdict) && !draft.kind) return t("form.need_kind");
  if (draft.verdict === "WASTE" && !draft.waste_class) return t("form.need_waste_class");
  if (draft.verdict === "LOOK_ALIKE" && !draft.look_alike) return t("form.need_look_alike");
  return null;
}

/** Makes the form of a candidate; `back` leaves it, `stored` takes the server's receipt. */
export function checkForm(candidate, { back, stored }) {
  let draft = draftOf(candidate);
  const hints = {
    WASTE: t("verdict.waste_hint"), PIT: t("verdict.pit_hint"), LOOK_ALIKE: t("verdict.look_alike_hint"),
    GONE: t("verdict.gone_hint"), UNREACHABLE: t("verdict.unreachable_hint"),
  };
  const verdicts = h("div", { class: "verdicts", role: "group", "aria-label": t("form.verdict") });
  const details = h("div", { class: "form-details" });
  const problem = h("p", { class: "field-error", id: "form-error", role: "alert", hidden: true });
  const kept = h("p", { class: "quiet", role: "status" });
  const submit = h("button", { type: "submit", class: "button primary wide tall", id: "form-submit" }, t("form.submit"));
  const leave = h("button", { type: "button", class: "button", onclick: back }, t("form.back"));

  function fail(text) {
    problem.textContent = text || "";
    problem.hidden = !text;
    if (text) problem.scrollIntoView({ block: "nearest" });
  }

  function update(values) {
    draft = changed(draft, values);
    kept.textContent = keep(draft) ? t("form.kept") : t("form.not_kept");
    fail(null);
  }

  function drawVerdicts() {
    fill(verdicts, wordsOf("Verdict").map(([value, name]) => h("button", {
      type: "button", class: `verdict verdict-${value.toLowerCase()}`, "data-verdict": value,
      "aria-pressed": String(draft.verdict === value),
      onclick: () => {
        const guess = isConfirmed(value) ? { kind: guessed(value, draft.kind, candidate.class_name) } : {};
        update({ verdict: value, ...guess });
        drawVerdicts();
        drawDetails();
        if (phone.matches) form.scrollIntoView();
      },
    }, h("span", { class: "verdict-name" }, name), h("span", { class: "verdict-hint" }, hints[value]))));
  }

  function drawDetails() {
    const parts = [];
    if (isConfirmed(draft.verdict)) {
      parts.push(choices("kind", t("form.kind"), kindsOf(draft.verdict), draft.kind, (kind) => update({ kind })));
      parts.push(h("label", { class: "field", for: "waste-class" }, h("span", {}, t("form.waste_class")),
        h("select", { id: "waste-class", onchange: (event) => update({ waste_class: event.target.value || null }) },
          [["", t("form.choose")]].concat(wordsOf("WasteClass")).map(([value, text]) =>
            h("option", { value, selected: value === (draft.waste_class || "") }, text)))));
    }
    if (draft.verdict === "LOOK_ALIKE") {
      parts.push(choices("look_alike", t("form.look_alike"), wordsOf("LookAlike"), draft.look_alike, (look_alike) => update({ look_alike })));
    }
    if (draft.verdict) {
      const note = h("textarea", { id: "note", rows: 3, maxlength: NOTE_MAX, oninput: (event) => update({ note: event.target.value }) });
      note.value = draft.note;
      parts.push(h("label", { class: "field", for: "note" }, h("span", {}, t("form.note")), note));
    }
    fill(details, parts);
    submit.hidden = !draft.verdict;
  }

  function setBusy(isBusy) {
    submit.disabled = isBusy;
    leave.disabled = isBusy;
    submit.classList.toggle("busy", isBusy);
    submit.textContent = isBusy ? t("form.sending") : t("form.submit");
    for (const field of form.querySelectorAll(".verdicts button, .form-details input, .form-details select, .form-details textarea")) {
      field.disabled = isBusy;
    }
  }

  async function send(event) {
    event.preventDefault();
    if (submit.disabled) return;
    const lack = missing(draft);
    if (lack) {
      fail(lack);
      return;
    }
    draft = { ...draft, checked_at: draft.checked_at || new Date().toISOString(), sent: true };
    keep(draft);
    setBusy(true);
    fail(null);
    try {
      const sent = { check: textOf(draft), sent_at: new Date().toISOString() };
      const answer = await put(`/api/field-checks/${draft.id}`, sent);
      forget(candidate.id);
      showDone(t("receipt.stored"));
      stored(answer);
      tell("changed");
    } catch (trouble) {
      setBusy(false);
      fail(`${sentenceOf(trouble)} ${t("form.nothing_lost")}`);
    }
  }

  const form = h("form", { class: "check-form", id: "check-form", novalidate: true, onsubmit: send },
    h("div", { class: "line" }, h("h3", {}, t("form.title")), leave), verdicts, details,
    h("div", { class: "form-actions" }, problem, submit, kept));
  drawVerdicts();
  drawDetails();
  if (draft.verdict) kept.textContent = t("form.kept");
  return form;
}
