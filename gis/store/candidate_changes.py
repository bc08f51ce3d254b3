"""Queries on how candidates changed from image to image."""

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

import sqlalchemy as sa
from shapely import MultiPolygon, Polygon

from gis.domain.detection.candidate import Candidate
from gis.domain.detection.candidate_change import CandidateChange
from gis.domain.terms import CandidateState
from gis.store import shape, shown
from gis.store.tables import candidate_changes, candidates, detection_runs, scenes, sightings

LOOKED_FOR = (
    CandidateState.TO_CHECK,
    CandidateState.TO_VISIT,
    CandidateState.UNREACHABLE,
    CandidateState.CONFIRMED,
)


def of_run(connection: sa.Connection, run_id: UUID) -> list[CandidateChange]:
    """Return what a run says of candidates."""
    query = sa.select(candidate_changes).where(candidate_changes.c.run_id == run_id)
    return shape.select_all(connection, CandidateChange, query.order_by(candidate_changes.c.id))


class Sighted(NamedTuple):
    """A sighting as its candidate's history has it."""

    candidate_id: UUID
    run_id: UUID
    on: date
    outline: MultiPolygon


def sightings_by(
    connection: sa.Connection, ids: Sequence[UUID], model_sha256: str
) -> list[Sighted]:
    """Return the dated sightings of candidates, and of those taken into them, by one model."""
    owner = sa.func.coalesce(candidates.c.merged_into, candidates.c.id)
    query = (
        sa.select(
            owner.label("candidate_id"),
            sightings.c.run_id,
            sightings.c.acquired_on,
            sightings.c.outline,
        )
        .join_from(sightings, candidates)
        .join(detection_runs, detection_runs.c.id == sightings.c.run_id)
        .where(
            owner == sa.any_(sa.literal(list(ids), sa.ARRAY(sa.UUID))),
            detection_runs.c.model_sha256 == model_sha256,
            sightings.c.acquired_on.is_not(None),
        )
        .order_by(sightings.c.acquired_on, sightings.c.run_id, sightings.c.id)
    )
    rows = (shape.loaded(row) for row in connection.execute(query).mappings())
    return [
        Sighted(row["candidate_id"], row["run_id"], row["acquired_on"], row["outline"])
        for row in rows
    ]


def within(connection: sa.Connection, district_code: str, frame: Polygon) -> list[Candidate]:
    """Return the candidates that lie in an image's frame and are still looked for."""
    query = sa.select(candidates).where(
        candidates.c.district_code == district_code,
        candidates.c.state.in_(LOOKED_FOR),
        shown.is_on_show(),
        sa.func.st_coveredby(candidates.c.outline, shape.stored(frame)),
    )
    return shape.select_all(connection, Candidate, query.order_by(candidates.c.id))


def frames_before(
    connection: sa.Connection, district_code: str, model_sha256: str, on: date
) -> list[Polygon]:
    """Return the frames of the earlier images of a district that a model looked at."""
    query = (
        sa.select(scenes.c.footprint)
        .join_from(detection_runs, scenes)
        .where(
            detection_runs.c.model_sha256 == model_sha256,
            scenes.c.district_code == district_code,
            scenes.c.acquired_on < on,
        )
        .distinct()
    )
    rows = (shape.loaded(row) for row in connection.execute(query).mappings())
    return [row["footprint"] for row in rows]


def of_candidate(connection: sa.Connection, candidate_id: UUID) -> list[dict[str, Any]]:
    """Return what images said of a candidate, the latest first."""
    query = (
        sa.select(candidate_changes)
        .where(candidate_changes.c.candidate_id == candidate_id)
        .order_by(candidate_changes.c.seen_on.desc(), candidate_changes.c.id)
    )
    return [dict(row) for row in connection.execute(query).mappings()]
