"""重新训练: a new model asked for from a page, and how far the worker is with it."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Self
from uuid import UUID

from gis.domain.detection.queued import MOST_LOSSES, QueuedWork
from gis.domain.terms import JobState

LOST_ZH = "处理进程失去联系（进程被终止或断电）"
LOST_EN = "The worker fell silent (killed, or no power)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Retraining(QueuedWork):
    """A wish for a model called ``name``, from a district's field checks of now.

    ``labels`` names the analysts' labels that are learnt as well, None for field checks alone;
    ``against_id`` the model to compare with, None for the one published last. ``model_id`` is what
    came of it, known before the comparison is made: from there on only that is left to do.
    """

    district_code: str
    name: str
    labels: str | None
    against_id: UUID | None
    body_sha256: str
    asked_at: datetime
    asked_by: str
    cancelled_at: datetime | None
    set_name: str | None
    model_id: UUID | None

    @property
    def can_compare(self) -> bool:
        """Say whether the model is there and its comparison came to no end."""
        return self.state in (JobState.FAILED, JobState.CANCELLED) and self.model_id is not None

    def again(self, now: datetime, by: str) -> Self:
        """Return it in line for its comparison once more."""
        back = replace(
            self.ended(JobState.WAITING, now), error=None, cancelled_at=None, times_lost=0
        )
        return back.said(
            now, f"由 {by} 要求再次比较，已排队。", f"Queued by {by} to be compared again."
        )

    def let_go(self, now: datetime, zh: str, en: str) -> Self:
        """Return it as a worker leaves it: cancelled where that was asked for, else in line again.

        One that took several workers with it fails: there is too little memory, for instance.
        """
        if self.cancelled_at is not None:
            return self.ended(JobState.CANCELLED, now).said(now, "已取消。", "Cancelled.")
        on_zh, on_en = ("将从头再来", "it begins anew")
        if self.model_id is not None:
            on_zh, on_en = (
                "模型已有，将只做比较",
                "its comparison is all that is left",
            )
        return self.ended(JobState.WAITING, now).said(now, f"{zh}，{on_zh}。", f"{en}; {on_en}.")

    def lost(self, now: datetime) -> Self:
        """Return it as its worker's death leaves it."""
        counted = replace(self, times_lost=self.times_lost + 1)
        if counted.times_lost < MOST_LOSSES:
            return counted.let_go(now, LOST_ZH, LOST_EN)
        zh = f"{LOST_ZH}，已连续 {counted.times_lost} 次：请查看服务器内存与日志后重新申请。"
        en = f"{LOST_EN}, {counted.times_lost} times: look at memory and log, then ask again."
        return counted.failed(now, "worker_lost", zh, en)
