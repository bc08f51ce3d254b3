"""遥感排查批次: scenes that one model is to go over, and where each of them stands.

What a page shows of a scene is what its row says, and a row is never taken at its word when nobody
has beaten for it: a worker that died leaves RUNNING behind, which `is_lost` tells from the truth.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid5

from gis.domain.terms import JobState

BEAT = timedelta(seconds=5)
"""So often a worker says that it is alive."""
LOST_AFTER = timedelta(seconds=30)
"""A worker that was silent so long is taken for dead."""
MOST_LOSSES = 3
"""A scene that took so many workers with it is not given to another one."""
LOG_LINES = 40

Line = dict[str, str]


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


@dataclass(frozen=True, slots=True)
class DetectionJob:
    """One scene of a batch.

    ``key`` names its folder, the same for the same scene, model and parameters in any batch, so
    that what one batch left another goes on with. ``claim`` is the worker's that has it now;
    ``windows_kept`` are those that stood already when this worker began. ``times_lost`` counts the
    workers that died over it one after another, none of them getting on. ``log`` holds the last
    lines, oldest first.
    """

    id: UUID
    batch_id: UUID
    scene_id: UUID
    place: int
    key: UUID
    state: JobState
    windows_done: int
    windows_total: int | None
    windows_kept: int
    times_lost: int
    claim: UUID | None
    worker: str | None
    began_at: datetime | None
    beat_at: datetime | None
    ended_at: datetime | None
    error: dict[str, str] | None
    log: list[Line]
    run_id: UUID | None
    found: int | None
    found_new: int | None

    def is_lost(self, now: datetime) -> bool:
        """Say whether the worker that has the scene has been silent for too long."""
        is_running = self.state is JobState.RUNNING
        return is_running and self.beat_at is not None and now - self.beat_at > LOST_AFTER

    @property
    def is_resumable(self) -> bool:
        """Say whether windows are kept that another attempt need not make again."""
        return self.state in (JobState.FAILED, JobState.CANCELLED) and self.windows_done > 0

    def said(self, now: datetime, zh: str, en: str) -> "DetectionJob":
        """Return the job with one more line in its log."""
        return replace(self, log=with_line(self.log, now, zh, en))

    def taken(self, now: datetime, claim: UUID, worker: str) -> "DetectionJob":
        """Return the job as a worker has taken it."""
        taken = replace(
            self, state=JobState.RUNNING, claim=claim, worker=worker, began_at=now, beat_at=now,
            ended_at=None, error=None, windows_kept=self.windows_done,
        )  # fmt: skip
        return taken.said(now, f"开始处理（{worker}）。", f"Begun by {worker}.")

    def let_go(self, state: JobState, now: datetime) -> "DetectionJob":
        """Return the job as it stands when no worker has it any more."""
        ended = None if state is JobState.WAITING else now
        return replace(self, state=state, claim=None, beat_at=None, ended_at=ended)

    def failed(self, now: datetime, code: str, zh: str, en: str) -> "DetectionJob":
        """Return the job with the one sentence that says why it failed."""
        error = {"code": code, "zh": zh, "en": en}
        return replace(self.let_go(JobState.FAILED, now), error=error).said(now, zh, en)


def with_line(log: Sequence[Line], now: datetime, zh: str, en: str) -> list[Line]:
    """Return the last lines of a log to which one was added."""
    line = {"at": now.isoformat(timespec="seconds"), "zh": zh, "en": en}
    return [*log, line][-LOG_LINES:]


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
