"""Words of backfill: what is filled, into what, whether it may, how far, and what the book says."""

from gis.domain.terms.base import Term


class BackfillMaterial(Term):
    """What a waste is as a filling; the rules of pairs and the densities go by it."""

    FLY_ASH = "FLY_ASH", "粉煤灰", "Fly ash"
    GANGUE = "GANGUE", "煤矸石", "Coal gangue"
    TAILINGS = "TAILINGS", "尾矿", "Tailings"
    WASTE_ROCK = "WASTE_ROCK", "废石", "Waste rock"
    SLAG = "SLAG", "冶炼废渣、炉渣", "Smelting or furnace slag"
    GYPSUM = "GYPSUM", "工业副产石膏", "By-product gypsum"
    SOIL = "SOIL", "工程渣土、清洁土", "Excavated or clean soil"
    RUBBLE = "RUBBLE", "工程垃圾、拆除垃圾", "Construction and demolition rubble"
    SLURRY = "SLURRY", "工程泥浆", "Construction slurry"
    RENOVATION = "RENOVATION", "装修垃圾", "Renovation waste"
    OTHER_INDUSTRIAL = "OTHER_INDUSTRIAL", "其他一般工业固体废物", "Other industrial waste"


class PitVoid(Term):
    """What a void was dug for; clause 8.1 names coal goafs, coal workings, and mining areas."""

    COAL_GOAF = "COAL_GOAF", "煤矿采空区", "Coal goaf"
    COAL_PIT = "COAL_PIT", "煤矿采坑", "Coal workings or pit"
    ORE_PIT = "ORE_PIT", "非煤矿山采坑", "Pit of an ore or stone mine"
    SAND_PIT = "SAND_PIT", "砂石采坑", "Sand or gravel pit"


class PairStanding(Term):
    """Whether a waste may go into a pit."""

    LAWFUL = "LAWFUL", "可直接回填", "Lawful as it is"
    ASSESSED = "ASSESSED", "评估已批准，可回填", "Lawful by an approved assessment"
    NEEDS_ASSESSMENT = "NEEDS_ASSESSMENT", "须先评估", "Needs an assessment first"
    IDENTIFY_FIRST = "IDENTIFY_FIRST", "须先查明", "Identify first"
    REFUSED = "REFUSED", "不得回填", "Refused"

    @property
    def is_open(self) -> bool:
        """Say whether waste may be tipped today."""
        return self in {PairStanding.LAWFUL, PairStanding.ASSESSED}


class BackfillPaper(Term):
    """What an assessment has to bring before the pair is lawful."""

    BASELINE = "BASELINE", "环境本底调查报告", "Baseline survey"
    RISK = "RISK", "风险评估报告（HJ 25.3）", "Risk assessment (HJ 25.3)"
    MONITORING = "MONITORING", "监测方案（每年不少于1次）", "Monitoring plan (at least yearly)"
    DISPOSAL_APPROVAL = "DISPOSAL_APPROVAL", "建筑垃圾处置核准", "Approval of disposal"


class HaulBasis(Term):
    """How a haul distance was found."""

    ROAD = "ROAD", "沿道路", "Along roads"
    NO_ROADS = "NO_ROADS", "直线距离×系数（无道路图层）", "Straight line × factor (no road layer)"
    TOO_FAR = (
        "TOO_FAR",
        "直线距离×系数（距道路过远）",
        "Straight line × factor (too far from a road)",
    )
    NOT_JOINED = "NOT_JOINED", "直线距离×系数（道路不连通）", "Straight line × factor (roads apart)"


class MatchAim(Term):
    """What the best allocation is best at."""

    LEAST_HAUL = "LEAST_HAUL", "消纳最多、运距最省", "Most tonnes by the least haul"
    RISK_PER_YUAN = "RISK_PER_YUAN", "单位费用消除风险最多", "Most risk removed per yuan"


class Unplaced(Term):
    """Why some of a pile stays where it is."""

    NO_MASS = "NO_MASS", "堆存量未知，请先测量", "Its mass is not known: measure it"
    NO_LAWFUL_PIT = "NO_LAWFUL_PIT", "没有可合法回填的矿坑", "No pit may lawfully take it"
    NO_SURVEYED_PIT = "NO_SURVEYED_PIT", "合法的矿坑均未测量容积", "No lawful pit is surveyed"
    PITS_FULL = "PITS_FULL", "合法的矿坑容积已用完", "The lawful pits are full"
    BUDGET = "BUDGET", "预算已用完", "The budget is spent"


class BookFlag(Term):
    """What the book comes to when it is held against two surveys."""

    AGREES = "AGREES", "相符", "Agrees"
    BOOKED_MORE = "BOOKED_MORE", "台账多于实测", "More booked than filled"
    BOOKED_LESS = "BOOKED_LESS", "实测多于台账", "More filled than booked"
    NOT_COMPARABLE = "NOT_COMPARABLE", "不可比较", "Cannot be compared"
