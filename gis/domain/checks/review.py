"""审核: one step in the life of a field check; steps are added, never changed."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from gis.domain.terms import ReviewAct, ReviewState, Standing


@dataclass(frozen=True, slots=True)
class CheckReview:
    """What somebody did with a check: ``number`` counts its steps, ``id`` was made by the page.

    ``changes`` are a reviewer's corrections, field -> [sent, corrected]; ``review`` and
    ``standing`` are how the check stood afterwards.
    """

    id: UUID
    check_id: UUID
    number: int
    act: ReviewAct
    at: datetime
    by: str
    comment: str
    changes: dict[str, Any] | None
    review: ReviewState
    standing: Standing
    body_sha256: str
