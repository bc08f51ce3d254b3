"""Queries for those who give out work: which places a town, a reach or a filter means."""

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from shapely import MultiPolygon

from gis.domain.people.assignment import CandidateWish, ListRules, PlaceRef
from gis.domain.terms import CandidateState
from gis.store import shape, shown, sight
from gis.store.field_list import due_for_a_look, site_check
from gis.store.tables import candidates, listed, sites


def fit(
    connection: sa.Connection, district_code: str, wanted: Collection[PlaceRef]
) -> dict[str, PlaceRef]:
    """Return, of the places that are wanted, those that can be given, by the key asked for.

    A candidate that became a site is given as that site.
    """
    ids = [ref.candidate_id for ref in wanted if ref.candidate_id]
    codes = {ref.site_code for ref in wanted if ref.site_code}
    query = sa.select(candidates.c.id, candidates.c.site_code).where(
        candidates.c.district_code == district_code,
        candidates.c.id == sa.any_(sa.literal(ids, sa.ARRAY(sa.UUID))),
        sight.candidates_seen(connection),
    )
    became = {row.id: row.site_code for row in connection.execute(query)}
    on_list = sa.select(listed.c.code).where(
        listed.c.district_code == district_code,
        listed.c.is_on_list,
        sight.rows_seen(connection, listed),
        listed.c.code == sa.any_(sa.literal(sorted(codes | {c for c in became.values() if c}))),
    )
    standing = set(connection.scalars(on_list))
    found: dict[str, PlaceRef] = {}
    for ref in wanted:
        code = became.get(ref.candidate_id) if ref.candidate_id else ref.site_code
        if code is not None and code in standing:
            found[ref.key] = PlaceRef(None, code)
        elif ref.candidate_id in became and code is None:
            found[ref.key] = ref
    return found


def waiting_sites(
    connection: sa.Connection,
    district_code: str,
    now: datetime,
    rules: ListRules,
    *,
    town: str | None = None,
    reach: str | None = None,
) -> list[PlaceRef]:
    """Return the sites of a town or reach that are due for a look."""
    check = site_check()
    query = (
        sa.select(listed.c.code)
        .join(sites, (sites.c.code == listed.c.code) & (sites.c.version == listed.c.version))
        .outerjoin(check, sa.true())
        .where(listed.c.district_code == district_code, sight.rows_seen(connection, listed))
        .where(due_for_a_look(listed, check, now, rules))
        .order_by(listed.c.code)
    )
    if town is not None:
        query = query.where(listed.c.town == town)
    if reach is not None:
        query = query.where(listed.c.reach == reach)
    return [PlaceRef(None, code) for code in connection.scalars(query)]


def waiting_candidates(
    connection: sa.Connection,
    district_code: str,
    wish: CandidateWish,
    states: Collection[CandidateState] = shown.WAITING,
) -> list[PlaceRef]:
    """Return the candidates that wait for a check: those the office accepted, then the surest."""
    one = candidates.c
    query = (
        sa.select(one.id)
        .where(one.district_code == district_code, shown.waits(), one.state.in_(states))
        .where(one.confidence >= wish.min_confidence, sight.candidates_seen(connection))
        .order_by((one.state == CandidateState.TO_VISIT).desc(), one.confidence.desc(), one.id)
    )
    if wish.class_name is not None:
        query = query.where(one.class_name == wish.class_name)
    if wish.town is not None:
        query = query.where(one.town == wish.town)
    return [PlaceRef(found, None) for found in connection.scalars(query)]


def waiting_outlines(
    connection: sa.Connection, district_code: str
) -> list[tuple[UUID, MultiPolygon]]:
    """Return id and outline of the candidates that wait for a check."""
    query = (
        sa.select(candidates.c.id, candidates.c.outline)
        .where(candidates.c.district_code == district_code, shown.waits())
        .where(sight.candidates_seen(connection))
        .order_by(candidates.c.id)
    )
    rows: list[dict[str, Any]] = [shape.loaded(r) for r in connection.execute(query).mappings()]
    return [(row["id"], row["outline"]) for row in rows]
