"""The register as of a moment: the one query behind list, counts, map and export."""

from datetime import datetime, timedelta, timezone
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import distinct_on

from gis.domain.errors import NotInRegister
from gis.domain.terms import DeadlineState, Grade, ProjectStage
from gis.store import shape
from gis.store.page import Page, keyset
from gis.store.tables import gradings, projects, site_codes, sites, surroundings
from gis.store.tables.base import TermText

CHINA = timezone(timedelta(hours=8), "Asia/Shanghai")
"""China keeps one time zone without summer time; a day of the register is a day here."""

AMBER_DAYS = 30
"""A dated piece of work turns amber this many days before its day."""

WORST_FIRST = {Grade.HIGH: 0, Grade.OUT_OF_SCHEME: 1, Grade.MEDIUM: 2, Grade.LOW: 3}


def _newest(
    table: sa.Table, key: list[str], order: str, moment: str, as_of: datetime
) -> sa.Subquery:
    keys = [table.c[name] for name in key]
    return (
        sa.select(table)
        .where(table.c[moment] <= as_of)
        .ext(distinct_on(*keys))
        .order_by(*keys, table.c[order].desc())
        .subquery(f"newest_{table.name}")
    )


def deadline(
    due_on: sa.ColumnElement[Any],
    stage: sa.ColumnElement[Any],
    progress: sa.ColumnElement[Any],
    as_of: datetime,
) -> sa.ColumnElement[Any]:
    """Return how dated work stands on the register's day; work without a day cannot lag."""
    today = as_of.astimezone(CHINA).date()
    finished = (stage == ProjectStage.CLOSED) | (progress >= 100)
    state = sa.case(
        (finished, DeadlineState.DONE.value),
        (due_on.is_(None), DeadlineState.ONGOING.value),
        (due_on < today, DeadlineState.RED.value),
        (due_on <= today + timedelta(days=AMBER_DAYS), DeadlineState.AMBER.value),
        else_=DeadlineState.ON_TIME.value,
    )
    return sa.type_coerce(state, TermText(DeadlineState))


def _most_pressing(as_of: datetime) -> sa.Subquery:
    """The one project that speaks for a site: unfinished before finished, earliest day first."""
    newest = _newest(projects, ["id"], "version", "recorded_at", as_of)
    state = deadline(newest.c.due_on, newest.c.stage, newest.c.progress_percent, as_of)
    return (
        sa.select(newest, state.label("deadline"))
        .ext(distinct_on(newest.c.site_code))
        .order_by(
            newest.c.site_code,
            state == DeadlineState.DONE,
            newest.c.due_on.asc().nulls_last(),
            newest.c.id,
        )
        .subquery("most_pressing")
    )


def register(as_of: datetime, district_code: str | None = None) -> sa.Select[Any]:
    """Return the select of every site as it stood at ``as_of``: facts, receptors, grade, work.

    Column names are the nouns' field names; a project's are prefixed ``project_``.
    """
    site = _newest(sites, ["code"], "version", "recorded_at", as_of)
    around = _newest(surroundings, ["site_code"], "measured_at", "measured_at", as_of)
    grade = _newest(gradings, ["site_code"], "graded_at", "graded_at", as_of)
    work = _most_pressing(as_of)
    skip = {"site_code", "decision"}
    query = (
        sa.select(
            *site.c,
            site_codes.c.registered_at,
            *(c for c in around.c if c.name not in skip),
            *(c for c in grade.c if c.name not in skip | {"confidence", "site_version"}),
            grade.c.confidence.label("grade_confidence"),
            work.c.deadline,
            work.c.due_on,
            *(
                c.label(f"project_{c.name}")
                for c in work.c
                if c.name not in {"site_code", "deadline", "due_on", "recorded_at", "is_demo"}
            ),
        )
        .join_from(site, site_codes, site.c.code == site_codes.c.code)
        .outerjoin(around, around.c.site_code == site.c.code)
        .outerjoin(grade, grade.c.site_code == site.c.code)
        .outerjoin(work, work.c.site_code == site.c.code)
    )
    return query if district_code is None else query.where(site.c.district_code == district_code)


def end_of(day: Any) -> datetime:
    """Return the last moment of a day of the register."""
    start = datetime(day.year, day.month, day.day, tzinfo=CHINA)
    return start + timedelta(days=1) - timedelta(microseconds=1)


def rows(
    connection: sa.Connection, as_of: datetime, district_code: str | None = None
) -> list[dict[str, Any]]:
    """Return the whole register as of a moment, by code."""
    table = register(as_of, district_code).subquery()
    found = connection.execute(sa.select(table).order_by(table.c.code)).mappings()
    return [shape.loaded(row) for row in found]


def one(connection: sa.Connection, as_of: datetime, code: str) -> dict[str, Any]:
    """Return one site's row of the register; raises NotInRegister."""
    table = register(as_of).subquery()
    found = connection.execute(sa.select(table).where(table.c.code == code)).mappings()
    row = found.one_or_none()
    if row is None:
        raise NotInRegister(id=code)
    return shape.loaded(row)


def page(
    connection: sa.Connection,
    as_of: datetime,
    district_code: str,
    *,
    limit: int,
    after: str | None = None,
    **wanted: str | None,
) -> Page[dict[str, Any]]:
    """Return a page of the register, worst grade first; ``wanted`` are columns and their values."""
    table = register(as_of, district_code).subquery()
    query = sa.select(table)
    for name, value in wanted.items():
        if value is not None:
            query = query.where(table.c[name] == value)
    worst = sa.case(
        *((table.c.grade == grade, place) for grade, place in WORST_FIRST.items()), else_=9
    )
    return keyset(
        connection, query, order=(worst, table.c.code), read=shape.loaded, limit=limit, after=after
    )


def counts(connection: sa.Connection, as_of: datetime, district_code: str) -> dict[str, Any]:
    """Return how many sites there are: by grade, state, kind and deadline, and per reach."""
    table = register(as_of, district_code).subquery()
    columns = (table.c.grade, table.c.state, table.c.kind, table.c.deadline, table.c.reach)
    query = sa.select(*columns, sa.func.count().label("n")).group_by(*columns)
    total = 0
    by: dict[str, dict[str, int]] = {"grade": {}, "state": {}, "kind": {}, "deadline": {}}
    reaches: dict[str, dict[str, int]] = {}
    for row in connection.execute(query).mappings():
        total += row["n"]
        for name, found in by.items():
            if row[name] is not None:
                found[row[name].value] = found.get(row[name].value, 0) + row["n"]
        if row["reach"] is not None:
            reach = reaches.setdefault(row["reach"], {"total": 0} | {g.value: 0 for g in Grade})
            reach["total"] += row["n"]
            if row["grade"] is not None:
                reach[row["grade"].value] += row["n"]
    return {
        "total": total,
        **{f"by_{name}": found for name, found in by.items()},
        "by_reach": [
            {"reach": name, **reaches[name]} for name in sorted(reaches, key=lambda n: (len(n), n))
        ],
    }


def projects_of(connection: sa.Connection, code: str, as_of: datetime) -> list[dict[str, Any]]:
    """Return a site's projects as of a moment, each with how it stands against its day."""
    newest = _newest(projects, ["id"], "version", "recorded_at", as_of)
    state = deadline(newest.c.due_on, newest.c.stage, newest.c.progress_percent, as_of)
    query = (
        sa.select(newest, state.label("deadline"))
        .where(newest.c.site_code == code)
        .order_by(newest.c.due_on.asc().nulls_last(), newest.c.id)
    )
    return [dict(row) for row in connection.execute(query).mappings()]
