"""销号与回头看: proposed, approved, looked back at, settled; what waits and what is due."""

from datetime import date
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query

from api import wire_close_out
from api.access import Engine, OpenBook, Reader, Reviewer, Writer
from api.bodies.close_outs import CloseOutBody, DecisionBody, StepBody, VisitBody
from gis.ledger.book import utc_now
from gis.ledger.close_outs import decide, propose
from gis.ledger.look_back import record_visit, settle
from gis.store.engine import connecting

router = APIRouter(prefix="/api")


@router.get("/sites/{code}/close-out")
def of_site(
    code: str, user: Reader, engine: Engine, as_of: Annotated[date | None, Query()] = None
) -> dict[str, Any]:
    """Return a site's close-outs and look-backs, now or as they stood at the end of a day."""
    with connecting(engine) as connection:
        return wire_close_out.of_site(connection, code, utc_now(), as_of)


@router.get("/sites/{code}/close-out/offers")
def offers(code: str, user: Reader, engine: Engine) -> dict[str, Any]:
    """Return what a proposal can name: papers, photographs, checks, and the days of the works."""
    with connecting(engine) as connection:
        return wire_close_out.offers(connection, code)


@router.get("/close-outs")
def waiting(user: Reader, engine: Engine, district: str) -> dict[str, Any]:
    """Return what waits for approval or to be verified, and which look-backs are due."""
    with connecting(engine) as connection:
        return wire_close_out.waiting(connection, district, utc_now())


@router.put("/close-outs/{close_out_id}")
def put_close_out(
    close_out_id: UUID, body: CloseOutBody, user: Writer, book: OpenBook
) -> dict[str, Any]:
    """Propose a close-out; the same again is the same answer, what is missing is named."""
    return wire_close_out.item(propose(book, body.sent(close_out_id)))


@router.put("/close-outs/{close_out_id}/steps/{step_id}")
def put_step(
    close_out_id: UUID, step_id: UUID, body: StepBody, user: Writer, book: OpenBook
) -> dict[str, Any]:
    """Approve a close-out or send it back; which roles may is a row of the rules."""
    return wire_close_out.item(decide(book, body.sent(step_id, close_out_id)))


@router.put("/sites/{code}/look-backs/{look_back_id}")
def put_visit(
    code: str, look_back_id: UUID, body: VisitBody, user: Writer, book: OpenBook
) -> dict[str, Any]:
    """Record a look-back on the spot."""
    return wire_close_out.look(record_visit(book, body.sent(look_back_id, code)))


@router.put("/look-backs/{look_back_id}/decision")
def put_decision(
    look_back_id: UUID, body: DecisionBody, user: Reviewer, book: OpenBook
) -> dict[str, Any]:
    """Confirm signs of a relapse, which reopens the site, or dismiss them."""
    return wire_close_out.look(settle(book, look_back_id, body.is_relapse, body.reason))
