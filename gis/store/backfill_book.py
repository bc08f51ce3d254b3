"""Queries on the book of backfill: its lines, their sums, what is gone from a pile or into a pit.

Lines are shown to those who see the pit; what is left of a pile counts every line, seen or not.
"""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

import sqlalchemy as sa

from gis.domain.backfill.book import BackfillLoad
from gis.domain.errors import NotInRegister
from gis.domain.terms import BackfillMaterial
from gis.store import register, shape, sight
from gis.store.tables import backfill_loads, sites

load = backfill_loads.c


class Sum(NamedTuple):
    """Tonnes of one material that went into one pit from one source, in so many loads."""

    pit_code: str
    source_code: str | None
    source_name: str | None
    material: BackfillMaterial
    tonnes: float
    loads: int
    first_on: date
    last_on: date


def loads_of(
    connection: sa.Connection,
    district_code: str,
    *,
    pit_code: str | None = None,
    source_code: str | None = None,
    limit: int | None = None,
) -> list[BackfillLoad]:
    """Return lines of the book of pits that are seen, the newest day first."""
    query = _seen(connection, sa.select(backfill_loads), district_code)
    if pit_code is not None:
        query = query.where(load.pit_code == pit_code)
    if source_code is not None:
        query = query.where(load.source_code == source_code)
    newest = query.order_by(load.tipped_on.desc(), load.recorded_at.desc(), load.id)
    return shape.select_all(connection, BackfillLoad, newest.limit(limit))


def sums_of(connection: sa.Connection, district_code: str) -> list[Sum]:
    """Return the sums by pit, source and material, counter-entries taken off."""
    by = (load.pit_code, load.source_code, load.source_name, load.material)
    query = sa.select(
        *by,
        sa.func.sum(load.tonnes),
        sa.func.count().filter(load.corrects.is_(None))
        - sa.func.count().filter(load.corrects.is_not(None)),
        sa.func.min(load.tipped_on),
        sa.func.max(load.tipped_on),
    ).group_by(*by)
    rows = connection.execute(_seen(connection, query, district_code).order_by(*by))
    return [Sum(*row) for row in rows]


def _seen(connection: sa.Connection, query: sa.Select[Any], district_code: str) -> sa.Select[Any]:
    mine = sa.select(sites.c.code).where(sites.c.district_code == district_code)
    return query.where(load.pit_code.in_(mine), sight.sites_seen(connection, load.pit_code))


def find(connection: sa.Connection, load_id: UUID) -> BackfillLoad | None:
    """Return the line with an id, or None."""
    query = sa.select(backfill_loads).where(load.id == load_id)
    return shape.select_one(connection, BackfillLoad, query)


def one(connection: sa.Connection, load_id: UUID) -> BackfillLoad:
    """Return a line of a pit that is seen; raises NotInRegister."""
    found = find(connection, load_id)
    if found is None or not sight.sees(connection, None, found.pit_code):
        raise NotInRegister(id=load_id)
    return found


def reversal_of(connection: sa.Connection, load_id: UUID) -> BackfillLoad | None:
    """Return the counter-entry of a line, or None."""
    query = sa.select(backfill_loads).where(load.corrects == load_id)
    return shape.select_one(connection, BackfillLoad, query)


def with_ticket(
    connection: sa.Connection, district_code: str, ticket_no: str
) -> BackfillLoad | None:
    """Return the standing line of a ticket in a district, or None; reversed ones do not count."""
    mine = sa.select(sites.c.code).where(sites.c.district_code == district_code)
    counter = backfill_loads.alias("counter")
    query = sa.select(backfill_loads).where(
        load.ticket_no == ticket_no,
        load.pit_code.in_(mine),
        load.corrects.is_(None),
        ~sa.exists().where(counter.c.corrects == load.id),
    )
    return shape.select_one(connection, BackfillLoad, query.limit(1))


def gone(
    connection: sa.Connection, since: Mapping[str, datetime], as_of: datetime | None = None
) -> dict[str, float]:
    """Return the tonnes that left each source in lines recorded after its moment."""
    lines = _lines(connection, load.source_code, since, as_of)
    found = dict.fromkeys(since, 0.0)
    for row in lines:
        if row.recorded_at > since[row.code]:
            found[row.code] += row.tonnes
    return found


def filled(
    connection: sa.Connection, since: Mapping[str, date], as_of: datetime | None = None
) -> list[tuple[str, BackfillMaterial, float]]:
    """Return what went into each pit on days after its day: pit, material, tonnes."""
    lines = _lines(connection, load.pit_code, since, as_of)
    return [
        (row.code, row.material, row.tonnes) for row in lines if row.tipped_on > since[row.code]
    ]


def between(
    connection: sa.Connection, pit_code: str, since: date, until: date
) -> list[tuple[BackfillMaterial, float]]:
    """Return what went into a pit after one day, up to and with another: material and tonnes."""
    query = sa.select(load.material, load.tonnes).where(
        load.pit_code == pit_code, load.tipped_on > since, load.tipped_on <= until
    )
    return [(row.material, row.tonnes) for row in connection.execute(query.order_by(load.id))]


def _lines(
    connection: sa.Connection,
    code: sa.Column[Any],
    since: Collection[str],
    as_of: datetime | None,
) -> list[Any]:
    query = sa.select(
        code.label("code"), load.material, load.tonnes, load.tipped_on, load.recorded_at
    ).where(register.among(code, since))
    if as_of is not None:
        query = query.where(load.recorded_at <= as_of)
    return list(connection.execute(query.order_by(load.id)).all())
