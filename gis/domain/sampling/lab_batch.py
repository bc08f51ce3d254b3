"""One file of laboratory results as it was taken in."""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from gis.errors import BadInput, Conflict


class BatchIdReused(Conflict):
    """A batch with this client id and another file was received before. Facts: id."""

    code = "batch_id_reused"
    zh = "编号 {id} 的检测结果批次已收到，但文件不同：原批次保持不变，请另建一批提交。"
    en = "Batch {id} was received before with another file: send this one as a new batch."


class BatchWithdrawn(Conflict):
    """The batch was withdrawn before. Facts: id, by."""

    code = "batch_withdrawn"
    zh = "批次 {id} 已由 {by} 撤回，请刷新后查看。"
    en = "Batch {id} was withdrawn by {by} already; reload and look again."


class WithdrawalUnexplained(BadInput):
    """Taking results back needs a reason."""

    code = "withdrawal_unexplained"
    zh = "请填写撤回该批检测结果的原因。"
    en = "Say why these results are withdrawn."


@dataclass(frozen=True, slots=True)
class LabBatch:
    """A results file; its results are never edited, a batch is withdrawn as a whole.

    The same results of a file for the same plan are the same batch, whatever it is called; its
    other sheets are batches of their own.
    """

    id: UUID
    recorded_at: datetime
    recorded_by: str
    site_code: str
    plan_code: str
    file_name: str
    file_sha256: str
    rows: int
    results: int
    withdrawn_at: datetime | None
    withdrawn_by: str | None
    withdrawn_reason: str | None
    is_demo: bool

    def withdrawn(self, by: str, at: datetime, reason: str) -> "LabBatch":
        """Return it as taken back; raises BatchWithdrawn, WithdrawalUnexplained."""
        if self.withdrawn_by is not None:
            raise BatchWithdrawn(id=self.id, by=self.withdrawn_by)
        if not reason.strip():
            raise WithdrawalUnexplained()
        return replace(self, withdrawn_at=at, withdrawn_by=by, withdrawn_reason=reason.strip())
