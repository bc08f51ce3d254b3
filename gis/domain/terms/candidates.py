"""Words of candidates."""

from gis.domain.terms.base import Term


class LookAlike(Term):
    """What a candidate turned out to be instead."""

    BARE_SOIL = "bare_soil", "裸土地", "Bare soil"
    COAL_YARD = "coal_yard", "煤场", "Coal yard"
    CONCENTRATE_PILE = "concentrate_pile", "铁精粉堆", "Concentrate pile"
    CONSTRUCTION_SITE = "construction_site", "在建工地", "Construction site"
    GREENHOUSE = "greenhouse", "温室大棚", "Greenhouse"
    SOLAR_FIELD = "solar_field", "光伏场", "Solar field"
    SAND_BAR = "sand_bar", "河滩沙洲", "Sand bar"
    SNOW = "snow", "积雪", "Snow"
    ROAD = "road", "道路", "Road"
    BUILT_UP = "built_up", "建成区", "Built-up area"
    OPERATING_MINE = "operating_mine", "在采合法矿山", "Licensed working mine"
    OTHER = "other", "其他", "Other"


class CandidateState(Term):
    """Where a candidate stands; a verdict moves it.

    The office says by the image alone whether to go there (拟核实), or why not (相似地物,
    忽略); what was found in the field stands above it.
    MERGED ones turned out to be part of another, whose later outline covers both.
    """

    TO_CHECK = "TO_CHECK", "待核实", "To be checked"
    TO_VISIT = "TO_VISIT", "拟核实", "To be visited"
    RULED_OUT = "RULED_OUT", "相似地物", "Look-alike by the image"
    IGNORED = "IGNORED", "忽略", "Ignored"
    CONFIRMED = "CONFIRMED", "已确认", "Confirmed"
    LOOK_ALIKE = "LOOK_ALIKE", "误判", "Look-alike"
    GONE = "GONE", "已消失", "Gone"
    UNREACHABLE = "UNREACHABLE", "无法到达", "Cannot reach"
    MERGED = "MERGED", "已并入", "Merged"


class OfficeSays(Term):
    """What an analyst says of a candidate by the image."""

    VISIT = "VISIT", "拟核实", "Visit"
    LOOK_ALIKE = "LOOK_ALIKE", "相似地物", "Look-alike"
    IGNORE = "IGNORE", "忽略", "Ignore"


class ZoneKind(Term):
    """Why what is found in an ignore zone needs no visit."""

    LEGAL_YARD = "LEGAL_YARD", "合法堆场", "Licensed yard"
    COAL_YARD = "COAL_YARD", "煤场", "Coal yard"
    BARE_SOIL = "BARE_SOIL", "已知裸土地", "Known bare soil"
    CONSTRUCTION_SITE = "CONSTRUCTION_SITE", "在建工地", "Construction site"
    OPERATING_MINE = "OPERATING_MINE", "在采合法矿山", "Licensed working mine"
    OTHER = "OTHER", "其他", "Other"
