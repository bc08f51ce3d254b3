"""The controlled words of the register, each with its Chinese and English name.

One enum per question; its value is what is stored, ``zh`` and ``en`` are what people read.
"""

from enum import StrEnum
from typing import Self


class Term(StrEnum):
    """A stored word that knows its two names."""

    zh: str
    en: str

    def __new__(cls, value: str, zh: str, en: str) -> Self:
        """Make the member ``value`` with its Chinese and English name."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.zh = zh
        member.en = en
        return member

    @classmethod
    def of(cls, value: str) -> Self:
        """Return the member stored as ``value``; raises KeyError for a word that is not ours."""
        return {member.value: member for member in cls}[value]

    def name_in(self, language: str) -> str:
        """Return the name in ``language`` (``zh-CN`` or ``en``)."""
        return self.en if language.startswith("en") else self.zh


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


class Verdict(Term):
    """What a field team found at a candidate."""

    CONFIRMED = "CONFIRMED", "确认属实", "Confirmed"
    LOOK_ALIKE = "LOOK_ALIKE", "误判（相似地物）", "Look-alike"
    GONE = "GONE", "已消失", "Gone"
    UNREACHABLE = "UNREACHABLE", "无法到达", "Cannot reach"


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
    """Where a candidate stands; a verdict moves it."""

    TO_CHECK = "TO_CHECK", "待核实", "To be checked"
    CONFIRMED = "CONFIRMED", "已确认", "Confirmed"
    LOOK_ALIKE = "LOOK_ALIKE", "误判", "Look-alike"
    GONE = "GONE", "已消失", "Gone"
    UNREACHABLE = "UNREACHABLE", "无法到达", "Cannot reach"


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


class DeadlineState(Term):
    """How a dated piece of work stands against its day; work without a day cannot lag."""

    ON_TIME = "ON_TIME", "正常", "On time"
    AMBER = "AMBER", "临期", "Due soon"
    RED = "RED", "逾期", "Overdue"
    ONGOING = "ONGOING", "持续推进", "Ongoing"
    DONE = "DONE", "已完成", "Done"


class ProjectStage(Term):
    """Stages of a remediation project (STANDARDS section 6.3)."""

    RESERVE = "RESERVE", "立项（储备库）", "Reserve list"
    SURVEY = "SURVEY", "勘查/方案", "Survey and plan"
    APPROVAL = "APPROVAL", "审批/招标", "Approval"
    WORKS = "WORKS", "施工", "Works"
    SELF_CHECK = "SELF_CHECK", "自验", "Self-check"
    PART_ACCEPTANCE = "PART_ACCEPTANCE", "子项目验收", "Part acceptance"
    ACCEPTANCE = "ACCEPTANCE", "整体验收", "Acceptance"
    AFTER_CARE = "AFTER_CARE", "管护", "After-care"
    CLOSED = "CLOSED", "销号", "Closed out"


class Role(Term):
    """What an account may do; more roles come with the field teams."""

    ADMINISTRATOR = "ADMINISTRATOR", "系统管理员", "Administrator"


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
