"""现场核实: what a field team says of a candidate, and what each verdict must carry."""

import hashlib
import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

from gis.domain.errors import CheckIncomplete, DateInFuture, DateTooEarly
from gis.domain.terms import LookAlike, SiteKind, Verdict, WasteClass

CLOCK_TOLERANCE = timedelta(days=1)
"""Device clocks differ; the server's time orders, so only a day ahead is refused outright."""
CLOCK_START = datetime(1970, 1, 1, tzinfo=UTC)
"""Where a device's clock begins that lost its power; nothing says an earlier moment but a slip."""


@dataclass(frozen=True, slots=True)
class CheckSent:
    """A verdict on a candidate as the phone sends it: ``id`` was made there, once.

    ``seen_version`` is the candidate's version that the team looked at.
    """

    id: UUID
    candidate_id: UUID
    seen_version: int
    verdict: Verdict
    kind: SiteKind | None
    waste_class: WasteClass | None
    look_alike: LookAlike | None
    note: str
    checked_at: datetime

    def content_hash(self) -> str:
        """Return the SHA-256 of the content in a form no serialiser or time zone can change."""
        body = [
            str(self.candidate_id),
            self.seen_version,
            self.verdict,
            self.kind,
            self.waste_class,
            self.look_alike,
            self.note,
            round(self.checked_at.timestamp() * 1_000_000),
        ]
        return hashlib.sha256(json.dumps(body, ensure_ascii=False).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class FieldCheck(CheckSent):
    """A verdict as the register keeps it.

    ``body_sha256`` is of what the phone sent; the same id with the same body is the same check,
    however often it arrives. ``has_conflict`` marks a check of a version that was no longer the
    current one: kept, but without effect until a person settles it.
    """

    received_at: datetime
    checked_by: str
    has_conflict: bool
    body_sha256: str


def require_complete(check: FieldCheck) -> None:
    """Refuse a check that lacks what its verdict needs, or that was made when it cannot have been.

    Raises CheckIncomplete, DateInFuture, DateTooEarly.
    """
    if check.verdict is Verdict.CONFIRMED and (check.kind is None or check.waste_class is None):
        raise CheckIncomplete(
            missing_zh="点位类型与废物种类", missing_en="site kind and waste class"
        )
    if check.verdict is Verdict.LOOK_ALIKE and check.look_alike is None:
        raise CheckIncomplete(missing_zh="相似地物类型", missing_en="which look-alike it is")
    if check.checked_at > check.received_at + CLOCK_TOLERANCE:
        raise DateInFuture(day=check.checked_at.date())
    if check.checked_at < CLOCK_START:
        raise DateTooEarly(day=check.checked_at.date(), first=CLOCK_START.date())
