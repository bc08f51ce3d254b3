"""The sampling rules' file: each number has its standard, clause, certainty and source."""

from collections import Counter
from itertools import pairwise

import pytest

from gis.domain.sampling.rules import RuleKind
from gis.rules import sampling

RULES = sampling.current()
CERTAINTIES = {"read", "memory-high", "memory-medium", "memory-low", "check", "proposal"}
BANDS = (RuleKind.LEAST_NUMBER, RuleKind.INCREMENT_MASS)


@pytest.mark.parametrize("row", RULES.rows, ids=lambda row: row.id)
def test_a_row_says_where_it_is_from(row):
    assert row.standard and row.clause and row.source and row.zh and row.en
    assert row.certainty in CERTAINTIES


def test_ids_are_unique_and_every_question_is_answered():
    assert max(Counter(row.id for row in RULES.rows).values()) == 1
    for kind in RuleKind:
        rows = RULES.of(kind)
        assert rows, kind
        assert len(rows) == 1 or kind in (*BANDS, RuleKind.REDUCTION)


@pytest.mark.parametrize("kind", BANDS)
def test_bands_rise_and_the_last_is_open(kind):
    rows = RULES.of(kind)
    bounds = [row.up_to for row in rows]
    assert bounds[-1] is None and None not in bounds[:-1]
    for one, other in pairwise(rows):
        assert one.value < other.value
    assert bounds[:-1] == sorted(bounds[:-1])


def test_table_1_and_the_reductions_are_what_was_read():
    assert [row.value for row in RULES.of(RuleKind.LEAST_NUMBER)] == [5, 8, 13, 20, 32, 50, 80, 100]
    assert {row.certainty for row in RULES.of(RuleKind.LEAST_NUMBER)} == {"read"}
    reductions = {row.clause: row for row in RULES.of(RuleKind.REDUCTION)}
    assert reductions["4.2.4 f)"].value == 5 and reductions["4.2.4 f)"].certainty == "read"
    assert reductions["4.2.4 c)"].certainty == "memory-medium"
