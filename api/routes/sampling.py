"""Routes of sampling: draws, plans, labels, custody."""

import tempfile
from pathlib import Path
from typing import Annotated, Any, Literal
from uuid import UUID, uuid4

from fastapi import APIRouter, Cookie, Query, Response
from fastapi.responses import HTMLResponse
from pydantic import AwareDatetime, BaseModel, Field

from api import sampling as wire
from api.access import Engine, OpenBook, Reader, Writer
from gis.domain.sampling.custody import CustodySent
from gis.domain.sampling.design import PlanAsked
from gis.domain.sampling.site_selection import SelectionAsked
from gis.domain.terms import Allocation, CustodyStep, SizeBy, Stratifier, WasteClass
from gis.exports import field_sheet
from gis.ledger import Book
from gis.ledger import sampling as verbs
from gis.ledger.auditing import hand_out
from gis.store import sampling
from gis.store.engine import connecting
from web_map.labels import labels_page

router = APIRouter()

Text = Annotated[str, Field(max_length=2000, pattern=r"^[^\x00]*$")]
Short = Annotated[str, Field(max_length=200, pattern=r"^[^\x00]*$")]
Amount = Annotated[float, Field(gt=0, le=1e10, allow_inf_nan=False)]
Seed = Annotated[int, Field(ge=0, lt=2**53)]


class SelectionBody(BaseModel):
    """A draw as the page asks for it."""

    district_code: Short
    by: list[Stratifier] = Field(max_length=5)
    size_by: SizeBy
    size: Annotated[float, Field(gt=0, le=1_000_000, allow_inf_nan=False)] | None = None
    allocation: Allocation
    seed: Seed

    def asked(self, selection_id: UUID) -> SelectionAsked:
        """Return the draw that is asked for."""
        by = tuple(dict.fromkeys(self.by))
        return SelectionAsked(id=selection_id, **self.model_dump() | {"by": by})


class PlanBody(BaseModel):
    """A plan as the page asks for it; what is left out is as the register knows it."""

    site_code: Short
    waste_kind: WasteClass | None = None
    mass_t: Amount | None = None
    mass_basis: Short | None = None
    height_m: Annotated[float, Field(gt=0, le=300)] | None = None
    grain_cm: Annotated[float, Field(gt=0, le=1000)] | None = None
    number: Annotated[int, Field(ge=1, le=500)] | None = None
    reduction: Short | None = None
    reduction_reason: Text | None = None
    layers: Annotated[int, Field(ge=1, le=20)] | None = None
    seed: Seed | None = None
    note: Text = ""


class EndBody(BaseModel):
    """Why a plan ends."""

    reason: Annotated[str, Field(min_length=1, max_length=2000, pattern=r"^[^\x00]*$")]


class CustodyBody(BaseModel):
    """One step of some increments as the page sends it."""

    step: CustodyStep
    codes: list[Annotated[str, Field(max_length=60, pattern=r"^[0-9A-Za-z-]+$")]] = Field(
        max_length=1000
    )
    at: AwareDatetime
    by: Short
    lon: Annotated[float, Field(ge=-180, le=180)] | None = None
    lat: Annotated[float, Field(ge=-90, le=90)] | None = None
    accuracy_m: Annotated[float, Field(ge=0, le=10_000)] | None = None
    party: Short | None = None
    seal_is_whole: bool | None = None
    reason: Text | None = None
    note: Text = ""


@router.get("/api/sampling/rules")
def all_rules(user: Reader, engine: Engine) -> dict[str, Any]:
    """Return every number that sampling goes by, with its clause."""
    with connecting(engine) as connection:
        return {"rules": wire.all_rules(connection)}


@router.get("/api/sampling/strata")
def strata(
    user: Reader,
    engine: Engine,
    district: str,
    by: Annotated[list[Stratifier] | None, Query()] = None,
) -> dict[str, Any]:
    """Return the sites of a district that need sampling, by strata: what a draw of all would be."""
    asked = SelectionAsked(
        id=uuid4(),
        district_code=district,
        by=tuple(dict.fromkeys(by or ())),
        size_by=SizeBy.ALL,
        size=None,
        allocation=Allocation.PROPORTIONAL,
        seed=0,
    )
    with connecting(engine) as connection:
        return wire.strata(connection, asked)


@router.get("/api/sampling/selections")
def selections(user: Reader, engine: Engine, district: str) -> dict[str, Any]:
    """Return a district's draws, the newest first."""
    with connecting(engine) as connection:
        found = sampling.selections(connection, district)
    return {"items": [wire.selection_item(one) for one in found]}


