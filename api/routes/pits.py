"""Routes of pits: surveys stated, measured on uploaded models, compared, withdrawn."""

from datetime import date
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, File, Form, Response, UploadFile
from pydantic import BaseModel, Field

from api import wire_pit
from api.access import Engine, OpenBook, Reader, Writer
from api.pit_measuring import ModelSent, PitAsked, measure_pair, measure_pit
from api.uploads import name_of, received
from gis.domain.pits.survey import SurveySent
from gis.domain.terms import RimBasis, SurveyBasis
from gis.ledger.pits import record_survey, withdraw_survey
from gis.store import pit_surveys, sites
from gis.store.engine import connecting

router = APIRouter(prefix="/api/sites/{code}/pit")

TEXT = r"^[^\x00]*$"
Note = Annotated[str, Field(max_length=2000, pattern=TEXT)]
Level = Annotated[float, Field(ge=-500, le=9000, allow_inf_nan=False)]
Height = Annotated[float, Field(ge=0, le=2000, allow_inf_nan=False)]
Volume = Annotated[float, Field(ge=0, le=1e10, allow_inf_nan=False)]
Moved = Annotated[float, Field(ge=-1e10, le=1e10, allow_inf_nan=False)]
Angle = Annotated[float, Field(ge=0, le=90, allow_inf_nan=False)]
Percent = Annotated[float | None, Form(ge=0, le=100, allow_inf_nan=False)]
Model = Annotated[UploadFile, File()]


class SurveyBody(BaseModel):
    """A survey made in the field or stated in papers."""

    surveyed_on: date
    basis: SurveyBasis = Field(pattern="^(FIELD|STATED)$")
    rim_m: Level | None = None
    bottom_m: Level | None = None
    depth_m: Height | None = None
    level_m: Level | None = None
    free_volume_m3: Volume | None = None
    free_volume_sigma_m3: Volume | None = None
    compared_on: date | None = None
    volume_change_m3: Moved | None = None
    volume_change_sigma_m3: Volume | None = None
    slope_deg: Angle | None = None
    steepest_deg: Angle | None = None
    highwall_m: Height | None = None
    highwall_deg: Angle | None = None
    has_water: bool | None = None
    water_area_m2: Annotated[float, Field(ge=0, le=1e9, allow_inf_nan=False)] | None = None
    land_class: Annotated[str, Field(max_length=100, pattern=TEXT)] | None = None
    note: Note = ""

    def sent(self, survey_id: UUID, code: str) -> SurveySent:
        """Return the survey that is sent."""
        rim_basis = None if self.rim_m is None else RimBasis.STATED
        said = {"id": survey_id, "site_code": code, "rim_basis": rim_basis}
        return SurveySent(**self.model_dump() | said)


class Withdrawal(BaseModel):
    """Why a survey is set aside."""

    reason: Note


@router.get("/surveys")
def surveys(code: str, user: Reader, engine: Engine) -> dict[str, Any]:
    """Return a site's surveys, the newest day first."""
    with connecting(engine) as connection:
        sites.site(connection, code)
        found = pit_surveys.of_site(connection, code)
    return {"items": [wire_pit.survey(one) for one in found]}


@router.put("/surveys/{survey_id}")
def put_survey(
    code: str,
    survey_id: UUID,
    body: SurveyBody,
    response: Response,
    user: Writer,
    book: OpenBook,
) -> dict[str, Any]:
    """Record a survey: 201 the first time, 200 when the same comes again."""
    survey, is_new = record_survey(book, body.sent(survey_id, code))
    response.status_code = 201 if is_new else 200
    return wire_pit.survey(survey)


@router.put("/surveys/{survey_id}/measurement")
def put_measurement(
    code: str,
    survey_id: UUID,
    response: Response,
    user: Writer,
    book: OpenBook,
    model: Model,
    surveyed_on: Annotated[date, Form()],
    kind: Annotated[SurveyBasis | None, Form()] = None,
    to: Annotated[RimBasis, Form()] = RimBasis.LOW_POINT,
    level_m: Annotated[float | None, Form(ge=-500, le=9000, allow_inf_nan=False)] = None,
    accuracy_m: Annotated[float | None, Form(ge=0, le=100, allow_inf_nan=False)] = None,
    water_percent: Percent = None,
    note: Annotated[str, Form(max_length=2000, pattern=TEXT)] = "",
) -> dict[str, Any]:
    """Measure a pit on an uploaded elevation model and record it; no level is the rim (``to``)."""
    level = to if level_m is None else level_m
    share = None if water_percent is None else water_percent / 100
    asked = PitAsked(survey_id, code, level, accuracy_m, share, note)
    with received(model) as path:
        sent = ModelSent(path, name_of(model), surveyed_on, kind)
        survey, is_new = measure_pit(book, sent, asked)
    response.status_code = 201 if is_new else 200
    return wire_pit.survey(survey)


@router.put("/surveys/{survey_id}/change")
def put_change(
    code: str,
    survey_id: UUID,
    response: Response,
    user: Writer,
    book: OpenBook,
    before: Model,
    after: Model,
    before_on: Annotated[date, Form()],
    after_on: Annotated[date, Form()],
    kind: Annotated[SurveyBasis | None, Form()] = None,
    note: Annotated[str, Form(max_length=2000, pattern=TEXT)] = "",
) -> dict[str, Any]:
    """Compare two uploaded elevation models of a site and record what changed."""
    with received(before) as earlier, received(after) as later:
        survey, is_new = measure_pair(
            book,
            ModelSent(earlier, name_of(before), before_on, kind),
            ModelSent(later, name_of(after), after_on, kind),
            PitAsked(survey_id, code, note=note),
        )
    response.status_code = 201 if is_new else 200
    return wire_pit.survey(survey)


@router.put("/surveys/{survey_id}/withdrawal", status_code=204)
def withdraw(code: str, survey_id: UUID, body: Withdrawal, user: Writer, book: OpenBook) -> None:
    """Set a survey aside; it, and who withdrew it and why, are kept."""
    withdraw_survey(book, code, survey_id, body.reason)
