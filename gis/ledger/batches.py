"""Verbs on batches of detection: start one, cancel it, try again what did not end well."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID, uuid5

from gis.domain.canonical import sha256_of
from gis.domain.detection.batch import DetectionBatch, DetectionJob, key_of
from gis.domain.detection.batch_errors import (
    BatchDone,
    BatchNameTaken,
    BatchRunning,
    ModelNotPublished,
    NothingToCancel,
    NothingToRetry,
    SceneNotHere,
)
from gis.domain.detection.limits import of_pixels, with_judge, with_zones
from gis.domain.detection.model_record import ModelRecord, require_tells
from gis.domain.detection.queued import LEFT
from gis.domain.sites.errors import IdReused
from gis.domain.terms import JobState, ModelState, ModelTells
from gis.ledger.book import Book, Entry
from gis.store import batches, imagery, models, places, queue, shape, sight, tables, zones

ENDED_BADLY = (JobState.FAILED, JobState.CANCELLED)


@dataclass(frozen=True, slots=True)
class BatchAsked:
    """What a person asks for; the id is the client's own.

    ``with_zones`` marks what lies in the place's ignore zones, as they are when it is asked;
    ``judge_id`` is the judge that tells what kind of change made a place new or larger.
    """

    id: UUID
    district_code: str
    name: str
    scene_ids: Sequence[UUID]
    model_id: UUID
    parameters: dict[str, Any]
    threads: int = 1
    with_zones: bool = False
    judge_id: UUID | None = None

    @property
    def digest(self) -> str:
        """A hash of what decides the batch."""
        said = {name: getattr(self, name) for name in self.__slots__}
        if self.judge_id is None:  # as it was said before there were judges
            del said["judge_id"]
        return sha256_of(said)


def start_batch(book: Book, asked: BatchAsked) -> tuple[DetectionBatch, bool]:
    """Queue scenes for a model; the same again is the same batch.

    A scene that was gone over before by this model with these limits is done at once. Raises
    DistrictUnknown, SceneNotHere, IdReused, BatchNameTaken, NotInRegister, ModelNotPublished,
    ModelTellsOther, BatchDone (all scenes were).
    """
    with book.entry() as entry:
        sight.require_whole(entry.connection)
        known = batches.filed(entry.connection, asked.id)
        if known is not None:
            if known.body_sha256 != asked.digest or known.asked_by != entry.actor:
                raise IdReused(id=asked.id)
            return known, False
        _require_scenes(entry, asked)
        _require_free_name(entry, asked)
        model = _published(entry, asked.model_id, ModelTells.GROUND)
        held = zones.in_force(entry.connection, asked.district_code) if asked.with_zones else []
        limits = with_zones(asked.parameters, held)
        if asked.judge_id is not None:
            judge = _published(entry, asked.judge_id, ModelTells.CHANGE)
            limits = with_judge(limits, judge.sha256)
        done = batches.runs_done(entry.connection, asked.scene_ids, model.sha256, limits)
        if len(done) == len(asked.scene_ids):
            raise BatchDone(count=len(done), name=_done_in(entry, list(done.values())))
        batch = DetectionBatch(
            id=asked.id,
            district_code=asked.district_code,
            name=asked.name.strip(),
            model_id=model.id,
            model_name=model.name,
            model_sha256=model.sha256,
            parameters=limits,
            threads=asked.threads,
            body_sha256=asked.digest,
            asked_at=entry.now,
            asked_by=entry.actor,
            cancelled_at=None,
            cancelled_by=None,
        )
        jobs = [_job(entry, batch, n, s, done.get(s)) for n, s in enumerate(asked.scene_ids)]
        shape.insert(entry.connection, tables.detection_batches, [batch])
        shape.insert(entry.connection, tables.detection_jobs, jobs)
        queue.put(entry.connection, [job for job in jobs if job.state is JobState.WAITING])
        entry.log("start_batch", "batch", batch.id, after=batch)
        return batch, True


def cancel_batch(book: Book, batch_id: UUID) -> DetectionBatch:
    """Cancel what waits at once and let what runs stop at its next window; what is made is kept.

    Again while something still stops it changes nothing. Raises BatchUnknown, NothingToCancel.
    """
    with book.entry() as entry:
        sight.require_whole(entry.connection)
        batch = batches.batch(entry.connection, batch_id)
        left = [j for j in batches.jobs(entry.connection, [batch_id]) if j.state in LEFT]
        if not left:
            raise NothingToCancel(name=batch.name)
        if batch.cancelled_at is not None:
            return batch
        cancelled = replace(batch, cancelled_at=entry.now, cancelled_by=entry.actor)
        shape.replace(entry.connection, tables.detection_batches, cancelled)
        waiting = [job for job in left if job.state is JobState.WAITING]
        queue.take_out(entry.connection, waiting)
        for job in waiting:
            stopped = job.ended(JobState.CANCELLED, entry.now).said(
                entry.now, f"由 {entry.actor} 取消。", f"Cancelled by {entry.actor}."
            )
            shape.replace(entry.connection, tables.detection_jobs, stopped)
        entry.log("cancel_batch", "batch", batch.id, before=batch, after=cancelled)
        return cancelled


def retry_batch(book: Book, batch_id: UUID, job_id: UUID | None = None) -> DetectionBatch:
    """Queue again what failed or was cancelled, one scene or all; each goes on where it stopped.

    Raises BatchUnknown, BatchRunning, NothingToRetry.
    """
    with book.entry() as entry:
        sight.require_whole(entry.connection)
        batch = batches.batch(entry.connection, batch_id)
        every = batches.jobs(entry.connection, [batch_id])
        asked = [job for job in every if job_id in (None, job.id)]
        again = [job for job in asked if job.state in ENDED_BADLY]
        if not again:
            left = sum(job.state in LEFT for job in asked)
            if left:
                raise BatchRunning(name=batch.name, left=left)
            raise NothingToRetry(name=batch.name)
        if batch.cancelled_at is not None and any(j.state is JobState.RUNNING for j in every):
            raise BatchRunning(name=batch.name, left=sum(job.state in LEFT for job in every))
        opened = replace(batch, cancelled_at=None, cancelled_by=None)
        shape.replace(entry.connection, tables.detection_batches, opened)
        waiting = [
            replace(job.ended(JobState.WAITING, entry.now), error=None, times_lost=0).said(
                entry.now, f"由 {entry.actor} 重新排队。", f"Queued again by {entry.actor}."
            )
            for job in again
        ]
        for job in waiting:
            shape.replace(entry.connection, tables.detection_jobs, job)
        queue.put(entry.connection, waiting)
        scenes = [str(job.scene_id) for job in waiting]
        entry.log("retry_batch", "batch", batch.id, before=batch, after={"scenes": scenes})
        return opened


def _published(entry: Entry, model_id: UUID, tells: ModelTells) -> ModelRecord:
    model = require_tells(models.model(entry.connection, model_id), tells)
    if model.state is not ModelState.PUBLISHED:
        raise ModelNotPublished(name=model.name)
    return model


def _require_scenes(entry: Entry, asked: BatchAsked) -> None:
    district = places.district(entry.connection, asked.district_code)
    here = {one.id for one in imagery.all_scenes(entry.connection, district.code)}
    seen: set[UUID] = set()
    for scene_id in asked.scene_ids:
        if scene_id not in here or scene_id in seen:
            raise SceneNotHere(scene=scene_id, district=district.code)
        seen.add(scene_id)


def _require_free_name(entry: Entry, asked: BatchAsked) -> None:
    for other in batches.newest(entry.connection, asked.district_code, limit=100_000):
        if other.name == asked.name.strip():
            raise BatchNameTaken(
                name=other.name, by=other.asked_by, on=f"{other.asked_at:%Y-%m-%d}"
            )


def _done_in(entry: Entry, run_ids: Sequence[UUID]) -> str:
    for run_id in run_ids:
        job = batches.job_of_run(entry.connection, run_id)
        if job is not None:
            return batches.batch(entry.connection, job.batch_id).name
    return "qingfei detect"


def _job(
    entry: Entry, batch: DetectionBatch, place: int, scene_id: UUID, run_id: UUID | None
) -> DetectionJob:
    run = None if run_id is None else imagery.run(entry.connection, run_id)
    job = DetectionJob(
        id=uuid5(batch.id, str(scene_id)),
        batch_id=batch.id,
        scene_id=scene_id,
        place=place,
        key=key_of(scene_id, batch.model_sha256, of_pixels(batch.parameters)),
        state=JobState.WAITING if run is None else JobState.DONE,
        windows_done=0,
        windows_total=None,
        windows_kept=0,
        times_lost=0,
        claim=None,
        worker=None,
        began_at=None,
        beat_at=None,
        ended_at=None if run is None else entry.now,
        error=None,
        log=[],
        run_id=run_id,
        found=None if run is None else run.candidates_found,
        found_new=None if run is None else 0,
    )
    if run is None:
        return job.said(entry.now, "已排队。", "Queued.")
    return job.said(
        entry.now, "此前已用同一模型和参数检测并入库。", "Done and filed before, alike."
    )
