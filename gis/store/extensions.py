"""Queries on requests for later days."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import aggregate_order_by

from gis.domain.errors import NotInRegister
from gis.domain.terms import ExtensionState
from gis.domain.works.extension import DueExtension, PutOff
from gis.store import register, shape, sight
from gis.store.tables import due_extensions, due_works


def filed(connection: sa.Connection, extension_id: UUID) -> DueExtension | None:
    """Return one request, or None; whoever asks."""
    query = sa.select(due_extensions).where(due_extensions.c.id == extension_id)
    return shape.select_one(connection, DueExtension, query)


def extension(connection: sa.Connection, extension_id: UUID) -> DueExtension:
    """Return one request of a work that is seen; raises NotInRegister."""
    query = sa.select(due_extensions).where(due_extensions.c.id == extension_id, _seen(connection))
    found = shape.select_one(connection, DueExtension, query)
    if found is None:
        raise NotInRegister(id=extension_id)
    return found


def extensions_in(
    connection: sa.Connection,
    district_code: str,
    *,
    state: ExtensionState | None = None,
    work: str | None = None,
    site_code: str | None = None,
    limit: int = 500,
) -> list[DueExtension]:
    """Return a district's requests that are seen, those that wait first, then the newest."""
    asked = due_extensions.c
    query = (
        sa.select(due_extensions)
        .where(asked.district_code == district_code, _seen(connection))
        .order_by(asked.state != ExtensionState.ASKED, asked.asked_at.desc(), asked.id)
        .limit(limit)
    )
    for column, value in ((asked.state, state), (asked.work, work), (asked.site_code, site_code)):
        if value is not None:
            query = query.where(column == value)
    return shape.select_all(connection, DueExtension, query)


def waiting(connection: sa.Connection, work: str) -> DueExtension | None:
    """Return the request for a work that waits, or None."""
    query = sa.select(due_extensions).where(
        due_extensions.c.work == work, due_extensions.c.state == ExtensionState.ASKED
    )
    return shape.select_one(connection, DueExtension, query)


def put_off(
    connection: sa.Connection, works: Collection[str], as_of: datetime
) -> dict[str, PutOff]:
    """Return, of the works that were put off by ``as_of``, how often and from which first day."""
    granted = due_extensions.c
    in_order = sa.func.array_agg(
        aggregate_order_by(granted.old_due_on, granted.decided_at, granted.id)
    )
    query = (
        sa.select(granted.work, sa.func.count().label("times"), in_order.label("days"))
        .where(
            register.among(granted.work, works),
            granted.state == ExtensionState.APPROVED,
            granted.decided_at <= as_of,
        )
        .group_by(granted.work)
    )
    return {row.work: PutOff(row.times, row.days[0]) for row in connection.execute(query)}


def _seen(connection: sa.Connection) -> sa.ColumnElement[bool]:
    """Return whether a row is one of a work that is seen now, or of a site that is."""
    if sight.of(connection).is_everything:
        return sa.true()
    seen = sa.select(due_works.c.key).where(sight.works_seen(connection, due_works))
    return due_extensions.c.work.in_(seen)
