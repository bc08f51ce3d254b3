/** Drafting a notice: to one unit or to several, about chosen works or all that are overdue. */

import { put, sentenceOf } from "../api.js";
import { h, select } from "../dom.js";
import { newId } from "../new_id.js";
import { openDialog } from "../office/dialog.js";
import { area, doing, input, problemLine, tick } from "../office/fields.js";
import { number, t, term } from "../text.js";
import { openNotice } from "./notice.js";

/** Opens the form; `late` are the chosen works, none means all of the units'. */
export function openDraft(now, late, wish, changed) {
  const led = now.figures.unit.filter((row) => row.red > 0 && row.name);
  const chosen = new Set(late.length ? late.map((one) => one.lead_unit) : [wish.unit].filter(Boolean));
  let id = newId();
  let kind = chosen.size > 1 ? "CIRCULAR" : "URGE";
  const problem = problemLine();
  const units = h("div", { class: "field" }, h("span", {}, t("deadlines.to")), led.map((row) => tick(`to-${row.name}`, t("deadlines.unit_red", { unit: row.name, n: number(row.red) }), chosen.has(row.name), (event) => {
    if (event.target.checked) chosen.add(row.name);
    else chosen.delete(row.name);
  })));
  const kinds = select("notice-kind", t("deadlines.notice_kind"), ["URGE", "CIRCULAR"].map((one) => [one, term("NoticeKind", one)]), kind, (value) => { kind = value; });
  const reply = input("reply-by", t("deadlines.reply_by"), "", { type: "date" });
  const remark = area("remark", t("deadlines.remark"), "", { maxlength: 2000 });
  const draft = async () => {
    problem.say("");
    try {
      const made = await put(`/api/notices/${id}`, {
        district: now.district.code, kind, units: [...chosen], works: late.map((one) => one.key),
        ...(late.length ? {} : { reach: wish.reach || null, town: wish.town || null }),
        day: now.day || null, reply_by: reply.querySelector("input").value || null, remark: remark.querySelector("textarea").value,
      });
      openNotice(now, made, changed);
      await changed();
    } catch (fault) {
      if (fault.code === "id_reused") id = newId();
      problem.say(sentenceOf(fault));
    }
  };
  const about = late.length ? t("deadlines.about_chosen", { n: number(late.length) })
    : t("deadlines.about_all", { where: [wish.reach, wish.town].filter(Boolean).join(" · ") || t("deadlines.whole") });
  openDialog(t("deadlines.draft"), [h("p", {}, about), kinds, units, reply, remark, problem], [doing(t("deadlines.make_draft"), draft, "primary")]);
}
