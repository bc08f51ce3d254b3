"""Sites along a river as a strip: by chainage and bank, one by one or, where too many, in cells."""

from collections.abc import Sequence
from typing import Any, Literal, NamedTuple

import sqlalchemy as sa

from gis.store.listing import Scope, seen, source

MOST_MARKS = 1_500
"""More sites than these are drawn as cells that say how many there are."""
CELLS_ALONG = 90
CELLS_ASIDE = 10
"""Cells of a strip along the river and away from it, by the square root of the distance."""

Colour = Literal["grade", "state", "kind", "deadline"]


class Strip(NamedTuple):
    """The sites of a stretch, or the cells that count them; ``total`` counts them all."""

    total: int
    marks: list[dict[str, Any]]
    cells: list[dict[str, Any]]
    farthest_m: float


def strip(
    connection: sa.Connection,
    scope: Scope,
    names: Sequence[str],
    span: tuple[float, float],
    colour: Colour,
) -> Strip:
    """Return the sites of some reaches between two chainages that the account may see.

    One query for a reach; of several reaches it is asked first how many sites there are.
    """
    held = source(scope)
    where = _along(connection, held, scope, names)
    if len(names) > 1:
        count, far = _extent(connection, held, where)
        if count > MOST_MARKS:
            return _in_cells(connection, held, where, span, far, colour)
    columns = (
        *(held.c.code, held.c.name, held.c.reach, held.c.chainage_m, held.c.bank),
        *(held.c.river_distance_m, held.c.area_m2, held.c.grade, held.c.is_provisional),
        *(held.c.state, held.c.kind, held.c.deadline, held.c.lon, held.c.lat, held.c.is_demo),
    )
    query = sa.select(*columns).where(where).order_by(held.c.chainage_m, held.c.code)
    marks = [dict(row) for row in connection.execute(query.limit(MOST_MARKS + 1)).mappings()]
    if len(marks) > MOST_MARKS:
        _, far = _extent(connection, held, where)
        return _in_cells(connection, held, where, span, far, colour)
    far = max((mark["river_distance_m"] or 0.0 for mark in marks), default=0.0)
    return Strip(len(marks), marks, [], far)


def _along(
    connection: sa.Connection, held: sa.FromClause, scope: Scope, names: Sequence[str]
) -> sa.ColumnElement[bool]:
    reaches = held.c.reach == names[0] if len(names) == 1 else held.c.reach.in_(names)
    return sa.and_(
        held.c.district_code == scope.district_code,
        reaches,
        held.c.is_on_list,
        held.c.chainage_m.is_not(None),
        seen(connection, held, scope),
    )


def _extent(
    connection: sa.Connection, held: sa.FromClause, where: sa.ColumnElement[bool]
) -> tuple[int, float]:
    """Return how many sites there are, and how far from the river the farthest lies, in m."""
    query = sa.select(sa.func.count(), sa.func.max(held.c.river_distance_m)).where(where)
    count, far = connection.execute(query).one()
    return count, far or 1.0


def _in_cells(
    connection: sa.Connection,
    held: sa.FromClause,
    where: sa.ColumnElement[bool],
    span: tuple[float, float],
    far: float,
    colour: Colour,
) -> Strip:
    """Return how many sites there are in each cell, by the words that they are coloured by."""
    from_m, to_m = span
    width_m = (to_m - from_m) / CELLS_ALONG
    distance = sa.func.coalesce(held.c.river_distance_m, 0.0)
    along = sa.func.least(
        sa.func.greatest(
            sa.cast(sa.func.floor((held.c.chainage_m - from_m) / width_m), sa.Integer), 0
        ),
        CELLS_ALONG - 1,
    ).label("along")
    aside = sa.func.least(
        sa.cast(sa.func.floor(sa.func.sqrt(distance / far) * CELLS_ASIDE), sa.Integer),
        CELLS_ASIDE - 1,
    ).label("aside")
    word = sa.cast(held.c[colour], sa.Text).label("word")
    counted = (
        sa.select(along, aside, held.c.bank, word, sa.func.count().label("n"))
        .add_columns(sa.func.sum(held.c.area_m2).label("area_m2"))
        .where(where)
        .group_by("along", "aside", held.c.bank, "word")
    )
    cells: dict[tuple[int, int, str], dict[str, Any]] = {}
    for row in connection.execute(counted):
        cell = cells.setdefault(
            (row.along, row.aside, row.bank),
            {
                "from_m": from_m + row.along * width_m,
                "to_m": from_m + (row.along + 1) * width_m,
                "near_m": far * (row.aside / CELLS_ASIDE) ** 2,
                "far_m": far * ((row.aside + 1) / CELLS_ASIDE) ** 2,
                "bank": row.bank,
                "n": 0,
                "area_m2": 0.0,
                "words": {},
            },
        )
        cell["n"] += row.n
        cell["area_m2"] += row.area_m2 or 0.0
        cell["words"][row.word or ""] = cell["words"].get(row.word or "", 0) + row.n
    found = [cells[key] for key in sorted(cells)]
    return Strip(sum(cell["n"] for cell in found), [], found, float(far))


def counts(connection: sa.Connection, scope: Scope) -> dict[str | None, dict[str, Any]]:
    """Return of each reach how many sites it has, by grade, state and bank; None is "of none"."""
    held = source(scope)
    words = [sa.cast(held.c[name], sa.Text).label(name) for name in ("grade", "state", "bank")]
    query = (
        sa.select(held.c.reach, *words, sa.func.count().label("n"))
        .add_columns(sa.func.sum(held.c.area_m2).label("area_m2"))
        .where(
            held.c.district_code == scope.district_code,
            held.c.is_on_list,
            seen(connection, held, scope),
        )
        .group_by(held.c.reach, held.c.grade, held.c.state, held.c.bank)
    )
    found: dict[str | None, dict[str, Any]] = {}
    for row in connection.execute(query).mappings():
        one = found.setdefault(row["reach"], empty())
        one["total"] += row["n"]
        one["area_m2"] += row["area_m2"] or 0.0
        for name in ("grade", "state", "bank"):
            by = one[f"by_{name}"]
            by[row[name] or ""] = by.get(row[name] or "", 0) + row["n"]
    return found


def empty() -> dict[str, Any]:
    """Return the counts of a reach without sites."""
    return {"total": 0, "area_m2": 0.0, "by_grade": {}, "by_state": {}, "by_bank": {}}


def summed(counted: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Return the counts of several reaches together."""
    whole = empty()
    for one in counted:
        for name, value in one.items():
            if isinstance(value, dict):
                for word, n in value.items():
                    whole[name][word] = whole[name].get(word, 0) + n
            else:
                whole[name] += value
    return whole


__all__ = ["Colour", "Strip", "counts", "empty", "strip", "summed"]
