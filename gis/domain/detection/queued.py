"""Work that waits in a queue and that one worker at a time carries out.

What a page shows of it is what its row says, and a row is never taken at its word when nobody has
beaten for it: a worker that died leaves RUNNING behind, which `is_lost` tells from the truth.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Self
from uuid import UUID

from gis.domain.terms import JobState

BEAT = timedelta(seconds=5)
"""So often a worker says that it is alive."""
LOST_AFTER = timedelta(seconds=30)
"""A worker that was silent so long is taken for dead."""
MOST_LOSSES = 3
"""Work that took so many workers with it is not given to another one."""
LOG_LINES = 40

LEFT = (JobState.WAITING, JobState.RUNNING)
"""Where work still lies before somebody."""

Line = dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class QueuedWork:
    """How a piece of work stands.

    ``claim`` is the worker's that has it now. ``times_lost`` counts the workers that died over it
    one after another, none of them getting on. ``log`` holds the last lines, oldest first.
    """

    id: UUID
    state: JobState
    times_lost: int
    claim: UUID | None
    worker: str | None
    began_at: datetime | None
    beat_at: datetime | None
    ended_at: datetime | None
    error: dict[str, str] | None
    log: list[Line]

    def is_lost(self, now: datetime) -> bool:
        """Say whether the worker that has it has been silent for too long."""
        is_running = self.state is JobState.RUNNING
        return is_running and self.beat_at is not None and now - self.beat_at > LOST_AFTER

    def said(self, now: datetime, zh: str, en: str) -> Self:
        """Return it with one more line in its log."""
        return replace(self, log=with_line(self.log, now, zh, en))

    def taken(self, now: datetime, claim: UUID, worker: str) -> Self:
        """Return it as a worker has taken it."""
        taken = replace(
            self, state=JobState.RUNNING, claim=claim, worker=worker, began_at=now, beat_at=now,
            ended_at=None, error=None,
        )  # fmt: skip
        return taken.said(now, f"开始处理（{worker}）。", f"Begun by {worker}.")

    def ended(self, state: JobState, now: datetime) -> Self:
        """Return it as it stands when no worker has it any more."""
        at = None if state is JobState.WAITING else now
        return replace(self, state=state, claim=None, beat_at=None, ended_at=at)

    def failed(self, now: datetime, code: str, zh: str, en: str) -> Self:
        """Return it with the one sentence that says why it failed."""
        error = {"code": code, "zh": zh, "en": en}
        return replace(self.ended(JobState.FAILED, now), error=error).said(now, zh, en)


def with_line(log: Sequence[Line], now: datetime, zh: str, en: str) -> list[Line]:
    """Return the last lines of a log to which one was added."""
    line = {"at": now.isoformat(timespec="seconds"), "zh": zh, "en": en}
    return [*log, line][-LOG_LINES:]
