"""Words of mine restoration: the codes of the national survey of legacy mines, unchanged.

历史遗留矿山核查 (自然资办函〔2021〕1283号); the stored values are its codes, so that its rows
can be taken in and handed on as they are.
"""

from gis.domain.terms.base import Term


class Direction(Term):
    """修复方式: which way a unit is restored."""

    NATURAL = "1", "自然恢复", "Natural recovery"
    ASSISTED = "2", "辅助再生", "Assisted regeneration"
    REBUILT = "3", "生态重建", "Ecological reconstruction"
    CONVERTED = "4", "转型利用", "Converted to another use"


class LandAim(Term):
    """复垦方向: what the ground is to be afterwards."""

    CROPLAND = "CROPLAND", "耕地", "Cropland"
    WOODLAND = "WOODLAND", "林地", "Woodland"
    GRASSLAND = "GRASSLAND", "草地", "Grassland"
    WATER = "WATER", "坑塘水面", "Water"
    BUILT = "BUILT", "建设用地", "Building land"


class Indicator(Term):
    """验收指标: what is measured of a restored unit."""

    AREA = "AREA", "恢复面积", "Area restored"
    FVC_RATIO = "FVC_RATIO", "植被盖度与参照之比", "Vegetation cover against the reference"
    BARE = "BARE", "裸地占比", "Share of bare ground"
    SLOPE = "SLOPE", "坡度", "Slope"
    SOIL = "SOIL", "覆土厚度", "Soil cover"
    CANOPY = "CANOPY", "郁闭度", "Canopy"
    GRASS = "GRASS", "草本盖度", "Grass cover"
    SURVIVAL = "SURVIVAL", "栽植成活率", "Survival of what was planted"
    WASTE_REMOVED = "WASTE_REMOVED", "清运固废量", "Waste removed"
    BACKFILLED = "BACKFILLED", "回填方量", "Volume backfilled"
    WELLS = "WELLS", "地下水监测井", "Groundwater wells"


class Fulfilment(Term):
    """How a unit stands against one indicator; what is unknown is never met."""

    MET = "MET", "达到", "Met"
    NOT_MET = "NOT_MET", "未达到", "Not met"
    NOT_MEASURED = "NOT_MEASURED", "未测", "Not measured"
    NOT_STATED = "NOT_STATED", "方案未定目标", "No target stated"


class OfferBasis(Term):
    """观测来源: where a value comes from that the system offers for an indicator."""

    IMAGE = "IMAGE", "遥感跟踪", "Satellite follow-up"
    SURVEY = "SURVEY", "坑体测量", "Survey of the pit"


class CareResult(Term):
    """What an after-care visit found."""

    SOUND = "SOUND", "正常", "Sound"
    FAULT = "FAULT", "发现问题", "Fault found"


class MineClass(Term):
    """图斑大类."""

    LEGACY = "10", "历史遗留矿山", "Legacy mine"
    OWNED = "20", "有责任主体的废弃矿山", "Abandoned mine with a responsible party"
    OTHER = "30", "其他情形", "Other case"
    SUBSIDENCE = "40", "功能未损毁采矿沉陷区", "Subsidence with its use unharmed"


class MineSubclass(Term):
    """图斑小类; its first digit is that of its class."""

    OWNERLESS = "11", "无法确认责任主体的无主废弃矿山", "Ownerless abandoned mine"
    POLICY_STATE = "12", "由政府承担责任的政策性关闭矿山", "Closed by policy, the state answers"
    POLICY_FIRM = "21", "由企业履行责任的政策性关闭矿山", "Closed by policy, the firm answers"
    OWNED = "22", "有主废弃矿山", "Abandoned mine with an owner"
    WORKING = "31", "生产矿山", "Working mine"
    LAPSED = "32", "采矿权过期未注销", "Right lapsed and not cancelled"
    DISASTER = "33", "自然灾毁", "Harmed by natural disaster"
    BUILDING = "34", "建设类损毁", "Harmed by building"
    RIVER_SAND = "35", "河道采砂损毁", "Harmed by river sand mining"
    TAILINGS = "36", "尾矿库占用损毁", "Under a tailings pond"
    UNREAL = "37", "小类：伪变化", "Subclass: no real change"
    SUBSIDENCE_1 = "41", "沉陷区一类（代码 41）", "Subsidence (code 41)"
    SUBSIDENCE_2 = "42", "沉陷区二类（代码 42）", "Subsidence (code 42)"
    SUBSIDENCE_3 = "43", "沉陷区三类（代码 43）", "Subsidence (code 43)"


class MinePart(Term):
    """图斑属性: what of a mine a patch is."""

    WORKINGS = "1", "采场", "Workings"
    YARD = "2", "中转场", "Transfer yard"
    WASTE = "3", "固体废弃物堆场", "Solid-waste pile"
    BUILDING = "4", "矿山建筑", "Mine building"
    COLLAPSE = "5", "塌陷坑", "Collapse pit"
    SHAFT = "6", "井口/硐口", "Shaft or adit"
    OTHER = "7", "其他", "Other"
    UNREAL = "8", "伪变化", "No real change"
    CODE_12 = "12", "其他（代码 12）", "Other (code 12)"
    CODE_13 = "13", "其他（代码 13）", "Other (code 13)"
    CODE_14 = "14", "其他（代码 14）", "Other (code 14)"
    CODE_17 = "17", "其他（代码 17）", "Other (code 17)"


class MiningMethod(Term):
    """开采方式."""

    OPEN = "A", "露天开采", "Opencast"
    UNDERGROUND = "B", "井工开采", "Underground"
    BOTH = "C", "联合开采", "Both"


class Treated(Term):
    """恢复治理."""

    NO = "A", "未治理", "Not restored"
    YES = "B", "已恢复治理", "Restored"


class EcoProblem(Term):
    """生态问题."""

    LAND = "1", "土地损毁", "Land harmed"
    GEOLOGY = "2", "地质环境问题", "Geological hazard"
    PLANTS = "3", "植被破坏", "Vegetation destroyed"


class RestorePeriod(Term):
    """修复时间段."""

    PLAN_14 = "A", "“十四五”期间", "14th five-year plan"
    LATER = "B", "“十四五”之后", "Later"
