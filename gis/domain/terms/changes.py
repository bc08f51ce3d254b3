"""Words of what became of sites between two days."""

from gis.domain.terms.base import Term


class Change(Term):
    """How a site differs from what it was at an earlier day: the two states, not the way between.

    Worse and better are grades: of the three of the scheme, and of sites that had one already.
    """

    LISTED = "LISTED", "新列入", "Newly listed"
    CLOSED = "CLOSED", "新销号", "Newly closed out"
    REOPENED = "REOPENED", "销号后重新打开", "Reopened"
    WORSE = "WORSE", "等级上调", "Graded up (worse)"
    BETTER = "BETTER", "等级下调", "Graded down (better)"
