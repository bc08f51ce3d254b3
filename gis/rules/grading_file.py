"""Writes a rule set as a file of the format that `parse` reads."""

import json
from collections.abc import Iterator
from typing import Any

from gis.domain.grading.rule_set import Factor, Question, RuleSet
from gis.rules.grading import COMPARISONS

HEAD = "# Graded control, written by the weight laboratory; read it with qingfei rules compare.\n"


def write(rules: RuleSet) -> str:
    """Return the text of a rule set."""
    return HEAD + "\n".join(_lines(rules)) + "\n"


def _lines(rules: RuleSet) -> Iterator[str]:
    for name in ("id", "version", "certainty", "level_1_above", "level_2_above"):
        yield _pair(name, getattr(rules, name))
    yield _pair("provisional_below", rules.provisional_below)
    for index, names in rules.index_names.items():
        yield f"\n[index.{index}]"
        yield from (_pair(language, name) for language, name in names.items())
    words = ("id", "name_zh", "name_en", "clause", "certainty", "source")
    for derived in rules.derived:
        yield "\n[[derived]]"
        yield from _pairs(derived, (*words, "fact", "equals"))
        yield f"test = {_question(derived.test)}"
    yield "\n[gate]"
    yield from _pairs(rules.gate, words)
    yield from (_pair(name, value) for name, value in _said(rules.gate.test))
    for factor in rules.factors:
        yield from _factor(factor, words)
    yield "\n[cells]"
    yield from (_pair(cell, grade.value) for cell, grade in rules.cells.items())
    for override in rules.overrides:
        yield "\n[[override]]"
        yield from _pairs(override, words)
        yield f"test = {_question(override.test)}"
        yield _pair("grade", override.grade.value)


def _factor(factor: Factor, words: tuple[str, ...]) -> Iterator[str]:
    yield "\n[[factor]]"
    yield from _pairs(factor, (*words, "index", "unknown", "otherwise"))
    yield "cases = ["
    for case in factor.cases:
        yield f"    {_question(case.test, points=case.points)},"
    yield "]"


def _pairs(thing: Any, names: tuple[str, ...]) -> Iterator[str]:
    return (_pair(name, getattr(thing, name)) for name in names)


def _said(test: Question) -> list[tuple[str, Any]]:
    names = ("fact", *COMPARISONS)
    return [(name, getattr(test, name)) for name in names if getattr(test, name) is not None]


def _question(test: Question, **more: Any) -> str:
    return "{ " + ", ".join(_pair(*pair) for pair in [*_said(test), *more.items()]) + " }"


def _pair(name: str, value: Any) -> str:
    return f"{name} = {_value(value)}"


def _value(value: Any) -> str:
    """Return a TOML value; a JSON string is a TOML basic string as well."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return repr(value)
    return json.dumps(str(value), ensure_ascii=False).replace("\x7f", "\\u007f")