@router.get("/api/sampling/selections/{selection_id}")
def selection(selection_id: UUID, user: Reader, engine: Engine) -> dict[str, Any]:
    """Return a draw with its strata and the sites drawn."""
    with connecting(engine) as connection:
        return wire.one_selection(connection, selection_id)


@router.put("/api/sampling/selections/{selection_id}")
def put_selection(
    selection_id: UUID, body: SelectionBody, response: Response, user: Writer, book: OpenBook
) -> dict[str, Any]:
    """Draw sites: 201 the first time, 200 when the same draw comes again."""
    one, is_new = verbs.select_sites(book, body.asked(selection_id))
    response.status_code = 201 if is_new else 200
    return wire.selection(one)


@router.get("/api/sampling/plans")
def plans(
    user: Reader,
    engine: Engine,
    district: str,
    limit: Annotated[int, Query(ge=1, le=500)] = 100,
    after: str | None = None,
) -> dict[str, Any]:
    """Return a page of a district's plans, the newest first, with their progress."""
    with connecting(engine) as connection:
        return wire.plans(connection, district, limit, after)


@router.put("/api/sampling/plans/{plan_id}")
def put_plan(
    plan_id: UUID, body: PlanBody, response: Response, user: Writer, book: OpenBook
) -> dict[str, Any]:
    """Plan a site's increments: 201 the first time, 200 when the same request comes again."""
    one, is_new = verbs.plan_sampling(book, PlanAsked(id=plan_id, **body.model_dump()))
    response.status_code = 201 if is_new else 200
    with book.reading() as connection:
        return wire.plan(connection, one.code)


@router.get("/api/sampling/plans/{code}")
def plan(code: str, user: Reader, engine: Engine) -> dict[str, Any]:
    """Return a plan with its increments and their custody."""
    with connecting(engine) as connection:
        return wire.plan(connection, code)


@router.get("/api/sampling/plans/{code}/cells")
def cells(code: str, user: Reader, engine: Engine) -> dict[str, Any]:
    """Return a plan's cells as GeoJSON."""
    with connecting(engine) as connection:
        return wire.cells(connection, code)


@router.post("/api/sampling/plans/{code}/end")
def end(code: str, body: EndBody, user: Writer, book: OpenBook) -> dict[str, Any]:
    """End a plan; again it changes nothing."""
    verbs.end_plan(book, code, body.reason)
    with book.reading() as connection:
        return wire.plan(connection, code)


@router.get("/api/sampling/plans/{code}/sheet")
def sheet(
    code: str,
    user: Reader,
    engine: Engine,
    format: Annotated[str, Query(max_length=10)] = "xlsx",
) -> Response:
    """Return a plan's field sheet, or its points as a map layer."""
    with connecting(engine) as connection:
        found = wire.field_sheet(connection, code)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "sheet"
        field_sheet.write(found, format, path)
        content = path.read_bytes()
    about = {"format": format, "rows": len(found.increments)}
    hand_out(Book(engine, user.username), "field_sheet", found.plan.code, content, **about)
    suffix, media_type, _ = field_sheet.WRITERS[format]
    headers = {"Content-Disposition": f'attachment; filename="{found.plan.code}{suffix}"'}
    return Response(content, media_type=media_type, headers=headers)


@router.put("/api/sampling/custody/{batch_id}")
def put_custody(
    batch_id: UUID, body: CustodyBody, response: Response, user: Writer, book: OpenBook
) -> dict[str, Any]:
    """Record one step of some increments: 201 the first time, 200 when it comes again."""
    values = body.model_dump() | {"codes": tuple(code.upper() for code in body.codes)}
    events, is_new = verbs.record_custody(book, CustodySent(id=batch_id, **values))
    response.status_code = 201 if is_new else 200
    return {"events": [wire.event(one) for one in events]}


@router.get("/sampling/{code}/labels", include_in_schema=False)
def labels(
    code: str,
    user: Reader,
    engine: Engine,
    first: Annotated[int, Query(ge=1)] = 1,
    last: Annotated[int | None, Query(ge=1)] = None,
    qingfei_language: Annotated[Literal["zh-CN", "en"], Cookie()] = "zh-CN",
) -> Response:
    """Show a plan's labels, ready to print; `first` and `last` reprint some of them."""
    with connecting(engine) as connection:
        found = wire.field_sheet(connection, code)
    wanted = [one for one in found.increments if first <= one.number <= (last or one.number)]
    page = labels_page(found.plan, wanted, found.site.name, qingfei_language)
    about = {"rows": len(wanted)}
    hand_out(Book(engine, user.username), "labels", found.plan.code, page.encode(), **about)
    return HTMLResponse(page)
