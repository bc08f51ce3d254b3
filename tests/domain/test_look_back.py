"""What an image of a closed site says, and when the next look is due."""

from datetime import date

import pytest

from gis.domain.closing.look_back import Baseline, due_on, months_later, seen_on, standing
from gis.domain.closing.satellite_check import Interval
from gis.domain.terms import DeadlineState, FootprintState, LookBackResult
from gis.rules import close_out as rules
from tests.domain.test_close_out import look

RULES = rules.current().look_back
THEN = Baseline(Interval(500, 300, 700), Interval(4_000, 3_500, 4_500), is_in_season=True)
SUMMER, WINTER = date(2026, 8, 1), date(2026, 12, 20)
CLEAR = {"bare_m2": 4_000.0, "bare_low_m2": 3_600.0, "bare_high_m2": 4_400.0}


def seen(day=SUMMER, m2=500.0, state=FootprintState.UNCHANGED, baseline=THEN, **changes):
    one = look(day, m2, 100.0, state, **CLEAR | changes)
    found = seen_on(one, baseline, RULES, rules.current().valid_share)
    return found.result, [reason["code"] for reason in found.reasons]


def test_nothing_found_is_said_only_of_clear_sight_in_season():
    assert seen() == (LookBackResult.NOTHING, ["no_sign"])
    assert seen(WINTER) == (LookBackResult.UNCLEAR, ["season"])
    assert seen(valid_share=0.2, cloud_share=0.8) == (LookBackResult.UNCLEAR, ["cloud"])
    assert seen(WINTER, valid_share=0.1, snow_share=0.9)[1] == ["snow", "season"]
    assert seen(state=FootprintState.UNSEEN, footprint_m2=None, bare_m2=None) == (
        (LookBackResult.UNCLEAR, ["unseen"])
    )


@pytest.mark.parametrize("state", [FootprintState.NEW, FootprintState.GROWN])
@pytest.mark.parametrize("day", [SUMMER, WINTER])
def test_growth_is_found_in_any_season(state, day):
    assert seen(day, 3_000.0, state) == (LookBackResult.FOUND, ["footprint"])


def test_slow_growth_shows_against_the_close_out():
    assert seen(m2=900.0) == (LookBackResult.FOUND, ["footprint"])
    assert seen(m2=750.0)[0] is LookBackResult.NOTHING, "within uncertainty"


def test_bare_ground_that_comes_back_is_found_in_season_only():
    bare = {"bare_m2": 9_000.0, "bare_low_m2": 8_000.0, "bare_high_m2": 10_000.0}
    assert seen(**bare) == (LookBackResult.FOUND, ["bare"])
    assert seen(WINTER, **bare)[0] is LookBackResult.UNCLEAR
    then = Baseline(THEN.footprint, THEN.bare, is_in_season=False)
    assert seen(baseline=then, **bare)[0] is LookBackResult.NOTHING


def test_without_a_baseline_growth_still_counts():
    assert seen(m2=900.0, baseline=Baseline())[0] is LookBackResult.NOTHING
    grown = seen(m2=900.0, state=FootprintState.GROWN, baseline=Baseline())
    assert grown[0] is LookBackResult.FOUND


def test_when_the_next_look_is_due():
    closed = date(2026, 8, 31)
    assert due_on(closed, [], RULES) == date(2027, 2, 28)
    assert due_on(closed, [date(2027, 1, 10)], RULES) == date(2028, 1, 10)
    assert due_on(closed, [date(2026, 1, 1)], RULES) == date(2027, 2, 28), "before the close-out"
    assert due_on(closed, [date(2029, 1, 1)], RULES) is None, "the rounds are over"
    assert months_later(date(2028, 11, 30), 3) == date(2029, 2, 28)


@pytest.mark.parametrize(
    ("today", "state"),
    [
        (date(2026, 12, 1), DeadlineState.ON_TIME),
        (date(2027, 2, 1), DeadlineState.AMBER),
        (date(2027, 2, 28), DeadlineState.AMBER),
        (date(2027, 3, 1), DeadlineState.RED),
    ],
)
def test_how_a_look_stands_against_its_day(today, state):
    assert standing(date(2027, 2, 28), today, RULES) is state
    assert standing(None, today, RULES) is DeadlineState.DONE
