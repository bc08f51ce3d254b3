"""Bodies of backfill as pages send them: bounded, without NUL, finite."""

from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field

from gis.domain.backfill.allocation import MatchAsked, Reclassified, WhatIf
from gis.domain.backfill.book import LoadSent
from gis.domain.terms import (
    BackfillMaterial,
    BackfillPaper,
    MatchAim,
    PitVoid,
    WasteClass,
    WasteNature,
)
from gis.ledger.backfill import AssessmentSent, FactsSent

TEXT = r"^[^\x00]*$"
Short = Annotated[str, Field(max_length=200, pattern=TEXT)]
Named = Annotated[str, Field(min_length=1, max_length=200, pattern=TEXT)]
Text = Annotated[str, Field(max_length=2000, pattern=TEXT)]
Code = Annotated[str, Field(max_length=40, pattern=r"^[0-9A-Za-z-]+$")]
Number = Annotated[float, Field(allow_inf_nan=False)]
Activity = Annotated[float, Field(ge=0, le=1e6, allow_inf_nan=False)]


class ReclassifiedBody(BaseModel):
    """A pile supposed to be something else."""

    nature: WasteNature | None = None
    waste_class: WasteClass | None = None
    material: BackfillMaterial | None = None
    radioactivity_bq_g: Activity | None = None


class WhatIfBody(BaseModel):
    """What is supposed; nothing of it is stored."""

    closed: Annotated[list[Code], Field(max_length=1000)] = Field(default_factory=list)
    reclassified: dict[Code, ReclassifiedBody] = Field(default_factory=dict, max_length=1000)
    volumes_m3: dict[Code, Number] = Field(default_factory=dict, max_length=1000)
    masses_t: dict[Code, Number] = Field(default_factory=dict, max_length=1000)
    budget_yuan: Number | None = None
    aim: MatchAim | None = None

    def what(self) -> WhatIf:
        """Return it as the ledger takes it."""
        return WhatIf(
            closed=tuple(dict.fromkeys(self.closed)),
            reclassified={
                code: Reclassified(**one.model_dump()) for code, one in self.reclassified.items()
            },
            volumes_m3=self.volumes_m3,
            masses_t=self.masses_t,
            budget_yuan=self.budget_yuan,
            aim=self.aim,
        )


class MatchBody(BaseModel):
    """A match as the page asks for it; ``as_of`` is a past day of the register."""

    district: Short
    aim: MatchAim = MatchAim.LEAST_HAUL
    budget_yuan: Annotated[float, Field(ge=0, le=1e12, allow_inf_nan=False)] | None = None
    as_of: Annotated[date, Field(ge=date(2000, 1, 1), le=date(2100, 12, 31))] | None = None
    what_if: WhatIfBody = Field(default_factory=WhatIfBody)

    def asked(self) -> MatchAsked:
        """Return it as the ledger takes it."""
        return MatchAsked(self.district, self.aim, self.budget_yuan)


class PlanBody(MatchBody):
    """A match to keep, by its title."""

    title: Named


class LoadBody(BaseModel):
    """A load as the page sends it."""

    pit_code: Code
    source_code: Code | None = None
    source_name: Short | None = None
    waste_class: WasteClass | None = None
    nature: WasteNature | None = None
    material: BackfillMaterial | None = None
    radioactivity_bq_g: Activity | None = None
    mining_area: Short | None = None
    tonnes: Number
    tipped_on: date
    ticket_no: Annotated[str, Field(max_length=60, pattern=TEXT)]
    unit: Short
    received_by: Short
    assessment_id: UUID | None = None
    note: Text = ""

    def sent(self, load_id: UUID) -> LoadSent:
        """Return it as the ledger takes it."""
        values = self.model_dump()
        values["ticket_no"] = self.ticket_no.strip()
        return LoadSent(id=load_id, **values)


class ReversalBody(BaseModel):
    """Why a line is taken back, and the id of the counter-entry."""

    id: UUID
    reason: Text


class FactsBody(BaseModel):
    """What is stated of a site for backfill."""

    material: BackfillMaterial | None = None
    void: PitVoid | None = None
    mining_area: Short | None = None
    is_filling_open: bool | None = None
    evidence: Text

    def sent(self) -> FactsSent:
        """Return it as the ledger takes it."""
        return FactsSent(**self.model_dump())


class AssessmentBody(BaseModel):
    """The papers that would open a pair."""

    pit_code: Code
    source_code: Code | None = None
    source_name: Short | None = None
    material: BackfillMaterial
    papers: dict[BackfillPaper, UUID]
    monitoring_per_year: Annotated[int, Field(ge=0, le=366)] | None = None
    document_no: Short

    def sent(self, assessment_id: UUID) -> AssessmentSent:
        """Return it as the ledger takes it."""
        return AssessmentSent(id=assessment_id, **self.model_dump())


class SettlementBody(BaseModel):
    """Whether an assessment passes, and what is said of it."""

    is_accepted: bool
    comment: Text = ""
