"""Trainings as the page of models shows them."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from gis.domain.detection.model_record import ModelRecord
from gis.domain.detection.queued import LEFT
from gis.domain.detection.retraining import Retraining
from gis.domain.terms import JobState

PLAIN = (
    *("id", "district_code", "name", "labels", "state", "asked_at", "asked_by", "began_at"),
    *("ended_at", "error", "log", "set_name", "model_id"),
)


def training(
    one: Retraining, now: datetime, workers: int, names: Mapping[UUID, str]
) -> dict[str, Any]:
    """Return a training as it truly stands: a silent worker is not running it."""
    is_left = one.state in LEFT
    return {
        **{name: getattr(one, name) for name in PLAIN},
        "against": names.get(one.against_id) if one.against_id else None,
        "is_lost": one.is_lost(now),
        "is_stopping": one.state is JobState.RUNNING and one.cancelled_at is not None,
        "is_without_worker": is_left and not workers,
        "can_cancel": is_left and one.cancelled_at is None,
        "can_compare": one.can_compare,
    }


def trainings(
    found: Sequence[Retraining],
    labels: Sequence[str],
    models: Sequence[ModelRecord],
    now: datetime,
    workers: int,
) -> dict[str, Any]:
    """Return trainings with what a new one can be made of."""
    names = {one.id: one.name for one in models}
    return {
        "items": [training(one, now, workers, names) for one in found],
        "labels": labels,
        "models": [{"id": one.id, "name": one.name, "state": one.state} for one in models],
    }
