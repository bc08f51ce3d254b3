"""What became of sites since a day, as SQL: a row of the register against the versions of then."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from gis.domain.terms import Change, Grade, SiteState
from gis.store.listed import rank
from gis.store.register import end_of
from gis.store.tables import gradings, sites

IN_SCHEME = (Grade.HIGH, Grade.MEDIUM, Grade.LOW)
Column = sa.ColumnElement[Any]


def changed(table: sa.FromClause, change: Change, since: date) -> sa.ColumnElement[bool]:
    """Return whether a row of ``table`` differs so from what the site was at the end of a day.

    ``table`` has the columns of `listed`.
    """
    then = end_of(since)
    return _tests(table, then, was(table, then))[change]


def was(table: sa.FromClause, then: datetime) -> Mapping[str, Column]:
    """Return the state and the grade's rank that a row's site had, null where it had none.

    Looked up only of sites that were written to since: what others were, they still are.
    """
    row = table.c
    is_old = row.registered_at <= then
    return {
        "was_state": sa.case((is_old & (row.recorded_at > then), _state(row.code, then))),
        "was_rank": sa.case((is_old & (row.graded_at > then), _rank(row.code, then))),
    }


def count(
    connection: sa.Connection, table: sa.FromClause, is_wanted: Column, since: date
) -> dict[Change, int]:
    """Return how many of the wanted rows changed how since a day; each is looked up once."""
    then, row = end_of(since), table.c
    touched = sa.func.greatest(row.registered_at, row.recorded_at, row.graded_at) > then
    names = ("code", "registered_at", "recorded_at", "graded_at", "state", "grade")
    looked = [column.label(name) for name, column in was(table, then).items()]
    rows = (
        sa.select(*(row[name] for name in names), *looked)
        .where(is_wanted, touched)
        .cte("touched")
        .prefix_with("MATERIALIZED")
    )
    tests = _tests(rows, then, rows.c)
    number = sa.func.count()
    found = connection.execute(
        sa.select(*(number.filter(test).label(change.value) for change, test in tests.items()))
    )
    return {Change.of(name): n for name, n in found.mappings().one().items()}


def _tests(table: sa.FromClause, then: datetime, had: Any) -> dict[Change, Column]:
    row, is_closed = table.c, table.c.state == SiteState.CLOSED
    was_closed = had["was_state"] == SiteState.CLOSED.value
    is_new_state = row.recorded_at > then
    is_graded = (row.graded_at > then) & row.grade.in_(IN_SCHEME)
    return {
        Change.LISTED: row.registered_at > then,
        Change.CLOSED: is_new_state & is_closed & was_closed.is_not(True),
        Change.REOPENED: is_new_state & ~is_closed & was_closed,
        Change.WORSE: is_graded & (rank(row.grade) < had["was_rank"]),
        Change.BETTER: is_graded & (rank(row.grade) > had["was_rank"]),
    }


def _state(code: Column, then: datetime) -> Column:
    return (
        sa.select(sa.cast(sites.c.state, sa.Text))
        .where(sites.c.code == code, sites.c.recorded_at <= then)
        .order_by(sites.c.version.desc())
        .limit(1)
        .scalar_subquery()
    )


def _rank(code: Column, then: datetime) -> Column:
    """Return the rank of the grade that a site had, null where it had none of the scheme."""
    return (
        sa.select(sa.case((gradings.c.grade.in_(IN_SCHEME), rank(gradings.c.grade))))
        .where(gradings.c.site_code == code, gradings.c.graded_at <= then)
        .order_by(gradings.c.graded_at.desc())
        .limit(1)
        .scalar_subquery()
    )
