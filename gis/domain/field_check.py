"""现场核实: what a field team says of a candidate, and what each verdict must carry."""

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from gis.domain.errors import CheckIncomplete, DateInFuture
from gis.domain.terms import LookAlike, SiteKind, Verdict, WasteClass

CLOCK_TOLERANCE = timedelta(days=1)
"""Device clocks differ; the server's time orders, so only a day ahead is refused outright."""


@dataclass(frozen=True, slots=True)
class FieldCheck:
    """A verdict on a candidate as it was seen (``seen_version``).

    ``id`` is made on the phone, ``body_sha256`` is of what the phone sent; the same id with the
    same body is the same check, however often it arrives. ``has_conflict`` marks a check of a
    version that was no longer the current one: kept, but without effect until a person settles it.
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
    received_at: datetime
    checked_by: str
    has_conflict: bool
    body_sha256: str


def body_hash(
    candidate_id: UUID,
    seen_version: int,
    verdict: Verdict,
    kind: SiteKind | None,
    waste_class: WasteClass | None,
    look_alike: LookAlike | None,
    note: str,
    checked_at: datetime,
) -> str:
    """Return the SHA-256 of a check's content in a form no serialiser or time zone can change."""
    body = [
        str(candidate_id),
        seen_version,
        verdict.value,
        kind.value if kind else None,
        waste_class.value if waste_class else None,
        look_alike.value if look_alike else None,
        note,
        round(checked_at.timestamp() * 1_000_000),
    ]
    return hashlib.sha256(json.dumps(body, ensure_ascii=False).encode()).hexdigest()


def require_complete(check: FieldCheck) -> None:
    """Refuse a check that lacks what its verdict needs, or that was made in the future.

    Raises CheckIncomplete, DateInFuture.
    """
    if check.verdict is Verdict.CONFIRMED and (check.kind is None or check.waste_class is None):
        raise CheckIncomplete(
            missing_zh="点位类型与废物种类", missing_en="site kind and waste class"
        )
    if check.verdict is Verdict.LOOK_ALIKE and check.look_alike is None:
        raise CheckIncomplete(missing_zh="相似地物类型", missing_en="which look-alike it is")
    if check.checked_at > check.received_at + CLOCK_TOLERANCE:
        raise DateInFuture(day=check.checked_at.date())
