"""Routes of restoration: units, measured values, acceptance, after-care, the survey's mine row."""

from datetime import date
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Response
from pydantic import BaseModel, Field

from api import wire_restoration as wire
from api.access import Engine, OpenBook, Reader, Writer
from api.outlines import outline_of
from gis.domain.pits.after_care import CareSent
from gis.domain.pits.mine_record import MineSent
from gis.domain.pits.offered import Taking
from gis.domain.pits.restoration import UnitSent, ValueSent
from gis.domain.terms import (
    CareResult,
    Direction,
    EcoProblem,
    Indicator,
    LandAim,
    MineClass,
    MinePart,
    MineSubclass,
    MiningMethod,
    RestorePeriod,
    Treated,
)
from gis.ledger import restoration as verbs
from gis.ledger.offers import take_offer
from gis.store.engine import connecting

router = APIRouter(prefix="/api")

TEXT = r"^[^\x00]*$"
Short = Annotated[str, Field(max_length=200, pattern=TEXT)]
Long = Annotated[str, Field(max_length=2000, pattern=TEXT)]
Name = Annotated[str, Field(min_length=1, max_length=100, pattern=r"^[^\x00]*\S[^\x00]*$")]
Figure = Annotated[float, Field(ge=0, le=1e10, allow_inf_nan=False)]
Area = Annotated[float, Field(ge=0, le=1e9, allow_inf_nan=False)]


class UnitBody(BaseModel):
    """A restoration unit as a page sends it; no outline is the whole site."""

    name: Name
    direction: Direction
    land_aim: LandAim
    area_ha: Annotated[float, Field(gt=0, le=100_000, allow_inf_nan=False)]
    has_waste: bool | None = None
    measures: Long = ""
    targets: dict[Indicator, Figure] = Field(default_factory=dict)
    outline: dict[str, Any] | None = None
    seen_version: Annotated[int, Field(ge=1)] | None = None

    def sent(self, unit_id: UUID, code: str) -> UnitSent:
        """Return the unit that is sent."""
        said = self.model_dump(exclude={"seen_version"})
        said["targets"] = {name.value: value for name, value in sorted(self.targets.items())}
        said["outline"] = outline_of(self.outline, self.name) if self.outline else None
        return UnitSent(id=unit_id, site_code=code, **said)


class ValueBody(BaseModel):
    """A measured indicator."""

    indicator: Indicator
    value: Annotated[float, Field(ge=-1e10, le=1e10, allow_inf_nan=False)]
    measured_on: date
    source: Name
    note: Long = ""


class TakingBody(BaseModel):
    """That the value which an observation or a survey offers is taken over, as it was seen."""

    indicator: Indicator
    source_id: UUID
    value: Figure


class AcceptanceBody(BaseModel):
    """The day on which a unit was accepted."""

    accepted_on: date


class CareBody(BaseModel):
    """An after-care visit: which duty of which day it answers."""

    rule_id: Short
    due_on: date
    done_on: date
    result: CareResult
    finding: Long = ""


class EndBody(BaseModel):
    """Why a unit is taken off."""

    reason: Long


class MineBody(BaseModel):
    """The national survey's row of a mine, by its codes."""

    patch_no: Annotated[str, Field(max_length=60, pattern=TEXT)] = ""
    mine_class: MineClass | None = None
    subclass: MineSubclass | None = None
    part: MinePart | None = None
    method: MiningMethod | None = None
    treated: Treated | None = None
    problems: list[EcoProblem] = Field(default_factory=list, max_length=3)
    direction: Direction | None = None
    period: RestorePeriod | None = None
    approved_area_m2: Area | None = None
    treated_area_m2: Area | None = None
    land_class: Short | None = None
    protected_area: Short | None = None
    closed_year: Annotated[int, Field(ge=1900, le=2100)] | None = None
    obligor: Short | None = None
    surveyed_by: Short | None = None
    surveyed_on: date | None = None


