/** The form that proposes a close-out: days of the works, the four heads, photographs. */

import { get, put, sentenceOf } from "../api.js";
import { badge, h } from "../dom.js";
import { newId } from "../new_id.js";
import { closeDialog, openDialog } from "../office/dialog.js";
import { area, doing, input, problemLine, tick } from "../office/fields.js";
import { showDone } from "../notice.js";
import { pick, t, term, today } from "../text.js";

const valueOf = (id) => document.getElementById(id)?.value.trim() ?? "";
const SIDES = ["BEFORE", "AFTER"];

function headFields(offers, rule, old) {
  const id = rule.head.toLowerCase();
  const said = old || { papers: [], statement: "", reason: "" };
  const fit = offers.papers.filter((one) => rule.kinds.includes(one.kind));
  const chosen = new Set(said.papers.map((one) => one.id));
  return h("fieldset", { class: "close-out-field" },
    h("legend", {}, term("Head", rule.head)), h("p", { class: "quiet" }, pick(rule, "says")),
    fit.map((one) => tick(`paper-${one.id}-${id}`, `${one.title} · ${term("AttachmentKind", one.kind)}`, chosen.has(one.id))),
    !fit.length && h("p", { class: "quiet" }, t("closeout.no_fitting", { kinds: rule.kinds.map((kind) => term("AttachmentKind", kind)).join(" / ") })),
    area(`statement-${id}`, rule.may_state ? t("closeout.statement_enough") : t("closeout.statement"), said.statement, { maxlength: 2000, rows: 2 }),
    rule.may_not_apply && input(`reason-${id}`, t("closeout.why_not"), said.reason, { maxlength: 2000 }));
}

function headOf(offers, rule) {
  const id = rule.head.toLowerCase();
  const papers = offers.papers.filter((one) => document.getElementById(`paper-${one.id}-${id}`)?.checked).map((one) => one.id);
  return { papers, statement: valueOf(`statement-${id}`), reason: valueOf(`reason-${id}`) };
}

function about(one) {
  const far = one.distance_m === null ? t("closeout.no_place") : t("closeout.metres_off", { n: one.distance_m });
  return [one.taken_on || t("closeout.no_day"), far].join(" · ");
}

/** A photograph with a box for each side; which side it can show depends on the days above. */
function photo(one, chosen) {
  const box = (side) => tick(`${side}-${one.ref}`, term("PhotoSide", side), chosen[side].has(one.ref));
  return h("div", { class: "close-out-photo" },
    h("img", { src: one.address.thumb, alt: one.title, width: 150, height: 112, loading: "lazy" }),
    h("div", {}, h("p", {}, one.title), h("p", { class: one.is_near ? "quiet" : "photo-warning" }, about(one)),
      pick(one, "warnings").map((text) => h("p", { class: "photo-warning" }, text)), SIDES.map(box)));
}

function chosenPhotos(offers, side) {
  return offers.photos.filter((one) => document.getElementById(`${side}-${one.ref}`)?.checked).map((one) => one.ref);
}

function guess(offers, last) {
  if (last) return Object.fromEntries(SIDES.map((side) => [side, new Set(last.photos.filter((one) => one.side === side).map((one) => one.ref))]));
  const { works_began_on: began, works_ended_on: ended } = offers;
  const of = (test) => new Set(offers.photos.filter((one) => one.is_near && one.taken_on && test(one.taken_on)).map((one) => one.ref));
  return { BEFORE: of((day) => began && day <= began), AFTER: of((day) => ended && day >= ended) };
}

function body(page, offers) {
  return {
    site_code: page.site.code,
    works_began_on: valueOf("works-began") || null,
    works_ended_on: valueOf("works-ended") || null,
    heads: Object.fromEntries(offers.heads.map((rule) => [rule.head, headOf(offers, rule)])),
    photos_before: chosenPhotos(offers, "BEFORE"),
    photos_after: chosenPhotos(offers, "AFTER"),
    acceptance_no: valueOf("acceptance-no") || null,
    note: valueOf("close-out-note"),
  };
}

/** Opens the form, filled with what was sent back where there is such; what is missing is named. */
export async function openProposal(page, found) {
  const offers = await get(`/api/sites/${encodeURIComponent(page.site.code)}/close-out/offers`);
  const last = found.close_outs[0]?.state === "RETURNED" ? found.close_outs[0] : null;
  const olds = new Map((last?.heads || []).map((one) => [one.head, one]));
  const chosen = guess(offers, last);
  const problem = problemLine();
  let id = newId();
  const go = doing(t("closeout.propose"), async () => {
    problem.say("");
    try {
      await put(`/api/close-outs/${id}`, body(page, offers));
      closeDialog();
      showDone(t("closeout.proposed"));
      await page.reload();
    } catch (trouble) {
      id = newId();
      problem.say(sentenceOf(trouble));
    }
  }, "primary");
  openDialog(t("closeout.propose_title", { name: page.site.name }), [
    h("div", { class: "form-grid" },
      input("works-began", t("closeout.works_began"), last?.works_began_on || offers.works_began_on || "", { type: "date", max: today() }),
      input("works-ended", t("closeout.works_ended"), last?.works_ended_on || offers.works_ended_on || "", { type: "date", max: today() }),
      input("acceptance-no", t("closeout.acceptance_no"), last?.acceptance_no || offers.acceptance_no || "", { maxlength: 100 })),
    offers.heads.map((rule) => headFields(offers, rule, olds.get(rule.head))),
    h("fieldset", { class: "close-out-field" }, h("legend", {}, t("closeout.photos")), h("p", { class: "quiet" }, t("closeout.photos_hint")),
      offers.photos.length ? h("div", { class: "close-out-photos" }, offers.photos.map((one) => photo(one, chosen))) : badge(t("closeout.no_photos"), {}, "to-check")),
    area("close-out-note", t("closeout.note"), last?.note || "", { maxlength: 2000 }), problem,
  ], [go], "wide");
}
