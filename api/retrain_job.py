"""A training that was asked for from a page, from the claim to the draft with its comparison.

Once the model is registered its row says so: whatever ends the comparison, only that is made again.
"""

from collections.abc import Callable
from uuid import UUID

from api import label_shelf
from api.pulse import WORKER, Pulse, carried_out, patiently
from api.retraining import RetrainAsked, compare_trained, retrain
from api.settings import Settings
from gis.domain.detection.model_record import ModelRecord
from gis.domain.detection.queued import BEAT
from gis.domain.detection.retraining import Retraining
from gis.ledger import Book, retraining_work
from gis.store import models, retrainings
from remote_sensing.heeding import heeding


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
    taken = retraining_work.take_job(book, one_id, WORKER)
    if taken is None:
        return None
    assert taken.claim is not None
    claim = taken.claim
    theirs = Book(book.engine, taken.asked_by, book.clock)

    def deed() -> Retraining:
        with (
            Pulse(theirs, taken, stopping, beat_seconds, retrainings.beat) as pulse,
            heeding(pulse.heed),
        ):
            _go_on(theirs, settings, taken, claim, pulse)
        return patiently(lambda: retraining_work.finish(theirs, one_id, claim))

    return carried_out(
        deed,
        fail=lambda fault: retraining_work.fail(book, one_id, claim, fault),
        stop=lambda: retraining_work.stop(book, one_id, claim),
        stopping=stopping,
    )


def _go_on(book: Book, settings: Settings, taken: Retraining, claim: UUID, pulse: Pulse) -> None:
    """Train and compare, or only compare where the model is there."""
    asked = _asked(book, settings, taken)
    if taken.model_id is not None:
        with book.reading() as connection:
            model = models.model(connection, taken.model_id)
        compare_trained(book, settings, asked, model, pulse.step)
        return

    def keep(model: ModelRecord, set_name: str) -> None:
        patiently(lambda: retraining_work.keep_model(book, taken.id, claim, model.id, set_name))

    retrain(book, settings, asked, pulse.step, keep)


def _asked(book: Book, settings: Settings, taken: Retraining) -> RetrainAsked:
    against = None
    if taken.against_id is not None:
        with book.reading() as connection:
            against = models.model(connection, taken.against_id).name
    base = None if taken.labels is None else label_shelf.manifest_of(settings, taken.labels)
    return RetrainAsked(base, taken.district_code, taken.name, taken.set_name, against)
