"""Rule sets as the office adopted them, and a person's word that a row is as the standard says."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class AdoptedRules:
    """A rule set that was put in force: its whole text, who, when, why, and how many sites moved.

    The newest is in force. ``id`` was made by the sender, once.
    """

    id: UUID
    scheme: str
    version: str
    sha256: str
    text: str
    adopted_at: datetime
    adopted_by: str
    reason: str
    moved: int


@dataclass(frozen=True, slots=True)
class RuleCheck:
    """One comparison of a row with the text; of a row's the newest holds, for its hash only.

    ``is_checked`` is False where a person takes a tick back; ``note`` then says why.
    """

    id: UUID
    row_id: str
    row_sha256: str
    is_checked: bool
    edition: str
    note: str
    checked_by: str
    checked_at: datetime
