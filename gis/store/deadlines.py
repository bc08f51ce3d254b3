"""Queries on how works stand: by unit, town and reach, and one by one; as of a moment.

A summary is one statement. Counts, pages and notices choose their works here, so that they speak
of the same ones.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from gis.domain.terms import DeadlineState, WorkKind
from gis.domain.works.deadline_errors import WorkUnknown
from gis.domain.works.deadlines import Work
from gis.store import due_works, dues, extensions, register, sight
from gis.store.listing import Scope
from gis.store.page import Key, Page, keyset
from gis.store.tables import due_works as kept
from gis.store.tables import sites


@dataclass(frozen=True, slots=True)
class WorkWish:
    """Which works somebody wants to see; empty asks for nothing, several words are "or"."""

    state: tuple[DeadlineState, ...] = ()
    kind: tuple[WorkKind, ...] = ()
    unit: tuple[str, ...] = ()
    supporting: tuple[str, ...] = ()
    town: tuple[str, ...] = ()
    reach: tuple[str, ...] = ()
    bank: tuple[str, ...] = ()
    site: tuple[str, ...] = ()
    key: tuple[str, ...] = ()

    def items(self) -> Iterator[tuple[str, tuple[Any, ...]]]:
        """Yield what is asked for."""
        for field in fields(self):
            if value := getattr(self, field.name):
                yield field.name, value


ALL = WorkWish()
COLUMNS = {"unit": "lead_unit", "site": "site_code"}
"""Names of a wish that are called otherwise in the rows."""

COUNTED = (
    *(DeadlineState.RED, DeadlineState.AMBER, DeadlineState.ON_TIME),
    *(DeadlineState.ONGOING, DeadlineState.DONE),
)

FIGURES = (*(state.value.lower() for state in COUNTED), "worst_days")


def _works(connection: sa.Connection, scope: Scope) -> sa.Subquery:
    """Return the district's works that are seen, each with its state and how late it is."""
    held: sa.FromClause = kept
    if not scope.is_now:
        held = due_works.works_at(scope.as_of, scope.district_code)
    work = held.c
    state = dues.state(work.due_on, work.amber_on, work.is_done, scope.as_of)
    late = dues.day(scope.as_of) - work.due_on
    is_late = (~work.is_done) & (late > 0)
    return (
        sa.select(
            *held.c,
            state.label("state"),
            sa.case((is_late, late), else_=0).label("days_late"),
        )
        .where(work.district_code == scope.district_code, sight.works_seen(connection, held))
        .subquery("work")
    )


def summary(connection: sa.Connection, scope: Scope, wish: WorkWish = ALL) -> list[dict[str, Any]]:
    """Return how many works stand how: in all, by lead unit, town, reach and bank, as helper.

    Each row has ``by`` (ALL, UNIT, HELPER, TOWN, REACH), ``name`` and ``bank``, a count a state
    and the worst of the days late. One statement over one pass: works are counted by their lists
    of helpers, of which there are few, and these are taken apart afterwards.
    """
    work = _works(connection, scope)
    one = work.c
    keys = (one.lead_unit, one.town, one.reach, one.supporting)
    sets = sa.func.grouping_sets(
        sa.tuple_(),
        sa.tuple_(one.lead_unit),
        sa.tuple_(one.town),
        sa.tuple_(one.reach, one.bank),
        sa.tuple_(one.supporting),
    )
    held = (
        sa.select(*keys, one.bank, sa.func.grouping(*keys).label("which"), *_counts(work))
        .where(_asked(work, wish))
        .group_by(sets)
        .cte("held")
    )
    by = sa.case({15: "ALL", 7: "UNIT", 11: "TOWN", 13: "REACH"}, value=held.c.which)
    name = sa.func.coalesce(held.c.lead_unit, held.c.town, held.c.reach)
    figures = [held.c[figure] for figure in FIGURES]
    led = sa.select(by.label("by"), name.label("name"), held.c.bank, *figures)
    helpers = sa.func.unnest(held.c.supporting).label("unit")
    apart = sa.select(helpers, *figures).where(held.c.which == 14).subquery("apart")
    sums = [sa.cast(sa.func.sum(apart.c[figure]), sa.BigInteger) for figure in FIGURES[:-1]]
    helped = sa.select(
        *(sa.literal("HELPER"), apart.c.unit, sa.cast(sa.null(), sa.Text)),
        *(*sums, sa.func.max(apart.c.worst_days)),
    ).group_by(apart.c.unit)
    query = sa.union_all(led.where(held.c.which != 14), helped)
    return [dict(row) for row in connection.execute(query).mappings()]


