"""The verb of the field: a verdict on a candidate."""

from dataclasses import fields, replace

from gis.domain.errors import CheckIdReused
from gis.domain.field_check import CheckSent, FieldCheck, require_complete
from gis.domain.site import confirmed_site, serial_of
from gis.domain.terms import Verdict
from gis.ledger.book import Book, Entry
from gis.ledger.sites import new_code, put_site
from gis.store import candidates, places, shape, tables


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
    """Return what is kept of a check: what fits its verdict, and the hash of all that was sent."""
    is_confirmed = sent.verdict is Verdict.CONFIRMED
    fitting = replace(
        sent,
        kind=sent.kind if is_confirmed else None,
        waste_class=sent.waste_class if is_confirmed else None,
        look_alike=sent.look_alike if sent.verdict is Verdict.LOOK_ALIKE else None,
    )
    return FieldCheck(
        **{field.name: getattr(fitting, field.name) for field in fields(fitting)},
        received_at=entry.now,
        checked_by=entry.actor,
        has_conflict=False,
        body_sha256=sent.content_hash(),
    )
