"""Words of what teaches: why a place was picked, what came of a comparison of models."""

from gis.domain.terms.base import Term


class TeachReason(Term):
    """Why a candidate's check would teach the next model."""

    DOUBT = "DOUBT", "最不确定", "The least certain"
    DIFFERENCE = "DIFFERENCE", "与已核实的最不同", "Least like those checked"


class LeftOut(Term):
    """Why a passed field check teaches nothing."""

    NO_CLASS = "NO_CLASS", "结论不对应任何地物类别", "The verdict names no class of ground"
    NO_IMAGE = "NO_IMAGE", "没有相近日期的影像", "No image of about that day"
    TOO_SMALL = "TOO_SMALL", "面积不足 4 个像元", "Smaller than 4 pixels"
    CONTRADICTED = "CONTRADICTED", "与重叠点位的类别矛盾", "Overlaps a place of another class"


class Comparative(Term):
    """How a model compares with another on the same places."""

    BETTER = "BETTER", "更好", "Better"
    WORSE = "WORSE", "更差", "Worse"
    NO_DIFFERENCE = "NO_DIFFERENCE", "看不出差别", "No difference to be seen"
    TOO_FEW = "TOO_FEW", "留出地块太少，无法判断", "Too few places to say"
