"""The rule set that ships: its worked case, its completeness, and what must never happen."""

from dataclasses import fields, replace
from itertools import pairwise, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gis.domain.grading.facts import Facts
from gis.domain.grading.grading import ORDER, grade
from gis.domain.grading.rule_row import CERTAINTIES
from gis.domain.terms import Grade, WasteNature
from gis.rules import grading as rules_file
from tests.rules.facts import FROM_GOOD_TO_BAD, NAMES, WORKED_CASE, any_facts

RULES = rules_file.current()
GATED = {"radioactivity_bq_g"}
a_fact = st.sampled_from(NAMES)


def points_of(facts: Facts) -> dict[str, float]:
    return {score.index: score.points for score in grade(facts, RULES).indices}


def test_the_worked_case_before_sampling_is_high_and_provisional():
    decision = grade(WORKED_CASE, RULES)
    assert points_of(WORKED_CASE) == {"H": 69, "S": 44, "R": 85}
    assert decision.cell == "121"
    assert (decision.grade, decision.is_provisional) == (Grade.HIGH, True)


def test_the_worked_case_after_sampling_is_medium_and_firm():
    sampled = replace(WORKED_CASE, nature=WasteNature.CLASS_I, leach_multiple=0.4)
    decision = grade(sampled, RULES)
    assert points_of(sampled) == {"H": 34, "S": 44, "R": 85}
    assert (decision.grade, decision.is_provisional) == (Grade.MEDIUM, False)


def test_each_index_counts_to_a_hundred():
    for index in "HSR":
        assert sum(f.most for f in RULES.of(index)) == 100


def test_all_27_cells_follow_the_sum_rule():
    assert len(RULES.cells) == 27
    for levels in product((1, 2, 3), repeat=3):
        total = sum(4 - level for level in levels)
        wanted = Grade.HIGH if total >= 8 else Grade.MEDIUM if total >= 6 else Grade.LOW
        assert RULES.cells["".join(map(str, levels))] is wanted


def test_every_factor_asks_for_a_fact_and_names_its_source():
    names = {field.name for field in fields(Facts)}
    for factor in RULES.factors:
        assert {case.test.fact for case in factor.cases} <= names
        assert factor.source and factor.clause
        assert factor.certainty in CERTAINTIES


def test_the_version_that_shipped_stays_as_it_was():
    """What a version graded is explained by its text: change the version with the text, and keep
    the earlier file in ``grading_past/``."""
    assert (RULES.version, RULES.sha256[:12]) == ("1", "13752dbdf177")


def test_nothing_known_is_never_low():
    assert grade(Facts(), RULES).grade in (Grade.MEDIUM, Grade.HIGH)
    assert grade(Facts(), RULES).is_provisional


@pytest.mark.parametrize(
    ("facts", "least"),
    [
        (Facts(nature=WasteNature.HAZARDOUS, mass_t=1), Grade.HIGH),
        (Facts(source_zone="LEVEL_1_2", mass_t=1), Grade.HIGH),
        (Facts(in_river_zone=True, mass_t=1), Grade.HIGH),
        (Facts(protected_land="INSIDE", mass_t=1), Grade.MEDIUM),
    ],
)
def test_overrides_lift(facts, least):
    decision = grade(facts, RULES)
    assert ORDER[decision.grade] >= ORDER[least]
    assert set(decision.overrides) <= {override.id for override in RULES.overrides}
    assert decision.overrides


def test_the_gate_comes_first():
    hot = replace(WORKED_CASE, radioactivity_bq_g=1.2, nature=WasteNature.HAZARDOUS)
    decision = grade(hot, RULES)
    assert (decision.grade, decision.overrides[0]) == (Grade.OUT_OF_SCHEME, RULES.gate.id)
    assert grade(replace(hot, radioactivity_bq_g=1.0), RULES).grade is Grade.HIGH


def test_what_was_identified_as_radioactive_is_out_also_where_no_activity_is_known():
    facts = replace(WORKED_CASE, nature=WasteNature.RADIOACTIVE, radioactivity_bq_g=None)
    decision = grade(facts, RULES)
    assert (decision.grade, decision.overrides[0]) == (Grade.OUT_OF_SCHEME, RULES.gate.id)


def test_good_and_bad_are_stated_for_every_fact():
    assert list(FROM_GOOD_TO_BAD) and set(FROM_GOOD_TO_BAD) == set(NAMES)


@given(any_facts, a_fact, st.data())
def test_a_worse_fact_never_lowers_the_grade_nor_any_index(facts, fact, data):
    answers = FROM_GOOD_TO_BAD[fact]
    good, bad = data.draw(st.sampled_from(list(pairwise(answers))))
    better, worse = (replace(facts, **{fact: value}) for value in (good, bad))
    if "is_steep_or_high" in (fact,) and facts.height_m is not None and facts.height_m > 10:
        return  # the height has settled it
    first, second = grade(better, RULES), grade(worse, RULES)
    assert ORDER[second.grade] >= ORDER[first.grade]
    for before, after in zip(first.indices, second.indices, strict=True):
        assert after.points >= before.points


@given(any_facts, a_fact)
def test_unknown_never_beats_the_best_answer(facts, fact):
    unknown = replace(facts, **{fact: None})
    best = replace(facts, **{fact: FROM_GOOD_TO_BAD[fact][0]})
    for before, after in zip(
        grade(best, RULES).indices, grade(unknown, RULES).indices, strict=True
    ):
        assert after.points >= before.points
    if fact not in GATED:
        assert ORDER[grade(unknown, RULES).grade] >= ORDER[grade(best, RULES).grade]


@given(any_facts, a_fact, st.data())
def test_unknown_never_raises_the_confidence(facts, fact, data):
    known = replace(facts, **{fact: data.draw(st.sampled_from(FROM_GOOD_TO_BAD[fact]))})
    unknown = replace(facts, **{fact: None})
    assert grade(unknown, RULES).confidence <= grade(known, RULES).confidence


@given(any_facts)
def test_overrides_and_gate_only_raise(facts):
    decision = grade(facts, RULES)
    assert ORDER[decision.grade] >= ORDER[RULES.cells[decision.cell]]
    if facts.radioactivity_bq_g is not None and facts.radioactivity_bq_g > 1:
        assert decision.grade is Grade.OUT_OF_SCHEME


@given(any_facts)
def test_points_lie_between_nothing_and_the_most(facts):
    decision = grade(facts, RULES)
    for factor, reason in zip(RULES.factors, decision.reasons, strict=True):
        assert 0 <= reason.points <= factor.most
        if not reason.is_known:
            assert reason.points >= factor.unknown
