"""Words of deadlines: what can be late, putting off a day, and notices to whoever lags."""

from gis.domain.terms.base import Term


class WorkKind(Term):
    """What a day hangs on."""

    TASK = "TASK", "子任务", "Sub-task"
    PROJECT = "PROJECT", "整治项目", "Project"
    TAG = "TAG", "计划任务", "Task of the plan"


class ExtensionState(Term):
    """Where a request for a later day stands."""

    ASKED = "ASKED", "待审批", "Waiting"
    APPROVED = "APPROVED", "已批准", "Approved"
    REFUSED = "REFUSED", "未批准", "Refused"


class NoticeKind(Term):
    """To one unit about its own works, or to several in a round."""

    URGE = "URGE", "督办单", "Order to one unit"
    CIRCULAR = "CIRCULAR", "通报", "Circular to several units"


class NoticeState(Term):
    """Where a notice stands."""

    DRAFT = "DRAFT", "草稿", "Draft"
    ISSUED = "ISSUED", "已印发", "Issued"
    CLOSED = "CLOSED", "已办结", "Closed"
    DROPPED = "DROPPED", "已作废", "Dropped"


class AnswerState(Term):
    """Where a unit's answer to a notice stands."""

    MISSING = "MISSING", "待答复", "Not answered"
    WAITING = "WAITING", "待审核", "Waiting for review"
    SENT_BACK = "SENT_BACK", "已退回", "Sent back"
    ACCEPTED = "ACCEPTED", "已采纳", "Accepted"
