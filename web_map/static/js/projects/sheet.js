/** A list in the office's own columns, as the workbook has it: shown, filtered by reach, taken away. */

import { download, get, sentenceOf } from "../api.js";
import { fill, h, select, state } from "../dom.js";
import { doing, input } from "../office/fields.js";
import { grid } from "../office/grid.js";
import { showError } from "../notice.js";
import { language, number, t, today } from "../text.js";
import { word } from "./words.js";

const CODE_AT = 1;
const PIXELS_A_LETTER = 8;

/** A cell as wide as the workbook's column, at most; codes and days are never broken. */
function cellOf(value, row, at, column) {
  if (at === CODE_AT) return h("a", { class: "site-link", href: `/sites/${row.code}#projects` }, value);
  if (typeof value === "number") return number(value, 6);
  if (value === null) return "";
  const isLong = String(value).length * PIXELS_A_LETTER > 90;
  return h("div", { class: "sheet-text", style: isLong ? { "min-width": `${Math.min(column.width * PIXELS_A_LETTER, 260)}px` } : {} }, value);
}

function table(found, title) {
  const cells = language === "en" ? found.rows_en : found.rows_zh;
  return grid({
    label: title,
    columns: found.columns.map((column, at) => ({
      key: String(at), title: word(column), align: typeof cells[0]?.[at] === "number" ? "right" : null,
      cell: (row) => cellOf(row.cells[at], row, at, column),
    })),
    rows: cells.map((row, n) => ({ cells: row, code: found.codes[n] })),
  });
}

/** Draws one of the lists into `body`, with the ways to narrow it and to take it away. */
export async function officeList(body, { user, district }, kind, about) {
  const now = { as_of: "", reach: "", bank: "" };
  const tools = h("div", { class: "toolbar" });
  const list = h("div", { class: "office-list", "aria-live": "polite" });
  const query = () => new URLSearchParams(Object.entries({ district: district.code, ...now }).filter(([, value]) => value)).toString();
  const change = (wish) => {
    Object.assign(now, wish);
    return load();
  };

  async function load() {
    fill(list, state("wait", t("works.loading")));
    try {
      const found = await get(`/api/projects/lists/${kind}?${query()}`);
      fill(list, h("p", { class: "desk-line" }, t("works.rows", { n: number(found.codes.length), day: found.as_of })),
        found.codes.length ? table(found, about) : state("empty", t("works.nothing")));
    } catch (problem) {
      fill(list, state("error", sentenceOf(problem), doing(t("action.retry"), load)));
    }
  }

  const take = user.rights.includes("EDIT") && doing(t("works.take_away"), () =>
    download(`/api/projects/lists/${kind}/workbook?${query()}`, `${kind}.xlsx`).catch(showError), "primary");
  if (kind === "reserve") {
    fill(tools, take);
  } else {
    const { choices } = await get("/api/projects", { district: district.code, limit: 1 });
    fill(tools, input("list-day", t("works.as_of"), "", { type: "date", max: today(), onchange: (event) => change({ as_of: event.target.value }) }),
      select("list-reach", t("works.reach"), [["", t("works.all")], ...choices.reach.map((one) => [one, one])], "", (reach) => change({ reach })),
      select("list-bank", t("works.bank"), [["", t("works.all")], ["LEFT", t("works.bank_left")], ["RIGHT", t("works.bank_right")]], "", (bank) => change({ bank })), take);
  }
  fill(body, h("p", { class: "desk-line list-about" }, about), tools, list);
  await load();
}
