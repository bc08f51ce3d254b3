"""Verbs of the analyst: a verdict on a candidate by the image, its undoing, a moved threshold."""

from dataclasses import fields, replace
from uuid import UUID

from gis.domain.canonical import sha256_of
from gis.domain.detection import office_verdict
from gis.domain.detection.candidate import Candidate
from gis.domain.detection.imagery import DetectionRun
from gis.domain.detection.office_verdict import (
    STATE_BY_OFFICE,
    OfficeVerdict,
    ThresholdMoved,
    VerdictOvertaken,
    VerdictSent,
)
from gis.domain.errors import NotInRegister
from gis.domain.sites.errors import IdReused
from gis.domain.terms import Standing
from gis.ledger.book import Book, Entry
from gis.store import candidates, imagery, office_verdicts, shape, shown, sight, tables


def judge_in_office(book: Book, sent: VerdictSent) -> tuple[OfficeVerdict, bool]:
    """Receive a verdict by the image; return it as kept and whether it is new.

    The same id with the same content is the same verdict. One on a version of the candidate that
    has passed is kept and marked, without effect, unless it says what holds already; the next
    verdict on the present version settles those. Raises FieldHasSpoken, IdReused,
    KindOfLookAlikeMissing, NotInRegister.
    """
    office_verdict.require_kind(sent)
    digest = sha256_of(sent)
    with book.entry() as entry:
        known = office_verdicts.filed(entry.connection, sent.id)
        if known is not None:
            if known.body_sha256 != digest:
                raise IdReused(id=sent.id)
            return known, False
        one = candidates.candidate(entry.connection, sent.candidate_id, for_update=True)
        if sent.run_id is not None and not imagery.has_seen(entry.connection, sent.run_id, one.id):
            raise NotInRegister(id=sent.run_id)
        office_verdict.require_open(one)
        standing = _standing(entry, sent, one)
        has_effect = standing is Standing.PLAIN and one.version == sent.seen_version
        verdict = OfficeVerdict(
            **{field.name: getattr(sent, field.name) for field in fields(sent)},
            district_code=one.district_code,
            standing=standing,
            state_before=one.state,
            made_version=one.version + 1 if has_effect else None,
            body_sha256=digest,
            given_at=entry.now,
            given_by=entry.actor,
        )
        if has_effect:
            _settle(entry, one.id)
            _put(entry, one, office_verdict.moved(one, STATE_BY_OFFICE[sent.says]))
        shape.insert(entry.connection, tables.office_verdicts, [verdict])
        entry.log("judge_in_office", "office_verdict", verdict.id, after=verdict)
        return verdict, True


def undo_verdict(book: Book, verdict_id: UUID) -> OfficeVerdict:
    """Take a verdict back: the candidate stands again where it stood. Again, nothing changes.

    Raises NotInRegister, VerdictOvertaken.
    """
    with book.entry() as entry:
        before = office_verdicts.verdict(entry.connection, verdict_id)
        if before.undone_at is not None:
            return before
        one = candidates.candidate(entry.connection, before.candidate_id, for_update=True)
        if before.made_version is not None:
            if one.version != before.made_version:
                raise VerdictOvertaken(id=str(one.id)[:8])
            _put(entry, one, office_verdict.moved(one, before.state_before))
        after = replace(before, undone_at=entry.now, undone_by=entry.actor)
        shape.replace(entry.connection, tables.office_verdicts, after)
        entry.log("undo_office_verdict", "office_verdict", after.id, before=before, after=after)
        return after


def move_threshold(book: Book, run_id: UUID, threshold: float, seen: float) -> DetectionRun:
    """Move a run's threshold; lists and the map follow at once. The same again changes nothing.

    ``seen`` is the threshold that the sender saw. Raises NotInRegister, ThresholdMoved,
    ThresholdUnfit, WholeDistrictOnly.
    """
    office_verdict.require_share(threshold)
    with book.entry() as entry:
        sight.require_whole(entry.connection)
        before = imagery.run(entry.connection, run_id)
        if before is None:
            raise NotInRegister(id=run_id)
        if before.threshold == threshold:
            return before
        if before.threshold != seen:
            raise ThresholdMoved(yours=seen, current=before.threshold)
        after = replace(before, threshold=threshold)
        shown.put_threshold(entry.connection, run_id, threshold)
        said = {"threshold": before.threshold}, {"threshold": threshold}
        entry.log("move_threshold", "run", run_id, before=said[0], after=said[1])
        return after


def _standing(entry: Entry, sent: VerdictSent, one: Candidate) -> Standing:
    """Return how a verdict stands to the candidate as it is now."""
    if one.version == sent.seen_version or one.state is STATE_BY_OFFICE[sent.says]:
        return Standing.PLAIN
    for other in office_verdicts.of_candidate(entry.connection, one.id):
        if (other.made_version or 0) > sent.seen_version and other.undone_at is None:
            return Standing.PARALLEL
    return Standing.PROPOSAL


def _settle(entry: Entry, candidate_id: UUID) -> None:
    """Set aside what was said before without effect, now that somebody judged with all in sight."""
    for other in office_verdicts.unsettled(entry.connection, candidate_id):
        after = replace(other, standing=Standing.SET_ASIDE)
        shape.replace(entry.connection, tables.office_verdicts, after)
        entry.log("settle_office_verdict", "office_verdict", other.id, before=other, after=after)


def _put(entry: Entry, before: Candidate, after: Candidate) -> None:
    shape.replace(entry.connection, tables.candidates, after)
    entry.log("mark_candidate", "candidate", after.id, before=before, after=after)
