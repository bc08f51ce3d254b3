"""How fast a batch goes and how long it has still to go, from the windows that it has made."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from math import ceil
from typing import NamedTuple
from uuid import UUID

from gis.domain.detection.batch import DetectionJob
from gis.domain.detection.queued import LEFT
from gis.domain.terms import JobState

WINDOW_PX = 512
"""Side of a window; a scene that has not begun is taken to have so many."""


class Pace(NamedTuple):
    """Windows done and in all, and the seconds that are left; None while nothing tells."""

    done: int
    total: int
    seconds_left: float | None


def windows_in(width: int, height: int, size: int = WINDOW_PX) -> int:
    """Return how many windows a scene is cut into.

    >>> windows_in(10980, 10980)
    484
    """
    return ceil(width / size) * ceil(height / size)


def seconds_per_window(job: DetectionJob, now: datetime) -> float | None:
    """Return what a window of this attempt takes on average; None before the first one."""
    made = job.windows_done - job.windows_kept
    last = job.ended_at or now
    if job.began_at is None or made < 1:
        return None
    return max((last - job.began_at).total_seconds(), 0.0) / made


def job_pace(job: DetectionJob, expected: int, now: datetime) -> Pace:
    """Return one scene's pace; ``expected`` windows where it has not begun."""
    total = job.windows_total or expected
    each = seconds_per_window(job, now)
    if job.state is not JobState.RUNNING or job.is_lost(now) or each is None:
        return Pace(job.windows_done, total, None)
    return Pace(job.windows_done, total, each * (total - job.windows_done))


def batch_pace(
    jobs: Sequence[DetectionJob], expected: Mapping[UUID, int], now: datetime, workers: int
) -> Pace:
    """Return the pace of a whole batch; nothing is promised where no worker runs.

    Several workers share what is left, but never more of them than scenes are left.
    """
    totals = {job.id: job.windows_total or expected.get(job.id, 1) for job in jobs}
    done = sum(
        totals[job.id] if job.state is JobState.DONE else min(job.windows_done, totals[job.id])
        for job in jobs
    )
    known = [s for job in jobs if (s := seconds_per_window(job, now)) is not None]
    left = [job for job in jobs if job.state in LEFT]
    at_once = min(workers, len(left))
    if not known or not at_once:
        return Pace(done, sum(totals.values()), None)
    windows = sum(totals[job.id] - min(job.windows_done, totals[job.id]) for job in left)
    return Pace(done, sum(totals.values()), windows * sum(known) / len(known) / at_once)
