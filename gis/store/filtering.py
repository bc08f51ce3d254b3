"""A filter and an order of the register as SQL, on any relation with the columns of `listed`."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import distinct_on

from gis.domain.listing import Box, SinceMissing, Span, Wanted
from gis.domain.terms import ConclusionState, WasteClass
from gis.errors import BadInput
from gis.store.changes import changed
from gis.store.listed import rank
from gis.store.page import Key
from gis.store.tables import conclusions, listed, site_tags
from gis.store.tables.base import TermText

SORTABLE = frozenset(c.name for c in listed.c) - {
    "search",
    "project_id",
    "is_on_list",
    "grade_rank",
} | {"deadline"}


class SortUnknown(BadInput):
    """An order that the list does not have. Facts: sort."""

    code = "sort_unknown"
    zh = "清单不能按“{sort}”排序，请改选其他列。"
    en = "The list cannot be sorted by “{sort}”; choose another column."


def ordering(table: sa.FromClause, sort: str, is_descending: bool) -> list[Key]:
    """Return the keys of an order: one column, then the code; raises SortUnknown."""
    if sort not in SORTABLE:
        raise SortUnknown(sort=sort)
    if sort == "code":
        return [Key(table.c.code, is_descending)]
    if sort == "grade":
        return [Key(table.c.grade_rank, is_descending, True), Key(table.c.code)]
    may_be_null = sort not in listed.c or bool(listed.c[sort].nullable)
    return [Key(_rank(table.c[sort]), is_descending, may_be_null), Key(table.c.code)]


def _rank(column: sa.ColumnElement[Any]) -> sa.ColumnElement[Any]:
    """Return what a column is ordered by: words in the order in which they stand, not spelled."""
    words = column.type.term if isinstance(column.type, TermText) else None
    if words is None:
        return column
    if words is WasteClass:
        return sa.cast(column, sa.Text)
    return rank(column)


def where(table: sa.FromClause, wanted: Wanted, as_of: datetime) -> sa.ColumnElement[bool]:
    """Return the condition that a row of ``table`` is wanted; raises SinceMissing."""
    asked = dict(wanted.items())
    since = asked.pop("since", None)
    changes = asked.pop("changed", ())
    tests = [_test(table, name, value, as_of) for name, value in asked.items()]
    if changes:
        if since is None:
            raise SinceMissing()
        tests.append(sa.or_(*(changed(table, change, since) for change in changes)))
    if "state" not in asked:
        tests.append(table.c.is_on_list)
    return sa.and_(*tests)


def _test(table: sa.FromClause, name: str, value: Any, as_of: datetime) -> sa.ColumnElement[bool]:
    if name == "text":
        return sa.and_(*(_holds(table.c.search, word) for word in value.lower().split()))
    if name == "tag":
        return _tagged(table, value, as_of)
    if name == "has_conclusion":
        return (
            table.c.code.in_(_concluded(as_of)) if value else table.c.code.not_in(_concluded(as_of))
        )
    if name == "box":
        box: Box = value
        return table.c.lon.between(box.west, box.east) & table.c.lat.between(box.south, box.north)
    if name == "unknown":
        return sa.and_(*(table.c[gap].is_(None) for gap in value))
    if name == "known":
        return sa.and_(*(table.c[gap].is_not(None) for gap in value))
    column = table.c[name]
    if isinstance(value, bool):
        return column.is_(value)
    if isinstance(value, Span):
        return _between(column, value)
    return column.in_(value)


def _between(column: sa.ColumnElement[Any], span: Span) -> sa.ColumnElement[bool]:
    ends = [column >= span.low] if span.low is not None else []
    ends += [column <= span.high] if span.high is not None else []
    return sa.and_(*ends)


def _holds(column: sa.ColumnElement[str], word: str) -> sa.ColumnElement[bool]:
    return column.contains(word, autoescape=True)


def _tagged(
    table: sa.FromClause, tasks: tuple[str, ...], as_of: datetime
) -> sa.ColumnElement[bool]:
    borne = sa.select(site_tags.c.site_code).where(
        site_tags.c.task.in_(tasks),
        site_tags.c.added_at <= as_of,
        site_tags.c.removed_at.is_(None) | (site_tags.c.removed_at > as_of),
    )
    return table.c.code.in_(borne)


def _concluded(as_of: datetime) -> sa.Select[Any]:
    """Return the codes of the sites that a conclusion is in force of."""
    newest = (
        sa.select(conclusions.c.site_code, conclusions.c.state)
        .where(conclusions.c.recorded_at <= as_of)
        .ext(distinct_on(conclusions.c.id))
        .order_by(conclusions.c.id, conclusions.c.version.desc())
        .subquery("concluded")
    )
    return sa.select(newest.c.site_code).where(newest.c.state == ConclusionState.IN_FORCE)
