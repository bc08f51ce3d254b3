"""Verbs of workers on trainings: take one, end it, put it back."""

from datetime import datetime, timedelta
from uuid import UUID, uuid4

from gis.domain.detection.batch_errors import JobNotYours
from gis.domain.detection.queued import LOST_AFTER
from gis.domain.detection.retraining import Retraining
from gis.domain.terms import JobState
from gis.errors import QingfeiError
from gis.ledger.book import Book, Entry
from gis.store import queue, retrainings, shape, tables

VERBS = {
    JobState.DONE: "finish_retraining",
    JobState.FAILED: "fail_retraining",
    JobState.CANCELLED: "stop_retraining",
    JobState.WAITING: "put_back_retraining",
}


def take_job(book: Book, one_id: UUID, worker: str) -> Retraining | None:
    """Give a waiting training to a worker; None where it no longer waits."""
    with book.entry() as entry:
        found = retrainings.filed(entry.connection, one_id)
        if found is None or found.state is not JobState.WAITING:
            return None
        taken = found.taken(entry.now, uuid4(), worker)
        shape.replace(entry.connection, tables.retrainings, taken)
        return taken


def keep_model(book: Book, one_id: UUID, claim: UUID, model_id: UUID, set_name: str) -> None:
    """Record the model before it is compared, so that no end of that loses it; raises JobNotYours.

    The model itself stands in the log already.
    """
    with book.entry() as entry:
        if not retrainings.trained(entry.connection, one_id, claim, model_id, set_name):
            raise JobNotYours(id=one_id)


def finish(book: Book, one_id: UUID, claim: UUID) -> Retraining:
    """Record that its model is trained and compared; raises JobNotYours."""
    with book.entry() as entry:
        before = _mine(entry, one_id, claim)
        zh = f"完成：模型“{before.name}”已登记为待发布，样本集 {before.set_name}。"
        en = f"Done: “{before.name}” is registered as a draft, from the set {before.set_name}."
        return _put(entry, before, before.ended(JobState.DONE, entry.now).said(entry.now, zh, en))


def fail(book: Book, one_id: UUID, claim: UUID, error: QingfeiError) -> Retraining:
    """Record why it failed, in the error's own sentence; raises JobNotYours."""
    with book.entry() as entry:
        before = _mine(entry, one_id, claim)
        zh, en = error.sentence("zh-CN"), error.sentence("en")
        return _put(entry, before, before.failed(entry.now, error.code, zh, en))


def stop(book: Book, one_id: UUID, claim: UUID) -> Retraining:
    """Let a training go whose worker stops; raises JobNotYours."""
    with book.entry() as entry:
        before = _mine(entry, one_id, claim)
        return _put(entry, before, before.let_go(entry.now, "处理进程停止", "The worker stopped"))


def put_back_lost(book: Book, silence: timedelta = LOST_AFTER) -> list[Retraining]:
    """Put trainings of dead workers back in line, and those that the queue lost sight of."""
    moment: datetime = book.clock()
    with book.reading() as connection:
        lost = retrainings.silent(connection, moment, silence)
        if not lost and not queue.trainings_without_entry(connection):
            return []
    with book.entry() as entry:
        lost = retrainings.silent(entry.connection, entry.now, silence)
        done = [_put(entry, one, one.lost(entry.now)) for one in lost]
        queue.put_training(entry.connection, queue.trainings_without_entry(entry.connection))
        return done


def _mine(entry: Entry, one_id: UUID, claim: UUID) -> Retraining:
    found = retrainings.filed(entry.connection, one_id)
    if found is None or found.claim != claim:
        raise JobNotYours(id=one_id)
    return found


def _put(entry: Entry, before: Retraining, after: Retraining) -> Retraining:
    shape.replace(entry.connection, tables.retrainings, after)
    if after.state is JobState.WAITING:
        queue.put_training(entry.connection, [after])
    entry.log(VERBS[after.state], "retraining", after.id, before=before, after=after)
    return after
