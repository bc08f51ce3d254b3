"""What pages send about deadlines and notices, and how they ask for works."""

from datetime import UTC, date, datetime
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from api.moments import Day
from gis.domain.errors import DateInFuture
from gis.domain.terms import DeadlineState, NoticeKind, WorkKind
from gis.domain.works.extension import ExtensionSent
from gis.domain.works.notice import NoticeSent
from gis.ledger.notice_answers import AnswerSent
from gis.store.deadlines import WorkWish
from gis.store.listing import Scope
from gis.store.register import day_of, end_of

TEXT = r"^[^\x00]*$"
Word = Annotated[str, Field(max_length=100, pattern=TEXT)]
Words = Annotated[list[Word], Field(max_length=50)]
Long = Annotated[str, Field(max_length=2000, pattern=TEXT)]
Unit = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=60, pattern=TEXT)
]
DISTRICT = Annotated[str, Field(max_length=20, pattern=TEXT)]


class WorksWish(BaseModel):
    """An address of works: place, day and filter; unknown names are refused."""

    model_config = ConfigDict(extra="forbid")

    district: DISTRICT
    as_of: Day | None = None
    state: list[DeadlineState] = []
    kind: list[WorkKind] = []
    unit: Words = []
    supporting: Words = []
    town: Words = []
    reach: Words = []
    bank: Words = []
    site: Words = []

    def wish(self) -> WorkWish:
        """Return the filter."""
        names = ("state", "kind", "unit", "supporting", "town", "reach", "bank", "site")
        return WorkWish(**{name: tuple(getattr(self, name)) for name in names})

    def scope(self) -> Scope:
        """Return whose works as of when. Raises DateInFuture."""
        now = datetime.now(UTC)
        today = day_of(now)
        if self.as_of is None or self.as_of == today:
            return Scope(self.district, now, is_now=True)
        if self.as_of > today:
            raise DateInFuture(day=self.as_of)
        return Scope(self.district, end_of(self.as_of))


class WorksPage(WorksWish):
    """A page of works."""

    limit: Annotated[int, Field(ge=1, le=500)] = 100
    after: Annotated[str, Field(max_length=2000)] | None = None


class ExtensionBody(BaseModel):
    """A later day for a work, with the reason."""

    work: Annotated[str, Field(min_length=1, max_length=120, pattern=TEXT)]
    new_due_on: date = Field(ge=date(2000, 1, 1), le=date(2100, 12, 31))
    reason: Long

    def sent(self, extension_id: UUID) -> ExtensionSent:
        """Return it as the ledger takes it."""
        return ExtensionSent(extension_id, self.work, self.new_due_on, self.reason)


class NoteBody(BaseModel):
    """What is said with a decision."""

    note: Long = ""


class NoticeBody(BaseModel):
    """What a notice is to be about."""

    district: DISTRICT
    kind: NoticeKind
    units: Annotated[list[Unit], Field(min_length=1, max_length=50)]
    works: Annotated[
        list[Annotated[str, Field(max_length=120, pattern=TEXT)]], Field(max_length=2000)
    ] = []
    reach: Word | None = None
    town: Word | None = None
    day: Day | None = None
    reply_by: Day | None = None
    remark: Long = ""

    def sent(self, notice_id: UUID) -> NoticeSent:
        """Return it as the ledger takes it."""
        return NoticeSent(
            id=notice_id,
            district_code=self.district,
            kind=self.kind,
            units=tuple(self.units),
            works=tuple(self.works),
            reach=self.reach or None,
            town=self.town or None,
            day=self.day,
            reply_by=self.reply_by,
            remark=self.remark,
        )


class AnswerBody(BaseModel):
    """A unit's answer; its papers were sent before."""

    unit: Unit
    text: Annotated[str, Field(max_length=10_000, pattern=TEXT)]
    papers: Annotated[list[UUID], Field(max_length=20)] = []

    def sent(self, notice_id: UUID, answer_id: UUID) -> AnswerSent:
        """Return it as the ledger takes it."""
        return AnswerSent(answer_id, notice_id, self.unit, self.text, tuple(self.papers))
