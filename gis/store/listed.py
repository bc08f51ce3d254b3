"""The register's row of now for each site, kept in step with what the ledger writes."""

from collections.abc import Collection, Sequence
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa

from gis.store import due_works, register
from gis.store.tables import listed

ANY_DAY = datetime(2000, 1, 1, tzinfo=UTC)
"""No column of `listed` depends on the day: deadlines are worked out when they are asked for."""

AT_ONCE = 5_000
"""So many sites' rows are worked out in one statement; the plan stays one of index look-ups."""


def rank(column: sa.ColumnElement[Any]) -> sa.ColumnElement[Any]:
    """Return the place of a column's word among those of its vocabulary."""
    words = column.type.term  # type: ignore[attr-defined]
    places = {word.value: place for place, word in enumerate(words)}
    return sa.case(places, value=sa.cast(column, sa.Text))


def columns_of(table: sa.FromClause) -> list[sa.ColumnElement[object]]:
    """Return what `listed` holds of the rows of a register's query, in the table's order."""
    centre = sa.func.st_pointonsurface(table.c.outline)
    words = (table.c.name, table.c.code, sa.func.coalesce(table.c.responsible_party, ""))
    made = {
        "is_on_list": table.c.state.in_(register.ON_LIST),
        "grade_rank": rank(table.c.grade),
        "lon": sa.func.st_x(centre),
        "lat": sa.func.st_y(centre),
        "town": sa.func.coalesce(table.c.measured_town, table.c.town),
        "village": sa.func.coalesce(table.c.measured_village, table.c.village),
        "search": sa.func.lower(sa.func.concat_ws(" ", *words)),
    }
    return [
        sa.type_coerce(made[column.name], column.type).label(column.name)
        if column.name in made
        else table.c[column.name]
        for column in listed.c
    ]


def refresh(connection: sa.Connection, codes: Collection[str]) -> None:
    """Work out the rows of ``codes`` anew, in the caller's transaction."""
    every = sorted(codes)
    for start in range(0, len(every), AT_ONCE):
        _renew(connection, every[start : start + AT_ONCE])


def _renew(connection: sa.Connection, codes: Sequence[str]) -> None:
    connection.execute(sa.delete(listed).where(register.among(listed.c.code, codes)))
    _fill(connection, register.keys(None, codes))
    due_works.refresh(connection, codes)


def rebuild(connection: sa.Connection) -> int:
    """Work out every row anew, in the caller's transaction; return how many there are."""
    connection.execute(sa.delete(listed))
    _fill(connection, register.keys(None))
    due_works.rebuild(connection)
    return connection.scalar(sa.select(sa.func.count()).select_from(listed)) or 0


def _fill(connection: sa.Connection, keys: sa.Subquery) -> None:
    rows = register.joined(keys, ANY_DAY).subquery("rows")
    names = [column.name for column in listed.c]
    connection.execute(sa.insert(listed).from_select(names, sa.select(*columns_of(rows))))


def stale(connection: sa.Connection) -> list[str]:
    """Return the codes whose row is not what the versioned tables say; there should be none."""
    rows = register.joined(register.keys(None), ANY_DAY).subquery("rows")
    fresh = sa.select(*columns_of(rows))
    kept = sa.select(listed)
    differ = sa.union(fresh.except_(kept), kept.except_(fresh)).subquery("differ")
    query = sa.select(differ.c.code).distinct().order_by(differ.c.code)
    return sorted({*connection.scalars(query), *due_works.stale(connection)})
