"""Queries on scenes and detection runs."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from gis.domain.detection.imagery import DetectionRun, SceneRecord
from gis.domain.detection.limits import of_pixels
from gis.domain.errors import NotInRegister
from gis.domain.terms import SceneKind
from gis.store import shape
from gis.store.tables import candidates, detection_runs, scenes, sightings


def scene(connection: sa.Connection, scene_id: UUID) -> SceneRecord:
    """Return one scene; raises NotInRegister."""
    query = sa.select(scenes).where(scenes.c.id == scene_id)
    found = shape.select_one(connection, SceneRecord, query)
    if found is None:
        raise NotInRegister(id=scene_id)
    return found


def scene_named(connection: sa.Connection, district_code: str, name: str) -> SceneRecord | None:
    """Return the scene of that name in a district, or None."""
    query = sa.select(scenes).where(scenes.c.district_code == district_code, scenes.c.name == name)
    return shape.select_one(connection, SceneRecord, query)


def scene_of_file(connection: sa.Connection, sha256: str) -> list[SceneRecord]:
    """Return the scenes whose analysis file has these bytes, or was made from a file that has."""
    same = (scenes.c.sha256 == sha256) | (scenes.c.source_sha256 == sha256)
    return shape.select_all(connection, SceneRecord, sa.select(scenes).where(same))


def all_scenes(connection: sa.Connection, district_code: str | None = None) -> list[SceneRecord]:
    """Return scenes by district and date."""
    query = sa.select(scenes).order_by(scenes.c.district_code, scenes.c.acquired_on, scenes.c.name)
    if district_code is not None:
        query = query.where(scenes.c.district_code == district_code)
    return shape.select_all(connection, SceneRecord, query)


def dated(connection: sa.Connection, district_code: str) -> list[SceneRecord]:
    """Return a district's images by date, without the composites, which are of no one date."""
    every = all_scenes(connection, district_code)
    return [one for one in every if one.kind is SceneKind.IMAGE]


def run(connection: sa.Connection, run_id: UUID) -> DetectionRun | None:
    """Return one run, or None."""
    query = sa.select(detection_runs).where(detection_runs.c.id == run_id)
    return shape.select_one(connection, DetectionRun, query)


def run_of_pixels(
    connection: sa.Connection, scene_id: UUID, model_sha256: str, parameters: Mapping[str, Any]
) -> DetectionRun | None:
    """Return the run on file that found what these parameters find, or None."""
    of = detection_runs.c
    mine = (of.scene_id == scene_id) & (of.model_sha256 == model_sha256)
    query = sa.select(detection_runs).where(mine).order_by(of.filed_at.desc(), of.id)
    runs = shape.select_all(connection, DetectionRun, query)
    asked = of_pixels(parameters)
    return next((one for one in runs if of_pixels(one.parameters) == asked), None)


def all_runs(connection: sa.Connection) -> list[dict[str, Any]]:
    """Return every run with the name of its scene, newest first."""
    query = (
        sa.select(detection_runs, scenes.c.name.label("scene_name"), scenes.c.district_code)
        .join_from(detection_runs, scenes)
        .order_by(detection_runs.c.filed_at.desc(), detection_runs.c.id)
    )
    return [dict(row) for row in connection.execute(query).mappings()]


def has_seen(connection: sa.Connection, run_id: UUID, candidate_id: UUID) -> bool:
    """Say whether a run saw a candidate, or one that became part of it."""
    mine = sa.func.coalesce(candidates.c.merged_into, candidates.c.id) == candidate_id
    query = (
        sa.select(sightings.c.id)
        .join_from(sightings, candidates, candidates.c.id == sightings.c.candidate_id)
        .where(sightings.c.run_id == run_id, mine)
    )
    return connection.execute(query.limit(1)).first() is not None
