"""Words of listed sites: kind, class, nature, responsibility, state, grade, and stated facts."""

from gis.domain.terms.base import Term


class SiteKind(Term):
    """What kind of place a listed site is (分类分级管控清单 and its neighbours)."""

    WASTE_PILE = "WASTE_PILE", "历史遗留固体废物堆场", "Legacy solid-waste pile"
    CONSTRUCTION_PILE = "CONSTRUCTION_PILE", "建筑垃圾堆场", "Construction-waste tip"
    MINE_PIT = "MINE_PIT", "废弃矿坑", "Abandoned mine pit"
    SAND_PIT = "SAND_PIT", "砂坑", "Sand pit"
    TAILINGS_POND = "TAILINGS_POND", "尾矿库", "Tailings pond"
    MINE = "MINE", "矿山", "Mine"


class WasteClass(Term):
    """The 35 second-level classes of the 2024 catalogue (公告 2024 年第 4 号), and three others.

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
    SW09 = "SW09", "SW09 赤泥", "SW09 Red mud"
    SW10 = "SW10", "SW10 磷石膏", "SW10 Phosphogypsum"
    SW11 = "SW11", "SW11 工业副产石膏", "SW11 By-product gypsum"
    SW12 = "SW12", "SW12 钻井岩屑", "SW12 Drill cuttings"
    SW13 = "SW13", "SW13 食品残渣", "SW13 Food residue"
    SW14 = "SW14", "SW14 纺织皮革业废物", "SW14 Textile and leather waste"
    SW15 = "SW15", "SW15 造纸印刷业废物", "SW15 Paper and printing waste"
    SW16 = "SW16", "SW16 化工废物", "SW16 Chemical waste"
    SW17 = "SW17", "SW17 可再生类废物", "SW17 Recyclable waste"
    SW59 = "SW59", "SW59 其他工业固体废物", "SW59 Other industrial waste"
    SW60 = "SW60", "SW60 有害垃圾", "SW60 Harmful domestic waste"
    SW61 = "SW61", "SW61 厨余垃圾", "SW61 Kitchen waste"
    SW62 = "SW62", "SW62 可回收物", "SW62 Recyclables"
    SW63 = "SW63", "SW63 大件垃圾", "SW63 Bulky waste"
    SW64 = "SW64", "SW64 其他垃圾", "SW64 Other domestic waste"
    SW70 = "SW70", "SW70 工程渣土", "SW70 Excavated soil"
    SW71 = "SW71", "SW71 工程泥浆", "SW71 Construction slurry"
    SW72 = "SW72", "SW72 工程垃圾", "SW72 Construction waste"
    SW73 = "SW73", "SW73 拆除垃圾", "SW73 Demolition waste"
    SW74 = "SW74", "SW74 装修垃圾", "SW74 Renovation waste"
    SW80 = "SW80", "SW80 农业废物", "SW80 Crop waste"
    SW81 = "SW81", "SW81 林业废物", "SW81 Forestry waste"
    SW82 = "SW82", "SW82 畜牧业废物", "SW82 Livestock waste"
    SW83 = "SW83", "SW83 渔业废物", "SW83 Fishery waste"
    SW90 = "SW90", "SW90 城镇污水污泥", "SW90 Sewage sludge"
    SW91 = "SW91", "SW91 清淤疏浚污泥", "SW91 Dredged sludge"
    SW92 = "SW92", "SW92 实验室固体废物", "SW92 Laboratory waste"
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
    DISPUTED = "DISPUTED", "有争议", "Disputed"
    GOVERNMENT = "GOVERNMENT", "政府承担", "Government"
    OWNER = "OWNER", "有主", "Known owner"


class SiteState(Term):
    """Where a listed site stands between confirmation and close-out.

    A merged or split site has left the list; its code, papers and past stay.
    """

    LISTED = "LISTED", "已列入清单", "Listed"
    IN_REMEDIATION = "IN_REMEDIATION", "整治中", "In remediation"
    ACCEPTED = "ACCEPTED", "已验收", "Accepted"
    CLOSED = "CLOSED", "已销号", "Closed out"
    SUSPECTED = "SUSPECTED", "疑似反弹，待核实", "Relapse suspected"
    MERGED = "MERGED", "已并入其他点位", "Merged into another"
    SPLIT = "SPLIT", "已拆分", "Split"

    @property
    def is_on_list(self) -> bool:
        """Say whether a site in this state stands on the list."""
        return self not in {SiteState.MERGED, SiteState.SPLIT}


class Grade(Term):
    """分级 of the control list, after STANDARDS section 5.3; OUT_OF_SCHEME is the gate's exit."""

    HIGH = "HIGH", "高风险", "High"
    MEDIUM = "MEDIUM", "中风险", "Medium"
    LOW = "LOW", "低风险", "Low"
    OUT_OF_SCHEME = "OUT_OF_SCHEME", "伴生放射性（另行管理）", "Associated radioactive"


