"""Correcting a site that somebody else may be correcting, and what its log tells of it."""

from datetime import date, timedelta

import pytest

from gis.domain.sites.errors import ClosedByDeed, FactUnfit, LineageRefused, SiteStale
from gis.domain.terms import Responsibility, SiteState, WasteClass
from gis.ledger.sites import correct_site, put_version
from gis.store import log, sites
from tests.ledger.looking import everything
from tests.makers import list_site


def test_a_correction_of_a_version_that_has_moved_on_shows_both(book):
    site = list_site(book, height_m=6.0)
    book.clock.tick()
    correct_site(book, site.code, 1, height_m=8.0)
    before = everything(book)
    with pytest.raises(SiteStale) as refused:
        correct_site(book, site.code, 1, height_m=7.0)
    assert "堆高（m）：6 → 8" in refused.value.sentence("zh-CN")
    assert "by 王工" in refused.value.sentence("en")
    assert everything(book) == before


def test_the_same_correction_again_adds_nothing(book):
    site = list_site(book)
    book.clock.tick()
    first = correct_site(book, site.code, 1, responsibility=Responsibility.DISPUTED)
    before = everything(book)
    assert correct_site(book, site.code, 1, responsibility=Responsibility.DISPUTED) == first
    assert everything(book) == before


def test_facts_that_contradict_what_stands_are_refused_whole(book):
    site = list_site(book)
    before = everything(book)
    with pytest.raises(FactUnfit):
        correct_site(book, site.code, 1, name="新名", hw_code="HW18")
    assert everything(book) == before
    correct_site(book, site.code, 1, waste_class=WasteClass.HW, hw_code="HW18")


def test_a_day_that_has_not_come_in_baotou(book):
    site = list_site(book)
    tomorrow = (book.clock() + timedelta(days=1)).date()
    with pytest.raises(FactUnfit):
        correct_site(book, site.code, accepted_on=tomorrow)


@pytest.mark.parametrize(
    ("stands", "sent"),
    [
        (SiteState.LISTED, {"state": SiteState.CLOSED}),
        (SiteState.ACCEPTED, {"state": SiteState.CLOSED, "height_m": 3.0}),
        (SiteState.CLOSED, {"state": SiteState.LISTED}),
        (SiteState.SUSPECTED, {"state": SiteState.LISTED}),
        (SiteState.CLOSED, {"closed_on": date(2026, 1, 1)}),
        (SiteState.LISTED, {"closed_on": date(2026, 1, 1)}),
    ],
)
def test_nobody_closes_or_reopens_a_site_by_correcting_it(book, stands, sent):
    code = list_site(book, state=stands).code
    before = everything(book)
    with pytest.raises(ClosedByDeed, match=code):
        correct_site(book, code, **sent)
    assert everything(book) == before
    book.clock.tick()
    assert correct_site(book, code, height_m=9.0).state is stands, "other facts can be corrected"


def test_a_site_that_left_the_list_is_not_corrected(book):
    site = list_site(book)
    book.clock.tick()
    with book.entry() as entry:
        put_version(entry, site, site.corrected(entry.now, state=SiteState.MERGED))
    with pytest.raises(LineageRefused):
        correct_site(book, site.code, name="新名")


def test_every_version_can_be_read(book):
    site = list_site(book, name="旧名")
    book.clock.tick()
    correct_site(book, site.code, 1, name="新名")
    with book.reading() as connection:
        assert sites.version(connection, site.code, 1).name == "旧名"
        assert sites.version(connection, site.code, 3) is None
        assert log.history(connection, site.code)[-1]["actor"] == "王工"
