"""Verbs of workers: take a scene, end it, put it back, and find those that died over one."""

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from gis.domain.detection.batch import DetectionBatch, DetectionJob
from gis.domain.detection.batch_errors import JobNotYours
from gis.domain.detection.queued import LOST_AFTER, MOST_LOSSES
from gis.domain.terms import JobState
from gis.errors import QingfeiError
from gis.ledger.book import Book, Entry
from gis.ledger.detection import Filed
from gis.store import batches, queue, shape, tables

LOST_ZH = "处理进程失去联系（进程被终止或断电）"
LOST_EN = "The worker fell silent (killed, or no power)"


def take_job(book: Book, job_id: UUID, worker: str) -> tuple[DetectionBatch, DetectionJob] | None:
    """Give a waiting scene to a worker; None where it no longer waits.

    The claim is new each time, so that whoever had the scene before can tell that it is gone.
    """
    with book.entry() as entry:
        job = batches.job(entry.connection, job_id)
        if job is None or job.state is not JobState.WAITING:
            return None
        batch = batches.batch(entry.connection, job.batch_id)
        taken = job.taken(entry.now, uuid4(), worker)
        shape.replace(entry.connection, tables.detection_jobs, taken)
        return batch, taken


def finish_job(book: Book, job_id: UUID, claim: UUID, filed: Filed, found: int) -> DetectionJob:
    """Record that a scene is done and its finds are on file; raises JobNotYours.

    ``found`` counts outlines; of a run filed now its places are told: one may have several.
    """
    if filed.is_new_run:
        found = filed.new + filed.seen_again
    with book.entry() as entry:
        job = _mine(entry, job_id, claim)
        done = replace(
            job.ended(JobState.DONE, entry.now), run_id=filed.run_id, found=found,
            found_new=filed.new, windows_done=job.windows_total or job.windows_done,
        )  # fmt: skip
        zh = f"完成：疑似图斑 {found} 个，新增 {filed.new} 个，再次见到 {filed.seen_again} 个。"
        en = f"Done: {found} candidates, {filed.new} new, {filed.seen_again} seen again."
        return _put(entry, "finish_job", job, done.said(entry.now, zh, en))


def fail_job(book: Book, job_id: UUID, claim: UUID, error: QingfeiError) -> DetectionJob:
    """Record why a scene failed, in the error's own sentence; raises JobNotYours."""
    with book.entry() as entry:
        job = _mine(entry, job_id, claim)
        zh, en = error.sentence("zh-CN"), error.sentence("en")
        return _put(entry, "fail_job", job, job.failed(entry.now, error.code, zh, en))


def stop_job(book: Book, job_id: UUID, claim: UUID) -> DetectionJob:
    """Let a scene go whose worker stops: cancelled where that was asked for, else back in line.

    Raises JobNotYours.
    """
    with book.entry() as entry:
        job = _mine(entry, job_id, claim)
        return _let_go(entry, job, "处理进程停止", "The worker stopped")


def put_back_lost(book: Book, silence: timedelta = LOST_AFTER) -> list[DetectionJob]:
    """Put the scenes of dead workers back in line, and the queue in step with the rows.

    A scene that took several workers with it, none of which got on with it, fails, so that it does
    not take every other one.
    """
    moment: datetime = book.clock()
    with book.reading() as connection:  # the ledger's queue is for writers
        lost = batches.silent(connection, moment, silence)
        if not lost and queue.is_tidy(connection, silence):
            return []
    with book.entry() as entry:
        done = [_lost(entry, job) for job in batches.silent(entry.connection, entry.now, silence)]
        queue.tidy(entry.connection, silence)
        return done


def _lost(entry: Entry, job: DetectionJob) -> DetectionJob:
    in_a_row = 0 if job.windows_done > job.windows_kept else job.times_lost
    counted = replace(job, times_lost=in_a_row + 1)
    if counted.times_lost < MOST_LOSSES:
        return _let_go(entry, counted, LOST_ZH, LOST_EN)
    zh = f"{LOST_ZH}，已连续 {counted.times_lost} 次：请查看服务器内存与日志后重试。"
    en = f"{LOST_EN}, {counted.times_lost} times: look at memory and log, then retry."
    return _put(entry, "fail_job", job, counted.failed(entry.now, "worker_lost", zh, en))


def _let_go(entry: Entry, job: DetectionJob, zh: str, en: str) -> DetectionJob:
    batch = batches.batch(entry.connection, job.batch_id)
    at = f"{job.windows_done}/{job.windows_total or '?'}"
    if batch.cancelled_at is not None:
        by = batch.cancelled_by
        stopped = job.ended(JobState.CANCELLED, entry.now).said(
            entry.now, f"由 {by} 取消，停在窗口 {at}。", f"Cancelled by {by} at window {at}."
        )
        return _put(entry, "stop_job", job, stopped)
    waiting = job.ended(JobState.WAITING, entry.now).said(
        entry.now, f"{zh}，已放回队列，将从窗口 {at} 继续。", f"{en}; back in line at window {at}."
    )
    _put(entry, "put_back_job", job, waiting)
    queue.put(entry.connection, [waiting])
    return waiting


def _mine(entry: Entry, job_id: UUID, claim: UUID) -> DetectionJob:
    job = batches.job(entry.connection, job_id)
    if job is None or job.claim != claim:
        raise JobNotYours(id=job_id)
    return job


def _put(entry: Entry, verb: str, before: DetectionJob, after: DetectionJob) -> DetectionJob:
    shape.replace(entry.connection, tables.detection_jobs, after)
    entry.log(verb, "batch", after.batch_id, before=before, after=after)
    return after
