"""Words of detection that waits, runs and ends."""

from gis.domain.terms.base import Term


class JobState(Term):
    """Where one scene of a batch stands."""

    WAITING = "WAITING", "排队中", "Waiting"
    RUNNING = "RUNNING", "运行中", "Running"
    DONE = "DONE", "已完成", "Done"
    FAILED = "FAILED", "失败", "Failed"
    CANCELLED = "CANCELLED", "已取消", "Cancelled"
