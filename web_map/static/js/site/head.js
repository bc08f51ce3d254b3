/** The top of a site's page: what it is called, how it stands, and the day that is shown. */

import { badge, h } from "../dom.js";
import { gradeStyle } from "../grade.js";
import { showDone } from "../notice.js";
import { gradeName, percent, styles, t, term, today } from "../text.js";

async function copy(code) {
  try {
    await navigator.clipboard.writeText(code);
    showDone(t("site.code_copied", { code }));
  } catch {
    getSelection().selectAllChildren(document.getElementById("site-code"));
  }
}

function badges(site) {
  return h("div", { class: "badges" },
    badge(gradeName(site), gradeStyle(site.grade), "badge-big"),
    badge(term("SiteState", site.state), styles.SiteState[site.state]),
    badge(term("SiteKind", site.kind), {}, "badge-plain"),
    badge(term("WasteNature", site.nature), {}, "badge-plain"),
    site.deadline && badge(term("DeadlineState", site.deadline), styles.DeadlineState[site.deadline]),
    site.is_demo && badge(t("demo.badge"), {}, "badge-demo"));
}

function warnings(page) {
  const { site, asOf } = page;
  const lines = [];
  if (asOf) lines.push(t("site.as_of_hint", { day: asOf }));
  if (!site.is_on_list) lines.push(t("site.left_list", { state: term("SiteState", site.state) }));
  if (site.outside_share > 0.001) lines.push(t("site.outside", { share: percent(site.outside_share) }));
  return lines.map((text) => h("p", { class: "hint" }, text));
}

function overlaps(site) {
  if (!site.overlaps.length) return null;
  return h("p", { class: "hint" }, t("site.overlaps"), " ", site.overlaps.map((one) => [
    h("a", { href: `/sites/${encodeURIComponent(one.code)}` }, one.code), ` (${percent(one.share)}) `,
  ]));
}

/** Draws the head; choosing a day shows the site as it stood at its end. */
export function headOf(page) {
  const { site, asOf } = page;
  const day = h("input", { type: "date", id: "as-of", value: asOf, max: today(), onchange: (event) => page.showDay(event.target.value) });
  const mapAddress = `/#d=${encodeURIComponent(site.district_code)}&s=${encodeURIComponent(site.code)}`;
  return h("header", { class: "site-head" },
    h("div", { class: "site-title" },
      h("h1", {}, site.name),
      h("p", { class: "site-code" }, h("span", { id: "site-code" }, site.code),
        h("button", { type: "button", class: "link no-print", onclick: () => copy(site.code) }, t("site.copy_code"))),
      badges(site)),
    h("div", { class: "site-tools no-print" },
      h("label", { class: "field", for: "as-of" }, h("span", {}, t("site.as_of")), day),
      asOf && h("button", { type: "button", class: "button", onclick: () => page.showDay("") }, t("site.today")),
      h("a", { class: "button", href: mapAddress }, t("site.on_map")),
      h("button", { type: "button", class: "button", onclick: () => print() }, t("site.print"))),
    site.is_demo && h("p", { class: "demo-line" }, t("demo.site")),
    warnings(page), overlaps(site));
}
