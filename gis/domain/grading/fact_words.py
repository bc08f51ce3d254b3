"""How the facts that grading asks for, and the questions about them, read in two languages."""

from typing import Any, Literal, NamedTuple

from gis.domain import terms
from gis.domain.grading.rule_set import Factor, Question

Tongue = Literal["zh", "en"]


class FactWord(NamedTuple):
    """A fact's names, its unit in both languages, and the vocabulary its values come from."""

    zh: str
    en: str
    unit_zh: str = ""
    unit_en: str = ""
    words: type[terms.Term] | None = None


FACT_WORDS = {
    "nature": FactWord("属性", "nature", words=terms.WasteNature),
    "leach_multiple": FactWord("浸出超标倍数", "leachate multiple", " 倍", " ×"),
    "mass_t": FactWord("堆存量", "mass", " t", " t"),
    "is_bare": FactWord("裸露", "bare"),
    "height_m": FactWord("堆高", "height", " m", " m"),
    "is_steep_or_high": FactWord("高陡", "steep or high"),
    "is_dumping_active": FactWord("仍在倾倒", "dumping goes on"),
    "radioactivity_bq_g": FactWord("单核素活度", "nuclide activity", " Bq/g", " Bq/g"),
    "in_river_zone": FactWord("在河道管理范围内", "in the river zone"),
    "main_stem_distance_m": FactWord("距干流", "to the main stem", " m", " m"),
    "tributary_distance_m": FactWord("距重要支流", "to an important tributary", " m", " m"),
    "any_tributary_distance_m": FactWord("距任一支流", "to any tributary", " m", " m"),
    "source_zone": FactWord("饮用水水源", "drinking-water source"),
    "dwelling_distance_m": FactWord("距居民点", "to dwellings", " m", " m"),
    "protected_land": FactWord("保护用地", "protected land"),
    "ground": FactWord("地基", "ground", words=terms.Ground),
    "responsibility": FactWord("责任主体", "responsibility", words=terms.Responsibility),
    "has_dust_control": FactWord("防扬散", "dust control"),
    "has_runoff_control": FactWord("防流失", "run-off control"),
    "has_seepage_control": FactWord("防渗漏", "seepage control"),
    "retaining": FactWord("拦挡排水", "retaining and drainage", words=terms.Completeness),
    "monitoring": FactWord("监测台账标志", "monitoring", words=terms.Completeness),
    "history": FactWord("以往记录", "past record", words=terms.PastRecord),
}

PLAIN = {
    "NONE": ("无", "none"),
    "LEVEL_1_2": ("一、二级保护区内", "level 1 or 2 zone"),
    "QUASI_OR_NEAR": ("准保护区或1 km以内", "quasi zone or within 1 km"),
    "INSIDE": ("在范围内", "inside"),
    "NEAR": ("500 m以内", "within 500 m"),
}
"""Words that measuring gives, which no vocabulary holds."""

SIGNS = {"at_least": "≥", "at_most": "≤", "above": ">"}


def value_word(fact: str, value: Any, tongue: Tongue) -> str:
    """Return a fact's value in words.

    >>> value_word("mass_t", 120000.0, "en"), value_word("is_bare", None, "zh")
    ('120,000 t', '未知')
    """
    place = 0 if tongue == "zh" else 1
    if value is None:
        return ("未知", "unknown")[place]
    if isinstance(value, bool):
        return (("否", "no"), ("是", "yes"))[value][place]
    word = FACT_WORDS.get(fact, FactWord(fact, fact))
    if isinstance(value, int | float):
        return f"{value:,.10g}" + (word.unit_zh, word.unit_en)[place]
    text = str(value)
    if word.words is not None:
        found = {member.value: member for member in word.words}.get(text)
        return text if found is None else (found.zh, found.en)[place]
    return PLAIN[text][place] if text in PLAIN else text


def values_word(value: dict[str, Any], tongue: Tongue) -> str:
    """Return the raw facts of a reason in words; of one fact the value alone."""
    if len(value) == 1:
        ((fact, only),) = value.items()
        return value_word(fact, only, tongue)
    names = {fact: getattr(FACT_WORDS[fact], tongue) for fact in value}
    parts = (f"{names[fact]} {value_word(fact, one, tongue)}" for fact, one in value.items())
    return ("；" if tongue == "zh" else "; ").join(parts)


def question_word(test: Question, tongue: Tongue, *, bare: bool = False) -> str:
    """Return a question in words, ``bare`` without the fact's name.

    >>> question_word(Question("mass_t", at_least=1000), "zh")
    '堆存量 ≥ 1,000 t'
    """
    name = getattr(FACT_WORDS[test.fact], tongue)
    for comparison, sign in SIGNS.items():
        bound = getattr(test, comparison)
        if bound is not None:
            said = f"{sign} {value_word(test.fact, bound, tongue)}"
            return said if bare else f"{name} {said}"
    value = value_word(test.fact, test.equals, tongue)
    if bare:
        return value
    return f"{name}：{value}" if tongue == "zh" else f"{name}: {value}"


def factor_word(factor: Factor, tongue: Tongue) -> str:
    """Return a factor's cases with their points in words."""
    is_one = len(factor.asked) == 1
    cases = ((question_word(case.test, tongue, bare=is_one), case.points) for case in factor.cases)
    parts = [f"{text} → {points:g}" for text, points in cases]
    zh = (f"其余 → {factor.otherwise:g}", f"未知 → {factor.unknown:g}")
    en = (f"otherwise → {factor.otherwise:g}", f"unknown → {factor.unknown:g}")
    name = factor.name_zh if tongue == "zh" else factor.name_en
    said = ("；" if tongue == "zh" else "; ").join([*parts, *(zh if tongue == "zh" else en)])
    return f"{name}：{said}" if tongue == "zh" else f"{name}: {said}"