@router.get("/sites/{code}/restoration")
def of_site(code: str, user: Reader, engine: Engine, as_of: date | None = None) -> dict[str, Any]:
    """Return a site's pit surveys, restoration units, after-care and survey row."""
    with connecting(engine) as connection:
        return wire.of_site(connection, code, as_of)


@router.get("/after-care")
def after_care(district: str, user: Reader, engine: Engine) -> dict[str, Any]:
    """Return the after-care of a district that is overdue or near, the earliest first."""
    with connecting(engine) as connection:
        return {"items": wire.due(connection, district)}


@router.put("/sites/{code}/units/{unit_id}")
def put_unit(
    code: str, unit_id: UUID, body: UnitBody, response: Response, user: Writer, book: OpenBook
) -> dict[str, Any]:
    """Make a unit or change it: 201 where anything changed, 200 where nothing did."""
    unit, is_new = verbs.set_unit(book, body.sent(unit_id, code), body.seen_version)
    response.status_code = 201 if is_new else 200
    return {"id": unit.id, "version": unit.version}


@router.put("/sites/{code}/units/{unit_id}/end", status_code=204)
def end_unit(code: str, unit_id: UUID, body: EndBody, user: Writer, book: OpenBook) -> None:
    """Take a unit off that was not accepted; it stays known."""
    verbs.end_unit(book, code, unit_id, body.reason)


@router.put("/sites/{code}/units/{unit_id}/values/{value_id}")
def put_value(
    code: str,
    unit_id: UUID,
    value_id: UUID,
    body: ValueBody,
    response: Response,
    user: Writer,
    book: OpenBook,
) -> dict[str, Any]:
    """Record a measured indicator: 201 the first time, 200 when the same comes again."""
    sent = ValueSent(id=value_id, unit_id=unit_id, **body.model_dump())
    value, is_new = verbs.record_value(book, code, sent)
    response.status_code = 201 if is_new else 200
    return {"id": value.id, "recorded_at": value.recorded_at}


@router.put("/sites/{code}/units/{unit_id}/values/{value_id}/taken")
def take_value(
    code: str,
    unit_id: UUID,
    value_id: UUID,
    body: TakingBody,
    response: Response,
    user: Writer,
    book: OpenBook,
) -> dict[str, Any]:
    """Take over a value that the system offers: 201 the first time, 200 when it comes again."""
    taking = Taking(id=value_id, unit_id=unit_id, **body.model_dump())
    value, is_new = take_offer(book, code, taking)
    response.status_code = 201 if is_new else 200
    return {"id": value.id, "recorded_at": value.recorded_at}


@router.put("/sites/{code}/units/{unit_id}/acceptance", status_code=204)
def accept(code: str, unit_id: UUID, body: AcceptanceBody, user: Writer, book: OpenBook) -> None:
    """Accept a unit that meets every line of its table; after-care runs from that day."""
    verbs.accept_unit(book, code, unit_id, body.accepted_on)


@router.put("/sites/{code}/units/{unit_id}/care/{record_id}")
def put_care(
    code: str,
    unit_id: UUID,
    record_id: UUID,
    body: CareBody,
    response: Response,
    user: Writer,
    book: OpenBook,
) -> dict[str, Any]:
    """Record an after-care visit: 201 the first time, 200 when the same comes again."""
    sent = CareSent(id=record_id, unit_id=unit_id, **body.model_dump())
    record, is_new = verbs.record_care(book, code, sent)
    response.status_code = 201 if is_new else 200
    return {"id": record.id, "recorded_at": record.recorded_at}


@router.put("/sites/{code}/mine")
def put_mine(
    code: str, body: MineBody, response: Response, user: Writer, book: OpenBook
) -> dict[str, Any]:
    """Keep the survey's row of a mine: 201 where anything changed, 200 where nothing did."""
    said = body.model_dump() | {"problems": sorted({one.value for one in body.problems})}
    record, is_new = verbs.set_mine(book, MineSent(site_code=code, **said))
    response.status_code = 201 if is_new else 200
    return wire.mine_record(record)
