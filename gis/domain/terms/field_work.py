"""Words of work that is given out."""

from gis.domain.terms.base import Term


class NamedBy(Term):
    """What was named when work was given out; the places it meant then are the work."""

    PLACES = "PLACES", "逐个选定", "Chosen one by one"
    TOWN = "TOWN", "按街镇", "By town"
    REACH = "REACH", "按河段", "By reach"
    CANDIDATES = "CANDIDATES", "按条件筛选图斑", "Candidates by filter"


class WorkState(Term):
    """Where a place stands in the work that it belongs to."""

    TO_DO = "TO_DO", "待核实", "To do"
    SENT_BACK = "SENT_BACK", "已退回", "Sent back"
    WAITING = "WAITING", "待审核", "Waiting for review"
    DONE = "DONE", "已完成", "Done"
    PASSED_ON = "PASSED_ON", "已转派", "Given to others"
