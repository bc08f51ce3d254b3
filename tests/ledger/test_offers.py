"""Taking over what was observed: of the unit's own site, as it was seen, with its source."""

from dataclasses import replace
from datetime import date
from uuid import uuid4

import pytest

from gis.domain.errors import NotInRegister
from gis.domain.pits.offered import Taking
from gis.domain.pits.restoration_errors import OfferMissing, OfferOlder, UnitAccepted
from gis.domain.sites.errors import IdReused
from gis.domain.terms import Indicator, OfferBasis, SiteKind
from gis.ledger.follow_up import file_observations
from gis.ledger.offers import known_of, offered, take_offer
from gis.ledger.pits import record_survey, withdraw_survey
from gis.ledger.restoration import accept_unit, record_value, set_unit
from gis.store import restoration, sites
from tests.ledger.looking import verbs
from tests.makers import list_site, square
from tests.makers_follow_up import an_observation
from tests.makers_pits import GOOD, a_survey, a_unit, a_value

JULY = date(2025, 7, 20)


@pytest.fixture
def pit(book):
    return list_site(book, kind=SiteKind.MINE_PIT, name="一号坑")


def see(book, scene, site, **changes):
    look = replace(an_observation(site, scene), observed_on=JULY, **changes)
    file_observations(book, scene.id, [look])
    return look


def offers_of(book, unit):
    with book.reading() as connection:
        known = known_of(connection, sites.site(connection, unit.site_code))
    return {one.indicator: one for one in offered(unit, known, date(2026, 6, 19))}


def taking_of(unit, offer):
    return Taking(uuid4(), unit.id, offer.indicator, offer.source_id, offer.value)


def values_of(book, unit):
    with book.reading() as connection:
        found = restoration.values_of(connection, [unit.id])[unit.id]
    return restoration.newest_values(found)


def test_a_value_is_taken_over_with_its_source_and_once(book, scene, pit):
    look = see(book, scene, pit)
    unit, _ = set_unit(book, a_unit(pit.code))
    offer = offers_of(book, unit)[Indicator.FVC_RATIO]
    assert values_of(book, unit) == {}, "offered is not taken"
    taking = taking_of(unit, offer)
    value, is_new = take_offer(book, pit.code, taking)
    assert is_new and take_offer(book, pit.code, taking) == (value, False)
    assert verbs(book)[-1] == "take_unit_value"
    kept = values_of(book, unit)[Indicator.FVC_RATIO]
    assert kept == value and (kept.basis, kept.source_id) == (OfferBasis.IMAGE, look.id)
    assert (kept.value, kept.low, kept.high) == pytest.approx((33, 25, 42))
    assert (kept.measured_on, kept.source) == (JULY, scene.name)
    with pytest.raises(IdReused):
        take_offer(book, pit.code, replace(taking, value=40.0))
    with pytest.raises(IdReused):
        record_value(book, pit.code, replace(a_value(unit.id, Indicator.SOIL, 3), id=taking.id))


def test_what_another_site_shows_is_not_taken_over(book, scene, pit):
    other = list_site(book, kind=SiteKind.MINE_PIT, name="二号坑", outline=square(109.75, 40.75))
    look = see(book, scene, other)
    unit, _ = set_unit(book, a_unit(pit.code))
    assert offers_of(book, unit) == {}
    foreign = Taking(uuid4(), unit.id, Indicator.FVC_RATIO, look.id, 33.0)
    with pytest.raises(OfferMissing):
        take_offer(book, pit.code, foreign)
    with pytest.raises(NotInRegister):
        take_offer(book, other.code, foreign)
    assert values_of(book, unit) == {}


def test_only_what_the_table_asks_for_is_offered_and_nothing_once_accepted(book, scene, pit):
    look = see(book, scene, pit)
    unit, _ = set_unit(book, a_unit(pit.code))
    asked = {Indicator.AREA, Indicator.FVC_RATIO, Indicator.BARE, Indicator.GRASS}
    assert set(offers_of(book, unit)) == asked
    for name, value in GOOD.items():
        record_value(book, pit.code, a_value(unit.id, Indicator.of(name), value))
    unit = accept_unit(book, pit.code, unit.id, date(2026, 6, 1))
    assert offers_of(book, unit) == {}
    with pytest.raises(UnitAccepted):
        take_offer(book, pit.code, Taking(uuid4(), unit.id, Indicator.BARE, look.id, 20.0))


def test_a_later_value_is_not_pushed_aside_by_an_earlier_look(book, scene, pit):
    see(book, scene, pit)
    unit, _ = set_unit(book, a_unit(pit.code))
    record_value(book, pit.code, a_value(unit.id, Indicator.BARE, 6))
    offer = offers_of(book, unit)[Indicator.BARE]
    assert offer.is_older(values_of(book, unit)[Indicator.BARE])
    with pytest.raises(OfferOlder):
        take_offer(book, pit.code, taking_of(unit, offer))
    take_offer(book, pit.code, taking_of(unit, offers_of(book, unit)[Indicator.FVC_RATIO]))
    assert values_of(book, unit)[Indicator.BARE].value == 6


def test_a_withdrawn_survey_takes_along_what_was_taken_over_from_it(book, pit):
    survey, _ = record_survey(book, a_survey(pit.code))
    unit, _ = set_unit(book, a_unit(pit.code))
    take_offer(book, pit.code, taking_of(unit, offers_of(book, unit)[Indicator.SLOPE]))
    assert Indicator.SLOPE in values_of(book, unit)
    before = book.clock()
    book.clock.tick()
    withdraw_survey(book, pit.code, survey.id, "模型放错了")
    assert values_of(book, unit) == {} and offers_of(book, unit) == {}
    with book.reading() as connection:
        assert restoration.values_of(connection, [unit.id], before)[unit.id]
