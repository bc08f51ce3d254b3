"""A grading decision in words: each factor's facts as people read them."""

from typing import Any

from gis.domain import terms

UNITS = {
    "mass_t": (" t", " t"),
    "leach_multiple": (" 倍", " ×"),
    "main_stem_distance_m": (" m", " m"),
    "tributary_distance_m": (" m", " m"),
    "dwelling_distance_m": (" m", " m"),
}


def _value(name: str, fact: Any, language: str) -> str:
    words = {
        "zh": {None: "未知", True: "是", False: "否"},
        "en": {None: "unknown", True: "yes", False: "no"},
    }[language]
    if fact is None or isinstance(fact, bool):
        return words[fact]
    if isinstance(fact, int | float):
        return f"{fact:,.10g}" + UNITS.get(name, ("", ""))[0 if language == "zh" else 1]
    return _word(str(fact), language)


def _word(value: str, language: str) -> str:
    for kind in (terms.WasteNature, terms.Responsibility):
        for member in kind:
            if member.value == value:
                return member.zh if language == "zh" else member.en
    plain = {
        "NONE": ("无", "none"),
        "PART": ("部分", "part"),
        "WHOLE": ("完备", "whole"),
        "OPEN": ("以往专项仍未销号", "still open from an earlier campaign"),
        "INCIDENT": ("有事故或重复信访", "incident or repeat complaint"),
        "PERMEABLE": ("无天然防渗层", "no natural barrier"),
        "GOOD": ("良好", "good"),
        "LEVEL_1_2": ("一、二级保护区内", "level 1 or 2 zone"),
        "QUASI_OR_NEAR": ("准保护区或1 km以内", "quasi zone or within 1 km"),
        "INSIDE": ("在范围内", "inside"),
        "NEAR": ("500 m以内", "within 500 m"),
    }
    return plain[value][0 if language == "zh" else 1]


FACTS = {
    "in_river_zone": ("在河道管理范围内", "in the river zone"),
    "main_stem_distance_m": ("距干流", "to the main stem"),
    "tributary_distance_m": ("距支流", "to a tributary"),
}


def grading(row: dict[str, Any] | None) -> dict[str, Any] | None:
    """Return a grading row as the panel reads it; None before the first grading."""
    if row is None:
        return None
    decision = row["decision"]
    levels = [4 - index["level"] for index in decision["indices"]]
    total = "+".join(str(points) for points in levels) + f"={sum(levels)}"
    return {
        "grade": row["grade"].value,
        "provisional": row["is_provisional"],
        "confidence": row["confidence"],
        "rule_set": row["rule_set"],
        "rule_sha256": row["rule_sha256"],
        "graded_at": row["graded_at"],
        "indices": decision["indices"],
        "reasons": [
            {
                **{k: r[k] for k in ("factor", "index", "name_zh", "name_en", "points", "most")},
                "value_zh": _values(r["value"], "zh"),
                "value_en": _values(r["value"], "en"),
                "known": r["is_known"],
                "clause": r["clause"],
                "certainty": r["certainty"],
            }
            for r in decision["reasons"]
        ],
        "overrides": [
            {k: o[k] for k in ("name_zh", "name_en", "grade", "clause")}
            for o in decision["overrides"]
        ],
        "matrix_zh": f"{total} → {row['grade'].zh}",
        "matrix_en": f"{total} → {row['grade'].en}",
    }


def _values(facts: dict[str, Any], language: str) -> str:
    if len(facts) == 1:
        ((name, fact),) = facts.items()
        return _value(name, fact, language)
    place, separator = (0, "；") if language == "zh" else (1, "; ")
    parts = (f"{FACTS[name][place]} {_value(name, v, language)}" for name, v in facts.items())
    return separator.join(parts)
