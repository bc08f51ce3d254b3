"""A file of grading rules is taken only where it is whole and sound, and the row is named."""

import pytest

from gis.domain.grading.rule_errors import RulesUnreadable, RulesUnsound
from gis.rules import grading
from gis.rules.grading_file import write

GOOD = grading.shipped()


def with_(before: str, after: str) -> str:
    assert before in GOOD
    return GOOD.replace(before, after, 1)


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("", "—"),
        ("id = ", "TOML"),
        ("[" * 5000, "TOML"),
        (" " * 300_000, "—"),
        (with_('id = "KDL-HSR"', ""), "—"),
        (with_("level_1_above = 60", 'level_1_above = "60"'), "—"),
        (with_("level_1_above = 60", "level_1_above = nan"), "—"),
        (with_("unknown = 35", "unknown = true"), "H1"),
        (with_("unknown = 35\n", ""), "H1"),
        (with_('111 = "HIGH"', '111 = "VERY"'), "cells.111"),
        (with_('index = "H"', 'index = "X"'), "H1"),
        (with_("at_least = 100000", "at_least = inf"), "H3"),
        (with_('name_zh = "属性"', 'name_zh = ""'), "H1"),
    ],
)
def test_what_is_no_rule_set_is_refused_at_its_row(text, where):
    with pytest.raises(RulesUnreadable) as refused:
        grading.parse(text)
    assert refused.value.facts["where"] == where


@pytest.mark.parametrize(
    ("text", "where"),
    [
        (with_('fact = "mass_t", at_least = 100000', 'fact = "tons", at_least = 1'), "H3"),
        (with_('111 = "HIGH"\n', ""), "cells"),
        (with_('111 = "HIGH"', '111 = "LOW"'), "cells.111"),
        (with_("at_least = 100000, points = 20", "at_least = 100000, points = 40"), "index.H"),
        (with_("unknown = 35", "unknown = 60"), "H1"),
        (with_("unknown = 14\notherwise = 4", "unknown = 2\notherwise = 4"), "H3"),
        (with_("at_least = 100000, points = 20", "at_least = 100000, points = 2"), "H3"),
        (with_("at_least = 100000", "at_least = 100"), "H3"),
        (with_("level_1_above = 60", "level_1_above = 20"), "level_1_above"),
        (with_("provisional_below = 0.6", "provisional_below = 6"), "provisional_below"),
        (with_('id = "H2"', 'id = "H1"'), "H1"),
        (with_("above = 1.0", "above = 1.0\nat_least = 2"), "G0"),
        (with_('points = 30 },\n    { fact = "main', 'points = -1 },\n    { fact = "main'), "S1"),
    ],
)
def test_what_would_grade_wrongly_is_refused_at_its_row(text, where):
    with pytest.raises(RulesUnsound) as refused:
        grading.parse(text)
    assert refused.value.facts["where"] == where
    assert refused.value.sentence("zh-CN").endswith("。")


def test_what_is_written_reads_the_same():
    rules = grading.current()
    text = write(rules)
    again = grading.parse(text)
    assert write(again) == text
    for name in ("id", "version", "factors", "cells", "overrides", "derived", "gate"):
        assert getattr(again, name) == getattr(rules, name), name
