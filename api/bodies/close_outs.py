"""Close-outs, their steps and look-backs as the page sends them."""

from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field

from gis.domain.closing.close_out import CloseOutSent, heads_plain
from gis.domain.closing.gate import HeadSaid
from gis.domain.terms import Head, LookBackResult
from gis.ledger.close_outs import StepSent
from gis.ledger.look_back import VisitSent

TEXT = r"^[^\x00]*$"
Day = Annotated[date, Field(ge=date(1990, 1, 1), le=date(2100, 12, 31))]
Words = Annotated[str, Field(max_length=2000, pattern=TEXT)]
Ref = Annotated[str, Field(pattern=r"^(paper|photo):[0-9a-f-]{36}$")]


class HeadBody(BaseModel):
    """What is said under a head; ``reason`` is why it does not apply."""

    papers: list[UUID] = Field(default_factory=list, max_length=50)
    statement: Words = ""
    reason: Words = ""


class CloseOutBody(BaseModel):
    """A proposal to close a site out."""

    site_code: str = Field(max_length=40, pattern=TEXT)
    works_began_on: Day | None = None
    works_ended_on: Day | None = None
    heads: dict[Head, HeadBody] = Field(default_factory=dict)
    photos_before: list[Ref] = Field(default_factory=list, max_length=20)
    photos_after: list[Ref] = Field(default_factory=list, max_length=20)
    accepted_on: Day | None = None
    acceptance_no: str | None = Field(None, max_length=100, pattern=TEXT)
    note: Words = ""

    def sent(self, close_out_id: UUID) -> CloseOutSent:
        """Return it as the ledger takes it."""
        said = {
            head: HeadSaid(tuple(one.papers), one.statement.strip(), one.reason.strip())
            for head, one in self.heads.items()
        }
        return CloseOutSent(
            id=close_out_id,
            site_code=self.site_code,
            works_began_on=self.works_began_on,
            works_ended_on=self.works_ended_on,
            heads=heads_plain(said),
            photos_before=list(self.photos_before),
            photos_after=list(self.photos_after),
            accepted_on=self.accepted_on,
            acceptance_no=(self.acceptance_no or "").strip() or None,
            note=self.note.strip(),
        )


class StepBody(BaseModel):
    """An approval or a return; a reviewer may pass a missing satellite check."""

    approve: bool
    comment: Words = ""
    waiver_reason: Words = ""
    waiver_check: UUID | None = None

    def sent(self, step_id: UUID, close_out_id: UUID) -> StepSent:
        """Return it as the ledger takes it."""
        return StepSent(
            id=step_id,
            close_out_id=close_out_id,
            is_approval=self.approve,
            comment=self.comment,
            waiver_reason=self.waiver_reason,
            waiver_check=self.waiver_check,
        )


class VisitBody(BaseModel):
    """A look-back on the spot."""

    visited_on: Day
    result: LookBackResult
    note: Words = ""

    def sent(self, look_back_id: UUID, code: str) -> VisitSent:
        """Return it as the ledger takes it."""
        return VisitSent(look_back_id, code, self.visited_on, self.result, self.note)


class DecisionBody(BaseModel):
    """What became of signs of a relapse."""

    is_relapse: bool
    reason: Words = ""
