"""The catalogue of scenes: which of them show a place, and what was run on them."""

from typing import Any
from uuid import UUID

import sqlalchemy as sa

from gis.domain.detection.imagery import ElevationRecord, SceneRecord
from gis.domain.detection.scene_search import SceneSearch
from gis.domain.errors import NotInRegister
from gis.domain.place import STORE_EPSG
from gis.domain.terms import LayerKind
from gis.store import places, shape, sites
from gis.store.models import name_of_run
from gis.store.tables import (
    detection_runs,
    elevations,
    reaches,
    reference_features,
    reference_layers,
    scenes,
)

Shape = sa.ColumnElement[Any]


def search(
    connection: sa.Connection, wanted: SceneSearch, *, limit: int = 500
) -> tuple[list[SceneRecord], int]:
    """Return the newest scenes that are wanted, and how many there are.

    Raises DistrictUnknown, and NotInRegister of a site, reach or town that is not there.
    """
    places.district(connection, wanted.district_code)
    asked = sa.and_(scenes.c.district_code == wanted.district_code, *_asked(connection, wanted))
    query = (
        sa.select(scenes)
        .where(asked)
        .order_by(scenes.c.acquired_on.desc().nulls_last(), scenes.c.name)
        .limit(limit)
    )
    number = connection.scalar(sa.select(sa.func.count()).select_from(scenes).where(asked))
    return shape.select_all(connection, SceneRecord, query), int(number or 0)


def _asked(connection: sa.Connection, wanted: SceneSearch) -> list[sa.ColumnElement[bool]]:
    row = scenes.c
    asked: list[sa.ColumnElement[bool]] = []
    if wanted.box is not None:
        asked.append(row.footprint.ST_Intersects(sa.func.st_makeenvelope(*wanted.box, STORE_EPSG)))
    if wanted.site is not None:
        outline = sites.site(connection, wanted.site).outline
        asked.append(row.footprint.ST_Intersects(shape.stored(outline)))
    if wanted.reach is not None:
        asked.append(row.footprint.ST_Intersects(_reach(connection, wanted)))
    if wanted.town is not None:
        asked.append(row.footprint.ST_Intersects(_town(connection, wanted)))
    if wanted.first is not None:
        asked.append(row.acquired_on >= wanted.first)
    if wanted.last is not None:
        asked.append(sa.func.coalesce(row.first_on, row.acquired_on) <= wanted.last)
    if wanted.sensor is not None:
        asked.append(row.sensor == wanted.sensor)
    if wanted.cloud_most is not None:
        asked.append(row.cloud_share <= wanted.cloud_most)
    return asked


def _reach(connection: sa.Connection, wanted: SceneSearch) -> Any:
    """Return the line of a reach, or of a whole river by its code."""
    mine = sa.or_(reaches.c.code == wanted.reach, reaches.c.code.like(f"{wanted.reach}-%"))
    query = sa.select(sa.func.st_collect(reaches.c.line)).where(
        reaches.c.district_code == wanted.district_code, reaches.c.ended_at.is_(None), mine
    )
    return _found(connection, query, wanted.reach)


def _town(connection: sa.Connection, wanted: SceneSearch) -> Any:
    query = (
        sa.select(sa.func.st_collect(reference_features.c.geometry))
        .join_from(reference_features, reference_layers)
        .where(
            reference_layers.c.district_code == wanted.district_code,
            reference_layers.c.kind == LayerKind.TOWN,
            reference_layers.c.ended_at.is_(None),
            reference_features.c.name_zh == wanted.town,
        )
    )
    return _found(connection, query, wanted.town)


def _found(connection: sa.Connection, query: sa.Select[Any], name: str | None) -> Any:
    geometry = connection.scalar(query)
    if geometry is None:
        raise NotInRegister(id=name)
    return geometry


def runs_of(connection: sa.Connection, scene_id: UUID) -> list[dict[str, Any]]:
    """Return the runs on file over a scene, newest first."""
    row = detection_runs.c
    query = (
        sa.select(
            row.id,
            name_of_run().label("model_name"),
            row.candidates_found,
            row.filed_at,
            row.filed_by,
        )
        .where(row.scene_id == scene_id)
        .order_by(row.filed_at.desc(), row.id)
    )
    return [dict(found) for found in connection.execute(query).mappings()]


def elevation_named(
    connection: sa.Connection, district_code: str, name: str
) -> ElevationRecord | None:
    """Return the elevation model of that name in a district, or None."""
    query = sa.select(elevations).where(
        elevations.c.district_code == district_code, elevations.c.name == name
    )
    return shape.select_one(connection, ElevationRecord, query)


def elevation_over(connection: sa.Connection, scene: SceneRecord) -> ElevationRecord | None:
    """Return the finest elevation model of the district that covers a scene, or None."""
    query = (
        sa.select(elevations)
        .where(
            elevations.c.district_code == scene.district_code,
            elevations.c.footprint.ST_Covers(shape.stored(scene.footprint)),
        )
        .order_by(elevations.c.pixel_m, elevations.c.added_at.desc(), elevations.c.id)
        .limit(1)
    )
    return shape.select_one(connection, ElevationRecord, query)
