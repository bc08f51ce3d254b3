"""One place is one candidate, however its outline wavers, splits or merges."""

from dataclasses import replace
from uuid import UUID

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from shapely import MultiPolygon, box

from gis.domain.detection.candidate_match import match
from gis.domain.terms import CandidateState
from tests.makers import a_candidate


def at(x, y=0.0, wide=10.0, high=10.0):
    return MultiPolygon([box(x, y, x + wide, y + high)])


def known(number, outline, **changes):
    return a_candidate(id=UUID(int=number), outline=outline, **changes)


def said(finds, others):
    """Return (finds, number of the candidate, numbers of those taken in) of each place."""
    return [
        (one.finds, one.known and one.known.id.int, [other.id.int for other in one.absorbed])
        for one in match(finds, others)
    ]


def test_a_find_belongs_to_what_it_shares_most_ground_with():
    others = [known(1, at(0)), known(2, at(20))]
    assert said([at(2), at(40)], others) == [((0,), 1, []), ((1,), None, [])]
    assert said([at(7.5)], others) == [((0,), None, [])], "a quarter is not enough"


def test_a_place_in_two_parts_is_one_place():
    halves = [at(0, wide=4), at(6, wide=4)]
    assert said(halves, [known(1, at(0))]) == [((0, 1), 1, [])]


def test_two_places_under_one_outline_become_one():
    others = [known(1, at(0)), known(2, at(12, wide=8))]
    assert said([at(0, wide=20)], others) == [((0,), 1, [2])]


def test_a_small_place_in_a_large_one_is_the_same_and_the_other_way_round():
    assert said([at(0, wide=30, high=30)], [known(1, at(5, 5, 2, 2))]) == [((0,), 1, [])]
    assert said([at(5, 5, 2, 2)], [known(1, at(0, wide=30, high=30))]) == [((0,), 1, [])]


@pytest.mark.parametrize(
    "state", [CandidateState.CONFIRMED, CandidateState.LOOK_ALIKE, CandidateState.GONE]
)
def test_what_was_judged_is_never_taken_in(state):
    others = [known(1, at(0, wide=20)), known(2, at(20), state=state)]
    absorbed = said([at(0, wide=30)], others)[0][2]
    assert 2 not in absorbed


def test_a_confirmed_place_takes_in_a_larger_suspected_one():
    others = [known(1, at(0, wide=20)), known(2, at(20), state=CandidateState.CONFIRMED)]
    assert said([at(0, wide=30)], others) == [((0,), 2, [1])]


def test_what_became_part_of_another_is_not_matched_again():
    gone = known(1, at(0), state=CandidateState.MERGED, merged_into=UUID(int=9))
    assert said([at(0)], [gone]) == [((0,), None, [])]


def test_one_run_that_reports_a_place_twice_makes_one_of_it():
    assert said([at(0), at(1)], []) == [((0, 1), None, [])]


def test_nothing_found_and_nothing_known():
    assert match([], []) == match([], [known(1, at(0))]) == ()
    assert said([at(0)], []) == [((0,), None, [])]


shifts = st.tuples(st.floats(-2.5, 2.5), st.floats(-2.5, 2.5))


@given(st.lists(shifts, min_size=9, max_size=9), st.randoms(use_true_random=False))
def test_wavering_outlines_never_make_a_second_place(moved, dice):
    first = [at(20 * n, 0) for n in range(9)]
    others = [known(n + 1, outline) for n, outline in enumerate(first)]
    finds = [
        shapely.transform(outline, lambda xy, by=by: xy + by)
        for outline, by in zip(first, moved, strict=True)
    ]
    order = list(range(9))
    dice.shuffle(order)
    found = match([finds[n] for n in order], others)
    assert sorted(one.known.id.int for one in found if one.known) == list(range(1, 10))
    assert all(not one.absorbed and len(one.finds) == 1 for one in found)


@given(st.randoms(use_true_random=False))
def test_the_order_of_finds_and_candidates_does_not_matter(dice):
    others = [known(1, at(0)), known(2, at(12)), known(3, at(24)), known(4, at(60))]
    finds = [at(0, wide=21), at(25, wide=3), at(30, wide=3), at(80)]
    plain = {
        (tuple(sorted(finds[n].wkb for n in f)), k, tuple(a)) for f, k, a in said(finds, others)
    }
    mixed = finds[:], others[:]
    for own in mixed:
        dice.shuffle(own)
    assert plain == {
        (tuple(sorted(mixed[0][n].wkb for n in f)), k, tuple(a)) for f, k, a in said(*mixed)
    }


def test_a_candidate_that_is_merged_names_the_other():
    one = known(1, at(0))
    merged = one.merged(UUID(int=2))
    assert (merged.state, merged.merged_into) == (CandidateState.MERGED, UUID(int=2))
    assert replace(merged, state=one.state, merged_into=None, version=one.version) == one
