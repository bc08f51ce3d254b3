"""The verdict of a field team: one check for one id, one site for one place, nothing half done."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta, timezone
from uuid import uuid4

import pytest
import sqlalchemy as sa
from shapely.geometry import LineString, box

from gis.domain.errors import (
    CheckIdReused,
    CheckIncomplete,
    DateInFuture,
    NotInRegister,
    OutsideDistrict,
)
from gis.domain.terms import CandidateState, Grade, LayerKind, LookAlike, Verdict, WasteClass
from gis.ledger import places
from gis.ledger.checks import record_field_check
from gis.ledger.detection import file_candidates
from gis.spatial.crs import as_multipolygon
from gis.store import candidates, register, shape, sites, tables
from tests.ledger.looking import all_candidates, everything, rows, verbs
from tests.makers import a_check, a_layer, a_look_alike, a_run, square


@pytest.fixture
def candidate(book, scene):
    file_candidates(book, scene.id, a_run(square()))
    book.clock.tick()
    return all_candidates(book)[0]


def test_confirming_makes_one_listed_measured_and_graded_site(book, candidate):
    river = LineString([(109.65, 40.65), (109.85, 40.65)])
    places.add_layer(book, *a_layer(LayerKind.MAIN_STEM, river))
    check, is_new = record_field_check(book, a_check(candidate))
    assert is_new and not check.has_conflict
    assert (check.checked_by, check.received_at) == ("王工", book.clock())
    with book.reading() as connection:
        (row,) = register.rows(connection, book.clock())
        grading = sites.grading_of(connection, row["code"])
    assert row["code"] == "150203-W00001-D"
    assert row["candidate_id"] == candidate.id
    assert row["outline"] == candidate.outline and row["area_m2"] == candidate.area_m2
    assert row["main_stem_distance_m"] == pytest.approx(5_550, abs=20)
    assert (row["bank"], row["dwelling_distance_m"]) == ("LEFT", None)
    assert row["grade"] in Grade and row["is_provisional"]
    reasons = grading["decision"]["reasons"]
    assert {reason["factor"][0] for reason in reasons} == {"H", "S", "R"}
    assert all("points" in reason and "value" in reason for reason in reasons)
    (after,) = all_candidates(book)
    assert (after.state, after.site_code, after.version) == (
        CandidateState.CONFIRMED,
        row["code"],
        candidate.version + 1,
    )
    assert verbs(book)[-5:] == [
        "record_field_check",
        "confirm_site",
        "measure_site",
        "grade_site",
        "judge_candidate",
    ]


def test_the_same_check_sent_five_times_is_one_check(book, candidate):
    sent = a_check(candidate)
    first, _ = record_field_check(book, sent)
    before = everything(book)
    elsewhere = replace(sent, checked_at=sent.checked_at.astimezone(timezone(timedelta(hours=8))))
    for again in (sent, elsewhere, sent, elsewhere):
        book.clock.tick()
        assert record_field_check(book, again) == (first, False)
    assert everything(book) == before
    assert verbs(book).count("record_field_check") == 1


def test_the_same_check_sent_by_five_at_once_is_one_check(book, candidate):
    sent = a_check(candidate)
    with ThreadPoolExecutor(5) as pool:
        received = list(pool.map(lambda _: record_field_check(book, sent), range(5)))
    assert sorted(is_new for _, is_new in received) == [False] * 4 + [True]
    assert len({check.received_at for check, _ in received}) == 1
    assert rows(book, "field_checks", "site_codes") == {"field_checks": 1, "site_codes": 1}


@pytest.mark.parametrize(
    "change",
    [{"note": "另一说明"}, {"waste_class": WasteClass.SW02}, {"seen_version": 2}],
)
def test_the_same_id_with_other_content_is_refused_and_the_first_kept(book, candidate, change):
    sent = a_check(candidate)
    record_field_check(book, sent)
    before = everything(book)
    with pytest.raises(CheckIdReused) as caught:
        record_field_check(book, replace(sent, **change))
    assert str(sent.id) in caught.value.sentence("zh-CN")
    assert everything(book) == before


def test_a_check_of_an_old_version_is_kept_marked_and_without_effect(book, candidate):
    record_field_check(book, a_look_alike(candidate))
    judged = all_candidates(book)
    book.clock.tick()
    late, is_new = record_field_check(book, a_check(candidate))
    assert is_new and late.has_conflict
    assert all_candidates(book) == judged
    assert rows(book, "field_checks", "sites") == {"field_checks": 2, "sites": 0}
    with book.reading() as connection:
        stored = candidates.checks_of(connection, candidate.id)
    assert [check.has_conflict for check in stored] == [False, True]
    assert stored[1].note == late.note


def test_two_teams_confirm_the_same_place_at_once(book, candidate):
    sent = [a_check(candidate), a_check(candidate, waste_class=WasteClass.SW05)]
    with ThreadPoolExecutor(2) as pool:
        received = list(pool.map(lambda one: record_field_check(book, one)[0], sent))
    assert sorted(check.has_conflict for check in received) == [False, True]
    assert rows(book, "sites", "site_codes", "field_checks") == {
        "sites": 1,
        "site_codes": 1,
        "field_checks": 2,
    }
    with book.reading() as connection:
        (row,) = register.rows(connection, book.clock())
    (winner,) = [check for check in received if not check.has_conflict]
    assert row["waste_class"] is winner.waste_class


@pytest.mark.parametrize(
    ("verdict", "state"),
    [
        (Verdict.LOOK_ALIKE, CandidateState.LOOK_ALIKE),
        (Verdict.GONE, CandidateState.GONE),
        (Verdict.UNREACHABLE, CandidateState.UNREACHABLE),
    ],
)
def test_any_other_verdict_makes_no_site(book, candidate, verdict, state):
    check, _ = record_field_check(book, a_look_alike(candidate, verdict=verdict))
    (after,) = all_candidates(book)
    assert (after.state, after.site_code) == (state, None)
    assert rows(book, "sites", "gradings") == {"sites": 0, "gradings": 0}
    assert (check.look_alike is LookAlike.COAL_YARD) is (verdict is Verdict.LOOK_ALIKE)


def test_a_place_that_has_its_site_gets_no_second_one(book, candidate):
    record_field_check(book, a_check(candidate))
    (confirmed,) = all_candidates(book)
    record_field_check(book, a_check(confirmed))
    (again,) = all_candidates(book)
    assert (again.site_code, again.version) == (confirmed.site_code, confirmed.version + 1)
    assert rows(book, "sites") == {"sites": 1}


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"kind": None}, CheckIncomplete),
        ({"waste_class": None}, CheckIncomplete),
        ({"verdict": Verdict.LOOK_ALIKE}, CheckIncomplete),
        ({"checked_at": "tomorrow"}, DateInFuture),
        ({"candidate_id": uuid4()}, NotInRegister),
    ],
)
def test_a_check_that_cannot_stand_leaves_nothing(book, candidate, change, error):
    if "checked_at" in change:
        change = {"checked_at": book.clock() + timedelta(hours=25)}
    before = everything(book)
    with pytest.raises(error):
        record_field_check(book, a_check(candidate, **change))
    assert everything(book) == before


def test_an_error_half_way_leaves_nothing_and_the_check_can_be_sent_again(book, candidate):
    def set_outline(outline):
        with book.engine.begin() as connection:
            values = {"outline": shape.stored(outline)}
            connection.execute(sa.update(tables.districts).values(values))

    sent = a_check(candidate)
    set_outline(as_multipolygon(box(110.1, 40.6, 110.2, 40.7)))  # the boundary was corrected
    before = everything(book)
    with pytest.raises(OutsideDistrict):  # after the check was stored and a code was drawn
        record_field_check(book, sent)
    assert everything(book) == before
    set_outline(as_multipolygon(box(109.6, 40.6, 109.9, 40.9)))
    check, is_new = record_field_check(book, sent)
    assert is_new and not check.has_conflict
    with book.reading() as connection:
        assert sites.codes(connection) == ["150203-W00001-D"]  # no number was lost


def test_a_device_a_day_ahead_is_still_taken_in_the_servers_order(book, candidate):
    ahead = a_check(candidate, checked_at=book.clock() + timedelta(hours=23))
    check, _ = record_field_check(book, ahead)
    assert check.received_at == book.clock()
