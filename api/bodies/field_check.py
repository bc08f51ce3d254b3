"""A field check as the phone sends it: the text whose hash is the receipt, read into a noun."""

from typing import Annotated, Any, Literal
from uuid import UUID

import shapely
from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationError,
    model_validator,
)
from shapely.geometry import shape as shape_of

from api.errors import BodyUnreadable
from api.field_words import unfit
from api.moments import Moment
from gis.domain.checks.answers import Answers
from gis.domain.checks.field_check import CheckSent, sha256_of
from gis.domain.terms import (
    FixPurpose,
    HeapShape,
    HeightBasis,
    LookAlike,
    OutlineBy,
    SiteKind,
    Unreachable,
    Verdict,
    Via,
    WasteClass,
)
from gis.spatial.crs import as_multipolygon

MOST_BYTES = 2_000_000
MOST_FIXES = 5_000
MOST_CORNERS = 20_000

Text = Annotated[str, StringConstraints(max_length=4000, pattern=r"^[^\x00]*$")]
Short = Annotated[str, StringConstraints(max_length=200, pattern=r"^[^\x00]*$")]
Number = Annotated[float, Field(allow_inf_nan=False, ge=-1e12, le=1e12)]
Lon = Annotated[float, Field(ge=-180, le=180)]
Lat = Annotated[float, Field(ge=-90, le=90)]
Position = tuple[Lon, Lat]
Ring = Annotated[list[Position], Field(min_length=4, max_length=MOST_CORNERS)]
Rings = Annotated[list[Ring], Field(min_length=1, max_length=200)]


class Envelope(BaseModel):
    """What is sent: the check's own JSON text, and when it left by the device's clock."""

    check: Annotated[str, StringConstraints(max_length=MOST_BYTES)]
    sent_at: Moment


class _Part(BaseModel):
    model_config = ConfigDict(allow_inf_nan=False)


class AnswersBody(_Part):
    """The answers; what is not there was not said."""

    kind: SiteKind | None = None
    waste_class: WasteClass | None = None
    look_alike: LookAlike | None = None
    unreachable_why: Unreachable | None = None
    has_dust_control: bool | None = None
    has_runoff_control: bool | None = None
    has_seepage_control: bool | None = None
    responsible_party: Short = ""
    height_m: Number | None = None
    height_basis: HeightBasis | None = None
    heap_shape: HeapShape | None = None
    has_odour: bool | None = None
    has_dust: bool | None = None
    has_leachate: bool | None = None
    is_dumping_active: bool | None = None
    dwelling_distance_m: Number | None = None
    area_m2: Number | None = None
    volume_m3: Number | None = None
    mass_t: Number | None = None
    mass_formula: Text = ""
    note: Text = ""


class FixBody(_Part):
    """A position of the device, with how far it may be off."""

    lon: Lon
    lat: Lat
    accuracy_m: Annotated[float, Field(ge=0, le=1e7)]
    at: Moment
    samples: Annotated[int, Field(ge=1, le=100_000)] = 1
    spread_m: Annotated[float, Field(ge=0, le=1e7)] | None = None
    purpose: FixPurpose
    hints: Annotated[list[Literal["leap", "no_accuracy", "constant"]], Field(max_length=3)] = []


class OverrideBody(_Part):
    """Why somebody went on although a rule warned."""

    rule: Short
    reason: Text


class PhotoBody(_Part):
    """A photograph that the phone holds for this check."""

    id: UUID
    sha256: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
    size_bytes: Annotated[int, Field(ge=0)]


class PolygonBody(_Part):
    """An outline made in the field, lon/lat."""

    type: Literal["Polygon"]
    coordinates: Rings


class MultiPolygonBody(_Part):
    """An outline of several parts."""

    type: Literal["MultiPolygon"]
    coordinates: Annotated[list[Rings], Field(min_length=1, max_length=200)]


class CheckBody(_Part):
    """The check itself; exactly one place."""

    candidate_id: UUID | None = None
    site_code: Short | None = None
    seen_version: int = Field(ge=1, le=1_000_000)
    verdict: Verdict
    answers: AnswersBody
    outline: PolygonBody | MultiPolygonBody | None = None
    outline_by: OutlineBy | None = None
    fixes: Annotated[list[FixBody], Field(max_length=MOST_FIXES)] = []
    overrides: Annotated[list[OverrideBody], Field(max_length=100)] = []
    opened_at: Moment | None = None
    checked_at: Moment
    photos: Annotated[list[PhotoBody], Field(max_length=200)] = []
    recorded_by: Short = ""

    @model_validator(mode="after")
    def _one_place(self) -> "CheckBody":
        if (self.candidate_id is None) == (self.site_code is None):
            raise ValueError("exactly one of candidate_id and site_code")
        return self


def read_check(
    check_id: UUID,
    text: str,
    *,
    username: str,
    via: Via,
    sent_at: Any = None,
) -> CheckSent:
    """Return a check from the text that the phone hashed; ``username`` is who sends it.

    Raises BodyUnreadable, RequestInvalid.
    """
    try:
        body = CheckBody.model_validate_json(text)
    except ValidationError as error:
        problems = error.errors()
        if any(problem["type"] == "json_invalid" for problem in problems):
            raise BodyUnreadable() from error
        names = [".".join(str(part) for part in one["loc"])[:80] or "check" for one in problems]
        raise unfit(names) from error
    outline = None
    if body.outline is not None:
        outline = _outline(body.outline.model_dump())
    plain = body.model_dump(mode="json")
    return CheckSent(
        id=check_id,
        candidate_id=body.candidate_id,
        site_code=body.site_code,
        seen_version=body.seen_version,
        verdict=body.verdict,
        answers=Answers(**body.answers.model_dump()).plain(),
        outline=outline,
        outline_by=body.outline_by,
        fixes=plain["fixes"],
        overrides=plain["overrides"],
        photos=plain["photos"],
        opened_at=body.opened_at,
        checked_at=body.checked_at,
        sent_at=sent_at,
        recorded_by=body.recorded_by or username,
        via=via,
        body=text,
        body_sha256=sha256_of(text),
    )


def _outline(said: dict[str, Any]) -> Any:
    """Return an outline as the register holds it; whether it may be one is asked by the rules."""
    try:
        return as_multipolygon(shapely.force_2d(shape_of(said)))
    except (shapely.GEOSException, ValueError) as error:
        raise unfit(["outline"]) from error


__all__ = ["CheckBody", "Envelope", "read_check"]
