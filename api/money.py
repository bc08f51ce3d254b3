"""The order for money as pages and sheets read it: each site with its tests, values and layers."""

from collections.abc import Mapping
from typing import Any

from gis.domain.grading.fact_words import value_word
from gis.domain.grading.priority import PriorityRules, PriorityTest, standing
from gis.domain.grading.rule_set import Question
from gis.domain.sites.surroundings import in_english

FACT_NAMES = {
    "level_h": ("H 指数等级", "level of H"),
    "level_s": ("S 指数等级", "level of S"),
    "points_h": ("H 指数", "H points"),
    "points_s": ("S 指数", "S points"),
    "points_r": ("R 指数", "R points"),
    "in_priority_area": ("在重点防治区域内", "in a key prevention area"),
    "sensitive_area_distance_m": ("距环境敏感区", "to a sensitive area"),
    "protected_land": ("保护用地", "protected land"),
    "source_zone": ("饮用水水源", "drinking-water source"),
}
PLAIN = ("code", "name", "kind", "town", "reach", "grade", "is_demo", "place", "mass_t")


def site(row: Mapping[str, Any], rules: PriorityRules) -> dict[str, Any]:
    """Return a site's place in line with what it rests on."""
    found = standing(row, rules)
    known = {one["index"]: one["confidence"] for one in row["indices"] or []}
    return {
        **{name: row[name] for name in PLAIN},
        "provisional": row["is_provisional"],
        "total": row["total"],
        "count": found.count,
        "unknown": found.unknown,
        "points_h": row["points_h"],
        "points_s": row["points_s"],
        "hs": found.hs,
        "mass_used_t": found.mass_t,
        "mass_known": found.is_mass_known,
        "cost_yuan": found.cost_yuan,
        "confidence_h": known.get("H"),
        "confidence_s": known.get("S"),
        "tests": [
            {"id": test.id, "holds": answer, **_said(test, row)}
            for test, answer in zip(rules.tests, found.answers, strict=True)
        ],
    }


def _said(test: PriorityTest, row: Mapping[str, Any]) -> dict[str, Any]:
    layers = row["layers"] or {}
    rests = dict.fromkeys(layers[q.fact] for q in test.any if q.fact in layers)
    return {
        "value_zh": "；".join(_value(q, row, 0) for q in test.any),
        "value_en": "; ".join(_value(q, row, 1) for q in test.any),
        "layers_zh": list(rests),
        "layers_en": [in_english(layer) for layer in rests],
    }


def _value(question: Question, row: Mapping[str, Any], language: int) -> str:
    name = FACT_NAMES[question.fact][language]
    value = row[question.fact]
    unit = " m" if question.fact.endswith("_m") and value is not None else ""
    return f"{name} {value_word(question.fact, value, 'en' if language else 'zh')}{unit}"


def tests(rules: PriorityRules) -> list[dict[str, Any]]:
    """Return the tests with their clauses."""
    plain = ("id", "name_zh", "name_en", "clause", "certainty", "source")
    return [{name: getattr(test, name) for name in plain} for test in rules.tests]
