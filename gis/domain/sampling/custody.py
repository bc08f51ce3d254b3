"""样品流转: from the pile to the laboratory, each step by whom, when and where."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid5

from gis.domain.canonical import sha256_of
from gis.domain.checks.field_check import CLOCK_START
from gis.domain.errors import DateInFuture, DateTooEarly
from gis.domain.sampling.errors import CustodyIncomplete, CustodyOrder, CustodyTimeBackwards
from gis.domain.terms import CustodyStep

CLOCK_TOLERANCE = timedelta(minutes=10)
"""Device clocks differ a little; a sample cannot be taken tomorrow."""

ORDER = tuple(CustodyStep)


@dataclass(frozen=True, slots=True)
class CustodySent:
    """One step of one or many increments as it was recorded: ``id`` was made there, once.

    ``party`` is to whom they went (HANDED_OVER) or which laboratory has them (RECEIVED).
    ``reason`` says why a sample was taken outside the outline, or without a position.
    """

    id: UUID
    step: CustodyStep
    codes: tuple[str, ...]
    at: datetime
    by: str
    lon: float | None = None
    lat: float | None = None
    accuracy_m: float | None = None
    party: str | None = None
    seal_is_whole: bool | None = None
    reason: str | None = None
    note: str = ""

    def content_hash(self) -> str:
        """Return the SHA-256 of the content in a form no serialiser or time zone can change."""
        return sha256_of(
            *(self.step, sorted(self.codes), self.at, self.by),
            *(self.lon, self.lat, self.accuracy_m),
            *(self.party, self.seal_is_whole, self.reason, self.note),
        )


@dataclass(frozen=True, slots=True)
class CustodyEvent:
    """One step of one increment as the register keeps it; it is never changed.

    ``off_m`` is how far from the planned point a sample was taken, in metres.
    """

    id: UUID
    batch_id: UUID
    increment_code: str
    step: CustodyStep
    at: datetime
    by: str
    lon: float | None
    lat: float | None
    accuracy_m: float | None
    off_m: float | None
    party: str | None
    seal_is_whole: bool | None
    reason: str | None
    note: str
    recorded_at: datetime
    recorded_by: str
    body_sha256: str


def event(
    sent: CustodySent, code: str, off_m: float | None, now: datetime, actor: str
) -> CustodyEvent:
    """Return what is kept of a step for one of its increments."""
    return CustodyEvent(
        id=uuid5(sent.id, code),
        batch_id=sent.id,
        increment_code=code,
        step=sent.step,
        at=sent.at,
        by=sent.by,
        lon=sent.lon,
        lat=sent.lat,
        accuracy_m=sent.accuracy_m,
        off_m=off_m,
        party=sent.party,
        seal_is_whole=sent.seal_is_whole,
        reason=sent.reason,
        note=sent.note,
        recorded_at=now,
        recorded_by=actor,
        body_sha256=sent.content_hash(),
    )


def require_complete(sent: CustodySent, now: datetime) -> None:
    """Refuse a step that lacks what it must carry, or of a moment at which it cannot have been.

    Raises CustodyIncomplete, DateInFuture, DateTooEarly.
    """
    missing = [
        words
        for lacks, *words in (
            (not sent.codes, "份样编号", "the increments' codes"),
            (not sent.by.strip(), "经手人", "who did it"),
            (
                sent.step is CustodyStep.TAKEN
                and not (_has_position(sent) or is_said(sent.reason)),
                "采样位置（无定位时填写原因）",
                "the position (or why there is none)",
            ),
            (
                sent.step is CustodyStep.HANDED_OVER and not is_said(sent.party),
                "接手人或单位",
                "to whom they were handed",
            ),
            (
                sent.step is CustodyStep.RECEIVED and not is_said(sent.party),
                "接收实验室",
                "which laboratory received them",
            ),
            (
                sent.step is CustodyStep.RECEIVED and sent.seal_is_whole is None,
                "封签是否完好",
                "whether the seals were whole",
            ),
        )
        if lacks
    ]
    if missing:
        raise CustodyIncomplete(
            missing_zh="、".join(zh for zh, _ in missing),
            missing_en=", ".join(en for _, en in missing),
        )
    if sent.at > now + CLOCK_TOLERANCE:
        raise DateInFuture(day=sent.at.date())
    if sent.at < CLOCK_START:
        raise DateTooEarly(day=sent.at.date(), first=CLOCK_START.date())


def is_said(text: str | None) -> bool:
    """Return whether a field says anything; blanks are no reason and nobody's name."""
    return bool(text and text.strip())


def _has_position(sent: CustodySent) -> bool:
    return None not in (sent.lon, sent.lat, sent.accuracy_m)


def require_next(code: str, step: CustodyStep, before: Sequence[CustodyEvent]) -> None:
    """Refuse a step out of its order; raises CustodyOrder."""
    wanted = ORDER[len(before)] if len(before) < len(ORDER) else None
    if step is not wanted:
        raise CustodyOrder(
            code=code,
            step_zh=step.zh,
            step_en=step.en,
            done_zh=before[-1].step.zh if before else "尚未采样",
            done_en=before[-1].step.en if before else "not yet taken",
            next_zh=wanted.zh if wanted else "已全部完成",
            next_en=wanted.en if wanted else "all done",
        )


def require_later(code: str, at: datetime, before: Sequence[CustodyEvent]) -> None:
    """Refuse a step that would lie before the one it follows; raises CustodyTimeBackwards."""
    if before and at < before[-1].at:
        raise CustodyTimeBackwards(code=code, at=at.isoformat(), before=before[-1].at.isoformat())
