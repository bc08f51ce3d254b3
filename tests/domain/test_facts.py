"""What grading may take from a site, its surroundings and its samples."""

from datetime import date

import pytest

from gis.domain.facts import facts_of
from gis.domain.surroundings import Surroundings
from gis.domain.terms import WasteNature
from tests.makers import NOON, a_sample, a_site

SITE = a_site()


def sample(day, **changes):
    return a_sample(SITE.code, taken_on=date(2026, 6, day), **changes)


def test_an_unsampled_site_has_no_nature_and_no_multiple():
    facts = facts_of(SITE, None, [])
    assert facts.nature is None
    assert facts.leach_multiple is None


def test_the_newest_sample_speaks_in_any_order():
    old = sample(1, nature=WasteNature.CLASS_II, leach_multiple=3.0)
    new = sample(9, nature=WasteNature.CLASS_I, leach_multiple=0.4)
    for samples in ([old, new], [new, old]):
        facts = facts_of(SITE, None, samples)
        assert (facts.nature, facts.leach_multiple) == (WasteNature.CLASS_I, 0.4)


@pytest.mark.parametrize("method", ["HJ/T 299", "HJ/T 300", "GB 5086.1", "hj 557", None])
def test_only_hj_557_gives_a_multiple(method):
    facts = facts_of(SITE, None, [sample(9, leach_method=method, leach_multiple=7.0)])
    assert facts.leach_multiple is None


def test_a_newer_sample_by_another_method_does_not_hide_the_hj_557_one():
    water = sample(1, leach_method="HJ 557", leach_multiple=1.7)
    acid = sample(9, leach_method="HJ/T 299", leach_multiple=9.0)
    assert facts_of(SITE, None, [acid, water]).leach_multiple == 1.7


def test_a_sample_that_identified_nothing_does_not_unsay_the_site():
    known = a_site(nature=WasteNature.CLASS_II)
    unsure = sample(9, nature=WasteNature.UNIDENTIFIED)
    assert facts_of(known, None, [unsure]).nature is WasteNature.CLASS_II
    assert facts_of(SITE, None, [unsure]).nature is None


@pytest.mark.parametrize(
    ("height_m", "judged", "expected"),
    [(10.1, False, True), (10.0, False, False), (10.0, None, None), (None, True, True)],
)
def test_more_than_ten_metres_is_high_whatever_was_ticked(height_m, judged, expected):
    site = a_site(height_m=height_m, is_steep_or_high=judged)
    assert facts_of(site, None, []).is_steep_or_high is expected


def test_what_no_layer_answered_is_unknown():
    facts = facts_of(SITE, None, [])
    assert facts.main_stem_distance_m is None
    assert facts.in_river_zone is None and facts.source_zone is None


def test_what_was_measured_is_taken_as_it_is():
    around = Surroundings(
        site_code=SITE.code,
        measured_at=NOON,
        reach="黄河 0–5 km",
        chainage_m=1.0,
        bank="LEFT",
        main_stem_distance_m=900.0,
        tributary_distance_m=None,
        in_river_zone=False,
        source_zone="QUASI_OR_NEAR",
        dwelling_distance_m=120.0,
        protected_land="NEAR",
        in_priority_area=None,
        layers={},
    )
    facts = facts_of(SITE, around, [])
    assert facts.main_stem_distance_m == 900.0
    assert facts.tributary_distance_m is None
    assert facts.in_river_zone is False
    assert (facts.source_zone, facts.protected_land) == ("QUASI_OR_NEAR", "NEAR")
    assert facts.dwelling_distance_m == 120.0


def test_a_pit_that_holds_no_waste_has_neither_mass_nor_leachate():
    pit = a_site(nature=WasteNature.NO_WASTE, mass_t=None)
    facts = facts_of(pit, None, [])
    assert (facts.nature, facts.mass_t, facts.leach_multiple) == (WasteNature.NO_WASTE, 0.0, 0.0)
