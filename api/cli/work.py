"""`qingfei team` and `qingfei assign`: teams, and the work they are given."""

from datetime import datetime
from typing import Annotated
from uuid import uuid4

import typer

from api.cli.options import AsJson, terminal_book
from api.cli.output import emit, say, table
from gis.domain.people.assignment import CandidateWish, WorkSent, place_of
from gis.domain.people.team import TeamUnknown
from gis.ledger.book import utc_now
from gis.ledger.field_work import give_work
from gis.ledger.teams import TeamSent, end_team, save_team
from gis.store import places, teams, work_board

app = typer.Typer(help="外业班组。 Field teams.", no_args_is_help=True)

Code = Annotated[str, typer.Option("--district", help="区域代码，如 150203。 Code of the place.")]
TeamName = Annotated[str, typer.Argument(help="班组名称。 Name of the team.")]


@app.command()
def add(
    name: TeamName,
    district: Code,
    member: Annotated[list[str], typer.Option("--member", help="成员的用户名。 User name.")],
    lead: Annotated[str | None, typer.Option("--lead", help="负责人。 Who leads it.")] = None,
    as_json: AsJson = False,
) -> None:
    """新建班组，或调整同名班组的成员。 Make a team, or change the one of that name.

    Example: qingfei team add 外业一组 --district 150203 --member zhou --member wu --lead zhou
    """
    book = terminal_book()
    with book.reading() as connection:
        known = teams.team_named(connection, district, name)
    team, _ = save_team(
        book, TeamSent(known.id if known else uuid4(), district, name, lead, member)
    )
    if as_json:
        emit({"id": team.id, "name": team.name, "members": team.members})
    else:
        who = "、".join(team.members)
        say(f"班组“{team.name}”已保存：{who}。", f"Team {team.name} is saved: {who}.")


@app.command()
def end(name: TeamName, district: Code) -> None:
    """解散没有未完成任务的班组。 Dissolve a team that has no work left.

    Example: qingfei team end 外业一组 --district 150203
    """
    book = terminal_book()
    with book.reading() as connection:
        known = teams.team_named(connection, district, name)
    if known is None:
        raise TeamUnknown(name=name)
    end_team(book, known.id)
    say(f"班组“{name}”已解散。", f"Team {name} is dissolved.")


@app.command("list")
def list_(district: Code, as_json: AsJson = False) -> None:
    """列出班组及其进展。 List the teams and how far they are.

    Example: qingfei team list --district 150203
    """
    now = utc_now()
    with terminal_book().reading() as connection:
        places.district(connection, district)
        found = work_board.rows(connection, district, now)["teams"]
    if as_json:
        emit(found)
        return
    rows = [
        [
            team["name"],
            "、".join(one["name"] for one in team["members"]),
            team["work"]["places"],
            team["work"]["left"],
            team["work"]["overdue"],
        ]
        for team in found
    ]
    table(["班组", "成员", "承担点位", "未完成", "逾期"], rows)


def assign(
    district: Code,
    team: Annotated[str | None, typer.Option("--team", help="班组名称。 A team.")] = None,
    person: Annotated[str | None, typer.Option("--person", help="用户名。 A person.")] = None,
    place: Annotated[
        list[str] | None,
        typer.Option("--place", help="site:编号 或 candidate:编号，可重复。 A place."),
    ] = None,
    town: Annotated[str | None, typer.Option("--town", help="整个街镇。 A whole town.")] = None,
    reach: Annotated[str | None, typer.Option("--reach", help="整个河段。 A reach.")] = None,
    confidence: Annotated[
        int | None,
        typer.Option("--confidence", min=0, max=100, help="不低于此置信度的图斑。 Candidates."),
    ] = None,
    teach: Annotated[
        int, typer.Option("--teach", min=0, max=100, help="另加最能改进模型的图斑数。 Teachers.")
    ] = 0,
    due: Annotated[
        datetime | None, typer.Option("--due", formats=["%Y-%m-%d"], help="截止日期。 Due on.")
    ] = None,
    note: Annotated[str, typer.Option("--note", help="发到手机的说明。 For the phone.")] = "",
    as_json: AsJson = False,
) -> None:
    """派发任务：点位、街镇、河段或图斑，派给班组或个人。 Give out work.

    Example: qingfei assign --district 150203 --team 外业一组 --town 昆河镇 --due 2026-12-31
    """
    book = terminal_book()
    team_id = None
    if team is not None:
        with book.reading() as connection:
            known = teams.team_named(connection, district, team)
        if known is None:
            raise TeamUnknown(name=team)
        team_id = known.id
    given = give_work(
        book,
        WorkSent(
            id=uuid4(),
            district_code=district,
            team_id=team_id,
            username=person,
            due_on=None if due is None else due.date(),
            note=note,
            places=tuple(place_of(key) for key in place or ()),
            town=town,
            reach=reach,
            wish=None if confidence is None else CandidateWish(confidence / 100),
            teach=teach,
        ),
    )
    number = given.assignment.places
    if as_json:
        emit({"id": given.assignment.id, "places": number, "passed_on": given.passed_on})
    else:
        say(
            f"已派发 {number} 处给 {team or person}。",
            f"{number} places given to {team or person}.",
        )
