"""Words of reference layers."""

from gis.domain.terms.base import Term


class LayerKind(Term):
    """What a reference layer holds; measures name the layer they used."""

    DISTRICT = "DISTRICT", "行政区界", "District boundary"
    MAIN_STEM = "MAIN_STEM", "黄河干流", "Yellow River main stem"
    TRIBUTARY = "TRIBUTARY", "重要支流", "Important tributary"
    RIVER_ZONE = "RIVER_ZONE", "河道管理范围", "River management zone"
    SOURCE_ZONE = "SOURCE_ZONE", "饮用水水源保护区", "Drinking-water source zone"
    DWELLING = "DWELLING", "居民点", "Dwellings"
    PROTECTED_LAND = "PROTECTED_LAND", "生态红线与永久基本农田", "Red line and basic farmland"
    PRIORITY_AREA = "PRIORITY_AREA", "重点防治区域", "Priority area"
