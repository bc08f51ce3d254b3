"""延期: a later day for a work, asked for by one person and decided by another."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from gis.domain.terms import ExtensionState, WorkKind
from gis.domain.works.deadline_errors import (
    DayHeld,
    ExtensionBeforeStart,
    ExtensionDecided,
    ExtensionNotLater,
    ExtensionUnexplained,
    NothingToExtend,
    OwnExtension,
    RefusalUnexplained,
)
from gis.domain.works.deadlines import Work


class ExtensionSent(NamedTuple):
    """A request as the page sends it: ``id`` was made there, once; ``work`` is the work's key."""

    id: UUID
    work: str
    new_due_on: date
    reason: str


@dataclass(frozen=True, slots=True)
class DueExtension:
    """A request for a later day, with both days; what was refused is kept too."""

    id: UUID
    district_code: str
    site_code: str
    work: str
    kind: WorkKind
    title: str
    lead_unit: str
    old_due_on: date
    new_due_on: date
    reason: str
    body_sha256: str
    state: ExtensionState
    asked_at: datetime
    asked_by: str
    decided_at: datetime | None
    decided_by: str | None
    decision_note: str

    def decided(self, state: ExtensionState, by: str, at: datetime, note: str) -> "DueExtension":
        """Return the request approved or refused. Raises as its three tests say."""
        if self.state is not ExtensionState.ASKED:
            known = {"state_zh": self.state.zh, "state_en": self.state.en}
            raise ExtensionDecided(by=self.decided_by, **known)
        if by == self.asked_by:
            raise OwnExtension()
        if state is ExtensionState.REFUSED and not note.strip():
            raise RefusalUnexplained()
        said = note.strip()
        return replace(self, state=state, decided_at=at, decided_by=by, decision_note=said)


def day_to_extend(work: Work, sent: ExtensionSent) -> date:
    """Return the day that would be put off. Raises where ``sent`` cannot be a later day of it."""
    if not sent.reason.strip():
        raise ExtensionUnexplained()
    if work.due_on is None or work.is_done:
        raise NothingToExtend(title=work.title)
    if work.starts_on is not None and sent.new_due_on < work.starts_on:
        raise ExtensionBeforeStart(due=sent.new_due_on, start=work.starts_on)
    if sent.new_due_on <= work.due_on:
        raise ExtensionNotLater(old=work.due_on, new=sent.new_due_on)
    return work.due_on


def require_not_put_off(
    title: str, before: date | None, after: date | None, first_set_on: date, today: date
) -> None:
    """Refuse a later day, or none, that nobody approved; a slip of today may be mended today.

    Raises DayHeld.
    """
    if before is None or first_set_on == today:
        return
    if after is None or after > before:
        raise DayHeld(title=title, day=before)


class PutOff(NamedTuple):
    """How often a work was put off, and the day it had at first."""

    times: int
    original_due_on: date | None


def put_off(extensions: Sequence[DueExtension]) -> PutOff:
    """Return what the approved ones of a work's requests come to."""
    granted = [one for one in extensions if one.state is ExtensionState.APPROVED]
    granted.sort(key=lambda one: (one.decided_at, one.id))
    return PutOff(len(granted), granted[0].old_due_on if granted else None)
