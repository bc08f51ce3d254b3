/** The list as a file: what the screen shows, in the format that somebody needs. */

import { download, sentenceOf } from "../api.js";
import { h } from "../dom.js";
import { showDone } from "../notice.js";
import { closeDialog, openDialog } from "../office/dialog.js";
import { doing, problemLine } from "../office/fields.js";
import { number, t } from "../text.js";
import { asked } from "./address.js";

/** Opens the choice of formats for `total` sites. */
export function openExport(view, district, total, chips) {
  const problem = problemLine();
  const formats = [
    ["xlsx", t("register.xlsx")], ["gpkg", t("register.gpkg")], ["shp", t("register.shp")],
    ["geojson", t("register.geojson")], ["kml", t("register.kml")],
  ];
  const fetchFile = (format) => async () => {
    problem.say("");
    try {
      await download(`/api/inventory?${asked(view, district, { format })}`, `${district}.${format}`);
      closeDialog();
      showDone(t("register.exported"));
    } catch (trouble) {
      problem.say(sentenceOf(trouble));
    }
  };
  const filter = chips.map((chip) => t("register.chip", { label: chip.label, text: chip.text })).join(t("register.and"));
  openDialog(t("register.export"), [
    h("p", {}, t("register.export_what", { n: number(total) })),
    h("p", { class: "quiet" }, filter || t("register.export_all")), problem,
  ], formats.map(([format, text], place) => doing(text, fetchFile(format), place ? "" : "primary")));
}
