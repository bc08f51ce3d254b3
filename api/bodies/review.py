"""Verdicts, thresholds and zones as pages send them: bounded, without NUL, finite."""

from datetime import date
from typing import Annotated, Any
from uuid import UUID

from pydantic import BaseModel, Field

from api.moments import Day
from api.outlines import outline_of
from gis.domain.detection.ignore_zone import ZoneSent
from gis.domain.detection.office_verdict import VerdictSent
from gis.domain.terms import LookAlike, OfficeSays, ZoneKind

TEXT = r"^[^\x00]*$"
Text = Annotated[str, Field(max_length=500, pattern=TEXT)]
Name = Annotated[str, Field(max_length=200, pattern=TEXT)]
Code = Annotated[str, Field(max_length=20, pattern=TEXT)]
Share = Annotated[float, Field(allow_inf_nan=True)]
"""Whether it is a share the verb says, in a sentence of its own."""


class VerdictBody(BaseModel):
    """What an analyst says of a candidate."""

    candidate_id: UUID
    run_id: UUID | None = None
    says: OfficeSays
    look_alike: LookAlike | None = None
    note: Text = ""
    seen_version: int = Field(ge=1, le=2**31 - 1)

    def sent(self, verdict_id: UUID) -> VerdictSent:
        """Return it as the ledger takes it."""
        return VerdictSent(
            id=verdict_id,
            candidate_id=self.candidate_id,
            run_id=self.run_id,
            says=self.says,
            look_alike=self.look_alike,
            note=self.note.strip(),
            seen_version=self.seen_version,
        )


class ThresholdBody(BaseModel):
    """Where a run's threshold is to be, and where the sender saw it."""

    threshold: Share
    seen: Share


class ZoneAbout(BaseModel):
    """What is said of a zone, drawn or from a file."""

    district: Code
    name: Name = ""
    kind: ZoneKind
    reason: Text
    valid_from: Day | None = None
    valid_until: Day | None = None


class ZoneBody(ZoneAbout):
    """A zone drawn on the map; ``outline`` is GeoJSON, lon/lat in EPSG:4490."""

    outline: dict[str, Any]

    def sent(self, zone_id: UUID, today: date) -> ZoneSent:
        """Return it as the ledger takes it; raises GeometryInvalid."""
        return ZoneSent(
            id=zone_id,
            district_code=self.district,
            name=self.name,
            kind=self.kind,
            reason=self.reason,
            valid_from=self.valid_from or today,
            valid_until=self.valid_until,
            source="地图勾绘",
            outline=outline_of(self.outline, self.name or "—"),
        )


class ZoneEndBody(BaseModel):
    """Why a zone ends."""

    reason: Text
