"""Pages, counts and rows of the register under a filter: of now from `listed`, else as of a moment.

Table, map, export and counts all choose their sites here, so that they speak of the same ones.
"""

from collections.abc import Mapping
from datetime import date, datetime
from functools import lru_cache
from typing import Any, NamedTuple

import sqlalchemy as sa

from gis.domain.listing import EVERYTHING, Wanted
from gis.domain.terms import Grade
from gis.store import dues, listed, register, shape, sight
from gis.store.filtering import ordering, where
from gis.store.page import Page, keyset
from gis.store.papers_held import photos_taken
from gis.store.register import KEYS
from gis.store.tables import listed as kept


class Scope(NamedTuple):
    """Whose sites as of when: ``is_now`` reads the newest rows, ``as_of`` then says the day."""

    district_code: str
    as_of: datetime
    is_now: bool = False


def source(scope: Scope) -> sa.FromClause:
    """Return rows with the columns of `listed` and how their work stands, as of the moment.

    The rows of now are those of every district, for everybody: whoever asks names the scope's
    and says `seen`.
    """
    if scope.is_now:
        return _now(register.day_of(scope.as_of))
    then = register.register(scope.as_of, scope.district_code).subquery("register")
    return sa.select(*listed.columns_of(then), then.c.deadline).subquery("held")


@lru_cache(maxsize=2)
def _now(today: date) -> sa.FromClause:
    """Return the rows of now, made once a day: so wide a relation takes a while to describe."""
    state = dues.state(kept.c.due_on, kept.c.amber_on, kept.c.is_work_done, register.end_of(today))
    deadline = sa.case((kept.c.project_id.is_not(None), state)).label("deadline")
    return sa.select(kept, deadline).subquery("held")


def asked(
    connection: sa.Connection, held: sa.FromClause, scope: Scope, wanted: Wanted
) -> sa.ColumnElement[bool]:
    """Return whether a row of `source` is of the scope, wanted and seen; raises SinceMissing."""
    return sa.and_(
        where(held, wanted, scope.as_of),
        held.c.district_code == scope.district_code,
        seen(connection, held, scope),
    )


def seen(connection: sa.Connection, held: sa.FromClause, scope: Scope) -> sa.ColumnElement[bool]:
    """Return whether a row of `source` is one that the connection's account may see today."""
    if scope.is_now:
        return sight.rows_seen(connection, held)
    return sight.sites_seen(connection, held.c.code)


def page(
    connection: sa.Connection,
    scope: Scope,
    wanted: Wanted = EVERYTHING,
    *,
    sort: str = "grade",
    is_descending: bool = False,
    limit: int,
    after: str | None = None,
    has_photos: bool = False,
) -> Page[dict[str, Any]]:
    """Return a page of the register's rows, in the order of one column, then by code.

    What is not known comes last in both directions. The page's sites are chosen first; only
    theirs is then looked up what a row says; the photos of their field checks count only where
    ``has_photos`` asks for them. Raises CursorUnknown, SortUnknown.
    """
    held = source(scope)
    day = None if scope.is_now else scope.as_of
    chosen: Page[str] = keyset(
        connection,
        sa.select(held.c.code).where(asked(connection, held, scope, wanted)),
        order=ordering(held, sort, is_descending),
        is_narrow=_is_narrow(connection, scope, wanted),
        about=(scope.district_code, day, wanted, sort, is_descending),
        read=lambda row: row["code"],
        limit=limit,
        after=after,
    )
    said = register.some(connection, scope.as_of, chosen.items, is_now=scope.is_now)
    if has_photos:
        _count_photos(said, photos_taken(connection, scope.as_of, chosen.items))
    return Page(said, chosen.next, chosen.total)


def _is_narrow(connection: sa.Connection, scope: Scope, wanted: Wanted) -> bool:
    return wanted != EVERYTHING or not scope.is_now or not sight.of(connection).is_everything


def rows(
    connection: sa.Connection,
    scope: Scope,
    wanted: Wanted = EVERYTHING,
) -> list[dict[str, Any]]:
    """Return all rows of the register that are wanted, by code."""
    held = source(scope)
    chosen = sa.select(*(held.c[name] for name in KEYS))
    chosen = chosen.where(asked(connection, held, scope, wanted))
    query = register.joined(chosen.subquery("chosen"), scope.as_of)
    found = connection.execute(query.order_by(query.selected_columns.code)).mappings()
    said = [shape.loaded(row) for row in found]
    _count_photos(said, photos_taken(connection, scope.as_of))
    return said


def _count_photos(said: list[dict[str, Any]], taken: Mapping[str, int]) -> None:
    for row in said:
        row["photos"] += taken.get(row["code"], 0)


def counts(
    connection: sa.Connection,
    scope: Scope,
    wanted: Wanted = EVERYTHING,
) -> dict[str, Any]:
    """Return how many sites there are: by grade, state, kind, deadline, town, river, and per reach.

    Reaches stand as they lie: river by river, downstream.
    """
    held = source(scope)
    names = ("grade", "state", "kind", "deadline", "town", "river", "reach")
    columns = [held.c[name] for name in names]
    query = (
        sa.select(*columns, sa.func.count().label("n"))
        .add_columns(sa.func.min(held.c.chainage_m).label("chainage_m"))
        .where(asked(connection, held, scope, wanted))
        .group_by(*columns)
    )
    total = 0
    by: dict[str, dict[str, int]] = {name: {} for name in names[:-1]}
    reaches: dict[str, dict[str, int]] = {}
    lies: dict[str, tuple[str, float]] = {}
    for row in connection.execute(query).mappings():
        total += row["n"]
        for name, found in by.items():
            if row[name] is not None:
                key = str(row[name])
                found[key] = found.get(key, 0) + row["n"]
        if row["reach"] is not None:
            reach = reaches.setdefault(row["reach"], {"total": 0} | {g.value: 0 for g in Grade})
            reach["total"] += row["n"]
            here = (row["river"] or "", row["chainage_m"] or 0.0)
            lies[row["reach"]] = min(here, lies.get(row["reach"], here))
            if row["grade"] is not None:
                reach[row["grade"].value] += row["n"]
    return {
        "total": total,
        **{f"by_{name}": found for name, found in by.items()},
        "by_reach": [
            {"reach": name, "river": lies[name][0], **reaches[name]}
            for name in sorted(reaches, key=lambda name: (lies[name], name))
        ],
    }
