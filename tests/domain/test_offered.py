"""What images and surveys offer of a unit: measured, with its interval, and never the unseen."""

from dataclasses import replace
from datetime import date
from uuid import uuid4

import pytest

from gis.domain.follow_up.peaks import peaks
from gis.domain.pits.offer_words import CAUTIONS, caution
from gis.domain.pits.offered import Known, OfferRules, Taking, offers, taken
from gis.domain.pits.restoration import Judged
from gis.domain.pits.restoration_errors import OfferChanged, OfferMissing
from gis.domain.terms import FootprintState, Fulfilment, Indicator, OfferBasis
from gis.rules import restoration as rules
from tests.makers import a_scene, a_site, square
from tests.makers_follow_up import an_observation
from tests.makers_pits import a_kept_survey, a_unit

TODAY = date(2026, 8, 20)
JULY = date(2026, 7, 20)
LIMITS = OfferRules(old_days=400, coarse_m=5.0)
SITE = replace(a_site(), area_m2=100_000.0)
UNIT = a_unit(SITE.code)


def a_look(on=JULY, **changes):
    return replace(an_observation(SITE, a_scene()), observed_on=on, **changes)


def known(*looks, surveys=()):
    names = {one.scene_id: f"s2_{one.observed_on:%Y%m%d}" for one in looks}
    return Known(peaks(looks, (7, 8)), names, {SITE.version: SITE.area_m2}, surveys)


def told(*looks, surveys=(), unit=UNIT):
    return {
        one.indicator: one for one in offers(unit, known(*looks, surveys=surveys), LIMITS, TODAY)
    }


def codes(offer):
    return [row["code"] for row in offer.cautions]


def test_the_newest_seasonal_peak_offers_cover_and_bare_ground_with_their_intervals():
    older = a_look(date(2025, 7, 20), fvc_ratio=0.9)
    autumn = a_look(date(2026, 10, 1), fvc_ratio=0.1, bare_m2=90_000.0)
    peak = a_look()
    found = told(older, autumn, peak)
    ratio = found[Indicator.FVC_RATIO]
    assert (ratio.basis, ratio.source_id, ratio.measured_on) == (OfferBasis.IMAGE, peak.id, JULY)
    assert (ratio.value, ratio.low, ratio.high) == pytest.approx((33, 25, 42))
    assert ratio.source == "s2_20260720" and codes(ratio) == []
    bare = found[Indicator.BARE]
    assert (bare.value, bare.low, bare.high) == pytest.approx((20, 18, 22))
    assert codes(found[Indicator.GRASS]) == ["all_plants"]


def test_a_year_whose_peak_was_not_seen_leaves_the_last_one_that_was_and_says_its_age():
    hidden = a_look(fvc=None, fvc_ratio=None, bare_m2=None, state=FootprintState.UNSEEN)
    found = told(a_look(date(2024, 8, 1)), hidden)
    assert {one.measured_on for one in found.values()} == {date(2024, 8, 1)}
    assert all(codes(one)[-1] == "old" for one in found.values())
    assert told(hidden) == {} and told() == {}


def test_bare_ground_that_was_not_detected_is_no_value_and_nothing_is_called_restored():
    clean = a_look(bare_m2=0.0, bare_low_m2=0.0, bare_high_m2=900.0, state=FootprintState.GONE)
    found = told(clean)
    for indicator in (Indicator.BARE, Indicator.AREA):
        assert found[indicator].value is None and codes(found[indicator]) == ["not_detected"]
        taking = Taking(uuid4(), UNIT.id, indicator, clean.id, 0.0)
        with pytest.raises(OfferMissing):
            taken(found.values(), taking, None)
    assert found[Indicator.AREA].high is None
    assert "不等于已恢复" in CAUTIONS["not_detected"][0]


def test_what_is_still_bare_bounds_the_area_and_cannot_be_taken_over():
    area = told(a_look())[Indicator.AREA]
    assert area.value is None and area.high == pytest.approx(8.2)
    assert caution(area.cautions[0])[1].startswith("At the seasonal peak 1.80 to 2.20 ha")
    part = replace(UNIT, outline=square(109.70, 40.70, 0.001))
    found = told(a_look(), unit=part)
    assert Indicator.AREA not in found and codes(found[Indicator.BARE]) == ["whole_site"]


def test_a_survey_offers_its_steepest_slope_with_what_its_noise_allows():
    slope = told(surveys=[a_kept_survey(SITE.code)])[Indicator.SLOPE]
    assert (slope.basis, slope.value, slope.source) == (OfferBasis.SURVEY, 41.0, "坑.tif")
    assert 41 - slope.low == pytest.approx(slope.high - 41) == pytest.approx(4.15, abs=0.05)
    assert codes(slope) == ["percentile", "highwall"]
    wide = a_kept_survey(SITE.code, details={"pixel_m": 30.0}, highwall_m=None)
    slope = told(surveys=[wide])[Indicator.SLOPE]
    assert (slope.low, slope.high) == (None, None)
    assert codes(slope) == ["percentile", "no_interval", "coarse"]
    assert told(surveys=[a_kept_survey(SITE.code, steepest_deg=None)]) == {}


def test_the_ground_that_rose_is_offered_as_fill_and_what_sank_is_not():
    pair = {"volume_change_m3": 21_000.0, "volume_change_sigma_m3": 1_000.0}
    pair |= {"compared_on": date(2025, 6, 1), "steepest_deg": None}
    fill = told(surveys=[a_kept_survey(SITE.code, **pair)])[Indicator.BACKFILLED]
    assert (fill.value, fill.low, fill.high) == (21_000, 19_040, 22_960)
    assert caution(fill.cautions[0])[0] == "2025-06-01 以来边界内填方减挖方的净值。"
    dug = a_kept_survey(SITE.code, **pair | {"volume_change_m3": -5.0})
    assert Indicator.BACKFILLED not in told(surveys=[dug])


def test_what_an_indicator_cannot_be_is_not_offered():
    assert Indicator.FVC_RATIO not in told(a_look(fvc_ratio=2.4))


def test_only_the_value_that_was_seen_is_taken_over():
    look = a_look()
    found = told(look).values()
    taking = Taking(uuid4(), UNIT.id, Indicator.FVC_RATIO, look.id, 33.0)
    assert taken(found, taking, None).source_id == look.id
    with pytest.raises(OfferChanged):
        taken(found, replace(taking, value=88.0), None)
    for wrong in ({"source_id": uuid4()}, {"indicator": Indicator.SOIL}):
        with pytest.raises(OfferMissing):
            taken(found, replace(taking, **wrong), None)


@pytest.mark.parametrize(
    ("is_most", "low", "high", "is_open"),
    [
        (False, 70, 90, True),
        (False, 80, 90, False),
        (False, 60, 79, False),
        (True, 70, 90, True),
        (True, 60, 80, False),
        (True, 81, 90, False),
        (True, None, 90, False),
    ],
)
def test_an_interval_round_what_is_required_does_not_decide(is_most, low, high, is_open):
    rule = replace(rules.requirements()[1], is_most=is_most)
    assert Judged(rule, 80.0, None, Fulfilment.MET).is_open(low, high) is is_open
    assert not Judged(rule, None, None, Fulfilment.NOT_STATED).is_open(low, high)
