"""Work as the page sends it: to whom, and one of four ways to say what."""

from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field, model_validator

from gis.domain.people.assignment import CandidateWish, WorkSent, place_of

TEXT = r"^[^\x00]*$"
Name = Annotated[str, Field(min_length=1, max_length=100, pattern=TEXT)]
Key = Annotated[str, Field(max_length=60, pattern=TEXT)]


class CandidateBody(BaseModel):
    """Which candidates; confidence in percent."""

    min_confidence: int = Field(0, ge=0, le=100)
    class_name: Name | None = None
    town: Name | None = None

    def wish(self) -> CandidateWish:
        """Return it as the ledger takes it."""
        return CandidateWish(self.min_confidence / 100, self.class_name, self.town)


class ToBody(BaseModel):
    """A team's id, or a user name."""

    team: UUID | None = None
    person: Name | None = None


class WhatBody(BaseModel):
    """Places by key, or a town, a reach, a filter of candidates: one of the four."""

    places: Annotated[list[Key], Field(max_length=5000)] = Field(default_factory=list)
    town: Name | None = None
    reach: Name | None = None
    candidates: CandidateBody | None = None

    @model_validator(mode="after")
    def _one_way(self) -> "WhatBody":
        if sum(map(bool, (self.places, self.town, self.reach, self.candidates))) > 1:
            raise ValueError("one of places, town, reach and candidates")
        return self


class WorkBody(BaseModel):
    """A piece of work."""

    district: Annotated[str, Field(max_length=20, pattern=TEXT)]
    to: ToBody
    what: WhatBody
    due_on: date | None = Field(None, ge=date(2000, 1, 1), le=date(2100, 12, 31))
    note: str = Field("", max_length=1000, pattern=TEXT)
    teach: int = Field(0, ge=0, le=100)

    def sent(self, assignment_id: UUID) -> WorkSent:
        """Return it as the ledger takes it; raises PlaceUnfit."""
        wish = self.what.candidates
        return WorkSent(
            id=assignment_id,
            district_code=self.district,
            team_id=self.to.team,
            username=self.to.person,
            due_on=self.due_on,
            note=self.note,
            places=tuple(place_of(key) for key in self.what.places),
            town=self.what.town,
            reach=self.what.reach,
            wish=None if wish is None else wish.wish(),
            teach=self.teach,
        )
