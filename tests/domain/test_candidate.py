"""A place suspected, seen again, judged: what stands and what is never touched."""

from datetime import date
from functools import reduce
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gis.domain.detection.candidate import STATE_AFTER, best_match
from gis.domain.terms import CandidateState, Verdict
from tests.makers import a_candidate, square

MAY, JUNE, JULY = date(2026, 5, 3), date(2026, 6, 19), date(2026, 7, 24)


def seen_on(day, **changes):
    return a_candidate(first_seen_on=day, last_seen_on=day, **changes)


def test_the_newest_image_gives_outline_class_and_size():
    old = seen_on(MAY, outline=square(size=0.002), area_m2=10.0)
    new = seen_on(JULY, outline=square(size=0.003), area_m2=22.5, class_name="ash_pile")
    for first, second in [(old, new), (new, old)]:
        both = first.seen_again(second)
        assert both.outline == new.outline
        assert (both.class_name, both.area_m2) == ("ash_pile", 22.5)
        assert both.id == first.id
        assert (both.sightings, both.version) == (2, first.version + 1)


def test_an_image_of_the_same_day_changes_no_outline():
    first, second = seen_on(JUNE, outline=square()), seen_on(JUNE, outline=square(size=0.004))
    assert first.seen_again(second).outline == first.outline


def test_a_verdict_and_its_site_survive_a_further_sighting():
    judged = seen_on(MAY).judged(Verdict.WASTE, "150203-W00001-D")
    again = judged.seen_again(seen_on(JULY))
    assert (again.state, again.site_code) == (CandidateState.CONFIRMED, "150203-W00001-D")


days = st.one_of(st.none(), st.dates(date(2015, 6, 23), date(2026, 12, 31)))


@given(st.lists(days, min_size=2, max_size=4))
def test_the_order_of_sightings_does_not_change_first_and_last_day(seen):
    orders = permutations([seen_on(day) for day in seen])
    results = [reduce(lambda a, b: a.seen_again(b), order) for order in orders]
    known = [day for day in seen if day is not None]
    for result in results:
        assert result.first_seen_on == min(known, default=None)
        assert result.last_seen_on == max(known, default=None)
        assert result.sightings == len(seen)


@pytest.mark.parametrize("verdict", Verdict)
def test_each_verdict_moves_the_candidate_once(verdict):
    before = a_candidate()
    after = before.judged(verdict, None)
    assert after.state is STATE_AFTER[verdict]
    assert after.version == before.version + 1
    assert after.site_code is None and after.outline == before.outline


def test_a_later_verdict_keeps_the_site_of_an_earlier_one():
    confirmed = a_candidate().judged(Verdict.WASTE, "150203-W00001-D")
    assert confirmed.judged(Verdict.GONE, None).site_code == "150203-W00001-D"


@pytest.mark.parametrize(
    ("shift", "is_same"),
    [(0.0, True), (0.0013, True), (0.0015, False), (0.002, False), (0.1, False)],
)
def test_the_same_place_is_30_percent_of_the_smaller_outline(shift, is_same):
    # Squares of 0.002: a shift of 0.0013 leaves 35 % of either, one of 0.0015 leaves 25 %.
    found = best_match(square(109.70 + shift), [("known", square(109.70))])
    assert found == ("known" if is_same else None)


def test_a_small_find_inside_a_large_place_is_that_place():
    pile, whole = square(109.705, 40.705, size=0.001), square(size=0.02)
    assert best_match(pile, [("yard", whole)]) == "yard"
    assert best_match(whole, [("pile", pile)]) == "pile"


def test_the_largest_overlap_wins_in_any_order():
    known = [("little", square(109.7014)), ("much", square(109.7004))]
    assert best_match(square(109.70), known) == "much"
    assert best_match(square(109.70), known[::-1]) == "much"


def test_no_known_place_is_no_match():
    assert best_match(square(), []) is None


def test_a_touching_neighbour_is_another_place():
    west = square(109.70, size=0.002)
    east = square(west.bounds[2], size=0.002)
    assert best_match(east, [("west", west)]) is None
