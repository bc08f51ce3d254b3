"""Words of remediation: stages, variants, what a look-back finds, deadlines."""

from gis.domain.terms.base import Term


class DeadlineState(Term):
    """How a dated piece of work stands against its day; work without a day cannot lag."""

    ON_TIME = "ON_TIME", "正常", "On time"
    AMBER = "AMBER", "临期", "Due soon"
    RED = "RED", "逾期", "Overdue"
    ONGOING = "ONGOING", "持续推进", "Ongoing"
    DONE = "DONE", "已完成", "Done"


class ProjectVariant(Term):
    """Which chain of stages a project goes through; the chains are data (``stages.toml``)."""

    GENERAL = "GENERAL", "综合整治", "Remediation"
    QUICK_FIX = "QUICK_FIX", "建筑垃圾立查立改", "Construction waste, at once"
    TAILINGS_CLOSURE = "TAILINGS_CLOSURE", "尾矿库闭库", "Closure of a tailings pond"
    GREEN_MINE = "GREEN_MINE", "绿色矿山回头看", "Green mine, look back"


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
    LOOK_BACK = "LOOK_BACK", "回头看", "Look back"

    @property
    def is_finished(self) -> bool:
        """Say whether a project that stands here is through; it can still be taken back."""
        return self in {ProjectStage.CLOSED, ProjectStage.LOOK_BACK}


class MineFinding(Term):
    """What a look-back at a green mine found."""

    KEPT = "KEPT", "在册", "Stays on the list"
    RECTIFY = "RECTIFY", "整改", "To be rectified"
    REMOVED = "REMOVED", "移出", "Taken off the list"
