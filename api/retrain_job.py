"""A training that was asked for from a page, from the claim to the draft with its comparison."""

import logging
from collections.abc import Callable
from uuid import UUID

from api import label_shelf, scene_job
from api.retraining import RetrainAsked, retrain
from api.scene_job import Pulse, Stopped, patiently
from api.settings import Settings
from gis.domain.detection.batch import BEAT
from gis.domain.detection.batch_errors import JobNotYours, UnexpectedFault
from gis.domain.detection.retraining import Retraining
from gis.errors import QingfeiError
from gis.ledger import Book, retraining_work
from gis.store import models, retrainings

logger = logging.getLogger(__name__)


def work(
    book: Book,
    settings: Settings,
    one_id: UUID,
    *,
    stopping: Callable[[], bool] = lambda: False,
    beat_seconds: float = BEAT.total_seconds(),
) -> Retraining | None:
    """Do one training; None where it no longer waits.

    However it ends, its row says so: done, failed with a sentence, cancelled, or back in line. What
    comes of it is registered in the name of who asked for it; publishing it is a person's decision.
    """
    taken = retraining_work.take_job(book, one_id, scene_job.WORKER)
    if taken is None:
        return None
    assert taken.claim is not None
    claim = taken.claim
    theirs = Book(book.engine, taken.asked_by, book.clock)
    fault: QingfeiError | None = None
    try:
        with Pulse(theirs, taken, stopping, beat_seconds, retrainings.beat) as pulse:
            asked = _asked(theirs, settings, taken)
            done = retrain(theirs, settings, asked, pulse.step)
        return patiently(
            lambda: retraining_work.finish(theirs, one_id, claim, done.model.id, done.set_name)
        )
    except Stopped:
        pass
    except JobNotYours:
        return None
    except QingfeiError as error:
        fault = error
    except Exception as error:
        logger.exception("training %s", one_id)
        fault = UnexpectedFault(reason=f"{type(error).__name__}: {error}"[:300])
    return _end(theirs, one_id, claim, fault, stopping)


def _asked(book: Book, settings: Settings, taken: Retraining) -> RetrainAsked:
    against = None
    if taken.against_id is not None:
        with book.reading() as connection:
            against = models.model(connection, taken.against_id).name
    base = None if taken.labels is None else label_shelf.manifest_of(settings, taken.labels)
    return RetrainAsked(base, taken.district_code, taken.name, against=against)


def _end(
    book: Book,
    one_id: UUID,
    claim: UUID,
    fault: QingfeiError | None,
    stopping: Callable[[], bool],
) -> Retraining | None:
    def write() -> Retraining:
        if fault is None:
            return retraining_work.stop(book, one_id, claim)
        return retraining_work.fail(book, one_id, claim, fault)

    try:
        return patiently(write, stopping)
    except (JobNotYours, Stopped):
        return None
