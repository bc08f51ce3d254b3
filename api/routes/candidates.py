"""Candidates, and the field checks that judge them."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query, Response
from pydantic import AwareDatetime, BaseModel, Field

from api import wire, wire_site
from api.access import Engine, OpenBook, Reader, Writer
from gis.domain.field_check import CheckSent
from gis.domain.terms import CandidateState, LookAlike, SiteKind, Verdict, WasteClass
from gis.ledger.checks import record_field_check
from gis.store import candidates, places
from gis.store.engine import connecting

router = APIRouter(prefix="/api")


class CheckBody(BaseModel):
    """A field check as the page sends it."""

    candidate_id: UUID
    seen_version: int = Field(ge=1)
    verdict: Verdict
    kind: SiteKind | None = None
    waste_class: WasteClass | None = None
    look_alike: LookAlike | None = None
    note: str = Field("", max_length=2000, pattern=r"^[^\x00]*$")
    checked_at: AwareDatetime


@router.get("/candidates")
def page(
    user: Reader,
    engine: Engine,
    district: str,
    state: CandidateState | None = None,
    class_name: str | None = None,
    min_confidence: Annotated[int, Query(ge=0, le=100)] = 0,
    limit: Annotated[int, Query(ge=1, le=1000)] = 100,
    after: str | None = None,
) -> dict[str, Any]:
    """Return a page of a district's candidates, best first."""
    with connecting(engine) as connection:
        places.district(connection, district)
        found = candidates.page(
            connection,
            district,
            state=state,
            class_name=class_name,
            min_confidence=min_confidence / 100,
            limit=limit,
            after=after,
        )
    return wire.page(found, wire.candidate_item)


@router.get("/candidates/{candidate_id}")
def one(candidate_id: UUID, user: Reader, engine: Engine) -> dict[str, Any]:
    """Return a candidate with its sightings and checks."""
    with connecting(engine) as connection:
        return wire.candidate(
            candidates.candidate(connection, candidate_id),
            candidates.sightings_of(connection, candidate_id),
            candidates.checks_of(connection, candidate_id),
        )


@router.put("/field-checks/{check_id}")
def put_check(
    check_id: UUID, body: CheckBody, response: Response, user: Writer, book: OpenBook
) -> dict[str, Any]:
    """Record a verdict: 201 the first time, 200 when the same check comes again."""
    check, is_new = record_field_check(book, CheckSent(id=check_id, **body.model_dump()))
    response.status_code = 201 if is_new else 200
    with book.reading() as connection:
        candidate = candidates.candidate(connection, check.candidate_id)
        return {
            "check": wire.check(check),
            "candidate": wire.candidate(
                candidate,
                candidates.sightings_of(connection, candidate.id),
                candidates.checks_of(connection, candidate.id),
            ),
            "site": (
                None
                if candidate.site_code is None
                else wire_site.site_of(connection, candidate.site_code)
            ),
        }
