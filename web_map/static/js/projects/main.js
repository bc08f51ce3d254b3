/** Projects of the district in four views of the same data: projects, reserve, problems, rectification. */

import { fill, h } from "../dom.js";
import { startOffice } from "../office/office.js";
import { t } from "../text.js";
import { projectList } from "./list.js";
import { officeList } from "./sheet.js";

function views() {
  return [
    ["#projects", t("works.tab_projects"), (body, here) => projectList(body, here)],
    ["#reserve", t("works.tab_reserve"), (body, here) => officeList(body, here, "reserve", t("works.about_reserve"))],
    ["#problems", t("works.tab_problems"), (body, here) => officeList(body, here, "problems", t("works.about_problems"))],
    ["#rectification", t("works.tab_rectification"), (body, here) => officeList(body, here, "rectification", t("works.about_rectification"))],
  ];
}

async function draw({ user, district, desk }) {
  const head = h("div", { class: "desk-head" });
  const body = h("div", { id: "view" });
  const show = async () => {
    const all = views();
    const [chosen, , paint] = all.find(([hash]) => hash === location.hash) || all[0];
    fill(head, h("h1", {}, t("works.title")), h("nav", { class: "parts", "aria-label": t("works.views") }, all.map(([href, name]) =>
      h("a", { href, class: "part", "aria-current": href === chosen ? "page" : null }, name))));
    fill(body);
    await paint(body, { user, district });
  };
  fill(desk, head, body);
  addEventListener("hashchange", show);
  await show();
}

startOffice(draw);
