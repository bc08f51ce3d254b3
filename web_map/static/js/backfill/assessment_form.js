/** Proposing the papers that would open a pair: each is put among the pit's papers first. */

import { put, sentenceOf } from "../api.js";
import { h, select } from "../dom.js";
import { newId } from "../new_id.js";
import { showDone } from "../notice.js";
import { closeDialog, openDialog } from "../office/dialog.js";
import { doing, input, problemLine } from "../office/fields.js";
import { upload } from "../office/upload.js";
import { t, term, wordsOf } from "../text.js";

const ACCEPT = ".pdf,.docx,.xlsx,.jpg,.jpeg,.png";
const KIND_ON_SITE = { BASELINE: "SURVEY", RISK: "REPORT", MONITORING: "PLAN", DISPOSAL_APPROVAL: "APPROVAL" };

const valueOf = (field) => field.querySelector("input, select").value.trim();

function fileField(kind, isNeeded) {
  const id = `paper-${kind}`;
  const words = [term("BackfillPaper", kind), isNeeded && ` · ${t("backfill.assessment.needed")}`];
  return h("label", { class: "field", for: id }, h("span", {}, words), h("input", { id, type: "file", accept: ACCEPT }));
}

/** Sends the files that were chosen, each once; returns the ids of papers by kind. */
async function putPapers(pit, files, held, progress) {
  const chosen = Object.entries(files).filter(([, field]) => field.querySelector("input").files[0]);
  const papers = {};
  for (const [at, [kind, field]] of chosen.entries()) {
    const [file] = field.querySelector("input").files;
    if (held.get(kind)?.file !== file) held.set(kind, { file, id: newId() });
    papers[kind] = held.get(kind).id;
    const address = `/api/sites/${encodeURIComponent(pit)}/attachments/${papers[kind]}`;
    await upload("PUT", address, file, { kind: KIND_ON_SITE[kind], title: term("BackfillPaper", kind) }, (share) => { progress.value = (at + share) / chosen.length; });
  }
  return papers;
}

/** Opens the form for one pair as the list of pairs shows it; `done()` hears that it was sent. */
export function openAssessment(pair, done) {
  const id = newId();
  const held = new Map();
  const problem = problemLine();
  const progress = h("progress", { max: 1, value: 0, hidden: true });
  const material = select("assessment-material", t("backfill.material"), wordsOf("BackfillMaterial"), pair.material, () => {});
  const documentNo = input("assessment-no", t("backfill.assessment.document_no"), "", { maxlength: 200 });
  const yearly = input("assessment-yearly", t("backfill.assessment.per_year"), "", { type: "number", min: 0, max: 366, step: 1 });
  const files = Object.fromEntries(wordsOf("BackfillPaper").map(([kind]) => [kind, fileField(kind, pair.missing.includes(kind))]));

  const propose = doing(t("backfill.assessment.propose"), async () => {
    problem.say("");
    const lacking = pair.missing.filter((kind) => !files[kind].querySelector("input").files[0]);
    if (lacking.length > 0) {
      problem.say(t("backfill.assessment.lacking", { names: lacking.map((kind) => term("BackfillPaper", kind)).join(" · ") }));
      return;
    }
    progress.hidden = false;
    try {
      const papers = await putPapers(pair.pit, files, held, progress);
      await put(`/api/backfill/assessments/${id}`, {
        pit_code: pair.pit, source_code: pair.pile, material: valueOf(material), papers, document_no: valueOf(documentNo),
        monitoring_per_year: valueOf(yearly) === "" ? null : Number(valueOf(yearly)),
      });
      closeDialog();
      showDone(t("backfill.assessment.proposed", { no: valueOf(documentNo) }));
      await done();
    } catch (trouble) {
      problem.say(sentenceOf(trouble));
    }
    progress.hidden = true;
  }, "primary");

  openDialog(t("backfill.assessment.propose_title"), [
    h("p", {}, t("backfill.flow_pair", { pile: pair.pile_name, pit: pair.pit_name })), h("p", { class: "quiet" }, t("backfill.assessment.propose_line")),
    h("div", { class: "load-fields" }, documentNo, material, yearly, Object.values(files)), progress, problem,
  ], [propose], "wide");
}
