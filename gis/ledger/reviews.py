"""The office's answer to field checks: pass, send back, correct, turn down, choose among several.

Nobody passes a check of their own as long as another account could: the second pair of eyes is
what review is for. Where a district has one reviewer only, the log shows that it was their own.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from gis.domain.canonical import sha256_of
from gis.domain.checks.answers import fits
from gis.domain.checks.errors import (
    CheckDecided,
    CheckStale,
    EditUnfit,
    NothingToSettle,
    OwnCheck,
    ReviewIdReused,
    ReviewReasonMissing,
    SettleFirst,
)
from gis.domain.checks.field_check import FieldCheck
from gis.domain.terms import ReviewAct, ReviewState, Standing, Verdict
from gis.ledger.book import Book, Entry
from gis.ledger.check_effects import take_effect
from gis.ledger.check_places import CheckedPlace, heir_of, place_of, standing_of
from gis.ledger.check_steps import put_check
from gis.rules import field_check as form
from gis.store import checks

PASSING = {ReviewAct.APPROVE, ReviewAct.EDIT, ReviewAct.SETTLE, ReviewAct.TAKE_UP}
UNEXPLAINED = {ReviewAct.APPROVE}
VERDICTS = {verdict.value for verdict in Verdict}


@dataclass(frozen=True, slots=True)
class ReviewAsked:
    """What a reviewer does with a check: ``id`` was made by the page, once.

    ``changes`` are corrections: ``verdict``, and answers by name. ``seen_version`` is the version
    of the check that was looked at.
    """

    id: UUID
    check_id: UUID
    act: ReviewAct
    comment: str
    changes: Mapping[str, Any]
    seen_version: int


@dataclass(frozen=True, slots=True)
class _Case:
    """A check under review, with its place and the other checks of it."""

    asked: ReviewAsked
    entry: Entry
    check: FieldCheck
    place: CheckedPlace
    others: list[FieldCheck]
    sha256: str

    def put(self, after: FieldCheck) -> FieldCheck:
        """Store the check as the reviewer left it."""
        asked = self.asked
        return put_check(
            self.entry,
            self.check,
            after,
            asked.act,
            asked.comment,
            step_id=asked.id,
            sha256=self.sha256,
            changes=_told(self.check, asked.changes) or None,
        )


def review_check(book: Book, asked: ReviewAsked) -> FieldCheck:
    """Carry out one step of a review; return the check as it is now.

    The same step again is the same answer. Raises NotInRegister, CheckStale, CheckDecided,
    OwnCheck, ReviewReasonMissing, SettleFirst, NothingToSettle, EditUnfit, ReviewIdReused, and
    what `take_effect` raises.
    """
    asked = replace(asked, comment=asked.comment.strip())
    sha256 = sha256_of(asked.check_id, asked.act, asked.comment, dict(asked.changes))
    with book.entry() as entry:
        check = checks.check(entry.connection, asked.check_id)
        known = checks.step(entry.connection, asked.id)
        if known is not None:
            if known.body_sha256 != sha256:
                raise ReviewIdReused(id=asked.id)
            return check
        _require_open(check, asked)
        _require_explained(asked)
        if asked.act in PASSING:
            _require_other(entry, check)
        place = place_of(entry, check)
        others = [
            other
            for other in checks.of_place(entry.connection, check.candidate_id, check.site_code)
            if other.id != check.id
        ]
        case = _Case(asked, entry, check, place, others, sha256)
        after = VERBS[asked.act](case)
        _stand_anew(entry, check)
        return after


def _require_open(check: FieldCheck, asked: ReviewAsked) -> None:
    if check.version != asked.seen_version:
        raise CheckStale(state_zh=check.review.zh, state_en=check.review.en)
    is_chosen_late = asked.act is ReviewAct.SETTLE and check.review.is_passed
    if not check.is_unsettled and (not is_chosen_late or check.standing is Standing.SET_ASIDE):
        raise CheckDecided(state_zh=check.review.zh, state_en=check.review.en)


def _require_explained(asked: ReviewAsked) -> None:
    least = int(form.current().limits["reason_least"])
    if asked.act not in UNEXPLAINED and len(asked.comment) < least:
        raise ReviewReasonMissing()


def _require_other(entry: Entry, check: FieldCheck) -> None:
    makers = {check.recorded_by, check.received_by}
    if entry.actor in makers and checks.other_reviewers(entry.connection, makers):
        raise OwnCheck()


def _find_issues(case: _Case) -> FieldCheck:
    return case.put(case.check.moved(review=ReviewState.HAS_ISSUES))


def _reject(case: _Case) -> FieldCheck:
    is_beside = case.check.standing in {Standing.PARALLEL, Standing.PROPOSAL}
    standing = Standing.SET_ASIDE if is_beside else case.check.standing
    return case.put(case.check.moved(review=ReviewState.REJECTED, standing=standing))


def _pass(case: _Case) -> FieldCheck:
    """Let a check take effect that stands alone, as sent or as edited.

    A proposal may be passed so too, with a reason.
    """
    edited = _edited(case)
    standing = standing_of(edited, edited.final_verdict, case.place, case.others)
    if standing is Standing.PARALLEL:
        raise SettleFirst(n=1 + len(_rivals(case)))
    if standing is Standing.PROPOSAL and not case.asked.comment:
        raise ReviewReasonMissing()
    return _carry_out(case, edited, standing)


def _settle(case: _Case) -> FieldCheck:
    """Choose this check; its rivals are set aside, and stay to be read."""
    rivals = _rivals(case)
    if not rivals:
        raise NothingToSettle()
    for rival in rivals:
        review = ReviewState.REJECTED if rival.review.is_open else rival.review
        after = rival.moved(review=review, standing=Standing.SET_ASIDE)
        put_check(case.entry, rival, after, ReviewAct.SET_ASIDE, case.asked.comment)
    edited = _edited(case)
    if edited.effect_at is not None and edited.edited == case.check.edited:
        return case.put(edited.moved(standing=Standing.CHOSEN))
    return _carry_out(case, edited, Standing.CHOSEN)


def _carry_out(case: _Case, check: FieldCheck, standing: Standing) -> FieldCheck:
    review = ReviewState.EDITED if check.edited else ReviewState.APPROVED
    here = heir_of(case.entry, case.place, check.outline or check.seen_outline)
    done = take_effect(case.entry, replace(check, review=review, standing=standing), here)
    return case.put(done)


def _rivals(case: _Case) -> list[FieldCheck]:
    """Return the checks that speak of the same state of the place: waiting, or newer in effect."""
    mine, key = case.check, case.place.key
    return [
        other
        for other in case.others
        if other.is_unsettled
        or (
            other.standing is not Standing.SET_ASIDE
            and (other.effects or {}).get(key, 0) > mine.seen_version
        )
    ]


def _edited(case: _Case) -> FieldCheck:
    """Return the check with the reviewer's corrections laid over what was sent."""
    changes = case.asked.changes
    if not changes:
        if case.asked.act is ReviewAct.EDIT:
            raise EditUnfit(field="—")
        return case.check
    for name, value in changes.items():
        is_verdict = isinstance(value, str) and value in VERDICTS
        is_fit = is_verdict if name == "verdict" else fits(name, value)
        if not is_fit:
            raise EditUnfit(field=str(name)[:60])
    before = case.check.edited or {}
    answers = {name: value for name, value in changes.items() if name != "verdict"}
    verdict = changes.get("verdict", before.get("verdict"))
    edited = {"verdict": verdict, "answers": before.get("answers", {}) | answers}
    return replace(case.check, edited=edited)


def _told(check: FieldCheck, changes: Mapping[str, Any]) -> dict[str, Any]:
    """Return the corrections for the history: field -> what was, what is."""
    was = {**check.said.plain(), "verdict": check.final_verdict.value}
    return {name: [was[name], value] for name, value in changes.items() if was[name] != value}


def _stand_anew(entry: Entry, decided: FieldCheck) -> None:
    """Say of the place's waiting checks how they stand now that one of them was decided."""
    everyone = checks.of_place(entry.connection, decided.candidate_id, decided.site_code)
    for one in everyone:
        if not one.is_unsettled:
            continue
        others = [other for other in everyone if other.id != one.id]
        standing = standing_of(one, one.final_verdict, place_of(entry, one), others)
        if standing is not one.standing:
            put_check(entry, one, one.moved(standing=standing), ReviewAct.MOVE, "")


VERBS: Mapping[ReviewAct, Callable[[_Case], FieldCheck]] = {
    ReviewAct.FIND_ISSUES: _find_issues,
    ReviewAct.APPROVE: _pass,
    ReviewAct.EDIT: _pass,
    ReviewAct.TAKE_UP: _pass,
    ReviewAct.REJECT: _reject,
    ReviewAct.SETTLE: _settle,
}
