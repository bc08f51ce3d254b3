"""Reads a version of the grading scheme from its data file."""

import hashlib
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from gis.domain.rule_set import INDICES, Case, Factor, Override, Question, RuleSet
from gis.domain.terms import Grade

GRADING_FILE = Path(__file__).with_name("grading.toml")


def _question(row: dict[str, Any]) -> Question:
    known = {
        key: row[key] for key in ("fact", "equals", "at_least", "at_most", "above") if key in row
    }
    return Question(**known)


def _factor(row: dict[str, Any]) -> Factor:
    cases = tuple(Case(_question(case), case["points"]) for case in row["cases"])
    plain = {key: value for key, value in row.items() if key != "cases"}
    return Factor(**plain, cases=cases)


def parse(text: str) -> RuleSet:
    """Return the rule set written in ``text`` (the format of ``grading.toml``)."""
    data = tomllib.loads(text)
    return RuleSet(
        id=data["id"],
        version=data["version"],
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        gate=_question(data["gate"]),
        gate_clause=data["gate"]["clause"],
        factors=tuple(_factor(row) for row in data["factor"]),
        level_1_above=data["level_1_above"],
        level_2_above=data["level_2_above"],
        cells={cell: Grade.of(name) for cell, name in data["cells"].items()},
        overrides=tuple(
            Override(
                **{key: row[key] for key in ("id", "name_zh", "name_en", "clause", "certainty")},
                test=_question(row["test"]),
                grade=Grade.of(row["grade"]),
            )
            for row in data["override"]
        ),
        provisional_below=data["provisional_below"],
        index_names={index: data["index"][index] for index in INDICES},
    )


@cache
def current() -> RuleSet:
    """Return the rule set in force."""
    return parse(GRADING_FILE.read_text(encoding="utf-8"))
