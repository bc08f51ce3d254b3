"""The rules of the field form speak where they should; the phone runs the same cases."""

import json
from pathlib import Path
from typing import Any

import pytest

from gis.domain.terms import Severity
from gis.rules import field_check as form

CASES: list[dict[str, Any]] = json.loads(
    (Path(__file__).parents[1] / "data" / "field_rule_cases.json").read_text("utf-8")
)


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_a_rule_speaks_where_it_should(case: dict[str, Any]) -> None:
    said = {one["rule"] for one in form.current().broken(case["facts"])}
    assert set(case["speaks"]) <= said
    assert not set(case["silent"]) & said


def test_every_rule_has_a_case_that_speaks_and_one_that_does_not() -> None:
    rules = {rule.id for rule in form.current().rules}
    assert {one for case in CASES for one in case["speaks"]} == rules
    assert {one for case in CASES for one in case["silent"]} == rules


def test_hard_rules_come_first_and_every_sentence_is_filled_in() -> None:
    for case in CASES:
        found = form.current().broken(case["facts"])
        hard = [one["severity"] == Severity.HARD for one in found]
        assert hard == sorted(hard, reverse=True)
        assert all("{" not in one["zh"] + one["en"] for one in found)
