/** The five verdicts as large buttons: a sign, the word, one line of what it means. */

import { h, svg } from "../../dom.js";
import { t, wordsOf } from "../../text.js";

const SIGNS = {
  WASTE: ["M2 27 13 9l5 6 4-4 8 16z"],
  PIT: ["M2 8h6l4 7h3l2 7h3l3-7h3l2-7h4", "M4 27h24"],
  LOOK_ALIKE: ["M5 12c4-5 8-5 11-2s7 3 11-2", "M5 23c4-5 8-5 11-2s7 3 11-2", "M22 4 10 28"],
  GONE: ["M3 27h26", "M8 27c0-10 3-14 3-14", "M16 27V15", "M24 27c0-10-3-14-3-14", "M16 12V4M12 8l4-4 4 4"],
  UNREACHABLE: ["M3 12h26v8H3z", "M8 12 4 20M16 12l-4 8M24 12l-4 8", "M7 20v8M25 20v8M7 12V6M25 12V6"],
};

const hints = () => ({
  WASTE: t("fieldcheck.hint_waste"), PIT: t("fieldcheck.hint_pit"), LOOK_ALIKE: t("fieldcheck.hint_look_alike"),
  GONE: t("fieldcheck.hint_gone"), UNREACHABLE: t("fieldcheck.hint_unreachable"),
});

const sign = (value) => svg("svg", { class: "fc-sign", viewBox: "0 0 32 32", width: 40, height: 40, "aria-hidden": "true" },
  (SIGNS[value] || []).map((d) => svg("path", { d, fill: "none", stroke: "currentColor", "stroke-width": 3, "stroke-linejoin": "round", "stroke-linecap": "round" })));

/** The choice of the verdict; `onchoose(value)` hears each tap. */
export function verdictChoice(chosen, onchoose) {
  const said = hints();
  const press = (value) => buttons.forEach((one) => one.setAttribute("aria-pressed", String(one.value === value)));
  const buttons = wordsOf("Verdict").map(([value, name]) => h("button", {
    type: "button", class: "fc-choice fc-verdict", value, "data-name": "verdict", "aria-describedby": `fc-hint-${value}`,
    onclick: () => {
      press(value);
      onchoose(value);
    },
  }, sign(value), h("span", {}, h("strong", {}, name), h("small", { id: `fc-hint-${value}` }, said[value]))));
  press(chosen);
  return h("div", { class: "fc-control", role: "group", "aria-label": t("fieldcheck.verdict_what") }, h("div", { class: "fc-choices fc-wide" }, buttons));
}
