"""Words of pits: what a survey rests on, and how the rim was read."""

from gis.domain.terms.base import Term


class SurveyBasis(Term):
    """What the numbers of a pit's survey rest on, from the surest to the roughest."""

    FIELD = "FIELD", "现场测量", "Measured in the field"
    DEM = "DEM", "地面高程模型（DEM）", "Terrain model (DEM)"
    DSM = "DSM", "数字表面模型（DSM）", "Surface model (DSM)"
    PAIR = "PAIR", "两期高程对比", "Two elevation models compared"
    STATED = "STATED", "资料载明", "Stated in papers"


class RimBasis(Term):
    """How the level of a pit's rim was read from its outline."""

    LOW_POINT = "LOW_POINT", "坑沿最低处", "Lowest point of the rim"
    PLANE = "PLANE", "坑沿拟合平面", "Plane fitted to the rim"
    STATED = "STATED", "资料载明", "Stated"
