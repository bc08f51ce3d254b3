"""Field checks: sent by phones and by the office's map, and what the office says of them."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query, Response
from pydantic import BaseModel
from pydantic import Field as Given

from api import wire, wire_check, wire_place_checks
from api.access import Engine, Field, FieldBook, OpenBook, Reader, Reviewer
from api.bodies import field_check
from api.field_words import unfit
from api.moments import Day, Moment
from gis.domain.checks.agreement import agreement
from gis.domain.terms import ReviewAct, ReviewState, Right, Standing, Verdict, Via
from gis.ledger.checks import record_field_check
from gis.ledger.reviews import VERBS, ReviewAsked, review_check
from gis.rules import field_check as form
from gis.store import check_queue, checks, photos, places
from gis.store.engine import connecting
from gis.store.register import CHINA

router = APIRouter(prefix="/api")

MINE_DAYS = 90
Word = Annotated[str, Query(max_length=100, pattern=r"^[^\x00]*$")]


class ReviewBody(BaseModel):
    """One step of a review as the page sends it."""

    act: ReviewAct
    comment: str = Given("", max_length=2000, pattern=r"^[^\x00]*$")
    changes: dict[str, Any] = Given({}, max_length=40)
    seen_version: int = Given(ge=1)


@router.put("/field-checks/{check_id}")
def put_check(
    check_id: UUID, body: field_check.Envelope, response: Response, user: Field, book: FieldBook
) -> dict[str, Any]:
    """Receive a verdict: 201 the first time, 200 when the same check comes again."""
    sent = field_check.read_check(
        check_id, body.check, username=user.username, via=Via.NET, sent_at=body.sent_at
    )
    is_own = user.may(Right.EDIT) and sent.recorded_by == user.username
    check, is_new = record_field_check(book, sent, at_once=is_own)
    response.status_code = 201 if is_new else 200
    with book.reading() as connection:
        check = checks.check(connection, check.id)
        return {
            "receipt": wire_check.receipt(check),
            "check": wire_check.check(check),
            "place": wire_check.place(connection, check),
        }


@router.get("/field-checks")
def page(
    user: Reader,
    engine: Engine,
    district: Word,
    review: Annotated[list[ReviewState] | None, Query()] = None,
    standing: Annotated[list[Standing] | None, Query()] = None,
    verdict: Annotated[list[Verdict] | None, Query()] = None,
    town: Word | None = None,
    person: Word | None = None,
    team: UUID | None = None,
    since: Day | None = None,
    until: Day | None = None,
    warnings: bool | None = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
    after: str | None = None,
) -> dict[str, Any]:
    """Return a page of a district's checks, the newest first, and how many stand where."""
    queue = check_queue.Queue(
        reviews=tuple(review or ()),
        standings=tuple(standing or ()),
        verdicts=tuple(verdict or ()),
        town=town,
        recorded_by=person,
        team_id=team,
        since=None if since is None else _midnight(since),
        until=None if until is None else _midnight(until) + timedelta(days=1),
        has_warnings=warnings,
    )
    with connecting(engine) as connection:
        places.district(connection, district)
        found = check_queue.page(connection, district, queue, limit=limit, after=after)
        return {
            **wire.page(found, wire_check.item),
            "counts": check_queue.counts(connection, district),
            "choices": check_queue.choices(connection, district),
            "agreement": agreement(check_queue.second_readings(connection, district)),
        }


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), CHINA)


@router.get("/field-checks/mine")
def mine(user: Field, engine: Engine, since: Moment | None = None) -> dict[str, Any]:
    """Return what the office said of the caller's checks, of those that moved since a moment."""
    now = datetime.now(UTC)
    earliest = now - timedelta(days=MINE_DAYS)
    with connecting(engine) as connection:
        found = check_queue.mine(connection, user.username, earliest, since or earliest)
        shots = photos.of_checks(connection, [row["id"] for row in found])
    return {"checks": [wire_check.mine(row, shots[row["id"]]) for row in found], "as_of": now}


@router.get("/field-checks/{check_id}")
def one(check_id: UUID, user: Reader, engine: Engine) -> dict[str, Any]:
    """Return a check with its photographs, its place as seen and as now, its rivals and steps."""
    with connecting(engine) as connection:
        return wire_check.whole(connection, checks.check(connection, check_id))


@router.get("/sites/{code}/field-checks")
def of_site(code: str, user: Reader, engine: Engine) -> dict[str, Any]:
    """Return the checks of a site with their photographs, what was found last first."""
    with connecting(engine) as connection:
        return {"checks": wire_place_checks.of_site(connection, code)}


@router.get("/candidates/{candidate_id}/field-checks")
def of_candidate(candidate_id: UUID, user: Reader, engine: Engine) -> dict[str, Any]:
    """Return the checks of a candidate with their photographs, what was found last first."""
    with connecting(engine) as connection:
        return {"checks": wire_place_checks.of_candidate(connection, candidate_id)}


@router.put("/field-checks/{check_id}/reviews/{review_id}")
def put_review(
    check_id: UUID, review_id: UUID, body: ReviewBody, user: Reviewer, book: OpenBook
) -> dict[str, Any]:
    """Carry out one step of a review; the same step again is the same answer."""
    if body.act not in VERBS:
        raise unfit(["act"])
    asked = ReviewAsked(review_id, check_id, **body.model_dump())
    review_check(book, asked)
    with book.reading() as connection:
        return wire_check.whole(connection, checks.check(connection, check_id))


@router.get("/field/rules")
def rules(user: Reader) -> dict[str, Any]:
    """Return the rules of the form, with its limits, factors and densities."""
    return wire_check.rules(form.current())
