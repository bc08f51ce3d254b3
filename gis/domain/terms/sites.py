"""Words of listed sites: kind, class, nature, responsibility, state, grade."""

from gis.domain.terms.base import Term


class SiteKind(Term):
    """What kind of place a listed site is (分类分级管控清单 and its neighbours)."""

    WASTE_PILE = "WASTE_PILE", "历史遗留固体废物堆场", "Legacy solid-waste pile"
    CONSTRUCTION_PILE = "CONSTRUCTION_PILE", "建筑垃圾堆场", "Construction-waste tip"
    MINE_PIT = "MINE_PIT", "废弃矿坑", "Abandoned mine pit"
    SAND_PIT = "SAND_PIT", "砂坑", "Sand pit"
    TAILINGS_POND = "TAILINGS_POND", "尾矿库", "Tailings pond"


class WasteClass(Term):
    """Second-level classes of the 2024 catalogue (公告 2024 年第 4 号) met here, and three others.

    Names are [memory H] in STANDARDS section 4; the catalogue is a code for ledgers, never a basis
    for identification.
    """

    SW01 = "SW01", "SW01 冶炼废渣", "SW01 Smelting slag"
    SW02 = "SW02", "SW02 粉煤灰", "SW02 Fly ash"
    SW03 = "SW03", "SW03 炉渣", "SW03 Furnace slag"
    SW04 = "SW04", "SW04 煤矸石", "SW04 Coal gangue"
    SW05 = "SW05", "SW05 尾矿", "SW05 Tailings"
    SW06 = "SW06", "SW06 脱硫石膏", "SW06 Desulphurisation gypsum"
    SW07 = "SW07", "SW07 污泥", "SW07 Sludge"
    SW59 = "SW59", "SW59 其他工业固体废物", "SW59 Other industrial waste"
    SW64 = "SW64", "SW64 其他垃圾", "SW64 Other domestic waste"
    SW70 = "SW70", "SW70 工程渣土", "SW70 Excavated soil"
    SW72 = "SW72", "SW72 工程垃圾", "SW72 Construction waste"
    SW73 = "SW73", "SW73 拆除垃圾", "SW73 Demolition waste"
    SW74 = "SW74", "SW74 装修垃圾", "SW74 Renovation waste"
    SW99 = "SW99", "SW99 其他固体废物", "SW99 Other solid waste"
    HW = "HW", "HW 危险废物", "HW Hazardous waste"
    UNIDENTIFIED = "UNIDENTIFIED", "待鉴别", "Not yet identified"
    NONE = "NONE", "无堆存固体废物", "No waste stored"


class WasteNature(Term):
    """属性: what identification found."""

    HAZARDOUS = "HAZARDOUS", "危险废物", "Hazardous waste"
    CLASS_II = "CLASS_II", "第Ⅱ类一般工业固体废物", "Class II industrial waste"
    CLASS_I = "CLASS_I", "第Ⅰ类一般工业固体废物", "Class I industrial waste"
    CONSTRUCTION = "CONSTRUCTION", "建筑垃圾", "Construction waste"
    DOMESTIC = "DOMESTIC", "生活垃圾", "Domestic waste"
    MIXED = "MIXED", "混合垃圾", "Mixed waste"
    CLEAN_SOIL = "CLEAN_SOIL", "清洁土", "Clean soil"
    NO_WASTE = "NO_WASTE", "无堆存固体废物", "No waste stored"
    RADIOACTIVE = "RADIOACTIVE", "伴生放射性", "Associated radioactive"
    UNIDENTIFIED = "UNIDENTIFIED", "待鉴别", "Not yet identified"


class Responsibility(Term):
    """责任主体: who answers for the place."""

    OWNERLESS = "OWNERLESS", "无主", "Ownerless"
    UNCLEAR = "UNCLEAR", "不明", "Unclear"
    GOVERNMENT = "GOVERNMENT", "政府承担", "Government"
    OWNER = "OWNER", "有主", "Known owner"


class SiteState(Term):
    """Where a listed site stands between confirmation and close-out."""

    LISTED = "LISTED", "已列入清单", "Listed"
    IN_REMEDIATION = "IN_REMEDIATION", "整治中", "In remediation"
    ACCEPTED = "ACCEPTED", "已验收", "Accepted"
    CLOSED = "CLOSED", "已销号", "Closed out"


class Grade(Term):
    """分级 of the control list, after STANDARDS section 5.3; OUT_OF_SCHEME is the gate's exit."""

    HIGH = "HIGH", "高风险", "High"
    MEDIUM = "MEDIUM", "中风险", "Medium"
    LOW = "LOW", "低风险", "Low"
    OUT_OF_SCHEME = "OUT_OF_SCHEME", "伴生放射性（另行管理）", "Associated radioactive"
