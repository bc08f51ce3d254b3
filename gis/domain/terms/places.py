"""Words of reference layers."""

from gis.domain.terms.base import Term


class LayerKind(Term):
    """What a reference layer holds; measures name the layer they used."""

    DISTRICT = "DISTRICT", "行政区界", "District boundary"
    TOWN = "TOWN", "镇、街道界", "Town boundary"
    VILLAGE = "VILLAGE", "村、社区界", "Village boundary"
    LAND_USE = "LAND_USE", "三调地类图斑", "Land-survey parcels"
    MAIN_STEM = "MAIN_STEM", "黄河干流", "Yellow River main stem"
    TRIBUTARY = "TRIBUTARY", "支流", "Tributary"
    RIVER_ZONE = "RIVER_ZONE", "河道管理范围（最高水位线）", "River management zone"
    SOURCE_ZONE = "SOURCE_ZONE", "饮用水水源保护区", "Drinking-water source zone"
    DWELLING = "DWELLING", "居民点、学校、医院", "Dwellings, schools, hospitals"
    FARMLAND = "FARMLAND", "永久基本农田", "Permanent basic farmland"
    RED_LINE = "RED_LINE", "生态保护红线", "Ecological red line"
    RESERVE = "RESERVE", "自然保护地", "Nature reserve"
    PRIORITY_AREA = "PRIORITY_AREA", "重点防治区域", "Priority area"
    SENSITIVE_AREA = "SENSITIVE_AREA", "环境敏感区", "Sensitive area"
    ROAD = "ROAD", "道路", "Road"


class SourceLevel(Term):
    """Levels of a drinking-water source zone (HJ 338), the strictest first."""

    LEVEL_1 = "LEVEL_1", "一级保护区", "Level 1 zone"
    LEVEL_2 = "LEVEL_2", "二级保护区", "Level 2 zone"
    QUASI = "QUASI", "准保护区", "Quasi zone"


class ReachBasis(Term):
    """By what a river is cut into reaches."""

    RULE = "RULE", "按规则划分", "By rule"
    LIST = "LIST", "本区河段名录", "The district's own list"
