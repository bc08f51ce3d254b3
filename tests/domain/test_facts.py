"""What grading may take from a site, its surroundings and its conclusion."""

from dataclasses import fields

import pytest

from gis.domain.grading.facts import facts_of
from gis.domain.grading.grading import settle
from gis.domain.sites.surroundings import Surroundings
from gis.domain.terms import WasteNature
from gis.rules import grading
from tests.makers import NOON, a_conclusion, a_site

SITE = a_site()


def test_a_site_without_conclusion_has_no_multiple():
    facts = facts_of(SITE, None, None)
    assert facts.nature is None
    assert facts.leach_multiple is None


def test_the_conclusion_in_force_speaks_for_the_waste():
    known = a_site(nature=WasteNature.CLASS_I)
    concluded = a_conclusion(SITE.code, nature=WasteNature.CLASS_II, leach_multiple=3.0)
    facts = facts_of(known, None, concluded)
    assert (facts.nature, facts.leach_multiple) == (WasteNature.CLASS_II, 3.0)


def test_a_conclusion_without_figure_leaves_the_multiple_unknown():
    concluded = a_conclusion(SITE.code, nature=WasteNature.HAZARDOUS, leach_multiple=None)
    assert facts_of(SITE, None, concluded).leach_multiple is None


@pytest.mark.parametrize(
    ("height_m", "judged", "expected"),
    [(10.1, False, True), (10.0, False, False), (10.0, None, None), (None, True, True)],
)
def test_more_than_ten_metres_is_high_whatever_was_ticked(height_m, judged, expected):
    site = a_site(height_m=height_m, is_steep_or_high=judged)
    facts = facts_of(site, None, None)
    assert facts.height_m == height_m
    assert settle(facts, grading.current()).is_steep_or_high is expected


def test_what_no_layer_answered_is_unknown():
    facts = facts_of(SITE, None, None)
    assert facts.main_stem_distance_m is None
    assert facts.in_river_zone is None and facts.source_zone is None


def test_what_was_measured_is_taken_as_it_is():
    measured = {
        "site_code": SITE.code,
        "measured_at": NOON,
        "main_stem_distance_m": 900.0,
        "in_river_zone": False,
        "source_zone": "QUASI_OR_NEAR",
        "dwelling_distance_m": 120.0,
        "protected_land": "NEAR",
    }
    around = Surroundings(**dict.fromkeys(f.name for f in fields(Surroundings)) | measured)
    facts = facts_of(SITE, around, None)
    assert facts.main_stem_distance_m == 900.0
    assert facts.tributary_distance_m is None
    assert facts.in_river_zone is False
    assert (facts.source_zone, facts.protected_land) == ("QUASI_OR_NEAR", "NEAR")
    assert facts.dwelling_distance_m == 120.0


def test_a_pit_that_holds_no_waste_has_neither_mass_nor_leachate():
    pit = a_site(nature=WasteNature.NO_WASTE, mass_t=None)
    facts = facts_of(pit, None, None)
    assert (facts.nature, facts.mass_t, facts.leach_multiple) == (WasteNature.NO_WASTE, 0.0, 0.0)
