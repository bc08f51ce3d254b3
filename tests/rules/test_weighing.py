"""Many sites at once are graded as each alone; and how firm the grades are."""

from dataclasses import replace
from time import perf_counter

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from gis.domain.grading.grading import grade
from gis.rules import grading
from gis.rules.stability import stability
from gis.rules.weighing import LADDER, FactTable, answers, matrix, points, ranks, sums
from tests.rules.facts import WORKED_CASE, any_facts, drawn

RULES = grading.current()


@given(st.lists(any_facts, min_size=1, max_size=20))
def test_a_table_is_graded_as_each_site_alone(rows):
    known = answers(FactTable(rows), RULES)
    found = points(known, RULES)
    together = [LADDER[rank] for rank in ranks(known, sums(found, RULES), RULES)]
    alone = [grade(row, RULES) for row in rows]
    assert together == [one.grade for one in alone]
    assert found.tolist() == [[reason.points for reason in one.reasons] for one in alone]


def of(*rows, rules=RULES):
    known = answers(FactTable(rows), rules)
    found = points(known, rules)
    return known, found, ranks(known, sums(found, rules), rules)


def test_a_grade_far_from_every_bound_is_firm():
    worst = replace(WORKED_CASE, nature="HAZARDOUS", in_river_zone=True, history="INCIDENT")
    known, found, now = of(worst)
    firm = stability(known, found, now, RULES)
    assert (firm.one_by_one, firm.jointly) == (1.0, 1.0)


def test_a_grade_just_over_a_bound_falls_with_one_factor():
    smaller = replace(WORKED_CASE, mass_t=15_000)  # H = 35 + 10 + 14 + 4 = 63, three over the bound
    firm = stability(*of(smaller), RULES)
    assert firm.by_factor["H1"] == (0.0, 1.0), "a fifth of 35 is 7"
    assert firm.by_factor["H3"] == (1.0, 1.0), "a fifth of 14 is 2.8"
    assert firm.one_by_one == 0.0
    assert 0 < firm.jointly < 1


def test_the_same_question_has_the_same_answer():
    known, found, now = of(*drawn(300))
    first, second = (stability(known, found, now, RULES) for _ in range(2))
    assert first.of_site.tolist() == second.of_site.tolist()
    assert first.by_factor == second.by_factor


def test_the_matrix_counts_every_site_once():
    known, found, now = of(*drawn(200))
    before = np.full(200, -1)
    said = matrix(before, now)
    assert set(said) == {"NONE"} and sum(said["NONE"].values()) == 200


@given(any_facts)
def test_joint_draws_agree_with_one_site_alone(facts):
    known, found, now = of(facts, facts, WORKED_CASE)
    firm = stability(known, found, now, RULES, draws=20)
    assert firm.of_site[0] == firm.of_site[1]


def test_a_hundred_thousand_sites_are_weighed_while_one_waits():
    rows = drawn(2_000)
    table = FactTable([rows[i % 2_000] for i in range(100_000)])
    began = perf_counter()
    known = answers(table, RULES)
    found = points(known, RULES)
    now = ranks(known, sums(found, RULES), RULES)
    stability(known, found, now, RULES)
    assert perf_counter() - began < 20, "1 s on an idle machine"
