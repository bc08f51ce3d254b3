"""Ignore zones: what lies in one is shown as ignored and comes back when it ends."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest
from shapely import MultiPolygon, Polygon

from gis.domain.detection.ignore_zone import (
    ZoneDaysUnfit,
    ZoneNameless,
    ZoneOver,
    ZoneReasonMissing,
    ZoneSent,
)
from gis.domain.errors import GeometryInvalid, OutsideDistrict
from gis.domain.sites.errors import IdReused
from gis.domain.terms import CandidateState, OfficeSays, ZoneKind
from gis.ledger.detection import file_candidates
from gis.ledger.ignore_zones import draw_zones, end_zone
from gis.ledger.office_verdicts import judge_in_office
from gis.store import candidates, zones
from gis.store.giving import waiting_outlines
from tests.ledger.looking import all_candidates, everything, verbs
from tests.ledger.test_office_verdicts import said
from tests.makers import KUNDULUN, a_run, square

WEST, EAST = square(109.70), square(109.75)
TODAY = date.today()


def a_zone(**changes) -> ZoneSent:
    sent = ZoneSent(
        id=uuid4(),
        district_code=KUNDULUN,
        name="城北煤场",
        kind=ZoneKind.COAL_YARD,
        reason="许可证 2024-17",
        valid_from=TODAY - timedelta(days=30),
        valid_until=None,
        source="在地图上勾绘",
        outline=square(109.699, 40.699, 0.004),
    )
    return replace(sent, **changes)


@pytest.fixture
def two(book, scene):
    file_candidates(book, scene.id, a_run(WEST, EAST))


def shown(book):
    with book.reading() as connection:
        items = candidates.page(connection, KUNDULUN, limit=9).items
        west, east = sorted(items, key=lambda one: one.outline.bounds)
        waiting = len(waiting_outlines(connection, KUNDULUN))
    return west.state, east.state, waiting


def test_what_lies_in_a_zone_is_shown_as_ignored_until_the_zone_ends(book, two):
    sent = a_zone()
    ((zone, is_new),) = draw_zones(book, [sent])
    assert is_new and zone.area_m2 > 100_000
    assert shown(book) == (CandidateState.IGNORED, CandidateState.TO_CHECK, 1)
    west = min(all_candidates(book), key=lambda one: one.outline.bounds)
    assert west.state is CandidateState.TO_CHECK and west.version == 1, "the place is untouched"
    with book.reading() as connection:
        assert [z["name"] for z in zones.over(connection, west.id)] == ["城北煤场"]
        (told,) = zones.zones(connection, KUNDULUN)
        assert (told["is_in_force"], told["covers"]) == (True, 1)
    assert draw_zones(book, [sent]) == [(zone, False)]
    ended = end_zone(book, zone.id, "许可证已注销")
    assert (ended.version, ended.ended_by) == (2, book.actor)
    assert shown(book) == (CandidateState.TO_CHECK, CandidateState.TO_CHECK, 2)
    assert end_zone(book, zone.id, "许可证已注销") == ended
    with pytest.raises(ZoneOver):
        end_zone(book, zone.id, "另一理由")
    with book.reading() as connection:
        assert zones.zones(connection, KUNDULUN) == []
        assert len(zones.zones(connection, KUNDULUN, with_ended=True)) == 1
    assert verbs(book)[-2:] == ["draw_zone", "end_zone"]


def test_a_candidate_filed_later_lies_in_the_zone_too(book, scene):
    draw_zones(book, [a_zone()])
    file_candidates(book, scene.id, a_run(WEST, EAST))
    assert shown(book) == (CandidateState.IGNORED, CandidateState.TO_CHECK, 1)


def test_less_than_half_of_a_candidate_is_not_inside(book, two):
    draw_zones(book, [a_zone(outline=square(109.7011, 40.70, 0.004))])
    assert shown(book) == (CandidateState.TO_CHECK, CandidateState.TO_CHECK, 2)


@pytest.mark.parametrize(
    "days",
    [
        {"valid_from": TODAY + timedelta(days=3)},
        {"valid_until": TODAY - timedelta(days=3)},
    ],
)
def test_a_zone_holds_in_its_days_only(book, two, days):
    draw_zones(book, [a_zone(**days)])
    assert shown(book) == (CandidateState.TO_CHECK, CandidateState.TO_CHECK, 2)


def test_a_persons_word_stands_above_a_zone(book, two):
    west = min(all_candidates(book), key=lambda one: one.outline.bounds)
    draw_zones(book, [a_zone()])
    judge_in_office(book, said(west, OfficeSays.VISIT))
    assert shown(book) == (CandidateState.TO_VISIT, CandidateState.TO_CHECK, 2)


BOW = MultiPolygon([Polygon([(109.7, 40.7), (109.71, 40.71), (109.71, 40.7), (109.7, 40.71)])])


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"name": " "}, ZoneNameless),
        ({"name": "长" * 81}, ZoneNameless),
        ({"reason": ""}, ZoneReasonMissing),
        ({"valid_until": TODAY - timedelta(days=31)}, ZoneDaysUnfit),
        ({"outline": BOW}, GeometryInvalid),
        ({"outline": MultiPolygon()}, GeometryInvalid),
        ({"outline": square(10.0, 50.0)}, OutsideDistrict),
    ],
)
def test_an_unfit_zone_is_refused_with_all_that_came_with_it(book, two, change, refusal):
    before = everything(book)
    with pytest.raises(refusal):
        draw_zones(book, [a_zone(), a_zone(**change)])
    assert everything(book) == before


def test_another_zone_under_the_same_id_is_refused(book, two):
    sent = a_zone()
    draw_zones(book, [sent])
    with pytest.raises(IdReused):
        draw_zones(book, [replace(sent, name="另一处")])
    with pytest.raises(ZoneReasonMissing):
        end_zone(book, sent.id, " ")
