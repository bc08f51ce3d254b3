"""Reads the order for money from its data file."""

import hashlib
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from gis.domain.grading.priority import PriorityRules, PriorityTest
from gis.domain.grading.rule_set import Question
from gis.domain.terms import Grade, SiteState

PRIORITY_FILE = Path(__file__).with_name("priority.toml")


def parse(text: str) -> PriorityRules:
    """Return the order written in ``text`` (the format of ``priority.toml``)."""
    data = tomllib.loads(text)
    return PriorityRules(
        id=data["id"],
        version=data["version"],
        states=tuple(SiteState.of(name) for name in data["states"]),
        grades=tuple(Grade.of(name) for name in data["grades"]),
        tests=tuple(_test(row) for row in data["test"]),
        mass_unknown_t=float(data["mass"]["unknown_t"]),
        is_cheaper_first=data["cost"]["order"] == "cheaper_first",
        sha256=hashlib.sha256(text.encode()).hexdigest(),
    )


def _test(row: dict[str, Any]) -> PriorityTest:
    return PriorityTest(**row | {"any": tuple(Question(**one) for one in row["any"])})


@cache
def current() -> PriorityRules:
    """Return the order in force."""
    return parse(PRIORITY_FILE.read_text(encoding="utf-8"))
