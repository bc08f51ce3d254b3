"""Surveys of pits: kept once, never edited, the newest that stands is the capacity."""

from dataclasses import replace
from datetime import date
from uuid import uuid4

import pytest

from gis.domain.errors import DateInFuture, DateTooEarly, NotInRegister
from gis.domain.people.accounts import Sight
from gis.domain.pits.errors import (
    LevelImpossible,
    NoPit,
    NothingMeasured,
    SurveyIdReused,
    SurveyWithdrawn,
)
from gis.domain.sites.errors import ReasonMissing
from gis.domain.terms import SiteKind, SurveyBasis
from gis.ledger.pits import record_survey, withdraw_survey
from gis.store import log, pit_surveys, sight
from tests.makers import list_site
from tests.makers_pits import a_survey


@pytest.fixture
def pit(book):
    return list_site(book, kind=SiteKind.MINE_PIT, name="一号坑")


def standing(book, code):
    with book.reading() as connection:
        return pit_surveys.of_site(connection, code)


def test_a_survey_is_kept_once_whoever_resends_it(book, pit):
    sent = a_survey(pit.code)
    file = {"name": "pit.tif", "sha256": "ab" * 32, "role": "DEM"}
    first, is_new = record_survey(book, sent, sources=[file], curve=[[1_050.0, 0.0, 0.0]])
    again, is_again_new = record_survey(book, sent, sources=[file])
    assert is_new and not is_again_new and again == first
    assert standing(book, pit.code) == [first]
    assert first.recorded_by == "王工" and first.is_demo is pit.is_demo
    for other in (replace(sent, depth_m=21.0), sent):
        with pytest.raises(SurveyIdReused):
            record_survey(book, other, sources=[file | {"sha256": "cd" * 32}])


def test_the_newest_that_stands_is_the_capacity_and_a_withdrawn_one_stays_known(book, pit):
    old, _ = record_survey(book, a_survey(pit.code, surveyed_on=date(2025, 6, 1)))
    wrong, _ = record_survey(book, a_survey(pit.code, free_volume_m3=9e9))
    record_survey(book, a_survey(pit.code, free_volume_m3=None, depth_m=3.0))
    before = book.clock.now
    book.clock.tick()
    with pytest.raises(ReasonMissing):
        withdraw_survey(book, pit.code, wrong.id, "  ")
    withdraw_survey(book, pit.code, wrong.id, "用错了高程")
    with pytest.raises(SurveyWithdrawn):
        withdraw_survey(book, pit.code, wrong.id, "再撤")
    with book.reading() as connection:
        now = pit_surveys.newest_capacities(connection, [pit.code, "no-site"])
        assert now == {pit.code: old}
        assert [one.id for one in pit_surveys.of_site(connection, pit.code)][1:] == [old.id]
        then = pit_surveys.newest_capacities(connection, [pit.code], before)
        assert then[pit.code].free_volume_m3 == 9e9
        verbs = [entry["verb"] for entry in log.history(connection, pit.code)]
    assert {"record_pit_survey", "withdraw_pit_survey"} <= set(verbs)


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"surveyed_on": date(2027, 1, 1)}, DateInFuture),
        ({"surveyed_on": date(1900, 1, 1)}, DateTooEarly),
        ({"compared_on": date(2027, 1, 1)}, DateInFuture),
        ({"bottom_m": 1_080.0, "depth_m": None}, LevelImpossible),
        ({"level_m": 1_049.0}, LevelImpossible),
        (
            dict.fromkeys(
                ("rim_m", "depth_m", "free_volume_m3", "has_water", "highwall_m", "bottom_m")
            ),
            NothingMeasured,
        ),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_kept(book, pit, changes, error):
    with pytest.raises(error):
        record_survey(book, a_survey(pit.code, **changes))
    assert standing(book, pit.code) == []


def test_a_heap_has_no_pit_but_may_have_grown(book):
    heap = list_site(book, kind=SiteKind.WASTE_PILE, name="渣堆")
    with pytest.raises(NoPit):
        record_survey(book, a_survey(heap.code))
    hollow = ("rim_m", "bottom_m", "depth_m", "level_m", "free_volume_m3", "highwall_m")
    said = dict.fromkeys(hollow) | {"basis": SurveyBasis.PAIR, "volume_change_m3": 800.0}
    grown, _ = record_survey(book, a_survey(heap.code, **said))
    assert standing(book, heap.code) == [grown]
    with pytest.raises(NotInRegister):
        record_survey(book, a_survey("150203-M99999-X"))


def test_surveys_of_elsewhere_are_not_seen(book, pit):
    survey, _ = record_survey(book, a_survey(pit.code))
    other = sight.bound(book.engine, Sight(who="某人", towns=("别处",)))
    with other.connect() as connection:
        assert pit_surveys.of_site(connection, pit.code) == []
        assert pit_surveys.newest_capacities(connection, [pit.code]) == {}
        with pytest.raises(NotInRegister):
            pit_surveys.one(connection, pit.code, survey.id)
    with book.reading() as connection, pytest.raises(NotInRegister):
        pit_surveys.one(connection, pit.code, uuid4())
