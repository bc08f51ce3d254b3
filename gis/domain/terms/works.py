"""Words of remediation: stages and deadlines."""

from gis.domain.terms.base import Term


class DeadlineState(Term):
    """How a dated piece of work stands against its day; work without a day cannot lag."""

    ON_TIME = "ON_TIME", "正常", "On time"
    AMBER = "AMBER", "临期", "Due soon"
    RED = "RED", "逾期", "Overdue"
    ONGOING = "ONGOING", "持续推进", "Ongoing"
    DONE = "DONE", "已完成", "Done"


class ProjectStage(Term):
    """Stages of a remediation project (STANDARDS section 6.3)."""

    RESERVE = "RESERVE", "立项（储备库）", "Reserve list"
    SURVEY = "SURVEY", "勘查/方案", "Survey and plan"
    APPROVAL = "APPROVAL", "审批/招标", "Approval"
    WORKS = "WORKS", "施工", "Works"
    SELF_CHECK = "SELF_CHECK", "自验", "Self-check"
    PART_ACCEPTANCE = "PART_ACCEPTANCE", "子项目验收", "Part acceptance"
    ACCEPTANCE = "ACCEPTANCE", "整体验收", "Acceptance"
    AFTER_CARE = "AFTER_CARE", "管护", "After-care"
    CLOSED = "CLOSED", "销号", "Closed out"
