"""From batches of detection to the JSON that pages and the terminal read."""

from collections import Counter
from collections.abc import Container, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from gis.domain.detection.batch import DetectionBatch, DetectionJob, state_of
from gis.domain.detection.imagery import SceneRecord
from gis.domain.detection.limits import KINDS
from gis.domain.detection.model_record import ModelRecord
from gis.domain.detection.pace import Pace, batch_pace, job_pace, windows_in
from gis.domain.detection.queued import LOST_AFTER
from gis.domain.terms import JobState
from gis.store import batches, models, places, queue

BATCH = (
    *("id", "district_code", "name", "model_id", "model_name", "parameters", "threads"),
    *("asked_at", "asked_by", "cancelled_at", "cancelled_by"),
)
JOB = (
    *("id", "scene_id", "place", "state", "times_lost", "worker", "began_at", "beat_at"),
    *("ended_at", "error", "run_id", "found", "found_new", "is_resumable", "windows_kept"),
)
TAIL = 5
"""Lines of a scene's log that a page shows at once."""


def listed(
    connection: sa.Connection, found: Sequence[DetectionBatch], now: datetime
) -> dict[str, Any]:
    """Return batches with how each stands, and how many workers are alive."""
    jobs = batches.jobs(connection, [one.id for one in found])
    expected = _expected(connection, jobs)
    alive = queue.workers(connection, LOST_AFTER)
    own: dict[UUID, list[DetectionJob]] = {one.id: [] for one in found}
    for job in jobs:
        own[job.batch_id].append(job)
    rows = [summary(one, own[one.id], expected, now, alive) for one in found]
    return {"now": now, "workers": alive, "items": rows}


def elsewhere(connection: sa.Connection) -> list[dict[str, Any]]:
    """Return the places that have batches, for who looks where there are none."""
    counts = batches.by_district(connection)
    return [
        {"code": one.code, "name_zh": one.name_zh, "name_en": one.name_en, "n": counts[one.code]}
        for one in places.all_districts(connection)
        if one.code in counts
    ]


def whole(
    connection: sa.Connection, batch: DetectionBatch, now: datetime, lines: int = TAIL
) -> dict[str, Any]:
    """Return one batch with each of its scenes and the last lines of their logs."""
    jobs = batches.jobs(connection, [batch.id])
    facts = batches.scene_facts(connection, [job.scene_id for job in jobs])
    expected = _windows(jobs, facts)
    audits = batches.audits(connection, jobs)
    alive = queue.workers(connection, LOST_AFTER)
    return {
        **summary(batch, jobs, expected, now, alive),
        "now": now,
        "workers": alive,
        "judge": _judge(connection, batch),
        "jobs": [
            _job(batch, one, facts[one.scene_id], expected[one.id], now, lines)
            | {"audit": audits.get(one.run_id) if one.run_id else None}
            for one in jobs
        ],
    }


def _judge(connection: sa.Connection, batch: DetectionBatch) -> str | None:
    """Return what the judge of a batch's kinds of change is called, None without one."""
    sha256 = batch.parameters.get(KINDS)
    found = None if sha256 is None else models.model_of_file(connection, sha256)
    return sha256 and (found.name if found else sha256[:12])


def summary(
    batch: DetectionBatch,
    jobs: Sequence[DetectionJob],
    expected: Mapping[UUID, int],
    now: datetime,
    workers: int,
) -> dict[str, Any]:
    """Return how a batch stands; nothing of it is stored but the rows of its scenes."""
    counts = Counter(job.state for job in jobs)
    state = state_of(jobs)
    return {
        **{name: getattr(batch, name) for name in BATCH},
        "state": state,
        "is_stopping": batch.cancelled_at is not None and counts[JobState.RUNNING] > 0,
        "is_lost": any(job.is_lost(now) for job in jobs),
        "is_without_worker": state in (JobState.WAITING, JobState.RUNNING) and not workers,
        "scenes": len(jobs),
        "counts": {one.value: counts[one] for one in JobState},
        "can_cancel": batch.cancelled_at is None
        and counts[JobState.WAITING] + counts[JobState.RUNNING] > 0,
        "can_retry": counts[JobState.FAILED] + counts[JobState.CANCELLED] > 0
        and not (batch.cancelled_at is not None and counts[JobState.RUNNING]),
        "compared": _first_and_last(jobs),
        "found": sum(job.found or 0 for job in jobs),
        "found_new": sum(job.found_new or 0 for job in jobs),
        **_pace(batch_pace(jobs, expected, now, workers)),
    }


def _first_and_last(jobs: Sequence[DetectionJob]) -> list[UUID] | None:
    """Return the runs that tell most side by side, None where there are not two."""
    runs = list(dict.fromkeys(job.run_id for job in jobs if job.run_id is not None))
    return [runs[0], runs[-1]] if len(runs) > 1 else None


def _job(
    batch: DetectionBatch,
    job: DetectionJob,
    scene: Mapping[str, Any],
    expected: int,
    now: datetime,
    lines: int,
) -> dict[str, Any]:
    is_running = job.state is JobState.RUNNING
    return {
        **{name: getattr(job, name) for name in JOB},
        "scene_name": scene["name"],
        "acquired_on": scene["acquired_on"],
        "is_stopping": is_running and batch.cancelled_at is not None,
        "is_lost": job.is_lost(now),
        "log": job.log[-lines:] if lines else job.log,
        **_pace(job_pace(job, expected, now)),
    }


def _pace(pace: Pace) -> dict[str, Any]:
    return {
        "windows_done": pace.done,
        "windows_total": pace.total,
        "seconds_left": None if pace.seconds_left is None else round(pace.seconds_left),
    }


def _expected(connection: sa.Connection, jobs: Sequence[DetectionJob]) -> dict[UUID, int]:
    return _windows(jobs, batches.scene_facts(connection, [job.scene_id for job in jobs]))


def _windows(
    jobs: Sequence[DetectionJob], facts: Mapping[UUID, Mapping[str, Any]]
) -> dict[UUID, int]:
    size = {one: (scene["width"], scene["height"]) for one, scene in facts.items()}
    return {job.id: windows_in(*size[job.scene_id]) for job in jobs}


def choices(
    scenes: Sequence[SceneRecord],
    models: Sequence[ModelRecord],
    judges: Sequence[ModelRecord],
    derived: Container[str],
    judged_bands: Sequence[str],
    min_area_m2: float,
    cores: int,
    zones: int,
) -> dict[str, Any]:
    """Return what a batch can be made of, and the limits that a form begins with.

    ``judges`` tell kinds of change from ``judged_bands``; ``derived`` are bands that detection
    makes of others itself, ``zones`` counts those in force.
    """
    plain = ("id", "name", "sensor", "acquired_on", "width", "height", "pixel_m", "bands")
    return {
        "scenes": [{name: getattr(one, name) for name in plain} for one in reversed(scenes)],
        "models": [
            {
                **{name: getattr(one, name) for name in ("id", "name", "changed_at")},
                "bands": [name for name in one.card.get("bands") or [] if name not in derived],
                "classes": one.card.get("classes") or [],
            }
            for one in models
        ],
        "judges": [{"id": one.id, "name": one.name, "bands": judged_bands} for one in judges],
        "min_area_m2": min_area_m2,
        "threads": cores,
        "zones": zones,
    }
