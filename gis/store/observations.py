"""Queries on what images showed of sites."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from shapely import Polygon
from sqlalchemy.dialects.postgresql import distinct_on

from gis.domain.follow_up.observation import Observation
from gis.domain.sites.site import Site
from gis.domain.terms import SiteState
from gis.store import shape, sight
from gis.store.tables import listed, observations, project_steps, scenes, sites

_ONE = observations.c
FOLLOWED = [state for state in SiteState if state.is_on_list]
"""Sites that stay listed or were closed out; what was merged or split lives on in its heirs."""


def _newest(connection: sa.Connection) -> sa.Select[Any]:
    """Return the newest version of each scene's look at each site that is seen."""
    return (
        sa.select(observations)
        .where(sight.sites_seen(connection, _ONE.site_code))
        .ext(distinct_on(_ONE.site_code, _ONE.observed_on, _ONE.scene_id))
        .order_by(
            *(_ONE.site_code, _ONE.observed_on, _ONE.scene_id),
            *(_ONE.observed_at.desc(), _ONE.id),
        )
    )


def of_site(connection: sa.Connection, code: str) -> list[Observation]:
    """Return a site's observations by the image's day, the newest version of each scene's."""
    query = _newest(connection).where(_ONE.site_code == code)
    return shape.select_all(connection, Observation, query)


def of_sites(connection: sa.Connection, codes: Collection[str]) -> dict[str, list[Observation]]:
    """Return the observations of many sites, as `of_site` gives them; only sites that have any."""
    wanted = sa.bindparam(None, sorted(codes), type_=sa.ARRAY(sa.Text))
    query = _newest(connection).where(_ONE.site_code == sa.any_(wanted))
    found: dict[str, list[Observation]] = {}
    for one in shape.select_all(connection, Observation, query):
        found.setdefault(one.site_code, []).append(one)
    return found


def versions_of(connection: sa.Connection, code: str) -> list[Observation]:
    """Return every version of a site's observations, by day and then by when it was measured."""
    query = (
        sa.select(observations)
        .where(_ONE.site_code == code, sight.sites_seen(connection, _ONE.site_code))
        .order_by(_ONE.observed_on, _ONE.scene_id, _ONE.observed_at, _ONE.id)
    )
    return shape.select_all(connection, Observation, query)


def filed(connection: sa.Connection, ids: Collection[UUID]) -> set[UUID]:
    """Return those of ``ids`` that are stored."""
    wanted = sa.bindparam(None, list(ids), type_=sa.ARRAY(sa.UUID))
    return set(connection.scalars(sa.select(_ONE.id).where(_ONE.id == sa.any_(wanted))))


def scene_names(connection: sa.Connection, ids: Collection[UUID]) -> dict[UUID, str]:
    """Return what scenes are called."""
    wanted = sa.bindparam(None, list(ids), type_=sa.ARRAY(sa.UUID))
    query = sa.select(scenes.c.id, scenes.c.name).where(scenes.c.id == sa.any_(wanted))
    return {row.id: row.name for row in connection.execute(query)}


def followed(connection: sa.Connection, district_code: str, ground: Polygon) -> list[Site]:
    """Return the sites of a district whose outline meets ``ground`` (EPSG:4490), by code."""
    query = (
        sa.select(sites)
        .join(listed, (listed.c.code == sites.c.code) & (listed.c.version == sites.c.version))
        .where(
            listed.c.district_code == district_code,
            listed.c.state.in_(FOLLOWED),
            sight.sites_seen(connection, sites.c.code),
            sites.c.outline.st_intersects(shape.stored(ground)),
        )
        .order_by(sites.c.code)
    )
    return shape.select_all(connection, Site, query)


def works_of(connection: sa.Connection, code: str) -> list[dict[str, Any]]:
    """Return the days on which a site's projects came to a stage, to be seen beside its series."""
    query = (
        sa.select(project_steps.c.took_place_on, project_steps.c.to_stage)
        .where(project_steps.c.site_code == code)
        .where(sight.sites_seen(connection, project_steps.c.site_code))
        .order_by(project_steps.c.took_place_on, project_steps.c.at)
    )
    return [{"on": one.took_place_on, "stage": one.to_stage} for one in connection.execute(query)]
