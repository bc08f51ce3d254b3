"""When a difference of outlines is a change, and what was not seen is never gone."""

from datetime import date

import pytest

from gis.domain.detection.candidate_change import (
    Remains,
    Sized,
    compared,
    earlier,
    is_same_season,
    moved_m,
    not_found,
)
from gis.domain.follow_up.border_change import BorderSwing, swing_of
from gis.domain.terms import FootprintState

JUNE, OCTOBER, NEXT = date(2025, 6, 19), date(2025, 10, 12), date(2026, 6, 25)
STILL = BorderSwing(0.0, 1.0, 8)


def size(area_m2, on=JUNE, perimeter_m=400.0):
    return Sized(on, area_m2, perimeter_m)


def test_a_change_must_exceed_what_the_outline_leaves_in_doubt():
    # 400 m of border, half a 10 m pixel and 1.96 m of scatter: 2,148 m2.
    state, change, doubt = compared(size(10_000), size(12_000, NEXT), STILL, 10.0)
    assert (state, change) == (FootprintState.UNCHANGED, 2_000)
    assert doubt == pytest.approx(400 * (25 + 1.96**2) ** 0.5)
    assert compared(size(10_000), size(12_200, NEXT), STILL, 10.0)[0] is FootprintState.GROWN
    assert compared(size(10_000), size(7_800, NEXT), STILL, 10.0)[0] is FootprintState.SHRUNK


def test_what_all_places_did_is_taken_back():
    alike = BorderSwing(5.0, 0.1, 9)
    assert compared(size(10_000), size(12_000, NEXT), alike, 10.0)[:2] == (
        FootprintState.UNCHANGED, 0.0,
    )  # fmt: skip
    assert compared(size(10_000), size(10_000, NEXT), alike, 4.0)[0] is FootprintState.SHRUNK


def test_the_middle_of_many_places_is_the_season_and_few_tell_nothing():
    many = swing_of([2.0, 2.1, 1.9, 2.0, 30.0], True, 10.0)
    assert (many.alike_m, many.places) == (2.0, 5)
    assert many.apart_m == pytest.approx(0.148, abs=0.01)
    assert swing_of([50.0] * 9, True, 10.0).alike_m == 10.0, "more than a pixel is no season"
    few = swing_of([2.0, 2.0], True, 10.0), swing_of([2.0, 2.0], False, 10.0)
    assert few[0].places is few[1].places is None
    assert few[0].apart_m < few[1].apart_m


@pytest.mark.parametrize(
    ("left", "state"),
    [
        (Remains(1.0, 0.0), FootprintState.GONE),
        (Remains(0.0, 0.0), FootprintState.UNSEEN),
        (Remains(0.5, 0.0), FootprintState.UNSEEN),
        (Remains(1.0, 0.4), FootprintState.UNCHANGED),
    ],
)
def test_only_what_was_seen_can_be_gone(left, state):
    assert not_found(size(10_000), left, STILL, 10.0)[0] is state


def test_a_place_smaller_than_its_own_doubt_cannot_be_gone():
    assert (
        not_found(size(900, perimeter_m=120), Remains(1, 0), swing_of([], False, 10), 10)[0]
        is FootprintState.UNCHANGED
    )


def test_a_day_is_compared_with_its_own_season_first():
    sized = [size(1, JUNE), size(2, OCTOBER)]
    assert earlier(NEXT, sized).on == JUNE
    assert earlier(date(2025, 12, 1), sized).on == OCTOBER
    assert earlier(JUNE, sized) is None
    assert is_same_season(date(2025, 12, 20), date(2026, 1, 5))


def test_a_border_moves_by_its_change_of_area_over_its_length():
    assert moved_m(size(10_000), size(12_000, NEXT, 500.0)) == 4
