"""Queries on what images showed of sites."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import distinct_on

from gis.domain.follow_up import Observation
from gis.store import shape, sight
from gis.store.tables import observations, scenes

_ONE = observations.c


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
