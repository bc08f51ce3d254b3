/** Photos and papers of a site: looked at, downloaded, added, withdrawn with a reason. */

import { send, sentenceOf } from "../api.js";
import { badge, h, select } from "../dom.js";
import { newId } from "../new_id.js";
import { closeDialog, openDialog } from "../office/dialog.js";
import { doing, input, problemLine } from "../office/fields.js";
import { upload } from "../office/upload.js";
import { showDone } from "../notice.js";
import { moment, number, t, term, wordsOf } from "../text.js";

const ACCEPT = ".jpg,.jpeg,.png,.pdf,.docx,.xlsx";

function look(one) {
  openDialog(one.title, [
    h("img", { class: "picture", src: `${one.address}/display.jpg`, alt: one.title }),
    h("p", { class: "quiet" }, aboutOf(one).join(" · ")),
  ], [h("a", { class: "button", href: `${one.address}/original` }, t("site.download_original"))], "wide");
}

function aboutOf(one) {
  const size = one.size_bytes < 1e6 ? t("site.kilobytes", { n: number(one.size_bytes / 1e3, 1) }) : t("site.megabytes", { n: number(one.size_bytes / 1e6, 1) });
  const where = one.lon === null ? "" : t("unit.lonlat", { lon: one.lon.toFixed(5), lat: one.lat.toFixed(5) });
  const taken = one.taken_on && t("site.taken_on", { day: one.taken_on });
  return [taken, where, size, `${one.added_by} ${moment(one.added_at)}`].filter(Boolean);
}

function withdraw(page, one) {
  const problem = problemLine();
  const reason = input("reason", t("site.reason"));
  const go = doing(t("site.withdraw"), async () => {
    try {
      await send("PUT", `${one.address}/withdrawal`, { reason: reason.querySelector("input").value });
      closeDialog();
      await page.reload();
    } catch (trouble) {
      problem.say(sentenceOf(trouble));
    }
  }, "primary");
  openDialog(t("site.withdraw_title", { title: one.title }), [h("p", {}, t("site.withdraw_hint")), reason, problem], [go]);
}

function withdrawButton(page, one) {
  return page.mayWrite && h("button", { type: "button", class: "link no-print", onclick: () => withdraw(page, one) }, t("site.withdraw"));
}

function photo(page, one) {
  return h("figure", { class: "photo" },
    h("button", { type: "button", class: "photo-open", onclick: () => look(one) },
      h("img", { src: `${one.address}/thumb.jpg`, alt: one.title, loading: "lazy", width: 150, height: 112 })),
    h("figcaption", {}, h("span", {}, one.title), h("span", { class: "quiet" }, one.taken_on || moment(one.added_at)), withdrawButton(page, one)));
}

function paper(page, one) {
  return h("li", { class: "event" },
    h("p", {}, badge(term("AttachmentKind", one.kind), {}, "badge-plain"),
      h("a", { href: `${one.address}/original` }, one.title)),
    h("p", { class: "quiet" }, aboutOf(one).join(" · ")), withdrawButton(page, one));
}

function openUpload(page) {
  const problem = problemLine();
  let kind = "PHOTO";
  const id = newId();
  const file = h("input", { id: "file", type: "file", accept: ACCEPT });
  const title = input("title", t("site.paper_title"), "", { maxlength: 200 });
  const progress = h("progress", { max: 1, value: 0, hidden: true });
  const go = doing(t("site.upload"), async () => {
    problem.say(file.files[0] ? "" : t("site.choose_file"));
    if (!file.files[0]) return;
    progress.hidden = false;
    try {
      const fields = { kind, title: title.querySelector("input").value };
      await upload("PUT", `/api/sites/${encodeURIComponent(page.site.code)}/attachments/${id}`, file.files[0], fields, (share) => { progress.value = share; });
      closeDialog();
      showDone(t("site.uploaded"));
      await page.reload();
    } catch (trouble) {
      problem.say(sentenceOf(trouble));
    }
    progress.hidden = true;
  }, "primary");
  openDialog(t("site.add_paper"), [
    select("kind", t("site.paper_kind"), wordsOf("AttachmentKind"), kind, (value) => { kind = value; }), title,
    h("label", { class: "field", for: "file" }, h("span", {}, t("site.paper_file")), file), progress, problem,
  ], [go]);
}

/** Draws the card of papers and photos. */
export function papersCard(page) {
  const { attachments } = page.site;
  const photos = attachments.filter((one) => one.is_picture);
  const papers = attachments.filter((one) => !one.is_picture);
  return h("section", { class: "card", id: "papers" },
    h("div", { class: "line" }, h("h2", {}, t("site.papers", { n: attachments.length })),
      page.mayWrite && h("button", { type: "button", class: "button no-print", id: "add-paper", onclick: () => openUpload(page) }, t("site.add_paper"))),
    photos.length > 0 && h("div", { class: "photos" }, photos.map((one) => photo(page, one))),
    papers.length > 0 && h("ul", { class: "plain" }, papers.map((one) => paper(page, one))),
    !attachments.length && h("p", { class: "quiet" }, t("site.no_papers")));
}
