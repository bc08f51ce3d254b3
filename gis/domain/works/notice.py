"""督办单 and 通报: notices to units whose works are overdue, from draft to close."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from gis.domain.terms import AnswerState, DeadlineState, NoticeKind, NoticeState
from gis.domain.works.deadline_errors import (
    AnswerJudged,
    AnswersMissing,
    AnswerWaits,
    NotAddressed,
    NoticeNotDraft,
    NoticeNotOpen,
    NoticeUnits,
    OwnAnswer,
    ReplyDayPast,
    SendingBackUnexplained,
)
from gis.domain.works.deadlines import state_on

MOST_WORKS = 2_000
"""So many works one notice lists at most: a table of some eighty pages."""

WORD = {NoticeKind.URGE: "督", NoticeKind.CIRCULAR: "通"}
"""What the number of a kind begins with, after the district's short name."""


class NoticeSent(NamedTuple):
    """What a notice is to be about: ``id`` was made by the page, once.

    ``works`` are keys; none chosen means all overdue works of the units, in the reach and town
    where those are named. ``day`` is the day of the facts, None is now.
    """

    id: UUID
    district_code: str
    kind: NoticeKind
    units: tuple[str, ...]
    works: tuple[str, ...] = ()
    reach: str | None = None
    town: str | None = None
    day: date | None = None
    reply_by: date | None = None
    remark: str = ""


@dataclass(frozen=True, slots=True)
class LaggingNotice:
    """A notice with the facts as they were ``as_of``; from the issue on it has its number.

    ``facts`` are frozen (see `notice_facts`), ``wish`` is what they were drawn by, so
    that the same can be drawn again and compared with ``facts_sha256``.
    """

    id: UUID
    district_code: str
    kind: NoticeKind
    units: tuple[str, ...]
    remark: str
    reply_by: date
    as_of: datetime
    wish: dict[str, Any]
    facts: dict[str, Any]
    facts_sha256: str
    body_sha256: str
    state: NoticeState
    drafted_at: datetime
    drafted_by: str
    year: int | None
    number: int | None
    issued_at: datetime | None
    issued_by: str | None
    closed_at: datetime | None
    closed_by: str | None
    closing_note: str

    @property
    def title(self) -> str:
        """Return the title as the paper bears it."""
        count = len(self.facts["works"])
        if self.kind is NoticeKind.URGE:
            return f"关于加快推进{count}项逾期工作的督办单"
        return f"关于{count}项逾期工作推进情况的通报"

    @property
    def symbol(self) -> str | None:
        """Return the number as papers write it; a draft has none."""
        if self.number is None:
            return None
        short = str(self.facts["district"]["name_zh"])[:1]
        return f"{short}{WORD[self.kind]}〔{self.year}〕{self.number}号"

    def require_draft(self) -> None:
        """Raise NoticeNotDraft unless the notice may still be issued or dropped."""
        if self.state is not NoticeState.DRAFT:
            raise NoticeNotDraft(title=self.title, **_said(self.state))

    def require_open(self) -> None:
        """Raise NoticeNotOpen unless the notice takes answers."""
        if self.state is not NoticeState.ISSUED:
            raise NoticeNotOpen(title=self.title, **_said(self.state))

    def issued(self, number: int, day: date, by: str, at: datetime) -> "LaggingNotice":
        """Return the notice issued on ``day``. Raises NoticeNotDraft, ReplyDayPast."""
        self.require_draft()
        if self.reply_by < day:
            raise ReplyDayPast(day=self.reply_by)
        return replace(
            self,
            state=NoticeState.ISSUED,
            year=day.year,
            number=number,
            issued_at=at,
            issued_by=by,
        )

    def closed(
        self, answers: Sequence["NoticeAnswer"], by: str, at: datetime, note: str
    ) -> "LaggingNotice":
        """Return the notice closed. Raises NoticeNotOpen, AnswersMissing."""
        self.require_open()
        held = standings(self, answers, self.reply_by)
        left = [one.unit for one in held if one.state is not AnswerState.ACCEPTED]
        if left:
            raise AnswersMissing(units="、".join(left))
        return replace(
            self,
            state=NoticeState.CLOSED,
            closed_at=at,
            closed_by=by,
            closing_note=note.strip(),
        )


