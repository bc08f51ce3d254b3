"""Routes of laboratory results and conclusions."""

from datetime import date
from typing import Annotated, Any
from urllib.parse import quote
from uuid import UUID, uuid4

from fastapi import APIRouter, File, Form, Response, UploadFile
from pydantic import BaseModel, Field

from api import evidence, lab_files
from api.access import Engine, OpenBook, Reader, Reviewer, Writer
from api.uploads import name_of, received
from gis.domain.identification.conclusion import Conclusion, ConclusionSent
from gis.domain.terms import (
    ConclusionBasis,
    IdentificationStep,
    LeachMethod,
    WasteClass,
    WasteNature,
)
from gis.ledger import Book
from gis.ledger.auditing import hand_out
from gis.ledger.identification import propose, review, sign
from gis.ledger.results import check_results, file_results, filed, withdraw_results
from gis.store import identification, sites
from gis.store.engine import connecting

router = APIRouter(prefix="/api")

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
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


class Withdrawal(BaseModel):
    """Why a batch is taken back."""

    reason: str = Field(max_length=2000, pattern=TEXT)


Plan = Annotated[str, Form(max_length=60, pattern=TEXT)]
Sheet = Annotated[str | None, Form(max_length=100, pattern=TEXT)]
Declared = Annotated[LeachMethod | None, Form()]
Upload = Annotated[UploadFile, File()]


@router.get("/results")
def results(user: Reader, engine: Engine, site: str, plan: str | None = None) -> dict[str, Any]:
    """Return what the laboratory found at a site, what follows from it, and its conclusions."""
    with connecting(engine) as connection:
        return evidence.results(connection, site, plan)


@router.get("/results/template")
def template(user: Reader, engine: Engine, plan: str) -> Response:
    """Return an empty results sheet of a plan: a row for every test that will be asked for."""
    content = lab_files.template(engine, plan)
    hand_out(Book(engine, user.username), "results_sheet", plan, content, format="xlsx")
    headers = {"Content-Disposition": f'attachment; filename="{quote(plan)}-results.xlsx"'}
    return Response(content, media_type=XLSX, headers=headers)


@router.post("/results/check")
def check(
    user: Writer,
    book: OpenBook,
    file: Upload,
    plan: Plan,
    leach_method: Declared = None,
    sheet: Sheet = None,
) -> dict[str, Any]:
    """Check a results file line by line; nothing is stored."""
    with received(file) as path:
        sent = lab_files.read_batch(path, name_of(file), uuid4(), plan, sheet, leach_method)
    with book.reading() as connection:
        known = filed(connection, sent)
    problems = [] if known else check_results(book, sent)
    known_batch = None if known is None else evidence.batch(known)
    return {**lab_files.report(sent, problems), "known_batch": known_batch}


@router.put("/results/batches/{batch_id}")
def put_batch(
    batch_id: UUID,
    response: Response,
    user: Writer,
    book: OpenBook,
    file: Upload,
    plan: Plan,
    leach_method: Declared = None,
    sheet: Sheet = None,
) -> dict[str, Any]:
    """File all results of a file: 201 the first time, 200 when the same file comes again."""
    with received(file) as path:
        sent = lab_files.read_batch(path, name_of(file), batch_id, plan, sheet, leach_method)
    batch, is_new = file_results(book, sent)
    response.status_code = 201 if is_new else 200
    return evidence.batch(batch)


@router.post("/results/batches/{batch_id}/withdraw")
def withdraw(batch_id: UUID, body: Withdrawal, user: Writer, book: OpenBook) -> dict[str, Any]:
    """Take a batch back as a whole."""
    return evidence.batch(withdraw_results(book, batch_id, body.reason))


@router.get("/sites/{code}/conclusions")
def conclusions(code: str, user: Reader, engine: Engine) -> dict[str, Any]:
    """Return a site's conclusions, the latest drawn first."""
    with connecting(engine) as connection:
        sites.site(connection, code)
        found = identification.conclusions_of(connection, code)
        checked = evidence.checked_rows(connection)
    return {"items": [evidence.conclusion(one, checked) for one in found]}


@router.put("/conclusions/{conclusion_id}")
def put_conclusion(
    conclusion_id: UUID, body: ConclusionBody, response: Response, user: Writer, book: OpenBook
) -> dict[str, Any]:
    """Draw a conclusion: 201 the first time, 200 when the same comes again."""
    drawn, is_new = propose(book, ConclusionSent(id=conclusion_id, **body.model_dump()))
    response.status_code = 201 if is_new else 200
    return _conclusion(book, drawn)


@router.post("/conclusions/{conclusion_id}/sign")
def sign_conclusion(conclusion_id: UUID, user: Writer, book: OpenBook) -> dict[str, Any]:
    """Sign a draft in one's own name."""
    return _conclusion(book, sign(book, conclusion_id))


@router.post("/conclusions/{conclusion_id}/review")
def review_conclusion(
    conclusion_id: UUID, body: ReviewBody, user: Reviewer, book: OpenBook
) -> dict[str, Any]:
    """Pass what another person signed, or return it."""
    return _conclusion(book, review(book, conclusion_id, body.accept, body.comment))


def _conclusion(book: Book, one: Conclusion) -> dict[str, Any]:
    with book.reading() as connection:
        return evidence.conclusion(one, evidence.checked_rows(connection))
