"""Words of identification: what was measured, how it was leached, what the standards make of it."""

from gis.domain.terms.base import Term


class Quantity(Term):
    """What a laboratory result says of its sample."""

    LEACHATE = "LEACHATE", "浸出液浓度", "Concentration in the leachate"
    PH = "PH", "浸出液 pH 值", "pH of the leachate"
    LEACHATE_ACTIVITY = "LEACHATE_ACTIVITY", "浸出液放射性", "Radioactivity of the leachate"
    COLOUR = "COLOUR", "浸出液色度", "Colour of the leachate"
    CONTENT = "CONTENT", "含量", "Content"
    ACTIVITY = "ACTIVITY", "活度浓度", "Activity"
    CORROSION = "CORROSION", "腐蚀速率", "Rate of corrosion"
    FLASH_POINT = "FLASH_POINT", "闪点", "Flash point"
    DOSE = "DOSE", "半数致死剂量", "Median lethal dose"
    VAPOUR = "VAPOUR", "半数致死浓度", "Median lethal concentration"

    @property
    def needs_leach(self) -> bool:
        """Say whether a value means nothing without its leaching method."""
        return self in {
            *(Quantity.LEACHATE, Quantity.PH, Quantity.LEACHATE_ACTIVITY, Quantity.COLOUR)
        }


class LeachMethod(Term):
    """How a leachate was made; a limit holds for the leachate of its own method only."""

    HJ_T_299 = "HJ_T_299", "HJ/T 299 硫酸硝酸法", "HJ/T 299, sulphuric and nitric acid"
    HJ_557 = "HJ_557", "HJ 557 水平振荡法", "HJ 557, horizontal shaking"
    HJ_T_300 = "HJ_T_300", "HJ/T 300 醋酸缓冲溶液法", "HJ/T 300, acetic buffer"
    GB_T_15555_12 = "GB_T_15555_12", "GB/T 15555.12 玻璃电极法", "GB/T 15555.12, glass electrode"

    @property
    def standard(self) -> str:
        """The standard's number."""
        return self.zh.rsplit(" ", 1)[0]


class Comparison(Term):
    """When a value is over its limit."""

    ABOVE = "above", "大于", "more than"
    AT_LEAST = "at_least", "不小于", "at least"
    BELOW = "below", "小于", "less than"
    AT_MOST = "at_most", "不大于", "at most"
    DETECTED = "detected", "检出", "detected at all"


class IdentificationStep(Term):
    """The questions of identification in their order."""

    RADIOACTIVITY = "RADIOACTIVITY", "放射性门槛", "Radioactivity gate"
    SOLID_WASTE = "SOLID_WASTE", "是否属于固体废物", "Is it solid waste"
    LISTED = "LISTED", "是否列入国家危险废物名录", "Is it on the national list"
    INCREMENTS = "INCREMENTS", "份样数是否足够", "Are there enough increments"
    CORROSIVITY = "CORROSIVITY", "腐蚀性", "Corrosivity"
    LEACHING_TOXICITY = "LEACHING_TOXICITY", "浸出毒性", "Leaching toxicity"
    TOXIC_CONTENT = "TOXIC_CONTENT", "毒性物质含量", "Content of toxic substances"
    IGNITABILITY = "IGNITABILITY", "易燃性", "Ignitability"
    REACTIVITY = "REACTIVITY", "反应性", "Reactivity"
    ACUTE_TOXICITY = "ACUTE_TOXICITY", "急性毒性", "Acute toxicity"
    CLASS = "CLASS", "第Ⅰ、Ⅱ类划分", "Class I or II"

    @property
    def is_hazard(self) -> bool:
        """Say whether it asks for one of the characteristics of GB 5085.1 to .6."""
        return self in HAZARDS


HAZARDS = (
    IdentificationStep.CORROSIVITY,
    IdentificationStep.LEACHING_TOXICITY,
    IdentificationStep.TOXIC_CONTENT,
    IdentificationStep.IGNITABILITY,
    IdentificationStep.REACTIVITY,
    IdentificationStep.ACUTE_TOXICITY,
)


class StepVerdict(Term):
    """How a question was answered."""

    HOLDS = "HOLDS", "成立", "It holds"
    EXCLUDED = "EXCLUDED", "排除", "Excluded"
    NOT_CALLED_FOR = "NOT_CALLED_FOR", "不需检测", "Not called for"
    OPEN = "OPEN", "资料不足", "Not enough is known"
    DOUBTFUL = "DOUBTFUL", "存疑", "In doubt"


class Outcome(Term):
    """What identification comes to."""

    RADIOACTIVE = "RADIOACTIVE", "伴生放射性", "Associated radioactive"
    HAZARDOUS = "HAZARDOUS", "危险废物", "Hazardous waste"
    CLASS_II = "CLASS_II", "第Ⅱ类一般工业固体废物", "Class II industrial waste"
    CLASS_I = "CLASS_I", "第Ⅰ类一般工业固体废物", "Class I industrial waste"
    NOT_HAZARDOUS = "NOT_HAZARDOUS", "不具危险特性，不分Ⅰ、Ⅱ类", "Not hazardous, without a class"
    NOT_WASTE = "NOT_WASTE", "不属于固体废物", "Not solid waste"
    DOUBTFUL = "DOUBTFUL", "存疑，须人工复核", "In doubt, for a person to decide"
    UNDECIDED = "UNDECIDED", "未定，资料不足", "Undecided, not enough is known"
