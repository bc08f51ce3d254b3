"""模型登记: which models there are, what each is, and which of them detection may use (A17)."""

import re
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from gis.domain.detection.model_errors import ModelNameUnfit, ModelTellsOther
from gis.domain.terms import ModelState, ModelTells

NAME = re.compile(r"[^\s\x00-\x1f/\\](?:[^\x00-\x1f/\\]{0,58}[^\s\x00-\x1f/\\])?")
"""1 to 60 characters, none of which ends a line, a path or the name itself."""


@dataclass(frozen=True, slots=True)
class ModelRecord:
    """A trained model as the register knows it; its file is kept under ``sha256``, for ever.

    ``tells`` says what it is asked: a judge of kinds of change stands beside models of ground.
    ``path`` is the server's own file and never leaves it. ``card`` is the file's own account of
    itself: classes, bands, features, what it was trained and validated on. ``kept_back`` names the
    rule by which ground was kept from its training (`kept_back`), None where nobody
    knows. ``changed_at``,
    ``changed_by`` and ``reason`` tell of the last change of ``state``.
    """

    id: UUID
    tells: ModelTells
    name: str
    sha256: str
    path: str
    card: dict[str, Any]
    training_set_id: UUID | None
    kept_back: str | None
    state: ModelState
    made_at: datetime
    made_by: str
    changed_at: datetime
    changed_by: str
    reason: str

    def moved(self, state: ModelState, at: datetime, by: str, reason: str = "") -> "ModelRecord":
        """Return the model in another state."""
        return replace(self, state=state, changed_at=at, changed_by=by, reason=reason)


def require_tells(record: ModelRecord, tells: ModelTells) -> ModelRecord:
    """Return a model that tells what is asked; raises ModelTellsOther."""
    if record.tells is not tells:
        raise ModelTellsOther(
            name=record.name,
            theirs_zh=record.tells.zh,
            theirs_en=record.tells.en.lower(),
            asked_zh=tells.zh,
            asked_en=tells.en.lower(),
        )
    return record


def require_name(name: str) -> str:
    """Return the name without spaces at its ends; raises ModelNameUnfit."""
    tidy = name.strip(" ")
    if not NAME.fullmatch(tidy):
        raise ModelNameUnfit(name=ascii(name[:60])[1:-1] if "\n" in name else name[:60])
    return tidy
