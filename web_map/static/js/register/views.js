/** Saved views: choose one, save the present one, remove one's own. */

import { get, put, send, sentenceOf } from "../api.js";
import { h } from "../dom.js";
import { newId } from "../new_id.js";
import { showDone, showError } from "../notice.js";
import { closeDialog, openDialog } from "../office/dialog.js";
import { doing, input, problemLine, tick } from "../office/fields.js";
import { t } from "../text.js";
import { fromSaved, toQuery } from "./address.js";

/** Reads the views that may be used here. */
export async function readViews(district) {
  return (await get("/api/views", { district })).views;
}

/** The choice of a saved view; `use(view)` shows it. */
export function viewChoice(saved, asOf, use) {
  if (!saved.length) return null;
  const name = (view) => (view.is_mine ? view.name : t("register.view_of", { name: view.name, owner: view.owner }));
  const box = h("select", {
    id: "view", onchange: (event) => {
      const chosen = saved.find((view) => view.id === event.target.value);
      if (chosen) use(fromSaved(chosen, asOf));
      event.target.value = "";
    },
  }, h("option", { value: "" }, t("register.view_choose")), saved.map((view) => h("option", { value: view.id }, name(view))));
  return h("label", { class: "field", for: "view" }, h("span", {}, t("register.views")), box);
}

function mine(saved, again) {
  const own = saved.filter((view) => view.is_mine);
  if (!own.length) return null;
  const remove = (view) => doing(t("register.view_remove"), async () => {
    try {
      await send("DELETE", `/api/views/${view.id}`);
      closeDialog();
      again();
    } catch (problem) {
      showError(problem);
    }
  });
  return [h("h3", { class: "strong" }, t("register.view_mine")),
    h("ul", { class: "view-list" }, own.map((view) => h("li", {}, h("span", {}, view.name), view.is_shared && h("span", { class: "badge badge-plain" }, t("register.shared")), remove(view))))];
}

/** Opens the dialog that saves the present view; `again()` reads the views anew. */
export function openViews(view, district, saved, user, again) {
  const id = newId();
  const problem = problemLine();
  const name = input("view-name", t("register.view_name"), "", { maxlength: 60, autofocus: true });
  const share = user.role === "READER" ? null : tick("view-shared", t("register.view_share"));
  const save = async () => {
    problem.say("");
    const title = name.querySelector("input").value.trim();
    if (!title) {
      problem.say(t("register.view_nameless"));
      return;
    }
    try {
      await put(`/api/views/${id}`, {
        district, name: title, is_shared: Boolean(share?.querySelector("input").checked), query: toQuery(view), columns: view.columns,
      });
      closeDialog();
      showDone(t("register.view_saved", { name: title }));
      again();
    } catch (trouble) {
      problem.say(sentenceOf(trouble));
    }
  };
  openDialog(t("register.view_save"), [h("p", { class: "quiet" }, t("register.view_what")), name, share, problem, mine(saved, again)],
    doing(t("register.view_save"), save, "primary"));
}
