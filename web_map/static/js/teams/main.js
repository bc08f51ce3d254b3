/** The office's page of teams: the board, giving out work, and the work that was given. */

import { get } from "../api.js";
import { fill, h } from "../dom.js";
import { showError } from "../notice.js";
import { startOffice } from "../office/office.js";
import { t } from "../text.js";
import { drawBoard } from "./board.js";
import { drawGive } from "./give.js";
import { drawWork } from "./work.js";

const GIVERS = new Set(["REVIEWER", "MANAGER", "ADMINISTRATOR"]);
const READERS = new Set([...GIVERS, "ANALYST"]);

startOffice(async ({ user, district, desk }) => {
  const now = { user, district, mayGive: GIVERS.has(user.role) };
  const head = h("div", { class: "desk-head" }, h("h1", {}, t("teams.title")), h("p", { class: "desk-line" }, t("teams.line")));
  if (!READERS.has(user.role)) {
    fill(desk, head, h("p", { class: "quiet" }, t("teams.not_for_you")));
    return;
  }
  const [board, give, work] = ["board-card", "give-card", "work-card"].map((id) => h("section", { class: "card", id }));
  fill(desk, head, board, give, work);

  async function show() {
    const query = { district: district.code };
    const [{ teams, people }, rows, given, counts] = await Promise.all([
      get("/api/teams", query), get("/api/work/board", query), get("/api/assignments", query), get("/api/sites/counts", query),
    ]);
    Object.assign(now, {
      teams, people, board: rows, work: given.assignments, towns: Object.keys(counts.by_town).sort(),
      reaches: counts.by_reach.map((one) => one.reach),
    });
    const changed = () => show().catch(showError);
    drawBoard(board, now, changed);
    drawWork(work, now, changed);
    await drawGive(give, now, changed);
  }
  await show();
});
