"""Verbs on trainings: ask for one, cancel it."""

from dataclasses import dataclass, replace
from uuid import UUID

from gis.domain.canonical import sha256_of
from gis.domain.detection.model_errors import (
    ModelNameTaken,
    NothingToCompare,
    RetrainingOver,
    RetrainingUnderway,
)
from gis.domain.detection.model_record import require_name, require_tells
from gis.domain.detection.queued import LEFT
from gis.domain.detection.retraining import Retraining
from gis.domain.sites.errors import IdReused
from gis.domain.terms import JobState, ModelTells
from gis.ledger.book import Book, Entry
from gis.store import models, places, queue, retrainings, shape, sight, tables


@dataclass(frozen=True, slots=True)
class RetrainingAsked:
    """What a person asks for; the id is the client's own."""

    id: UUID
    district_code: str
    name: str
    labels: str | None = None
    against_id: UUID | None = None

    @property
    def digest(self) -> str:
        """A hash of what is asked for."""
        said = {name: getattr(self, name) for name in self.__slots__}
        return sha256_of(said)


def ask_retraining(book: Book, asked: RetrainingAsked) -> tuple[Retraining, bool]:
    """Queue a training; the same again is the same one. The worker does one at a time.

    Raises DistrictUnknown, IdReused, ModelNameTaken, ModelNameUnfit, ModelTellsOther,
    NotInRegister, RetrainingUnderway, WholeDistrictOnly.
    """
    name = require_name(asked.name)
    with book.entry() as entry:
        sight.require_whole(entry.connection)
        known = retrainings.filed(entry.connection, asked.id)
        if known is not None:
            if known.body_sha256 != asked.digest or known.asked_by != entry.actor:
                raise IdReused(id=asked.id)
            return known, False
        district = places.district(entry.connection, asked.district_code)
        for other in models.all_models(entry.connection):
            if other.name == name:
                raise ModelNameTaken(name=name, sha256=other.sha256[:12])
        if asked.against_id is not None:
            against = models.model(entry.connection, asked.against_id)
            models.require_file(require_tells(against, ModelTells.GROUND))
        _require_idle(entry)
        made = Retraining(
            id=asked.id,
            district_code=district.code,
            name=name,
            labels=asked.labels,
            against_id=asked.against_id,
            body_sha256=asked.digest,
            asked_at=entry.now,
            asked_by=entry.actor,
            state=JobState.WAITING,
            times_lost=0,
            claim=None,
            worker=None,
            began_at=None,
            beat_at=None,
            ended_at=None,
            cancelled_at=None,
            error=None,
            log=[],
            set_name=None,
            model_id=None,
        ).said(entry.now, "已排队。", "Queued.")
        shape.insert(entry.connection, tables.retrainings, [made])
        queue.put_training(entry.connection, [made])
        entry.log("ask_retraining", "retraining", made.id, after=made)
        return made, True


def cancel_retraining(book: Book, one_id: UUID) -> Retraining:
    """Cancel what waits at once; what runs stops within seconds.

    Again while it still stops it changes nothing. Raises RetrainingUnknown, RetrainingOver.
    """
    with book.entry() as entry:
        sight.require_whole(entry.connection)
        before = retrainings.retraining(entry.connection, one_id)
        if before.state not in LEFT:
            raise RetrainingOver(name=before.name)
        if before.cancelled_at is not None:
            return before
        after = replace(before, cancelled_at=entry.now)
        if before.state is JobState.WAITING:
            queue.take_out_training(entry.connection, [before])
            after = after.ended(JobState.CANCELLED, entry.now)
            by = entry.actor
            after = after.said(entry.now, f"由 {by} 取消。", f"Cancelled by {by}.")
        shape.replace(entry.connection, tables.retrainings, after)
        entry.log("cancel_retraining", "retraining", one_id, before=before, after=after)
        return after


def compare_again(book: Book, one_id: UUID) -> Retraining:
    """Queue the comparison of a model whose first one came to no end; again it changes nothing.

    Raises RetrainingUnknown, NothingToCompare, RetrainingUnderway, ModelFileGone,
    ModelFileChanged.
    """
    with book.entry() as entry:
        sight.require_whole(entry.connection)
        before = retrainings.retraining(entry.connection, one_id)
        if before.state in LEFT and before.cancelled_at is None:
            return before
        if not before.can_compare or before.model_id is None:
            raise NothingToCompare(name=before.name)
        _require_idle(entry)
        models.require_file(models.model(entry.connection, before.model_id))
        after = before.again(entry.now, entry.actor)
        shape.replace(entry.connection, tables.retrainings, after)
        queue.put_training(entry.connection, [after])
        entry.log("compare_again", "retraining", one_id, before=before, after=after)
        return after


def _require_idle(entry: Entry) -> None:
    first = retrainings.underway(entry.connection)
    if first is not None:
        raise RetrainingUnderway(name=first.name, by=first.asked_by)
