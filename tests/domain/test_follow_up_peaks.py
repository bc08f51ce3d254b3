"""One value a year at the seasonal peak; a year without is a gap, not a line drawn across."""

from dataclasses import replace
from datetime import date

from gis.domain.follow_up.peaks import peaks
from tests.makers import a_scene, a_site
from tests.makers_follow_up import an_observation

ONE = an_observation(a_site(), a_scene())
MONTHS = (7, 8)


def on(day: date, ratio: float | None, fvc: float | None = 0.4):
    return replace(ONE, observed_on=day, fvc=fvc, fvc_ratio=ratio)


def test_the_peak_is_the_highest_share_of_the_reference_in_its_months():
    early, high = on(date(2024, 7, 2), 0.5, 0.45), on(date(2024, 8, 9), 0.6, 0.4)
    june = on(date(2024, 6, 9), 0.9)
    (one,) = peaks([june, early, high], MONTHS)
    assert (one.year, one.observation, one.looks) == (2024, high, 2)


def test_years_without_are_gaps_and_cloud_is_one_too():
    first, last = on(date(2021, 7, 2), 0.3), on(date(2024, 7, 2), 0.6)
    cloudy = on(date(2022, 7, 5), None, None)
    found = peaks([first, cloudy, last], MONTHS)
    assert [(one.year, one.observation, one.looks) for one in found] == [
        (2021, first, 1),
        (2022, None, 1),
        (2023, None, 0),
        (2024, last, 1),
    ]


def test_a_look_without_a_reference_counts_only_where_there_is_no_other():
    bare, good = on(date(2024, 7, 2), None, 0.9), on(date(2024, 7, 9), 0.2, 0.1)
    assert peaks([bare, good], MONTHS)[0].observation == good
    assert peaks([bare], MONTHS)[0].observation == bare
    assert peaks([], MONTHS) == []
