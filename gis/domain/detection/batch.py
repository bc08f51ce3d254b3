"""遥感排查批次: scenes that one model is to go over, and where each of them stands."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Self
from uuid import UUID, uuid5

from gis.domain.detection.queued import QueuedWork
from gis.domain.terms import JobState


@dataclass(frozen=True, slots=True)
class DetectionBatch:
    """What was asked for: a model over scenes of one place, with one set of limits.

    ``parameters`` decide the results, ``threads`` only how fast they come.
    """

    id: UUID
    district_code: str
    name: str
    model_id: UUID
    model_name: str
    model_sha256: str
    parameters: dict[str, Any]
    threads: int
    body_sha256: str
    asked_at: datetime
    asked_by: str
    cancelled_at: datetime | None
    cancelled_by: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DetectionJob(QueuedWork):
    """One scene of a batch.

    ``key`` names its folder, the same for the same scene, model and parameters in any batch, so
    that what one batch left another goes on with. ``windows_kept`` are those that stood already
    when this worker began.
    """

    batch_id: UUID
    scene_id: UUID
    place: int
    key: UUID
    windows_done: int
    windows_total: int | None
    windows_kept: int
    run_id: UUID | None
    found: int | None
    found_new: int | None

    @property
    def is_resumable(self) -> bool:
        """Say whether windows are kept that another attempt need not make again."""
        return self.state in (JobState.FAILED, JobState.CANCELLED) and self.windows_done > 0

    def taken(self, now: datetime, claim: UUID, worker: str) -> Self:
        """Return the job as a worker has taken it."""
        return replace(QueuedWork.taken(self, now, claim, worker), windows_kept=self.windows_done)


def key_of(scene_id: UUID, model_sha256: str, parameters: Mapping[str, Any]) -> UUID:
    """Return the name that the same scene, model and parameters always get.

    >>> one = UUID(int=1)
    >>> key_of(one, "a", {"x": 1, "y": 2}) == key_of(one, "a", {"y": 2, "x": 1})
    True
    """
    return uuid5(scene_id, f"{model_sha256} {sorted(parameters.items())}")


def state_of(jobs: Sequence[DetectionJob]) -> JobState:
    """Return how a batch stands: it runs while a scene runs, and failed if one did in the end.

    >>> state_of([])
    <JobState.DONE: 'DONE'>
    """
    order = (JobState.RUNNING, JobState.WAITING, JobState.FAILED, JobState.CANCELLED)
    states = {job.state for job in jobs}
    return next((state for state in order if state in states), JobState.DONE)
