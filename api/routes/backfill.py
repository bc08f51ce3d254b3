"""Routes of backfill: pairs and why, the match with what-if, kept plans, the book."""

import tempfile
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query, Response

from api import wire_backfill as wire
from api.access import Engine, OpenBook, Reader, Reviewer, Writer
from api.bodies.backfill import (
    AssessmentBody,
    Code,
    FactsBody,
    LoadBody,
    MatchBody,
    PlanBody,
    ReversalBody,
    SettlementBody,
)
from gis.domain.terms import PairStanding
from gis.exports import backfill as export
from gis.ledger import Book
from gis.ledger import backfill as verbs
from gis.ledger import backfill_book as book_verbs
from gis.ledger.auditing import hand_out
from gis.ledger.backfill_plans import compare, proved, save_plan
from gis.store import backfill, register
from gis.store.engine import connecting

router = APIRouter(prefix="/api/backfill")


def moment_of(day: date | None) -> datetime:
    """Return the moment that a match rests on: now, or the end of a past day."""
    now = datetime.now(UTC)
    return now if day is None else min(now, register.end_of(day))


@router.get("/rules")
def rules(user: Reader, engine: Engine) -> dict[str, Any]:
    """Return the rows that pairs are judged by."""
    with connecting(engine) as connection:
        return wire.rules(connection)


@router.post("/match")
def match(body: MatchBody, user: Reader, engine: Engine) -> dict[str, Any]:
    """Return the best allocation, and beside it what is supposed; nothing is stored."""
    with connecting(engine) as connection:
        found = compare(connection, body.asked(), body.what_if.what(), moment_of(body.as_of))
    return wire.compared(found)


@router.get("/pairs")
def pairs(
    user: Reader,
    engine: Engine,
    district: str,
    standing: PairStanding | None = None,
    code: Code | None = None,
    offset: Annotated[int, Query(ge=0, le=1_000_000)] = 0,
    limit: Annotated[int, Query(ge=1, le=500)] = 100,
) -> dict[str, Any]:
    """Return a page of pairs with their reasons."""
    with connecting(engine) as connection:
        return wire.pairs(
            *(connection, district, moment_of(None)),
            standing=standing,
            code=code,
            offset=offset,
            limit=limit,
        )


@router.get("/plans")
def plans(user: Reader, engine: Engine, district: str) -> dict[str, Any]:
    """Return the plans that were kept, the newest first."""
    with connecting(engine) as connection:
        return {"items": [wire.plan_item(one) for one in backfill.plans(connection, district)]}


@router.get("/plans/{plan_id}")
def plan(plan_id: UUID, user: Reader, engine: Engine) -> dict[str, Any]:
    """Return a plan, solved again from its own inputs to prove it."""
    with connecting(engine) as connection:
        found = backfill.kept_plan(connection, plan_id)
    proved(found)
    return wire.plan(found)


@router.put("/plans/{plan_id}")
def put_plan(
    plan_id: UUID, body: PlanBody, response: Response, user: Writer, book: OpenBook
) -> dict[str, Any]:
    """Keep a match as a plan: 201 the first time, 200 when it comes again."""
    asked = (body.title, body.asked(), body.what_if.what(), moment_of(body.as_of))
    kept, is_new = save_plan(book, plan_id, *asked)
    response.status_code = 201 if is_new else 200
    return wire.plan(kept)


@router.put("/facts/{code}")
def put_facts(code: str, body: FactsBody, user: Writer, book: OpenBook) -> dict[str, Any]:
    """State what backfill asks of a site."""
    stated, _ = verbs.state_facts(book, code, body.sent())
    return {name: getattr(stated, name) for name in stated.__slots__}


@router.get("/assessments")
def assessments(user: Reader, engine: Engine, district: str) -> dict[str, Any]:
    """Return the papers that were proposed to open pairs, and how they were settled."""
    with connecting(engine) as connection:
        return wire.assessments(connection, district)


@router.put("/assessments/{assessment_id}")
def put_assessment(
    assessment_id: UUID, body: AssessmentBody, response: Response, user: Writer, book: OpenBook
) -> dict[str, Any]:
    """Propose the papers that would open a pair."""
    found, is_new = verbs.propose_assessment(book, body.sent(assessment_id))
    response.status_code = 201 if is_new else 200
    return wire.assessment(found)


@router.post("/assessments/{assessment_id}/settlement")
def settle(
    assessment_id: UUID, body: SettlementBody, user: Reviewer, book: OpenBook
) -> dict[str, Any]:
    """Approve an assessment, or refuse it with a reason."""
    found = verbs.settle_assessment(book, assessment_id, body.is_accepted, body.comment)
    return wire.assessment(found)


@router.get("/book")
def read_book(
    user: Reader,
    engine: Engine,
    district: str,
    pit: Code | None = None,
    source: Code | None = None,
    limit: Annotated[int, Query(ge=1, le=1000)] = 200,
) -> dict[str, Any]:
    """Return the book: newest lines, sums, checks against the surveys."""
    with connecting(engine) as connection:
        return wire.book(connection, district, pit, source, limit)


@router.put("/loads/{load_id}")
def put_load(
    load_id: UUID, body: LoadBody, response: Response, user: Writer, book: OpenBook
) -> dict[str, Any]:
    """Book a load: 201 the first time, 200 when it comes again."""
    booked, is_new = book_verbs.book_load(book, body.sent(load_id))
    response.status_code = 201 if is_new else 200
    return wire.load(booked)


@router.put("/loads/{load_id}/reversal")
def reverse(
    load_id: UUID, body: ReversalBody, response: Response, user: Writer, book: OpenBook
) -> dict[str, Any]:
    """Take a line back by a counter-entry."""
    counter, is_new = book_verbs.reverse_load(book, load_id, body.id, body.reason)
    response.status_code = 201 if is_new else 200
    return wire.load(counter)


@router.get("/book/export")
def download(user: Writer, engine: Engine, district: str) -> Response:
    """Return the book as a workbook; that it was handed out is written into the log."""
    with connecting(engine) as connection:
        checks = wire.checks(connection, district)
        found = export.gathered(connection, district, datetime.now(UTC), checks)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "book.xlsx"
        export.write(path, found)
        content = path.read_bytes()
    hand_out(Book(engine, user.username), "backfill_book", district, content, rows=len(found.loads))
    headers = {"Content-Disposition": f'attachment; filename="backfill-{district}.xlsx"'}
    return Response(content, media_type=export.MEDIA_TYPE, headers=headers)
