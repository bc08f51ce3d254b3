"""The rule set in force: its worked case, its completeness, and what must never happen."""

from dataclasses import fields, replace
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gis.domain.facts import Facts
from gis.domain.grading import ORDER, grade
from gis.domain.terms import Grade, Responsibility, WasteNature
from gis.rules import grading as rules_file

RULES = rules_file.current()

WORKED_CASE = Facts(
    mass_t=120_000,
    is_bare=True,
    is_steep_or_high=False,
    is_dumping_active=False,
    in_river_zone=False,
    main_stem_distance_m=9_000,
    tributary_distance_m=700,
    source_zone="NONE",
    dwelling_distance_m=800,
    protected_land="NONE",
    responsibility=Responsibility.OWNERLESS,
    has_dust_control=False,
    has_runoff_control=False,
    has_seepage_control=False,
    retaining="NONE",
    monitoring="NONE",
    history="NONE",
)
"""Ownerless smelting slag, not sampled: the case worked by hand in STANDARDS section 5.3."""


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
        assert sum(f.most for f in RULES.factors if f.index == index) == 100


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
        assert factor.certainty in {"read", "memory", "proposal"}
        points = [case.points for case in factor.cases]
        assert points == sorted(points, reverse=True), factor.id


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
    assert decision.overrides and all(o.clause for o in decision.overrides)


def test_the_gate_comes_first():
    hot = replace(WORKED_CASE, radioactivity_bq_g=1.2, nature=WasteNature.HAZARDOUS)
    assert grade(hot, RULES).grade is Grade.OUT_OF_SCHEME
    assert grade(replace(hot, radioactivity_bq_g=1.0), RULES).grade is Grade.HIGH


def _values(fact: str) -> list[object]:
    """Every answer the rules can tell apart for one fact, from either side of each bound."""
    found: list[object] = [None]
    for test in [c.test for f in RULES.factors for c in f.cases] + [
        o.test for o in RULES.overrides
    ]:
        if test.fact != fact:
            continue
        bound = test.at_least or test.at_most or test.above
        if bound is not None:
            found += [bound - 1, bound, bound + 1]
        elif isinstance(test.equals, bool):
            found += [True, False]
        else:
            found += [test.equals, "OTHER"]
    return list(dict.fromkeys(found))


ASKED = [f.name for f in fields(Facts) if f.name not in ("radioactivity_bq_g",)]
any_facts = st.builds(Facts, **{name: st.sampled_from(_values(name)) for name in ASKED})


@given(any_facts, st.sampled_from(ASKED), st.data())
def test_more_points_never_lower_the_grade(facts, fact, data):
    other = replace(facts, **{fact: data.draw(st.sampled_from(_values(fact)))})
    first, second = points_of(facts), points_of(other)
    if all(second[i] >= first[i] for i in "HSR"):
        before, after = grade(facts, RULES), grade(other, RULES)
        lost = {o.id for o in before.overrides} - {o.id for o in after.overrides}
        assert lost or ORDER[after.grade] >= ORDER[before.grade]


@given(any_facts, st.sampled_from(ASKED))
def test_unknown_never_beats_the_best_answer(facts, fact):
    unknown = points_of(replace(facts, **{fact: None}))
    for value in _values(fact):
        if value is None:
            continue
        known = points_of(replace(facts, **{fact: value}))
        if all(known[i] <= unknown[i] for i in "HSR"):
            return
    raise AssertionError(f"not knowing {fact} is better than every answer")