def _counts(work: sa.FromClause) -> list[sa.ColumnElement[Any]]:
    counts = [
        sa.func.count().filter(work.c.state == state).label(figure)
        for state, figure in zip(COUNTED, FIGURES, strict=False)
    ]
    worst = sa.func.coalesce(sa.func.max(work.c.days_late), 0)
    return [*counts, worst.label("worst_days")]


def _asked(work: sa.FromClause, wish: WorkWish) -> sa.ColumnElement[bool]:
    tests = []
    for name, value in wish.items():
        if name == "supporting":
            wanted = sa.bindparam(None, sorted(value), type_=sa.ARRAY(sa.Text))
            tests.append(work.c.supporting.op("&&")(wanted))
        else:
            tests.append(work.c[COLUMNS.get(name, name)].in_(value))
    return sa.and_(sa.true(), *tests)


def page(
    connection: sa.Connection,
    scope: Scope,
    wish: WorkWish = ALL,
    *,
    limit: int,
    after: str | None = None,
) -> Page[dict[str, Any]]:
    """Return a page of works, the earliest day first, then those without one.

    Each says how it stands, whose and where it is, and from which day it was put off how often.
    Raises CursorUnknown.
    """
    work = _works(connection, scope)
    found: Page[dict[str, Any]] = keyset(
        connection,
        sa.select(work).where(_asked(work, wish)),
        order=[Key(work.c.due_on, False, True), Key(work.c.key)],
        is_narrow=wish != ALL or not scope.is_now or not sight.of(connection).is_everything,
        about=(scope.district_code, None if scope.is_now else scope.as_of, wish),
        read=dict,
        limit=limit,
        after=after,
    )
    return Page(_told(connection, found.items, scope.as_of), found.next, found.total)


def works(connection: sa.Connection, scope: Scope, wish: WorkWish) -> list[dict[str, Any]]:
    """Return all works that are wanted, as `page` does."""
    work = _works(connection, scope)
    query = sa.select(work).where(_asked(work, wish))
    found = connection.execute(query.order_by(work.c.due_on.asc().nulls_last(), work.c.key))
    return _told(connection, [dict(row) for row in found.mappings()], scope.as_of)


def _told(
    connection: sa.Connection, rows: Sequence[dict[str, Any]], as_of: datetime
) -> list[dict[str, Any]]:
    """Return rows of works with their sites' names and how often each was put off."""
    names = _site_names(connection, {row["site_code"] for row in rows}, as_of)
    put_off = extensions.put_off(connection, [row["key"] for row in rows], as_of)
    return [
        {
            **row,
            "site_name": names[row["site_code"]],
            "original_due_on": put_off[row["key"]].original_due_on
            if row["key"] in put_off
            else None,
            "times_put_off": put_off[row["key"]].times if row["key"] in put_off else 0,
        }
        for row in rows
    ]


def _site_names(connection: sa.Connection, codes: set[str], as_of: datetime) -> dict[str, str]:
    query = (
        sa.select(sites.c.code, sites.c.name)
        .where(register.among(sites.c.code, codes), sites.c.recorded_at <= as_of)
        .order_by(sites.c.code, sites.c.version)
    )
    return {row.code: row.name for row in connection.execute(query)}  # the newest comes last


def work(connection: sa.Connection, key: str) -> Work:
    """Return one work as it stands now, of those that are seen; raises WorkUnknown."""
    query = sa.select(kept).where(kept.c.key == key, sight.works_seen(connection, kept))
    row = connection.execute(query).mappings().one_or_none()
    if row is None:
        raise WorkUnknown(key=key[:80])
    return Work(**{field.name: row[field.name] for field in fields(Work)})


def units(connection: sa.Connection, scope: Scope) -> list[str]:
    """Return the units that lead a work of the district that is seen."""
    work = _works(connection, scope)
    return sorted(connection.scalars(sa.select(work.c.lead_unit).distinct()))