class Completeness(Term):
    """How far a control is there: drains and dams, monitoring."""

    NONE = "NONE", "无", "None"
    PART = "PART", "部分", "In part"
    WHOLE = "WHOLE", "完备", "Complete"


class PastRecord(Term):
    """以往记录: what earlier campaigns and complaints left."""

    NONE = "NONE", "无", "None"
    OPEN = "OPEN", "以往专项仍未销号", "Still open from an earlier campaign"
    INCIDENT = "INCIDENT", "有事故或重复信访", "Incident or repeated complaint"


class Ground(Term):
    """What lies under the waste."""

    PERMEABLE = "PERMEABLE", "无天然防渗层", "No natural barrier"
    GOOD = "GOOD", "良好", "Good"


class OutlineBasis(Term):
    """What the outline rests on, from the surest to the roughest."""

    SURVEYED = "SURVEYED", "实测", "Surveyed"
    WALKED = "WALKED", "现场步测（手机定位）", "Walked in the field (phone)"
    DRAWN = "DRAWN", "影像勾绘", "Drawn over imagery"
    SATELLITE = "SATELLITE", "遥感自动提取", "Detected in imagery"
    IMPORTED = "IMPORTED", "外部资料导入", "Taken from earlier records"
    CIRCLE = "CIRCLE", "按面积示意的圆", "Approximate circle of the stated area"


class TailingsRisk(Term):
    """尾矿库环境风险等级 (HJ 740-2015)."""

    MAJOR = "MAJOR", "重大", "Major"
    CONSIDERABLE = "CONSIDERABLE", "较大", "Considerable"
    GENERAL = "GENERAL", "一般", "General"


class LineageKind(Term):
    """How sites became others."""

    MERGE = "MERGE", "合并", "Merge"
    SPLIT = "SPLIT", "拆分", "Split"


class AttachmentKind(Term):
    """What a paper or picture is."""

    PHOTO = "PHOTO", "照片", "Photo"
    REPORT = "REPORT", "报告", "Report"
    RESPONSIBILITY = "RESPONSIBILITY", "责任主体证明", "Evidence of the responsible party"
    ASSIGNMENT = "ASSIGNMENT", "交办单或列入计划文件", "Paper that assigns the work"
    SURVEY = "SURVEY", "勘查或调查报告", "Survey report"
    SAFETY = "SAFETY", "安全现状评价", "Safety evaluation"
    PLAN = "PLAN", "方案或设计", "Plan or design"
    APPROVAL = "APPROVAL", "批复或审查意见", "Approval"
    CONTRACT = "CONTRACT", "中标通知书或合同", "Award or contract"
    START = "START", "开工报告", "Report that works began"
    SUPERVISION = "SUPERVISION", "监理资料", "Supervisor's papers"
    DISPOSAL = "DISPOSAL", "清运处置凭证", "Proof of removal and disposal"
    SELF_CHECK = "SELF_CHECK", "自验报告", "Self-check report"
    PART_ACCEPTANCE = "PART_ACCEPTANCE", "子项目验收意见", "Opinion on a part"
    OPINION = "OPINION", "整体验收意见", "Opinion on the whole"
    SETTLEMENT = "SETTLEMENT", "竣工决算资料", "Final account"
    AFTER_CARE = "AFTER_CARE", "管护记录", "After-care records"
    NOTICE = "NOTICE", "公示公告", "Public notice"
    ACCEPTANCE = "ACCEPTANCE", "验收销号材料", "Acceptance papers"
    PENALTY = "PENALTY", "处罚（执法）文书", "Papers of enforcement"
    OTHER = "OTHER", "其他", "Other"
