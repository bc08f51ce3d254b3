"""Words of field checks: what was found, how it was found, and what the office says of it."""

from gis.domain.terms.base import Term


class Verdict(Term):
    """What a field team found at a place."""

    WASTE = "WASTE", "确认为固废堆场", "Confirmed: waste"
    PIT = "PIT", "确认为采坑（矿坑）", "Confirmed: pit"
    LOOK_ALIKE = "LOOK_ALIKE", "误判（相似地物）", "Look-alike"
    GONE = "GONE", "已消失", "Gone"
    UNREACHABLE = "UNREACHABLE", "无法到达", "Cannot reach"

    @property
    def is_confirmed(self) -> bool:
        """Say whether the place is what was suspected."""
        return self in {Verdict.WASTE, Verdict.PIT}


class Unreachable(Term):
    """What keeps a team from a place."""

    FENCED = "FENCED", "围墙或大门，无人开门", "Fence or gate, nobody opens"
    NO_ROAD = "NO_ROAD", "无路可通", "No way there"
    DANGER = "DANGER", "有危险（陡坡、积水、塌陷）", "Danger (steep, water, sinking)"
    REFUSED = "REFUSED", "现场人员不让进入", "People there refuse entry"
    WEATHER = "WEATHER", "天气或道路中断", "Weather, or the road is cut"
    OTHER = "OTHER", "其他", "Other"


class HeightBasis(Term):
    """Where a height comes from."""

    MEASURED = "MEASURED", "实测", "Measured"
    ESTIMATED = "ESTIMATED", "目估", "Estimated by eye"


class HeapShape(Term):
    """What a heap looks like, which says how much of outline times height it fills."""

    CONE = "CONE", "锥形", "Cone"
    RIDGE = "RIDGE", "长垄形", "Ridge"
    FLAT = "FLAT", "平顶堆", "Flat-topped heap"
    SPREAD = "SPREAD", "摊铺（厚度均匀）", "Spread, even depth"


class OutlineBy(Term):
    """How an outline was made in the field."""

    DRAWN = "DRAWN", "在影像上勾绘", "Drawn over imagery"
    WALKED = "WALKED", "沿边界步测", "Walked along the edge"


class FixPurpose(Term):
    """What a position was taken for."""

    OPEN = "OPEN", "打开表单", "Form opened"
    VERDICT = "VERDICT", "选定结论", "Verdict given"
    SAVE = "SAVE", "保存", "Saved"
    PHOTO = "PHOTO", "拍照", "Photo taken"
    WALK = "WALK", "步测边界", "Edge walked"
    MAP = "MAP", "在地图上指定", "Pointed out on the map"


class Via(Term):
    """How a check reached the server."""

    NET = "NET", "网络", "Network"
    FILE = "FILE", "文件", "File"


class Severity(Term):
    """Whether a rule of the form stops, or asks for a reason."""

    HARD = "HARD", "必须更正", "Must be mended"
    SOFT = "SOFT", "请说明原因", "Needs a reason"


class ReviewState(Term):
    """Where a check stands with the office."""

    RECEIVED = "RECEIVED", "已收到，待审核", "Received"
    HAS_ISSUES = "HAS_ISSUES", "有问题", "Has issues"
    APPROVED = "APPROVED", "已通过", "Approved"
    EDITED = "EDITED", "修改后通过", "Approved as edited"
    REJECTED = "REJECTED", "不采用", "Rejected"

    @property
    def is_open(self) -> bool:
        """Say whether the office still has to say something."""
        return self in {ReviewState.RECEIVED, ReviewState.HAS_ISSUES}

    @property
    def is_passed(self) -> bool:
        """Say whether the check counts."""
        return self in {ReviewState.APPROVED, ReviewState.EDITED}


class Standing(Term):
    """How a check stands to other checks of its place, and to the place as it is now."""

    PLAIN = "PLAIN", "唯一", "The only one"
    PARALLEL = "PARALLEL", "与另一份核实并存", "Beside another check"
    PROPOSAL = "PROPOSAL", "建议（点位已变化）", "Proposal: the place has changed"
    CHOSEN = "CHOSEN", "并存中选用", "Chosen among several"
    SET_ASIDE = "SET_ASIDE", "未采用", "Set aside"


class ReviewAct(Term):
    """One step in the life of a check."""

    RECEIVE = "RECEIVE", "收到", "Received"
    TAKE_AT_ONCE = "TAKE_AT_ONCE", "办公室核实，直接生效", "Made by the office, in force at once"
    FIND_ISSUES = "FIND_ISSUES", "退回补充", "Sent back with issues"
    APPROVE = "APPROVE", "通过", "Approved"
    EDIT = "EDIT", "修改后通过", "Edited and approved"
    REJECT = "REJECT", "不采用", "Rejected"
    SETTLE = "SETTLE", "在并存核实中选用", "Chosen among parallel checks"
    SET_ASIDE = "SET_ASIDE", "未采用（选用另一份）", "Set aside for another"
    TAKE_UP = "TAKE_UP", "采纳建议", "Proposal taken up"
    MOVE = "MOVE", "与其他核实的关系变化", "Stands otherwise to others now"
