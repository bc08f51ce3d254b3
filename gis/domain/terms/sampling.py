"""Words of sampling: how sites are chosen, how plans stand, how samples travel."""

from gis.domain.terms.base import Term


class PlanState(Term):
    """Where a sampling plan stands: its first sample starts it, a person ends it."""

    PLANNED = "PLANNED", "已编制", "Planned"
    STARTED = "STARTED", "采样中", "Being sampled"
    RECEIVED = "RECEIVED", "样品已全部接收", "All samples received"
    ENDED = "ENDED", "已终止", "Ended"


class CustodyStep(Term):
    """The steps of a sample's chain of custody, in their order."""

    TAKEN = "TAKEN", "采样", "Taken"
    SEALED = "SEALED", "封样", "Sealed"
    HANDED_OVER = "HANDED_OVER", "移交", "Handed over"
    RECEIVED = "RECEIVED", "接收", "Received"


class Stratifier(Term):
    """What sites may be grouped by before some are drawn."""

    KIND = "kind", "点位类型", "Kind of site"
    WASTE_CLASS = "waste_class", "废物种类", "Waste class"
    RESPONSIBILITY = "responsibility", "责任主体类型", "Responsibility"
    MASS_BAND = "mass_band", "堆存量分档", "Mass band"
    REACH = "reach", "所在河段", "River reach"


class SizeBy(Term):
    """How the size of a selection is given."""

    ALL = "ALL", "全部", "All"
    NUMBER = "NUMBER", "指定数量", "A number"
    SHARE = "SHARE", "指定比例", "A share"


class Allocation(Term):
    """How a selection's size is shared out among the strata."""

    PROPORTIONAL = "PROPORTIONAL", "按层内点位数比例", "Proportional to size"
    NEYMAN = "NEYMAN", "按堆存量离散度（奈曼）", "Neyman, by the spread of mass"


class WhySampled(Term):
    """Why a site belongs to those that the plan's task 5 sends to sampling."""

    NOBODY_RESPONSIBLE = (
        "NOBODY_RESPONSIBLE",
        "无责任主体或责任主体不明",
        "No known responsible party",
    )
    CLASS_UNKNOWN = "CLASS_UNKNOWN", "废物种类不明确", "Waste class unknown"
    NATURE_UNKNOWN = "NATURE_UNKNOWN", "属性未鉴别", "Nature not identified"
