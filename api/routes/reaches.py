"""Routes of reaches: the list with counts, their lines, and the strip of a river or a reach."""

from datetime import date
from typing import Annotated, Any

import sqlalchemy as sa
from fastapi import APIRouter, Path, Query

from api import wire_reaches
from api.access import Engine, Reader
from api.listing import DayWish
from gis.domain.reach import Reach
from gis.domain.river_errors import ReachUnknown
from gis.store import places, reaches, strip
from gis.store.engine import connecting
from gis.store.listing import Scope
from gis.store.strip import Colour

router = APIRouter(prefix="/api/reaches")

Code = Annotated[str, Path(max_length=60, pattern=r"^[A-Za-z0-9_-]+$")]


def _of_day(connection: sa.Connection, scope: Scope) -> list[Reach]:
    """Return the reaches that were in force on the day that is asked for."""
    at = None if scope.is_now else scope.as_of
    return reaches.in_force(connection, scope.district_code, at)


@router.get("")
def all_reaches(user: Reader, engine: Engine, wish: Annotated[DayWish, Query()]) -> dict[str, Any]:
    """Return a district's rivers and reaches with their counts by grade, state and bank."""
    scope = wish.scope()
    with connecting(engine) as connection:
        places.district(connection, scope.district_code)
        found = _of_day(connection, scope)
        counted = strip.counts(connection, scope)
        layers = places.editions(connection, scope.district_code, with_ended=True)
    return wire_reaches.listing(found, counted, {str(layer.id): layer for layer in layers})


@router.get("/lines")
def lines(user: Reader, engine: Engine, wish: Annotated[DayWish, Query()]) -> dict[str, Any]:
    """Return the lines of a district's reaches as GeoJSON."""
    scope = wish.scope()
    with connecting(engine) as connection:
        places.district(connection, scope.district_code)
        at = None if scope.is_now else scope.as_of
        return wire_reaches.lines(reaches.as_lines(connection, scope.district_code, at))


@router.get("/{code}/strip")
def one_strip(
    code: Code,
    user: Reader,
    engine: Engine,
    as_of: date | None = None,
    colour: Colour = "grade",
) -> dict[str, Any]:
    """Return the sites along a reach, or along a whole river, by chainage and bank."""
    district = code.split("-R")[0]
    scope = DayWish(district=district, as_of=as_of).scope()
    with connecting(engine) as connection:
        every = _of_day(connection, scope)
        mine = [one for one in every if code in (one.code, one.river_code)]
        if not mine:
            raise ReachUnknown(code=code)
        found = strip.strip(
            connection,
            scope,
            [one.name_zh for one in mine],
            (mine[0].from_m, mine[-1].to_m),
            colour,
        )
    joining = [one for one in every if one.joins == mine[0].river and one.ordinal == 1]
    return wire_reaches.strip(mine, joining, found)
