/** A phone's outbox that was brought as a file: chosen, sent, and what became of each of its items. */

import { sentenceOf } from "../api.js";
import { badge, fill, h } from "../dom.js";
import { closeDialog, openDialog } from "../office/dialog.js";
import { doing, problemLine } from "../office/fields.js";
import { dropZone, uploadWhole } from "../office/upload.js";
import { moment, number, pick, t, term } from "../text.js";

const ADDRESS = "/api/field-checks/import";
const TONES = { NEW: { colour: "#dcf1e2", ink: "#0f4a25" }, KNOWN: {}, REFUSED: { colour: "#fde3df", ink: "#7a1a12" } };
const ORDER = ["REFUSED", "NEW", "KNOWN"];

/** Opens the dialog; `onreceived()` runs when something new came in. */
export function openImport(onreceived = () => {}) {
  let chosen = null;
  const problem = problemLine();
  const name = h("p", { class: "strong" });
  const progress = h("progress", { max: 1, value: 0, hidden: true, "aria-label": t("checks.import_sending") });
  const picker = h("input", { id: "outbox-file", type: "file", accept: ".zip,application/zip" });
  const zone = h("div", { class: "drop" }, h("label", { for: "outbox-file" }, t("checks.import_drop")), picker, name);
  dropZone(zone, picker, (file) => {
    chosen = file;
    fill(name, t("checks.import_chosen", { name: file.name, mb: number(file.size / 1e6, 1) }));
    problem.say("");
  });
  const send = doing(t("checks.import_send"), async () => {
    problem.say(chosen ? "" : t("checks.import_choose"));
    if (!chosen) return;
    progress.hidden = false;
    try {
      const result = await uploadWhole("POST", ADDRESS, chosen, (share) => { progress.value = share; });
      showResult(result, onreceived);
      if (result.counts.NEW) await onreceived();
    } catch (trouble) {
      problem.say(sentenceOf(trouble));
    }
    progress.hidden = true;
  }, "primary");
  openDialog(t("checks.import_title"), [h("p", { class: "hint" }, t("checks.import_what")), zone, progress, problem], [send]);
}

function showResult(result, onreceived) {
  const again = h("button", { type: "button", class: "button", onclick: () => { closeDialog(); openImport(onreceived); } }, t("checks.import_another"));
  const items = [...result.items].sort((a, b) => ORDER.indexOf(a.fate) - ORDER.indexOf(b.fate));
  openDialog(t("checks.import_done"), [
    h("p", {}, t("checks.import_from", { owner: result.owner, device: result.device || "—", at: moment(result.exported_at) || "—" })),
    h("p", { class: "strong" }, t("checks.import_counts", { fresh: result.counts.NEW, known: result.counts.KNOWN, refused: result.counts.REFUSED })),
    h("div", { class: "grid-box", tabindex: "0" }, h("table", { class: "grid" },
      h("thead", {}, h("tr", {}, [t("checks.import_item"), t("checks.import_place"), t("checks.import_fate")].map((text) => h("th", { scope: "col" }, text)))),
      h("tbody", {}, items.map(line)))),
  ], [again], "wide");
}

function line(item) {
  const kind = item.kind === "photo" ? t("checks.import_photo") : t("checks.import_check");
  return h("tr", {},
    h("td", {}, kind, " ", h("code", {}, item.id.slice(0, 8))),
    h("td", {}, item.place_name || "—"),
    h("td", {}, badge(term("OutboxFate", item.fate), TONES[item.fate], "badge-plain"), item.fate === "REFUSED" && h("p", { class: "quiet" }, pick(item, "sentence"))));
}
