"""The verb of the field: a verdict on a candidate."""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from gis.domain.errors import CheckIdReused
from gis.domain.field_check import FieldCheck, body_hash, require_complete
from gis.domain.site import confirmed_site, serial_of
from gis.domain.terms import LookAlike, SiteKind, Verdict, WasteClass
from gis.ledger.book import Book, Entry
from gis.ledger.sites import new_code, put_site
from gis.store import candidates, places, shape, tables


@dataclass(frozen=True, slots=True)
class CheckSent:
    """A field check as the phone sends it; ``id`` was made there."""

    id: UUID
    candidate_id: UUID
    seen_version: int
    verdict: Verdict
    kind: SiteKind | None
    waste_class: WasteClass | None
    look_alike: LookAlike | None
    note: str
    checked_at: datetime


def record_field_check(book: Book, sent: CheckSent) -> tuple[FieldCheck, bool]:
    """Record a verdict and what follows from it; return the check and whether it is new.

    The same id with the same content is the same check, however often it comes. A check of a
    version that is no longer current is kept and marked, and changes nothing else. A candidate
    that is confirmed becomes a listed site, measured and graded. Raises CheckIncomplete,
    DateInFuture, CheckIdReused, NotInRegister.
    """
    with book.entry() as entry:
        candidate = candidates.candidate(entry.connection, sent.candidate_id, for_update=True)
        check = _check(entry, sent)
        known = candidates.check(entry.connection, sent.id)
        if known is not None:
            if known.body_sha256 != check.body_sha256:
                raise CheckIdReused(id=sent.id)
            return known, False
        require_complete(check)
        if candidate.version != sent.seen_version:
            check = replace(check, has_conflict=True)
        shape.insert(entry.connection, tables.field_checks, [check])
        entry.log("record_field_check", "candidate", candidate.id, after=check)
        if not check.has_conflict:
            site_code = None
            if check.verdict is Verdict.CONFIRMED and candidate.site_code is None:
                district = places.district(entry.connection, candidate.district_code)
                assert check.kind is not None
                site_code = new_code(entry, district, check.kind)
                name = f"{check.kind.zh}{serial_of(site_code)}号"
                put_site(
                    entry,
                    confirmed_site(candidate, check, site_code, name, district.is_demo),
                    verb="confirm_site",
                )
            after = candidate.judged(check.verdict, site_code)
            shape.replace(entry.connection, tables.candidates, after)
            entry.log("judge_candidate", "candidate", candidate.id, before=candidate, after=after)
        return check, True


def _check(entry: Entry, sent: CheckSent) -> FieldCheck:
    return FieldCheck(
        id=sent.id,
        candidate_id=sent.candidate_id,
        seen_version=sent.seen_version,
        verdict=sent.verdict,
        kind=sent.kind if sent.verdict is Verdict.CONFIRMED else None,
        waste_class=sent.waste_class if sent.verdict is Verdict.CONFIRMED else None,
        look_alike=sent.look_alike if sent.verdict is Verdict.LOOK_ALIKE else None,
        note=sent.note,
        checked_at=sent.checked_at,
        received_at=entry.now,
        checked_by=entry.actor,
        has_conflict=False,
        body_sha256=body_hash(
            sent.candidate_id,
            sent.seen_version,
            sent.verdict,
            sent.kind,
            sent.waste_class,
            sent.look_alike,
            sent.note,
            sent.checked_at,
        ),
    )
