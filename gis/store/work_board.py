"""Queries for the board of work: how far each team and person is, and who has which place."""

from collections import defaultdict
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

import sqlalchemy as sa

from gis.domain.people.accounts import User
from gis.domain.people.assignment import Assignment, ListRules
from gis.domain.people.team import Team
from gis.domain.terms import WorkState
from gis.store import field_work, register, shape, shown, sight, teams
from gis.store.field_list import due_for_a_look, site_check
from gis.store.tables import candidates, field_checks, listed, sites, users
from gis.store.tables import teams as team_table

MOST_SHOWN = 2_000
"""So many places a page and its map show at once; it says how many there are."""
RECENT_DAYS = 30


class Board(NamedTuple):
    """A district's work, with whom it was given to and how far each piece is."""

    work: list[Assignment]
    names: dict[UUID, str]
    progress: dict[UUID, dict[str, Any]]


def name_of(connection: sa.Connection, work: Assignment) -> str:
    """Return what the team or person is called that work was given to."""
    if work.team_id is not None:
        return teams.team(connection, work.team_id).name
    query = sa.select(users.c.display_name).where(users.c.username == work.username)
    return connection.scalar(query) or str(work.username)


def board(
    connection: sa.Connection, district_code: str, today: date, *, with_withdrawn: bool = False
) -> Board:
    """Return the work of a district, the newest first."""
    work = field_work.assignments_in(connection, district_code, with_withdrawn=with_withdrawn)
    by_work: dict[UUID, list[dict[str, Any]]] = defaultdict(list)
    for row in field_work.places_of(connection, district_code):
        by_work[row["assignment_id"]].append(row)
    of_team = {
        row.id: row.name
        for row in connection.execute(sa.select(team_table.c.id, team_table.c.name))
    }
    people = {u.username: u.display_name for u in connection.execute(sa.select(users))}
    names = {
        one.id: of_team[one.team_id]
        if one.team_id is not None
        else people.get(one.username, str(one.username))
        for one in work
    }
    return Board(work, names, {id: field_work.progress(r, today) for id, r in by_work.items()})


def rows(connection: sa.Connection, district_code: str, now: datetime) -> dict[str, Any]:
    """Return a row a team with its members, and a row a person: work held, and checks sent.

    Checks are those of the last 30 days; ``photos_missing`` are announced and not yet here.
    """
    today = register.day_of(now)
    held = field_work.places_of(connection, district_code)
    sent = _sent(connection, district_code, now - timedelta(days=RECENT_DAYS))
    people = {user.username: user for user in teams.checkers(connection)}
    groups = teams.teams_in(connection, district_code)
    direct = {row["username"] for row in held if row["username"]}
    return {
        "recent_days": RECENT_DAYS,
        "teams": [_team_row(group, held, sent, people, today, now) for group in groups],
        "people": [
            _person_row(name, held, sent, people, today, now)
            for name in sorted(direct | {name for name in sent if name in people})
        ],
    }


def _sent(connection: sa.Connection, district: str, since: datetime) -> dict[str, dict[str, Any]]:
    """Return, by who recorded them, the checks received since a moment, by state."""
    check = field_checks.c
    query = (
        sa.select(
            *(check.recorded_by, sa.cast(check.review, sa.Text).label("review")),
            sa.func.count().label("n"),
            sa.func.max(check.received_at).label("last"),
        )
        .where(check.district_code == district, check.received_at >= since)
        .where(sight.checks_seen(connection))
        .group_by(check.recorded_by, check.review)
    )
    found: dict[str, dict[str, Any]] = {}
    for row in connection.execute(query):
        mine = found.setdefault(row.recorded_by, {"by_review": {}, "last": row.last})
        mine["by_review"][row.review] = row.n
        mine["last"] = max(mine["last"], row.last)
    return found


def _team_row(
    team: Team,
    held: list[dict[str, Any]],
    sent: dict[str, dict[str, Any]],
    people: dict[str, User],
    today: date,
    now: datetime,
) -> dict[str, Any]:
    mine = [row for row in held if row["team_id"] == team.id]
    members = [_person_row(name, held, sent, people, today, now) for name in team.members]
    lasts = [one["days_since"] for one in members if one["days_since"] is not None]
    return {
        "id": team.id,
        "name": team.name,
        "lead": team.lead,
        "members": members,
        "work": field_work.progress(mine, today),
        "days_since": min(lasts, default=None),
    }


