"""Words of close-out (销号) and look-back (回头看)."""

from gis.domain.terms.base import Term


class Head(Term):
    """The four heads that papers of a close-out stand under (四个到位)."""

    CLEARING = "CLEARING", "清理", "Clearing"
    TRACING = "TRACING", "溯源", "Tracing"
    PENALTY = "PENALTY", "处罚", "Penalty"
    PUBLICATION = "PUBLICATION", "公开", "Publication"


class CloseOutState(Term):
    """Where a close-out stands between its proposal and the second approval."""

    PROPOSED = "PROPOSED", "待初审", "Awaits the first approval"
    PASSED_ONCE = "PASSED_ONCE", "待复审", "Awaits the second approval"
    IN_FORCE = "IN_FORCE", "已销号", "Closed out"
    RETURNED = "RETURNED", "已退回", "Sent back"
    REOPENED = "REOPENED", "销号后重新打开", "Reopened since"

    @property
    def is_waiting(self) -> bool:
        """Say whether somebody's approval is waited for."""
        return self in {CloseOutState.PROPOSED, CloseOutState.PASSED_ONCE}


class CloseOutAct(Term):
    """What somebody did with a close-out."""

    PROPOSE = "PROPOSE", "提出销号", "Proposed"
    APPROVE = "APPROVE", "同意", "Approved"
    RETURN = "RETURN", "退回", "Sent back"
    REOPEN = "REOPEN", "重新打开", "Reopened"


class PhotoSide(Term):
    """Whether a photograph shows a place before works began or after they ended."""

    BEFORE = "BEFORE", "整治前", "Before"
    AFTER = "AFTER", "整治后", "After"


class SatelliteResult(Term):
    """What the images after the works say of a site; not detected is not restored."""

    NOT_DETECTED = "NOT_DETECTED", "影像上未检出扰动地面", "No disturbed ground detected"
    REDUCED = "REDUCED", "较施工前缩小", "Smaller than before the works"
    NOT_REDUCED = "NOT_REDUCED", "较施工前未见缩小", "Not smaller than before the works"
    GROWN = "GROWN", "新增或扩大", "New or grown"
    NOT_CHECKED = "NOT_CHECKED", "未复核", "Not checked"


class LookBackBy(Term):
    """What looked back at a closed site."""

    SCENE = "SCENE", "新影像", "New image"
    CANDIDATE = "CANDIDATE", "遥感识别图斑", "Candidate of a detection run"
    VISIT = "VISIT", "现场回头看", "Visit"


class LookBackResult(Term):
    """What a look-back found."""

    NOTHING = "NOTHING", "未见反弹", "No sign of a relapse"
    UNCLEAR = "UNCLEAR", "无法判断", "Cannot tell"
    FOUND = "FOUND", "发现反弹迹象", "Signs of a relapse"


class FindingState(Term):
    """What became of the signs that a look-back found."""

    TO_VERIFY = "TO_VERIFY", "待核实", "To be verified"
    CONFIRMED = "CONFIRMED", "核实为反弹", "Confirmed"
    DISMISSED = "DISMISSED", "核实未反弹", "Dismissed"
