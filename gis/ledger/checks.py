"""The verb of the field: a verdict on a place is received, kept whole, and takes its effect."""

from dataclasses import fields, replace

from gis.domain.checks.errors import CheckIdReused
from gis.domain.checks.field_check import CheckSent, FieldCheck, clock_offset_s, corrected
from gis.domain.terms import ReviewAct, ReviewState, Standing
from gis.errors import BadInput
from gis.ledger.book import Book, Entry
from gis.ledger.check_effects import take_effect
from gis.ledger.check_facts import problems_of
from gis.ledger.check_places import CheckedPlace, place_of, seen_outline, standing_of
from gis.ledger.check_steps import add_step, put_check
from gis.ledger.photo_judging import judge_photos_of
from gis.store import checks, places, shape, sight, tables


def record_field_check(book: Book, sent: CheckSent, *, at_once: bool) -> tuple[FieldCheck, bool]:
    """Receive a verdict; return the check as kept and whether it is new.

    The same id with the same body is the same check, however often it comes. Nothing that was
    found is turned away: a check that breaks a rule of the form is kept with the rule's sentence
    and waits for a reviewer, as every field team's check does. ``at_once``: the office itself made
    it, so that it takes effect unless another check or a change of the place stands against it.
    Raises CheckIdReused, NotInRegister.
    """
    with book.entry() as entry:
        known = checks.filed(entry.connection, sent.id)
        if known is not None:
            if known.body_sha256 != sent.body_sha256:
                raise CheckIdReused(id=sent.id)
            return known, False
        is_seen = sight.sees(entry.connection, sent.candidate_id, sent.site_code)
        with sight.lifted(entry.connection):  # what was found is kept, whoever's the place is now
            return _receive(entry, sent, at_once=at_once and is_seen), True


def _receive(entry: Entry, sent: CheckSent, *, at_once: bool) -> FieldCheck:
    place = place_of(entry, sent)
    others = checks.of_place(entry.connection, sent.candidate_id, sent.site_code)
    others = _replaced(entry, sent, others)
    check = _received(entry, sent, place)
    check = replace(check, standing=standing_of(check, check.verdict, place, others))
    shape.insert(entry.connection, tables.field_checks, [check])
    entry.log("record_field_check", "field_check", check.id, after=check)
    judge_photos_of(entry, check)
    is_plain = check.standing is Standing.PLAIN
    if at_once and is_plain and check.review is ReviewState.RECEIVED:
        check = _at_once(entry, check, place)
    else:
        comment = "\n".join(problem["zh"] for problem in check.problems)
        add_step(entry, check, ReviewAct.RECEIVE, comment)
    if check.standing is Standing.PARALLEL:
        for other in others:
            if other.is_unsettled and other.standing is Standing.PLAIN:
                moved = other.moved(standing=Standing.PARALLEL)
                put_check(entry, other, moved, ReviewAct.MOVE, "")
    return check


def _received(entry: Entry, sent: CheckSent, place: CheckedPlace) -> FieldCheck:
    """Return the check as it is kept: as sent, with the server's time and the rules it broke."""
    offset = clock_offset_s(sent, entry.now)
    check = FieldCheck(
        **{field.name: getattr(sent, field.name) for field in fields(sent)},
        district_code=place.district_code,
        seen_outline=seen_outline(entry, sent, place),
        received_at=entry.now,
        received_by=entry.actor,
        clock_offset_s=offset,
        found_at=corrected(sent.checked_at, offset),
        review=ReviewState.RECEIVED,
        standing=Standing.PLAIN,
        version=1,
        problems=[],
    )
    district = places.district(entry.connection, place.district_code)
    check = replace(check, problems=problems_of(check, place, district))
    if check.has_hard_problem:
        return replace(check, review=ReviewState.HAS_ISSUES)
    return check


def _at_once(entry: Entry, check: FieldCheck, place: CheckedPlace) -> FieldCheck:
    """Let an office's check take effect; where the register refuses that, it waits for a person."""
    lines = len(entry.lines)
    inner = entry.connection.begin_nested()
    try:
        after = take_effect(entry, replace(check, review=ReviewState.APPROVED), place)
    except BadInput as refusal:
        inner.rollback()
        del entry.lines[lines:]
        problem = {
            "rule": refusal.code,
            "severity": "HARD",
            "zh": refusal.sentence("zh-CN"),
            "en": refusal.sentence("en"),
        }
        after = check.moved(review=ReviewState.HAS_ISSUES, problems=[*check.problems, problem])
        return put_check(entry, check, after, ReviewAct.RECEIVE, problem["zh"])
    inner.commit()
    return put_check(entry, check, after, ReviewAct.TAKE_AT_ONCE, "")


def _replaced(entry: Entry, sent: CheckSent, others: list[FieldCheck]) -> list[FieldCheck]:
    """Set aside what the same team sent of this place before and got back with issues."""
    found = []
    for other in others:
        is_answered = other.recorded_by == sent.recorded_by and other.is_unsettled
        if is_answered and other.review is ReviewState.HAS_ISSUES:
            after = other.moved(standing=Standing.SET_ASIDE)
            comment = f"由同一人补充的核实 {sent.id} 代替"
            other = put_check(entry, other, after, ReviewAct.SET_ASIDE, comment)
        found.append(other)
    return found
