"""Queries on close-outs and their steps."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa

from gis.domain.closing.close_out import CloseOut, CloseOutStep
from gis.domain.errors import NotInRegister
from gis.domain.terms import CloseOutState
from gis.store import shape, sight
from gis.store.tables import close_out_steps, close_outs, sites

ONE = close_outs.c
WAITING = tuple(state for state in CloseOutState if state.is_waiting)


def _held(as_of: datetime | None = None) -> sa.Select[tuple[CloseOut]]:
    """Return the select of each close-out's version that held at a moment; None is the newest."""
    later = close_outs.alias("later_version")
    newer = (later.c.id == ONE.id) & (later.c.version > ONE.version)
    query: sa.Select[tuple[CloseOut]] = sa.select(close_outs)
    if as_of is None:
        return query.where(~sa.exists().where(newer))
    return query.where(
        ONE.recorded_at <= as_of, ~sa.exists().where(newer, later.c.recorded_at <= as_of)
    )


def filed(connection: sa.Connection, close_out_id: UUID) -> CloseOut | None:
    """Return one close-out as it stands, or None."""
    return shape.select_one(connection, CloseOut, _held().where(ONE.id == close_out_id))


def close_out(connection: sa.Connection, close_out_id: UUID) -> CloseOut:
    """Return one close-out of a site that is seen; raises NotInRegister."""
    seen = sight.sites_seen(connection, ONE.site_code)
    found = shape.select_one(connection, CloseOut, _held().where(ONE.id == close_out_id, seen))
    if found is None:
        raise NotInRegister(id=close_out_id)
    return found


def of_site(connection: sa.Connection, code: str, as_of: datetime | None = None) -> list[CloseOut]:
    """Return a site's close-outs as they stood at a moment, the newest first."""
    query = _held(as_of).where(ONE.site_code == code)
    newest = query.order_by(ONE.proposed_at.desc(), ONE.id)
    return shape.select_all(connection, CloseOut, newest)


def in_force(connection: sa.Connection, code: str) -> CloseOut | None:
    """Return the close-out by which a site is closed, or None."""
    query = _held().where(ONE.site_code == code, ONE.state == CloseOutState.IN_FORCE)
    newest = query.order_by(ONE.second_at.desc()).limit(1)
    return shape.select_one(connection, CloseOut, newest)


def last_closed(connection: sa.Connection, code: str) -> CloseOut | None:
    """Return the close-out by which a site is, or was last, closed, or None."""
    query = _held().where(ONE.site_code == code, ONE.closed_on.is_not(None))
    newest = query.order_by(ONE.second_at.desc()).limit(1)
    return shape.select_one(connection, CloseOut, newest)


def waiting(connection: sa.Connection, district_code: str) -> list[tuple[CloseOut, str]]:
    """Return the close-outs that wait for an approval with their sites' names, oldest first."""
    newest = (
        sa.select(sites.c.name)
        .where(sites.c.code == ONE.site_code)
        .order_by(sites.c.version.desc())
        .limit(1)
        .scalar_subquery()
    )
    query = (
        _held()
        .add_columns(newest.label("site_name"))
        .where(ONE.district_code == district_code, ONE.state.in_(WAITING))
        .where(sight.sites_seen(connection, ONE.site_code))
        .order_by(ONE.proposed_at, ONE.id)
    )
    rows = connection.execute(query).mappings()
    return [(shape.noun_of(CloseOut, row), str(row["site_name"])) for row in rows]


def steps_of(connection: sa.Connection, ids: Sequence[UUID]) -> dict[UUID, list[CloseOutStep]]:
    """Return the steps of close-outs, by close-out, oldest first."""
    query = (
        sa.select(close_out_steps)
        .where(close_out_steps.c.close_out_id.in_(ids))
        .order_by(close_out_steps.c.number)
    )
    found: dict[UUID, list[CloseOutStep]] = {one: [] for one in ids}
    for step in shape.select_all(connection, CloseOutStep, query):
        found[step.close_out_id].append(step)
    return found


def step(connection: sa.Connection, step_id: UUID) -> CloseOutStep | None:
    """Return one step, or None."""
    query = sa.select(close_out_steps).where(close_out_steps.c.id == step_id)
    return shape.select_one(connection, CloseOutStep, query)
