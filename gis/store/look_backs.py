"""Queries on look-backs at closed sites, and on which of them are due."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

import sqlalchemy as sa

from gis.domain.closing.look_back import LookBack
from gis.domain.errors import NotInRegister
from gis.domain.follow_up.observation import Observation
from gis.domain.terms import FindingState, LookBackResult, SiteState
from gis.store import shape, sight
from gis.store.tables import listed, look_backs, observations, sites

ONE = look_backs.c


def filed(connection: sa.Connection, look_back_id: UUID) -> LookBack | None:
    """Return one look-back, or None."""
    query = sa.select(look_backs).where(ONE.id == look_back_id)
    return shape.select_one(connection, LookBack, query)


def look_back(connection: sa.Connection, look_back_id: UUID) -> LookBack:
    """Return one look-back at a site that is seen; raises NotInRegister."""
    seen = sight.sites_seen(connection, ONE.site_code)
    query = sa.select(look_backs).where(ONE.id == look_back_id, seen)
    found = shape.select_one(connection, LookBack, query)
    if found is None:
        raise NotInRegister(id=look_back_id)
    return found


def of_site(connection: sa.Connection, code: str, as_of: datetime | None = None) -> list[LookBack]:
    """Return a site's look-backs recorded by a moment, the newest day first."""
    query = sa.select(look_backs).where(ONE.site_code == code)
    if as_of is not None:
        query = query.where(ONE.recorded_at <= as_of)
    newest = query.order_by(ONE.looked_on.desc(), ONE.recorded_at.desc(), ONE.id)
    return shape.select_all(connection, LookBack, newest)


def by_scene(
    connection: sa.Connection, code: str, close_out_id: UUID | None, scene_id: UUID
) -> list[LookBack]:
    """Return the looks by one scene at a site since one close-out, oldest first."""
    query = (
        sa.select(look_backs)
        .where(ONE.site_code == code, ONE.scene_id == scene_id)
        .where(ONE.close_out_id.is_not_distinct_from(close_out_id))
        .order_by(ONE.recorded_at, ONE.id)
    )
    return shape.select_all(connection, LookBack, query)


class ToVerify(NamedTuple):
    """A look-back with signs of a relapse, and the site's name."""

    look_back: LookBack
    site_name: str


def to_verify(connection: sa.Connection, district_code: str) -> list[ToVerify]:
    """Return the findings that nobody has settled yet, oldest first."""
    query = (
        sa.select(look_backs, listed.c.name.label("site_name"))
        .join(listed, listed.c.code == ONE.site_code)
        .where(listed.c.district_code == district_code, ONE.finding == FindingState.TO_VERIFY)
        .where(sight.sites_seen(connection, ONE.site_code))
        .order_by(ONE.recorded_at, ONE.id)
    )
    rows = connection.execute(query).mappings()
    return [ToVerify(shape.noun_of(LookBack, row), row["site_name"]) for row in rows]


class Closed(NamedTuple):
    """A closed site, and the days of those look-backs that could tell something."""

    code: str
    name: str
    town: str | None
    closed_on: date
    looks: list[date]


def closed(connection: sa.Connection, district_code: str) -> list[Closed]:
    """Return the closed sites of a district with the days of their look-backs, by code."""
    told = (
        sa.select(sa.func.array_agg(ONE.looked_on))
        .where(
            ONE.site_code == listed.c.code,
            ONE.result != LookBackResult.UNCLEAR,
            ONE.looked_on >= listed.c.closed_on,
        )
        .correlate(listed)
        .scalar_subquery()
    )
    query = (
        sa.select(listed.c.code, listed.c.name, listed.c.town, listed.c.closed_on, told)
        .where(listed.c.district_code == district_code, listed.c.state == SiteState.CLOSED)
        .where(listed.c.closed_on.is_not(None), sight.sites_seen(connection, listed.c.code))
        .order_by(listed.c.code)
    )
    return [
        Closed(code, name, town, closed_on, sorted(looks or []))
        for code, name, town, closed_on, looks in connection.execute(query)
    ]


def unheard(connection: sa.Connection, scene_id: UUID | None = None) -> Sequence[Observation]:
    """Return the observations of closed sites since their close-out, by day; of one scene, or all.

    Those heard before are among them: hearing one again adds nothing.
    """
    seen = observations.c
    closed_before = sa.exists().where(
        sites.c.code == seen.site_code, sites.c.closed_on < seen.observed_on
    )
    query = (
        sa.select(observations)
        .join(listed, listed.c.code == seen.site_code)
        .where(listed.c.state.in_((SiteState.CLOSED, SiteState.SUSPECTED)), closed_before)
        .order_by(seen.observed_on, seen.observed_at, seen.id)
    )
    if scene_id is not None:
        query = query.where(seen.scene_id == scene_id)
    return shape.select_all(connection, Observation, query)


def closed_on(connection: sa.Connection, code: str) -> date | None:
    """Return the day on which a site was last closed, also where it has been reopened since."""
    query = (
        sa.select(sites.c.closed_on)
        .where(sites.c.code == code, sites.c.closed_on.is_not(None))
        .order_by(sites.c.version.desc())
        .limit(1)
    )
    found: date | None = connection.scalar(query)
    return found
