"""Queries on reaches: those in force now, or at a moment."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from gis.domain.reach import Reach
from gis.store import shape
from gis.store.tables import reaches

SIMPLIFIED_DEGREES = 2e-5


def _in_force(at: datetime | None) -> sa.ColumnElement[bool]:
    ended = reaches.c.ended_at
    if at is None:
        return ended.is_(None)
    return sa.and_(reaches.c.adopted_at <= at, ended.is_(None) | (ended > at))


def in_force(
    connection: sa.Connection, district_code: str, at: datetime | None = None
) -> list[Reach]:
    """Return a district's reaches, rivers in the order of their codes, each downstream."""
    query = (
        sa.select(reaches)
        .where(reaches.c.district_code == district_code, _in_force(at))
        .order_by(reaches.c.code)
    )
    return shape.select_all(connection, Reach, query)


def main_stems(connection: sa.Connection, district_code: str, at: datetime) -> tuple[str, ...]:
    """Return the names of a district's rivers that were main stems at a moment."""
    query = (
        sa.select(reaches.c.river)
        .where(reaches.c.district_code == district_code, _in_force(at), reaches.c.is_main_stem)
        .distinct()
        .order_by(reaches.c.river)
    )
    return tuple(connection.scalars(query))


def edition(connection: sa.Connection, district_code: str) -> str:
    """Return a word that changes whenever a district's reaches in force do."""
    query = sa.select(sa.func.max(reaches.c.adopted_at), sa.func.count()).where(
        reaches.c.district_code == district_code, _in_force(None)
    )
    newest, count = connection.execute(query).one()
    return f"{newest} {count}"


def river_numbers(connection: sa.Connection, district_code: str) -> dict[str, int]:
    """Return the number in the code of every river that a district ever had."""
    query = (
        sa.select(reaches.c.river, sa.func.max(reaches.c.code))
        .where(reaches.c.district_code == district_code)
        .group_by(reaches.c.river)
    )
    return {
        river: int(code.split("-R")[1].split("-")[0]) for river, code in connection.execute(query)
    }


def replace_all(
    connection: sa.Connection, ended: Sequence[Reach], put: Sequence[Reach], at: datetime
) -> None:
    """End some reaches and store others; one adopted in this very moment leaves no trace."""
    mine = reaches.c.code.in_([reach.code for reach in ended]) & reaches.c.ended_at.is_(None)
    if ended:
        connection.execute(sa.delete(reaches).where(mine, reaches.c.adopted_at == at))
        connection.execute(sa.update(reaches).where(mine).values(ended_at=at))
    shape.insert(connection, reaches, put)


def as_lines(
    connection: sa.Connection, district_code: str, at: datetime | None = None
) -> list[dict[str, Any]]:
    """Return the lines of a district's reaches as GeoJSON texts, light enough for a page."""
    whole = sa.func.st_collect(reaches.c.line, reaches.c.sides)
    simple = sa.func.st_simplifypreservetopology(whole, SIMPLIFIED_DEGREES)
    query = (
        sa.select(
            *(reaches.c.code, reaches.c.name_zh, reaches.c.name_en, reaches.c.river),
            *(reaches.c.is_main_stem, sa.func.st_asgeojson(simple, 6).label("geometry")),
        )
        .where(reaches.c.district_code == district_code, _in_force(at))
        .order_by(reaches.c.code)
    )
    return [dict(row) for row in connection.execute(query).mappings()]
