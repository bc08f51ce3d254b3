/** The form of a team: name, members, lead; dissolving it. */

import { put, send, sentenceOf } from "../api.js";
import { fill, h } from "../dom.js";
import { newId } from "../new_id.js";
import { showDone } from "../notice.js";
import { closeDialog, openDialog } from "../office/dialog.js";
import { doing, input, problemLine, tick } from "../office/fields.js";
import { t } from "../text.js";

/** Opens the form; team null makes a new one; `changed()` follows what was saved. */
export function openTeam(now, team, changed) {
  const id = team?.id || newId();
  const chosen = new Set(team?.members.map((one) => one.username) || []);
  let lead = team?.lead || "";
  const problem = problemLine();
  const leads = h("select", { id: "team-lead", onchange: (event) => { lead = event.target.value; } });
  const drawLeads = () => fill(leads, h("option", { value: "" }, t("teams.no_lead")),
    now.people.filter((one) => chosen.has(one.username)).map((one) => h("option", { value: one.username, selected: one.username === lead }, one.name)));
  const members = now.people.map((one) => tick(`member-${one.username}`, t("teams.person", { name: one.name, username: one.username }), chosen.has(one.username), (event) => {
    if (event.target.checked) chosen.add(one.username);
    else chosen.delete(one.username);
    if (!chosen.has(lead)) lead = "";
    drawLeads();
  }));
  drawLeads();

  const attempt = async (deed, said) => {
    problem.say("");
    try {
      await deed();
      closeDialog();
      showDone(said);
      await changed();
    } catch (fault) {
      problem.say(sentenceOf(fault));
    }
  };
  const save = () => attempt(() => put(`/api/teams/${id}`, {
    district: now.district.code, name: document.getElementById("team-name").value, lead: lead || null, members: [...chosen],
  }), t("teams.saved"));
  const end = () => attempt(() => send("PUT", `/api/teams/${id}/end`, {}), t("teams.ended"));
  openDialog(team ? t("teams.edit_team") : t("teams.new_team"), [
    input("team-name", t("teams.team_name"), team?.name || "", { maxlength: 60 }),
    h("div", { class: "field" }, h("span", {}, t("teams.members")), h("div", { class: "members" }, members)),
    h("label", { class: "field", for: "team-lead" }, h("span", {}, t("teams.lead")), leads),
    problem,
  ], [doing(t("teams.save"), save, "primary"), team && doing(t("teams.dissolve"), end)]);
}
