"""Queries of backfill: piles and pits as of a moment, what is stated of them, papers, plans."""

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import distinct_on

from gis.domain.backfill.allocation import BackfillPlan
from gis.domain.backfill.parts import BackfillAssessment, BackfillFacts
from gis.domain.errors import NotInRegister
from gis.domain.terms import LayerKind, SiteKind
from gis.store import register, shape, sight
from gis.store.places import is_in_force
from gis.store.tables import (
    backfill_assessments,
    backfill_facts,
    backfill_plans,
    listed,
    reference_features,
    reference_layers,
    sites,
)

stated = backfill_facts.c
paper = backfill_assessments.c
plan = backfill_plans.c


def sites_of(
    connection: sa.Connection, district_code: str, kinds: Collection[SiteKind], as_of: datetime
) -> list[dict[str, Any]]:
    """Return the register's rows of some kinds on the list as of a moment, of sites seen, by code.

    ``lon`` and ``lat`` are of a point inside the outline.
    """
    point = sa.func.st_pointonsurface(sites.c.outline)
    query = (
        register.register(as_of, district_code)
        .add_columns(sa.func.st_x(point).label("lon"), sa.func.st_y(point).label("lat"))
        .where(
            sites.c.kind.in_(list(kinds)),
            sites.c.state.in_(register.ON_LIST),
            sight.sites_seen(connection, sites.c.code),
        )
        .order_by(sites.c.code)
    )
    return [dict(row) for row in connection.execute(query).mappings()]


def names_of(connection: sa.Connection, codes: Collection[str]) -> dict[str, str]:
    """Return what those of some sites are called that are seen, by code."""
    query = sa.select(listed.c.code, listed.c.name).where(
        register.among(listed.c.code, codes), sight.sites_seen(connection, listed.c.code)
    )
    return {row.code: row.name for row in connection.execute(query)}


def masses_since(
    connection: sa.Connection, codes: Collection[str], as_of: datetime
) -> dict[str, datetime]:
    """Return for each site since when its mass has been what it is: loads before are in it."""
    held = sites.c.recorded_at <= as_of
    ranked = (
        sa.select(
            sites.c.code,
            sites.c.recorded_at,
            sites.c.mass_t,
            sa.func.first_value(sites.c.mass_t)
            .over(partition_by=sites.c.code, order_by=sites.c.version.desc())
            .label("now_t"),
        )
        .where(register.among(sites.c.code, codes), held)
        .subquery()
    )
    other = ranked.c.mass_t.is_distinct_from(ranked.c.now_t)
    last_other = sa.func.max(ranked.c.recorded_at).filter(other)
    changed = sa.select(ranked.c.code, last_other.label("at")).group_by(ranked.c.code).subquery()
    after = changed.c.at.is_(None) | (sites.c.recorded_at > changed.c.at)
    query = (
        sa.select(sites.c.code, sa.func.min(sites.c.recorded_at).label("at"))
        .join(changed, changed.c.code == sites.c.code)
        .where(after, held)
        .group_by(sites.c.code)
    )
    return {row.code: row.at for row in connection.execute(query)}


def stated_of(
    connection: sa.Connection, codes: Collection[str], as_of: datetime | None = None
) -> dict[str, BackfillFacts]:
    """Return what was last stated of sites, by code."""
    query = (
        sa.select(backfill_facts)
        .where(register.among(stated.site_code, codes))
        .ext(distinct_on(stated.site_code))
        .order_by(stated.site_code, stated.recorded_at.desc())
    )
    if as_of is not None:
        query = query.where(stated.recorded_at <= as_of)
    return {one.site_code: one for one in shape.select_all(connection, BackfillFacts, query)}


def assessments_of(
    connection: sa.Connection, pit_codes: Collection[str], as_of: datetime | None = None
) -> list[BackfillAssessment]:
    """Return the assessments of some pits as they stood, the newest first."""
    query = sa.select(backfill_assessments).where(register.among(paper.pit_code, pit_codes))
    if as_of is not None:
        query = query.where(paper.proposed_at <= as_of)
    newest = query.order_by(paper.proposed_at.desc(), paper.id)
    return shape.select_all(connection, BackfillAssessment, newest)


def assessments(connection: sa.Connection, district_code: str) -> list[BackfillAssessment]:
    """Return a district's assessments of pits that are seen, the newest first."""
    mine = sa.select(sites.c.code).where(sites.c.district_code == district_code)
    query = sa.select(backfill_assessments).where(
        paper.pit_code.in_(mine), sight.sites_seen(connection, paper.pit_code)
    )
    newest = query.order_by(paper.proposed_at.desc(), paper.id)
    return shape.select_all(connection, BackfillAssessment, newest)


def find_assessment(connection: sa.Connection, assessment_id: UUID) -> BackfillAssessment | None:
    """Return one assessment, or None."""
    query = sa.select(backfill_assessments).where(paper.id == assessment_id)
    return shape.select_one(connection, BackfillAssessment, query)


def assessment(connection: sa.Connection, assessment_id: UUID) -> BackfillAssessment:
    """Return one assessment of a pit that is seen; raises NotInRegister."""
    found = find_assessment(connection, assessment_id)
    if found is None or not sight.sees(connection, None, found.pit_code):
        raise NotInRegister(id=assessment_id)
    return found


def roads(connection: sa.Connection, district_code: str, as_of: datetime) -> list[tuple[str, Any]]:
    """Return the roads of the layers in force at a moment: the layer's title and the shape."""
    query = (
        sa.select(reference_layers.c.title_zh, reference_features.c.geometry)
        .join_from(reference_features, reference_layers)
        .where(
            reference_layers.c.district_code == district_code,
            reference_layers.c.kind == LayerKind.ROAD,
            is_in_force(as_of),
        )
        .order_by(reference_layers.c.id, reference_features.c.id)
    )
    found = (shape.loaded(row) for row in connection.execute(query).mappings())
    return [(row["title_zh"], row["geometry"]) for row in found]


def plans(connection: sa.Connection, district_code: str) -> list[BackfillPlan]:
    """Return a district's plans, the newest first; they name sites of all of it."""
    sight.require_whole(connection)
    query = sa.select(backfill_plans).where(plan.district_code == district_code)
    return shape.select_all(connection, BackfillPlan, query.order_by(plan.made_at.desc(), plan.id))


def find_plan(connection: sa.Connection, plan_id: UUID) -> BackfillPlan | None:
    """Return one plan, or None."""
    return shape.select_one(
        connection, BackfillPlan, sa.select(backfill_plans).where(plan.id == plan_id)
    )


def kept_plan(connection: sa.Connection, plan_id: UUID) -> BackfillPlan:
    """Return one plan; raises NotInRegister, WholeDistrictOnly."""
    sight.require_whole(connection)
    found = find_plan(connection, plan_id)
    if found is None:
        raise NotInRegister(id=plan_id)
    return found
