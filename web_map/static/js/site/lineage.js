/** What a site came from and what it became; merge and split. */

import { put, sentenceOf } from "../api.js";
import { fill, h } from "../dom.js";
import { newId } from "../new_id.js";
import { closeDialog, openDialog } from "../office/dialog.js";
import { area, doing, input, problemLine, tick } from "../office/fields.js";
import { moment, t } from "../text.js";
import { startCut } from "./cut.js";

const link = (code) => h("a", { href: `/sites/${encodeURIComponent(code)}` }, code);

function step(site, one) {
  const became = one.from_code === site.code;
  const other = became ? one.to_code : one.from_code;
  const text = one.kind === "MERGE"
    ? (became ? t("site.merged_into") : t("site.merged_from"))
    : (became ? t("site.split_into") : t("site.split_from"));
  return h("li", { class: "event" }, h("p", {}, h("span", { class: "strong" }, text), link(other)),
    h("p", { class: "note" }, one.reason), h("p", { class: "quiet" }, `${one.recorded_by} · ${moment(one.recorded_at)}`));
}

function openMerge(page) {
  const { site } = page;
  const id = newId();
  const near = site.overlaps.map((one) => one.code).join(" ");
  const codes = input("codes", t("site.merge_codes"), near, { placeholder: "150203-W00002-B" });
  const reason = area("reason", t("site.reason"));
  const apart = tick("apart", t("site.merge_apart"));
  const fresh = tick("fresh", t("site.merge_fresh"));
  const problem = problemLine();
  const go = doing(t("site.merge"), async () => {
    const others = codes.querySelector("input").value.toUpperCase().split(/[\s,;\u3001\uff0c]+/).filter(Boolean);
    try {
      const { code } = await put(`/api/merges/${id}`, {
        codes: [site.code, ...others], survivor: fresh.querySelector("input").checked ? null : site.code, reason: reason.querySelector("textarea").value,
        is_apart_meant: apart.querySelector("input").checked,
      });
      closeDialog();
      if (code === site.code) await page.reload();
      else location.assign(`/sites/${encodeURIComponent(code)}`);
    } catch (trouble) {
      problem.say(sentenceOf(trouble));
    }
  }, "primary");
  openDialog(t("site.merge_title", { name: site.name }), [h("p", {}, t("site.merge_hint")), codes, reason, apart, fresh, problem], [go]);
}

function openSplit(page, cut, drop) {
  const { site } = page;
  const id = newId();
  const reason = area("reason", t("site.reason"));
  const problem = problemLine();
  const go = doing(t("site.split"), async () => {
    try {
      const { codes } = await put(`/api/splits/${id}`, { code: site.code, line: cut, reason: reason.querySelector("textarea").value });
      drop();
      fill(document.getElementById("dialog"), h("h2", {}, t("site.split_done")), h("ul", { class: "plain" }, codes.map((code) => h("li", {}, link(code)))),
        h("div", { class: "dialog-buttons" }, h("button", { type: "button", class: "button", onclick: closeDialog }, t("action.close"))));
      await page.reload();
    } catch (trouble) {
      problem.say(sentenceOf(trouble));
    }
  }, "primary");
  openDialog(t("site.split_title", { name: site.name }), [h("p", {}, t("site.split_hint")), reason, problem], [go]);
}

/** Draws the card of lineage. */
export function lineageCard(page) {
  const { lineage } = page.site;
  const bar = h("div", { class: "cut-bar no-print" });
  const offer = () => fill(bar, h("div", { class: "buttons" },
    h("button", { type: "button", class: "button", id: "merge", onclick: () => openMerge(page) }, t("site.merge")),
    h("button", { type: "button", class: "button", id: "split", onclick: () => startCut(bar, offer, (cut, drop) => openSplit(page, cut, drop)) }, t("site.split"))));
  if (page.mayWrite) offer();
  return h("section", { class: "card", id: "lineage" }, h("h2", {}, t("site.lineage")),
    lineage.length ? h("ul", { class: "plain" }, lineage.map((one) => step(page.site, one))) : h("p", { class: "quiet" }, t("site.no_lineage")), bar);
}
