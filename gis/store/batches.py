"""Queries on batches of detection, and the one write that no log keeps: a worker's heartbeat."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from gis.domain.detection.batch import DetectionBatch, DetectionJob
from gis.domain.detection.batch_errors import BatchUnknown
from gis.domain.detection.limits import are_alike
from gis.domain.detection.queued import LOST_AFTER, Line
from gis.domain.terms import JobState
from gis.store import shape
from gis.store.tables import detection_batches, detection_jobs, detection_runs, scenes

MOST = 200


def batch(connection: sa.Connection, batch_id: UUID) -> DetectionBatch:
    """Return one batch; raises BatchUnknown."""
    found = filed(connection, batch_id)
    if found is None:
        raise BatchUnknown(name=batch_id)
    return found


def filed(connection: sa.Connection, batch_id: UUID) -> DetectionBatch | None:
    """Return one batch, or None."""
    query = sa.select(detection_batches).where(detection_batches.c.id == batch_id)
    return shape.select_one(connection, DetectionBatch, query)


def named(connection: sa.Connection, name: str, district: str | None = None) -> DetectionBatch:
    """Return the batch of that name, the newest where several places have one.

    Raises BatchUnknown.
    """
    of = detection_batches.c
    query = sa.select(detection_batches).where(of.name == name).order_by(of.asked_at.desc())
    if district is not None:
        query = query.where(of.district_code == district)
    found = shape.select_all(connection, DetectionBatch, query.limit(1))
    if not found:
        raise BatchUnknown(name=name)
    return found[0]


def newest(
    connection: sa.Connection, district: str | None = None, limit: int = MOST
) -> list[DetectionBatch]:
    """Return the newest batches of a place, or of all."""
    of = detection_batches.c
    query = sa.select(detection_batches).order_by(of.asked_at.desc(), of.id).limit(limit)
    if district is not None:
        query = query.where(of.district_code == district)
    return shape.select_all(connection, DetectionBatch, query)


def by_district(connection: sa.Connection) -> dict[str, int]:
    """Return how many batches each place has that has any."""
    of = detection_batches.c
    count = sa.select(of.district_code, sa.func.count().label("n")).group_by(of.district_code)
    return {row.district_code: row.n for row in connection.execute(count)}


def jobs(connection: sa.Connection, batch_ids: Sequence[UUID]) -> list[DetectionJob]:
    """Return the scenes of batches, each in its place."""
    of = detection_jobs.c
    query = (
        sa.select(detection_jobs).where(of.batch_id.in_(batch_ids)).order_by(of.batch_id, of.place)
    )
    return shape.select_all(connection, DetectionJob, query)


def job(connection: sa.Connection, job_id: UUID) -> DetectionJob | None:
    """Return one scene of a batch, or None."""
    query = sa.select(detection_jobs).where(detection_jobs.c.id == job_id)
    return shape.select_one(connection, DetectionJob, query)


def job_of_run(connection: sa.Connection, run_id: UUID) -> DetectionJob | None:
    """Return the scene of a batch that left a run on file, or None; it knows the run's folder."""
    of = detection_jobs.c
    query = (
        sa.select(detection_jobs)
        .where(of.run_id == run_id, of.state == JobState.DONE)
        .order_by(of.ended_at, of.id)
        .limit(1)
    )
    return shape.select_one(connection, DetectionJob, query)


def silent(
    connection: sa.Connection, now: datetime, silence: timedelta = LOST_AFTER
) -> list[DetectionJob]:
    """Return the scenes whose worker has been silent for too long."""
    of = detection_jobs.c
    query = sa.select(detection_jobs).where(
        of.state == JobState.RUNNING, of.beat_at <= now - silence
    )
    return shape.select_all(connection, DetectionJob, query)


def runs_done(
    connection: sa.Connection,
    scene_ids: Sequence[UUID],
    model_sha256: str,
    parameters: Mapping[str, Any],
) -> dict[UUID, UUID]:
    """Return the runs on file of these scenes by this model with these limits, by scene."""
    run = detection_runs.c
    query = (
        sa.select(run.scene_id, run.id, run.parameters)
        .where(run.scene_id.in_(scene_ids), run.model_sha256 == model_sha256)
        .order_by(run.filed_at.desc())
    )
    found = connection.execute(query)
    return {row.scene_id: row.id for row in found if are_alike(parameters, row.parameters)}


def audits(connection: sa.Connection, jobs: Sequence[DetectionJob]) -> dict[UUID, dict[str, int]]:
    """Return what quick runs measured of themselves, by the id of the run."""
    run = detection_runs.c
    mine = [job.run_id for job in jobs if job.run_id is not None]
    said = run.record["audit"]
    query = sa.select(run.id, said.label("audit")).where(
        run.id.in_(mine), sa.func.jsonb_typeof(said) == "object"
    )
    return {row.id: row.audit for row in connection.execute(query)}


def scene_facts(connection: sa.Connection, scene_ids: Sequence[UUID]) -> dict[UUID, dict[str, Any]]:
    """Return name, day and size of scenes by id."""
    of = scenes.c
    query = sa.select(of.id, of.name, of.acquired_on, of.width, of.height, of.bands).where(
        of.id.in_(scene_ids)
    )
    return {row["id"]: dict(row) for row in connection.execute(query).mappings()}


def beat(
    connection: sa.Connection,
    job_id: UUID,
    claim: UUID,
    now: datetime,
    windows: tuple[int, int, int] | None = None,
    log: Sequence[Line] | None = None,
) -> bool | None:
    """Say that a worker is alive and how far it is: windows kept, done and in all.

    Returns whether the batch was cancelled meanwhile, or None where the scene is no longer this
    worker's.
    """
    of = detection_jobs.c
    values: dict[str, Any] = {"beat_at": now}
    if windows is not None:
        values |= dict(zip(("windows_kept", "windows_done", "windows_total"), windows, strict=True))
    if log is not None:
        values["log"] = list(log)
    mine = (of.id == job_id) & (of.claim == claim)
    change = sa.update(detection_jobs).where(mine).values(**values).returning(of.batch_id)
    batch_id = connection.scalar(change)
    if batch_id is None:
        return None
    asked = sa.select(detection_batches.c.cancelled_at).where(detection_batches.c.id == batch_id)
    return connection.scalar(asked) is not None
