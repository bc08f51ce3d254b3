"""Routes of laboratory results and conclusions."""

from datetime import date
from typing import Any
from uuid import UUID

from fastapi import APIRouter, Response
from pydantic import BaseModel, Field

from api import evidence
from api.access import Engine, OpenBook, Reader, Reviewer, Writer
from gis.domain.conclusion import ConclusionSent
from gis.domain.terms import ConclusionBasis, IdentificationStep, WasteClass, WasteNature
from gis.ledger.identification import propose, review, sign
from gis.store import identification, sites
from gis.store.engine import connecting

router = APIRouter(prefix="/api")

TEXT = r"^[^\x00]*$"


class ConclusionBody(BaseModel):
    """A conclusion as the page proposes it."""

    site_code: str = Field(max_length=40)
    plan_code: str | None = Field(None, max_length=60)
    basis: ConclusionBasis
    nature: WasteNature = WasteNature.UNIDENTIFIED
    waste_class: WasteClass | None = None
    concluded_on: date | None = None
    leach_multiple: float | None = Field(None, ge=0, le=1e9)
    radioactivity_bq_g: float | None = Field(None, ge=0, le=1e9)
    laboratory: str | None = Field(None, max_length=200, pattern=TEXT)
    report_no: str | None = Field(None, max_length=100, pattern=TEXT)
    reason: str = Field("", max_length=2000, pattern=TEXT)
    is_solid_waste: bool | None = None
    is_listed: bool | None = None
    hw_code: str | None = Field(None, max_length=10, pattern=TEXT)
    excluded: list[IdentificationStep] = Field([], max_length=10)


class ReviewBody(BaseModel):
    """What the reviewer says."""

    accept: bool
    comment: str = Field("", max_length=2000, pattern=TEXT)


@router.get("/sites/{code}/conclusions")
def conclusions(code: str, user: Reader, engine: Engine) -> dict[str, Any]:
    """Return a site's conclusions, the latest drawn first."""
    with connecting(engine) as connection:
        sites.site(connection, code)
        found = identification.conclusions_of(connection, code)
    return {"items": [evidence.conclusion(one) for one in found]}


@router.put("/conclusions/{conclusion_id}")
def put_conclusion(
    conclusion_id: UUID, body: ConclusionBody, response: Response, user: Writer, book: OpenBook
) -> dict[str, Any]:
    """Draw a conclusion: 201 the first time, 200 when the same comes again."""
    drawn, is_new = propose(book, ConclusionSent(id=conclusion_id, **body.model_dump()))
    response.status_code = 201 if is_new else 200
    return evidence.conclusion(drawn)


@router.post("/conclusions/{conclusion_id}/sign")
def sign_conclusion(conclusion_id: UUID, user: Writer, book: OpenBook) -> dict[str, Any]:
    """Sign a draft in one's own name."""
    return evidence.conclusion(sign(book, conclusion_id))


@router.post("/conclusions/{conclusion_id}/review")
def review_conclusion(
    conclusion_id: UUID, body: ReviewBody, user: Reviewer, book: OpenBook
) -> dict[str, Any]:
    """Pass what another person signed, or return it."""
    return evidence.conclusion(review(book, conclusion_id, body.accept, body.comment))
