"""Queries on draws of sites, sampling plans, increments and their custody."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB

from gis.domain.errors import NotInRegister
from gis.domain.sampling.custody import ORDER, CustodyEvent
from gis.domain.sampling.sampling_plan import Increment, SamplingPlan
from gis.domain.sampling.site_selection import Selectable, SiteSelection
from gis.domain.terms import CustodyStep, SiteState
from gis.store import shape, sight
from gis.store.page import Key, Page, keyset
from gis.store.tables import (
    custody_events,
    listed,
    sampling_plans,
    site_codes,
    site_selections,
)
from gis.store.tables import (
    increments as increments_table,
)

ON_LIST = [state for state in SiteState if state.is_on_list and state is not SiteState.CLOSED]


def plan(connection: sa.Connection, code: str) -> SamplingPlan:
    """Return one plan of a site that is seen; raises NotInRegister."""
    query = sa.select(sampling_plans).where(
        sampling_plans.c.code == code, sight.sites_seen(connection, sampling_plans.c.site_code)
    )
    found = shape.select_one(connection, SamplingPlan, query)
    if found is None:
        raise NotInRegister(id=code)
    return found


def plan_with_id(connection: sa.Connection, plan_id: UUID) -> SamplingPlan | None:
    """Return the plan that was asked for under a client's id, or None."""
    query = sa.select(sampling_plans).where(sampling_plans.c.id == plan_id)
    return shape.select_one(connection, SamplingPlan, query)


def plans_of(connection: sa.Connection, site_code: str) -> list[SamplingPlan]:
    """Return a site's plans by number."""
    query = (
        sa.select(sampling_plans)
        .where(sampling_plans.c.site_code == site_code)
        .order_by(sampling_plans.c.number)
    )
    return shape.select_all(connection, SamplingPlan, query)


def plans_page(
    connection: sa.Connection, district_code: str, *, limit: int, after: str | None = None
) -> Page[SamplingPlan]:
    """Return a page of a district's plans, the newest first; raises CursorUnknown."""
    query = (
        sa.select(sampling_plans)
        .join(site_codes, site_codes.c.code == sampling_plans.c.site_code)
        .where(site_codes.c.district_code == district_code)
        .where(sight.sites_seen(connection, sampling_plans.c.site_code))
    )
    return keyset(
        connection,
        query,
        order=(Key(sampling_plans.c.planned_at, True), Key(sampling_plans.c.code)),
        read=lambda row: shape.noun_of(SamplingPlan, row),
        limit=limit,
        after=after,
    )


def progress(
    connection: sa.Connection, plan_codes: Collection[str]
) -> dict[str, dict[CustodyStep, int]]:
    """Return for each plan how many of its increments have made each step."""
    query = (
        sa.select(increments_table.c.plan_code, custody_events.c.step, sa.func.count().label("n"))
        .join(custody_events, custody_events.c.increment_code == increments_table.c.code)
        .where(increments_table.c.plan_code.in_(list(plan_codes)))
        .group_by(increments_table.c.plan_code, custody_events.c.step)
    )
    found: dict[str, dict[CustodyStep, int]] = {code: {} for code in plan_codes}
    for row in connection.execute(query).mappings():
        found[row["plan_code"]][row["step"]] = row["n"]
    return found


def increments(connection: sa.Connection, plan_code: str) -> list[Increment]:
    """Return a plan's increments by number."""
    query = (
        sa.select(increments_table)
        .where(increments_table.c.plan_code == plan_code)
        .order_by(increments_table.c.number)
    )
    return shape.select_all(connection, Increment, query)


def increments_by_code(connection: sa.Connection, codes: Collection[str]) -> dict[str, Increment]:
    """Return the increments that bear these codes; one that no plan seen has is left out."""
    query = sa.select(increments_table).where(
        increments_table.c.code.in_(list(codes)),
        sight.sites_seen(connection, increments_table.c.site_code),
    )
    return {one.code: one for one in shape.select_all(connection, Increment, query)}


def custody(connection: sa.Connection, codes: Collection[str]) -> dict[str, list[CustodyEvent]]:
    """Return each increment's steps in their order."""
    query = sa.select(custody_events).where(custody_events.c.increment_code.in_(list(codes)))
    found: dict[str, list[CustodyEvent]] = defaultdict(list)
    events = shape.select_all(connection, CustodyEvent, query)
    for event in sorted(events, key=lambda one: ORDER.index(one.step)):
        found[event.increment_code].append(event)
    return found


def custody_batch(connection: sa.Connection, batch_id: UUID) -> list[CustodyEvent]:
    """Return what was recorded under a client's id, by increment."""
    query = (
        sa.select(custody_events)
        .where(custody_events.c.batch_id == batch_id)
        .order_by(custody_events.c.increment_code)
    )
    return shape.select_all(connection, CustodyEvent, query)


def end_plan(connection: sa.Connection, plan: SamplingPlan) -> None:
    """Store that a plan has ended, and nothing else of it."""
    ended: dict[str, Any] = {
        name: getattr(plan, name) for name in ("ended_at", "ended_by", "ended_reason")
    }
    query = sa.update(sampling_plans).where(sampling_plans.c.code == plan.code)
    connection.execute(query.values(**ended))


def selectable(connection: sa.Connection, district_code: str) -> list[Selectable]:
    """Return what a draw looks at in each site that is on a district's list and not closed."""
    query = (
        sa.select(*(listed.c[name] for name in Selectable.__dataclass_fields__))
        .where(listed.c.district_code == district_code, listed.c.state.in_(ON_LIST))
        .where(sight.rows_seen(connection, listed))
        .order_by(listed.c.code)
    )
    return shape.select_all(connection, Selectable, query)


def selection(connection: sa.Connection, selection_id: UUID) -> SiteSelection | None:
    """Return one draw that is seen, or None."""
    query = sa.select(site_selections).where(
        site_selections.c.id == selection_id, _draw_seen(connection)
    )
    return shape.select_one(connection, SiteSelection, query)


def _draw_seen(connection: sa.Connection) -> sa.ColumnElement[bool]:
    """Return whether a draw is seen: one's own, if one sees every site of it; else by who sees all.

    A draw counts the sites of all strata, so others' draws would tell of sites that are not seen.
    """
    who = sight.of(connection)
    if who.is_everything:
        return sa.true()
    pick = sa.func.jsonb_array_elements(site_selections.c.picks).column_valued("pick")
    code = sa.cast(pick, JSONB)["code"].astext
    hidden = sa.exists().where(~sight.sites_seen(connection, code))
    return (site_selections.c.made_by == who.who) & ~hidden


def selections(connection: sa.Connection, district_code: str) -> Sequence[SiteSelection]:
    """Return a district's draws, the newest first."""
    query = (
        sa.select(site_selections)
        .where(site_selections.c.district_code == district_code, _draw_seen(connection))
        .order_by(site_selections.c.made_at.desc(), site_selections.c.id)
    )
    return shape.select_all(connection, SiteSelection, query)


def site_names(connection: sa.Connection, codes: Collection[str]) -> dict[str, str]:
    """Return the name that each site bears now."""
    query = sa.select(listed.c.code, listed.c.name).where(listed.c.code.in_(list(codes)))
    return {row.code: row.name for row in connection.execute(query)}