@dataclass(frozen=True, slots=True)
class NoticeAnswer:
    """What a unit answered, with its papers; judged by another person than sent it."""

    id: UUID
    notice_id: UUID
    unit: str
    text: str
    papers: tuple[UUID, ...]
    body_sha256: str
    state: AnswerState
    answered_at: datetime
    answered_by: str
    comment: str
    judged_at: datetime | None
    judged_by: str | None

    def judged(self, state: AnswerState, by: str, at: datetime, comment: str) -> "NoticeAnswer":
        """Return the answer accepted or sent back, the latter with what is missing.

        Raises AnswerJudged, OwnAnswer, SendingBackUnexplained.
        """
        if self.state is not AnswerState.WAITING:
            raise AnswerJudged(by=self.judged_by, **_said(self.state))
        if by == self.answered_by:
            raise OwnAnswer()
        if state is AnswerState.SENT_BACK and not comment.strip():
            raise SendingBackUnexplained()
        said = comment.strip()
        return replace(self, state=state, judged_at=at, judged_by=by, comment=said)


@dataclass(frozen=True, slots=True)
class NoticePaper:
    """A paper that was sent for an answer; the file is kept sealed under its SHA-256."""

    id: UUID
    notice_id: UUID
    file_name: str
    media_type: str
    size_bytes: int
    sha256: str
    added_at: datetime
    added_by: str


class AnswerStanding(NamedTuple):
    """How far a unit is with its answer, and how that stands against the day to answer by."""

    unit: str
    state: AnswerState
    deadline: DeadlineState
    days_late: int


def require_units(kind: NoticeKind, units: Sequence[str]) -> None:
    """Raise NoticeUnits where a notice of this kind does not go to so many."""
    count = len(set(units))
    if count != len(units) or (count != 1 if kind is NoticeKind.URGE else count < 2):
        raise NoticeUnits()


def require_answerable(notice: LaggingNotice, answers: Sequence[NoticeAnswer], unit: str) -> None:
    """Raise NoticeNotOpen, NotAddressed, AnswerWaits where a unit cannot answer now."""
    notice.require_open()
    if unit not in notice.units:
        raise NotAddressed(unit=unit[:60])
    state = _newest_state(answers, unit)
    if state in (AnswerState.WAITING, AnswerState.ACCEPTED):
        raise AnswerWaits(unit=unit, **_said(state))


def standings(
    notice: LaggingNotice, answers: Sequence[NoticeAnswer], day: date
) -> list[AnswerStanding]:
    """Return how each unit that a notice goes to stands with its answer on ``day``.

    An answer that is missing or was sent back is red once its day has passed; one that waits for
    review is the office's turn and cannot lag.
    """
    found = []
    for unit in notice.units:
        state = _newest_state(answers, unit)
        is_theirs = state in (AnswerState.MISSING, AnswerState.SENT_BACK)
        is_open = notice.state is NoticeState.ISSUED
        deadline = state_on(day, notice.reply_by, None, not (is_theirs and is_open))
        is_late = deadline is DeadlineState.RED
        late = (day - notice.reply_by).days if is_late else 0
        found.append(AnswerStanding(unit, state, deadline, late))
    return found


def _newest_state(answers: Sequence[NoticeAnswer], unit: str) -> AnswerState:
    mine = [one for one in answers if one.unit == unit]
    if not mine:
        return AnswerState.MISSING
    return max(mine, key=lambda one: (one.answered_at, one.id)).state


def _said(state: NoticeState | AnswerState) -> dict[str, str]:
    return {"state_zh": state.zh, "state_en": state.en.lower()}
