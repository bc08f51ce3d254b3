/** The board: how far each team and person is, and when somebody last sent a check. */

import { fill, h } from "../dom.js";
import { grid } from "../office/grid.js";
import { number, t, term } from "../text.js";
import { farBar, lateOf } from "./far.js";
import { openTeam } from "./team_form.js";

function since(days) {
  if (days === null || days === undefined) return h("span", { class: "quiet" }, t("teams.no_check_yet"));
  return days === 0 ? t("teams.today") : t("teams.days_ago", { n: number(days) });
}

const checksOf = (row) => Object.entries(row.checks || {}).map(([review, n]) => `${term("ReviewState", review)} ${number(n)}`).join(" · ");

function rowsOf(board) {
  const members = (team) => team.members.map((one) => ({ ...one, of: team.id }));
  const inTeams = new Set(board.teams.flatMap((team) => team.members.map((one) => one.username)));
  const alone = board.people.filter((one) => !inTeams.has(one.username));
  return [...board.teams.flatMap((team) => [{ ...team, isTeam: true }, ...members(team)]), ...alone];
}

/** Draws the board into `card`; `changed()` is called after a team was saved. */
export function drawBoard(card, now, changed) {
  const { board, teams } = now;
  const nameOf = (row) => {
    if (!row.isTeam) return h("span", { class: row.of ? "member-name" : "" }, row.of ? `— ${row.name}` : row.name);
    const team = teams.find((one) => one.id === row.id);
    return now.mayGive ? h("button", { type: "button", class: "link team-name", onclick: () => openTeam(now, team, changed) }, row.name) : h("span", { class: "team-name" }, row.name);
  };
  const columns = [
    { key: "name", title: t("teams.who"), cell: nameOf },
    { key: "given", title: t("teams.given"), align: "right", cell: (row) => number(row.work.places) },
    { key: "far", title: t("teams.far"), cell: (row) => farBar(row.work) },
    { key: "late", title: t("teams.overdue"), cell: (row) => lateOf(row.work) },
    { key: "checks", title: t("teams.checks_sent", { n: board.recent_days }), cell: checksOf },
    { key: "since", title: t("teams.last_check"), cell: (row) => since(row.days_since) },
  ];
  const rows = rowsOf(board);
  fill(card, h("div", { class: "desk-head teams-head" }, h("h2", {}, t("teams.board")),
    now.mayGive && h("button", { type: "button", class: "button primary push", id: "new-team", onclick: () => openTeam(now, null, changed) }, t("teams.new_team"))),
  rows.length ? grid({ columns, rows, label: t("teams.board") }) : h("p", { class: "quiet" }, t("teams.no_team")));
}
