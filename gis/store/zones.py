"""Queries on ignore zones, and which candidates lie in which."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from shapely import MultiPolygon

from gis.domain.detection.candidate import Candidate
from gis.domain.detection.ignore_zone import LEAST_SHARE, IgnoreZone
from gis.domain.errors import NotInRegister
from gis.store import shape, shown, sight
from gis.store.tables import candidates, ignore_zones, zone_candidates


def filed(connection: sa.Connection, zone_id: UUID) -> IgnoreZone | None:
    """Return one zone, or None."""
    query = sa.select(ignore_zones).where(ignore_zones.c.id == zone_id)
    return shape.select_one(connection, IgnoreZone, query)


def zone(connection: sa.Connection, zone_id: UUID) -> IgnoreZone:
    """Return one zone; raises NotInRegister."""
    found = filed(connection, zone_id)
    if found is None:
        raise NotInRegister(id=zone_id)
    return found


def called(connection: sa.Connection, wish: str) -> IgnoreZone:
    """Return the one zone whose id begins with ``wish``; raises NotInRegister."""
    begins = sa.cast(ignore_zones.c.id, sa.Text).startswith(wish.lower(), autoescape=True)
    found = shape.select_all(connection, IgnoreZone, sa.select(ignore_zones).where(begins).limit(2))
    if len(found) != 1 or not wish:
        raise NotInRegister(id=wish or "—")
    return found[0]


def in_force(connection: sa.Connection, district_code: str) -> list[UUID]:
    """Return the ids of a district's zones that hold today."""
    mine = ignore_zones.c.district_code == district_code
    query = sa.select(ignore_zones.c.id).where(mine, shown.in_force()).order_by(ignore_zones.c.id)
    return list(connection.scalars(query))


def outlines(connection: sa.Connection, zone_ids: Sequence[UUID]) -> list[MultiPolygon]:
    """Return the outlines of zones, lon/lat in EPSG:4490, by id."""
    of = ignore_zones.c
    query = sa.select(ignore_zones).where(of.id.in_(zone_ids)).order_by(of.id)
    return [one.outline for one in shape.select_all(connection, IgnoreZone, query)]


def zones(
    connection: sa.Connection, district_code: str, *, with_ended: bool = False
) -> list[dict[str, Any]]:
    """Return a district's zones by name, each with whether it holds today and what it covers.

    ``covers`` counts the candidates that it hides from work and that the caller may see.
    """
    inside = (
        sa.select(sa.func.count())
        .select_from(zone_candidates.join(candidates))
        .where(zone_candidates.c.zone_id == ignore_zones.c.id, sight.candidates_seen(connection))
        .where(shown.is_on_show())
        .correlate(ignore_zones)
        .scalar_subquery()
    )
    holds = shown.in_force()
    query = (
        sa.select(ignore_zones, holds.label("is_in_force"), inside.label("covers"))
        .where(ignore_zones.c.district_code == district_code)
        .order_by(ignore_zones.c.name, ignore_zones.c.drawn_at, ignore_zones.c.id)
    )
    if not with_ended:
        gone = ignore_zones.c.valid_until < shown.today()
        query = query.where(ignore_zones.c.ended_at.is_(None), gone.is_not(sa.true()))
    return [shape.loaded(row) for row in connection.execute(query).mappings()]


def over(connection: sa.Connection, candidate_id: UUID) -> list[dict[str, Any]]:
    """Return the zones in force that a candidate lies in, the one that covers most first."""
    query = (
        sa.select(ignore_zones.c.id, ignore_zones.c.name, ignore_zones.c.kind)
        .add_columns(ignore_zones.c.reason, zone_candidates.c.share)
        .join_from(zone_candidates, ignore_zones)
        .where(zone_candidates.c.candidate_id == candidate_id, shown.in_force())
        .order_by(zone_candidates.c.share.desc(), ignore_zones.c.name)
    )
    return [dict(row) for row in connection.execute(query).mappings()]


def link_zone(connection: sa.Connection, one: IgnoreZone) -> None:
    """Say which candidates of the district lie in a new zone."""
    _link(connection, ignore_zones.c.id == one.id)


def link_candidate(connection: sa.Connection, one: Candidate) -> None:
    """Say in which zones a candidate lies, whose outline is new."""
    mine = zone_candidates.c.candidate_id == one.id
    connection.execute(sa.delete(zone_candidates).where(mine))
    _link(connection, candidates.c.id == one.id)


def _link(connection: sa.Connection, which: sa.ColumnElement[bool]) -> None:
    st = sa.func
    shared = st.st_area(st.st_intersection(candidates.c.outline, ignore_zones.c.outline))
    share = shared / st.st_area(candidates.c.outline)
    is_of_one_place = ignore_zones.c.district_code == candidates.c.district_code
    is_near = candidates.c.outline.op("&&")(ignore_zones.c.outline)
    near = (
        sa.select(ignore_zones.c.id, candidates.c.id.label("candidate_id"), share.label("share"))
        .join_from(ignore_zones, candidates, is_of_one_place)
        .where(which, is_near, ignore_zones.c.ended_at.is_(None))
        .subquery("near")
    )
    inside = sa.select(near).where(near.c.share >= LEAST_SHARE)
    connection.execute(
        sa.insert(zone_candidates).from_select(["zone_id", "candidate_id", "share"], inside)
    )
