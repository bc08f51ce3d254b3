"""How a field check moves on: each move is stored with the step that made it."""

from typing import Any
from uuid import UUID, uuid5

from gis.domain.canonical import sha256_of
from gis.domain.checks.field_check import FieldCheck
from gis.domain.checks.review import CheckReview
from gis.domain.terms import ReviewAct
from gis.ledger.book import Entry
from gis.store import checks, shape, tables


def put_check(
    entry: Entry,
    before: FieldCheck,
    after: FieldCheck,
    act: ReviewAct,
    comment: str,
    *,
    step_id: UUID | None = None,
    sha256: str | None = None,
    changes: dict[str, Any] | None = None,
) -> FieldCheck:
    """Store a check that moved on, with the step that moved it; return it as it is now."""
    shape.replace(entry.connection, tables.field_checks, after)
    entry.log("review_check", "field_check", after.id, before=before, after=after)
    add_step(entry, after, act, comment, step_id=step_id, sha256=sha256, changes=changes)
    return after


def add_step(
    entry: Entry,
    check: FieldCheck,
    act: ReviewAct,
    comment: str,
    *,
    step_id: UUID | None = None,
    sha256: str | None = None,
    changes: dict[str, Any] | None = None,
) -> CheckReview:
    """Add a step to a check's history; the server names those that no page asked for."""
    number = checks.steps(entry.connection, check.id) + 1
    step = CheckReview(
        id=step_id or uuid5(check.id, str(number)),
        check_id=check.id,
        number=number,
        act=act,
        at=entry.now,
        by=entry.actor,
        comment=comment,
        changes=changes,
        review=check.review,
        standing=check.standing,
        body_sha256=sha256 or sha256_of(act, comment, changes),
    )
    shape.insert(entry.connection, tables.check_reviews, [step])
    entry.log("add_check_step", "field_check", check.id, after=step)
    return step