def _person_row(
    username: str,
    held: list[dict[str, Any]],
    sent: dict[str, dict[str, Any]],
    people: dict[str, User],
    today: date,
    now: datetime,
) -> dict[str, Any]:
    mine = [row for row in held if row["username"] == username]
    known = sent.get(username, {"by_review": {}, "last": None})
    last: datetime | None = known["last"]
    return {
        "username": username,
        "name": people[username].display_name if username in people else username,
        "work": field_work.progress(mine, today),
        "checks": known["by_review"],
        "last_check_at": last,
        "days_since": None if last is None else (today - register.day_of(last)).days,
    }


def places_to_give(
    connection: sa.Connection,
    district_code: str,
    now: datetime,
    rules: ListRules,
    *,
    kind: str = "",
    town: str = "",
    min_confidence: float = 0.0,
    holder: str = "",
) -> dict[str, Any]:
    """Return the places that wait or are held, with who has them, and how many there are."""
    parts = []
    if kind != "site":
        seen = sight.candidates_seen(connection)
        parts.append(_candidates(district_code, town, min_confidence).where(seen))
    if kind != "candidate":
        seen = sight.rows_seen(connection, listed)
        parts.append(_sites(district_code, town, now, rules).where(seen))
    found = sa.union_all(*parts).subquery("found")
    chosen = sa.select(found)
    if holder:
        is_held = found.c.assignment_id.is_not(None)
        chosen = chosen.where(is_held if holder == "somebody" else ~is_held)
    total = connection.scalar(sa.select(sa.func.count()).select_from(chosen.subquery())) or 0
    query = chosen.order_by(
        found.c.type.desc(), found.c.rank.desc().nulls_last(), found.c.key
    ).limit(MOST_SHOWN)
    rows = [shape.loaded(row) for row in connection.execute(query).mappings()]
    return {"total": total, "most": MOST_SHOWN, "items": rows}


def _holding(holder: sa.Subquery, check: sa.FromClause) -> list[sa.ColumnElement[Any]]:
    name = sa.func.coalesce(team_table.c.name, users.c.display_name, holder.c.username)
    state = field_work.work_state(holder.c.given_at, check)
    waiting = sa.literal(WorkState.TO_DO.value)
    work = sa.case((holder.c.place.is_not(None), sa.cast(state, sa.Text)), else_=waiting)
    return [
        *(holder.c.assignment_id, holder.c.team_id, holder.c.username, holder.c.due_on),
        *(name.label("holder"), work.label("work"), sa.cast(check.c.verdict, sa.Text)),
    ]


def _candidates(district_code: str, town: str, min_confidence: float) -> sa.Select[Any]:
    holder, one = field_work.held(district_code), candidates.c
    check = field_work.last_check(field_checks.c.candidate_id == one.id)
    centre = sa.func.st_pointonsurface(one.outline)
    query = (
        sa.select(
            sa.func.concat("candidate:", one.id).label("key"),
            sa.literal("candidate").label("type"),
            one.class_name.label("name"),
            sa.cast(shown.state(), sa.Text).label("state"),
            one.town,
            sa.cast(sa.null(), sa.Text).label("reach"),
            *(one.confidence.label("rank"), one.area_m2),
            *(sa.func.st_x(centre).label("lon"), sa.func.st_y(centre).label("lat")),
            *_holding(holder, check),
        )
        .select_from(candidates)
        .outerjoin(holder, holder.c.candidate_id == one.id)
        .outerjoin(team_table, team_table.c.id == holder.c.team_id)
        .outerjoin(users, users.c.username == holder.c.username)
        .outerjoin(check, sa.true())
        .where(one.district_code == district_code, one.confidence >= min_confidence)
        .where(shown.waits() | holder.c.place.is_not(None))
    )
    return query.where(one.town == town) if town else query


def _sites(district_code: str, town: str, now: datetime, rules: ListRules) -> sa.Select[Any]:
    holder, one = field_work.held(district_code), listed.c
    check = site_check()
    query = (
        sa.select(
            sa.func.concat("site:", one.code).label("key"),
            sa.literal("site").label("type"),
            *(one.name, sa.cast(one.state, sa.Text).label("state"), one.town, one.reach),
            sa.cast(sa.null(), sa.Double).label("rank"),
            *(one.area_m2, one.lon, one.lat, *_holding(holder, check)),
        )
        .select_from(listed)
        .join(sites, (sites.c.code == one.code) & (sites.c.version == one.version))
        .outerjoin(holder, holder.c.site_code == one.code)
        .outerjoin(team_table, team_table.c.id == holder.c.team_id)
        .outerjoin(users, users.c.username == holder.c.username)
        .outerjoin(check, sa.true())
        .where(one.district_code == district_code)
        .where(due_for_a_look(listed, check, now, rules) | holder.c.place.is_not(None))
    )
    return query.where(one.town == town) if town else query
