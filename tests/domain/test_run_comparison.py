"""Two runs of one place: pairs by the rule that finds are filed by, each find told once."""

from uuid import uuid4

import pytest

from gis.domain.detection.run_comparison import Find, Tally, compare, tallies
from gis.domain.terms import CandidateState
from tests.makers import square


def a_find(lon=109.70, size=0.002, **changes) -> Find:
    said = {"class_name": "slag_pile", "state": CandidateState.TO_CHECK} | changes
    return Find(id=uuid4(), confidence=0.8, area_m2=100.0, outline=square(lon, size=size), **said)


def test_what_both_saw_is_one_row_and_the_rest_stands_alone():
    a, b = [a_find(), a_find(109.75)], [a_find(109.7005), a_find(109.80)]
    rows = compare(a, b)
    assert [(r.side, r.a, r.b) for r in rows] == [
        ("both", a[0], b[0]),
        ("only_a", a[1], None),
        ("only_b", None, b[1]),
    ]
    assert rows[0].share == pytest.approx(0.75, abs=1e-3)


@pytest.mark.parametrize(("shift", "side"), [(0.00139, "both"), (0.00141, "only_a")])
def test_thirty_percent_of_the_smaller_outline_is_the_same_place(shift, side):
    assert compare([a_find()], [a_find(109.70 + shift)])[0].side == side


def test_a_heap_that_the_other_run_saw_in_two_parts_is_told_with_both():
    whole, parts = a_find(size=0.004), [a_find(size=0.0015), a_find(109.702, size=0.001)]
    rows = compare([whole], parts)
    assert [(r.side, r.a, r.b) for r in rows] == [
        ("both", whole, parts[0]),
        ("both", whole, parts[1]),
    ]


def test_nothing_compared_with_nothing():
    assert compare([], []) == [] and tallies([], "state") == {}
    assert compare([], [a_find()])[0].side == "only_b"


def test_tallies_by_class_and_state():
    a = [a_find(), a_find(109.75, class_name="open_pit", state=CandidateState.CONFIRMED)]
    rows = compare(a, [a_find()])
    assert tallies(rows, "class_name") == {
        "open_pit": {"only_a": Tally(1, 100.0)},
        "slag_pile": {"both": Tally(1, 100.0)},
    }
    assert tallies(rows, "state")["CONFIRMED"] == {"only_a": Tally(1, 100.0)}
