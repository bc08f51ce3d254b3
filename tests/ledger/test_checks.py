"""The verdict of a field team: one check for one id, one site for one place, nothing half done."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest
import sqlalchemy as sa
from shapely.geometry import LineString, box

from gis.domain.checks.errors import CheckIdReused
from gis.domain.errors import NotInRegister
from gis.domain.terms import (
    CandidateState,
    Grade,
    LayerKind,
    ReviewState,
    Standing,
    Verdict,
    WasteClass,
)
from gis.ledger import places
from gis.ledger.checks import record_field_check as received
from gis.ledger.detection import file_candidates
from gis.ledger.imagery import add_scene
from gis.ledger.sites import correct_site
from gis.spatial.crs import as_multipolygon
from gis.store import checks, register, shape, sites, tables
from tests.ledger.looking import all_candidates, everything, rows, verbs
from tests.makers import NOON, a_check, a_layer, a_look_alike, a_run, a_scene, list_site, square


def record_field_check(book, sent):
    """Receive a check that the office made itself."""
    return received(book, sent, at_once=True)


def a_later_scene(book):
    day = date(2026, 7, 24)
    return add_scene(book, a_scene(name="s2_20260724", acquired_on=day, sha256="2" * 64))


@pytest.fixture
def candidate(book, scene):
    file_candidates(book, scene.id, a_run(square()))
    book.clock.tick()
    return all_candidates(book)[0]


def test_confirming_makes_one_listed_measured_and_graded_site(book, candidate):
    river = LineString([(109.65, 40.65), (109.85, 40.65)])
    places.add_layer(book, *a_layer(LayerKind.MAIN_STEM, river))
    check, is_new = record_field_check(book, a_check(candidate))
    assert is_new and (check.review, check.standing) == (ReviewState.APPROVED, Standing.PLAIN)
    assert (check.received_by, check.received_at) == ("王工", book.clock())
    assert check.effects == {"site:150203-W00001-D": 1, f"candidate:{candidate.id}": 2}
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
    assert verbs(book)[-7:] == [
        "record_field_check",
        "confirm_site",
        "measure_site",
        "grade_site",
        "judge_candidate",
        "review_check",
        "add_check_step",
    ]


def test_the_same_check_sent_five_times_is_one_check(book, candidate):
    sent = a_check(candidate)
    first, _ = record_field_check(book, sent)
    before = everything(book)
    elsewhere = replace(sent, sent_at=book.clock())
    for again in (sent, elsewhere, sent, elsewhere):
        book.clock.tick()
        assert record_field_check(book, again) == (first, False)
    assert everything(book) == before
    assert verbs(book).count("record_field_check") == 1


def test_the_same_check_sent_by_five_at_once_is_one_check(book, candidate):
    sent = a_check(candidate)
    with ThreadPoolExecutor(5) as pool:
        answers = list(pool.map(lambda _: record_field_check(book, sent), range(5)))
    assert sorted(is_new for _, is_new in answers) == [False] * 4 + [True]
    assert len({check.received_at for check, _ in answers}) == 1
    assert rows(book, "field_checks", "site_codes") == {"field_checks": 1, "site_codes": 1}


@pytest.mark.parametrize(
    "change", [{"note": "另一说明"}, {"waste_class": WasteClass.SW02}, {"seen_version": 2}]
)
def test_the_same_id_with_other_content_is_refused_and_the_first_kept(book, candidate, change):
    sent = a_check(candidate)
    record_field_check(book, sent)
    before = everything(book)
    with pytest.raises(CheckIdReused) as caught:
        record_field_check(book, a_check(candidate, id=sent.id, **change))
    assert str(sent.id) in caught.value.sentence("zh-CN")
    assert everything(book) == before


def test_a_check_of_an_old_version_is_kept_marked_and_without_effect(book, candidate):
    record_field_check(book, a_look_alike(candidate))
    judged = all_candidates(book)
    book.clock.tick()
    late, is_new = record_field_check(book, a_check(candidate))
    assert is_new and (late.standing, late.effects) == (Standing.PARALLEL, None)
    assert all_candidates(book) == judged
    assert rows(book, "field_checks", "sites") == {"field_checks": 2, "sites": 0}
    with book.reading() as connection:
        stored = checks.of_place(connection, candidate.id, None)
    assert [check.standing for check in stored] == [Standing.PLAIN, Standing.PARALLEL]
    assert stored[1].answers == late.answers


def test_two_teams_confirm_the_same_place_at_once(book, candidate):
    sent = [a_check(candidate), a_check(candidate, waste_class=WasteClass.SW05)]
    with ThreadPoolExecutor(2) as pool:
        both = list(pool.map(lambda one: record_field_check(book, one)[0], sent))
    assert sorted(check.standing for check in both) == [Standing.PARALLEL, Standing.PLAIN]
    assert rows(book, "sites", "site_codes", "field_checks") == {
        "sites": 1,
        "site_codes": 1,
        "field_checks": 2,
    }
    with book.reading() as connection:
        (row,) = register.rows(connection, book.clock())
    (winner,) = [check for check in both if check.effects]
    assert row["waste_class"] is winner.said.waste_class


@pytest.mark.parametrize(
    ("verdict", "state"),
    [
        (Verdict.LOOK_ALIKE, CandidateState.LOOK_ALIKE),
        (Verdict.GONE, CandidateState.GONE),
        (Verdict.UNREACHABLE, CandidateState.UNREACHABLE),
    ],
)
def test_any_other_verdict_makes_no_site(book, candidate, verdict, state):
    record_field_check(book, a_look_alike(candidate, verdict=verdict, unreachable_why="OTHER"))
    (after,) = all_candidates(book)
    assert (after.state, after.site_code) == (state, None)
    assert rows(book, "sites", "gradings") == {"sites": 0, "gradings": 0}


def test_a_place_that_has_its_site_gets_no_second_one(book, candidate):
    record_field_check(book, a_check(candidate))
    (confirmed,) = all_candidates(book)
    record_field_check(book, a_check(confirmed))
    (again,) = all_candidates(book)
    assert (again.site_code, again.version) == (confirmed.site_code, confirmed.version + 1)
    assert rows(book, "sites") == {"sites": 1}


def test_a_check_of_no_place_leaves_nothing(book, candidate):
    before = everything(book)
    with pytest.raises(NotInRegister):
        record_field_check(book, a_check(candidate, candidate_id=uuid4()))
    assert everything(book) == before


@pytest.mark.parametrize(
    "change",
    [
        {"kind": None},
        {"waste_class": None},
        {"verdict": Verdict.LOOK_ALIKE},
        {"checked_at": NOON + timedelta(hours=25)},
    ],
)
def test_a_check_that_cannot_stand_is_kept_and_does_nothing(book, candidate, change):
    check, is_new = record_field_check(book, a_check(candidate, **change))
    assert is_new and (check.review, check.effects) == (ReviewState.HAS_ISSUES, None)
    assert check.problems and all(one["zh"] and one["en"] for one in check.problems)
    assert all_candidates(book) == [candidate]
    assert rows(book, "field_checks", "sites") == {"field_checks": 1, "sites": 0}


def test_what_the_register_refuses_half_way_is_undone_and_the_check_kept(book, candidate):
    def set_outline(outline):
        with book.engine.begin() as connection:
            values = {"outline": shape.stored(outline)}
            connection.execute(sa.update(tables.districts).values(values))

    set_outline(as_multipolygon(box(110.1, 40.6, 110.2, 40.7)))  # the boundary was corrected
    check, is_new = record_field_check(book, a_check(candidate))  # refused after a code was drawn
    assert is_new and check.review is ReviewState.HAS_ISSUES
    assert "昆都仑区" in check.problems[-1]["zh"]
    assert rows(book, "sites", "site_codes") == {"sites": 0, "site_codes": 0}
    assert "confirm_site" not in verbs(book)
    with book.reading() as connection:
        assert sites.codes(connection) == []  # no number was lost


def test_a_device_a_day_ahead_is_still_taken_in_the_servers_order(book, candidate):
    ahead = a_check(candidate, checked_at=book.clock() + timedelta(hours=23))
    check, _ = record_field_check(book, ahead)
    assert check.received_at == book.clock()


def test_a_field_teams_check_waits_and_changes_nothing(book, candidate):
    check, is_new = received(book, a_check(candidate), at_once=False)
    assert is_new and (check.review, check.standing) == (ReviewState.RECEIVED, Standing.PLAIN)
    assert all_candidates(book) == [candidate]
    with book.reading() as connection:
        (step,) = checks.reviews_of(connection, check.id)
    assert (step.act, step.by, step.at) == ("RECEIVE", "王工", book.clock())


def test_two_teams_of_one_place_are_both_kept_side_by_side(book, candidate):
    first, _ = received(book, a_check(candidate, recorded_by="甲"), at_once=False)
    second, _ = received(book, a_look_alike(candidate, recorded_by="乙"), at_once=False)
    with book.reading() as connection:
        both = checks.of_place(connection, candidate.id, None)
        assert [one.standing for one in both] == [Standing.PARALLEL] * 2
        assert {one.id for one in both} == {first.id, second.id}
        acts = [step.act for step in checks.reviews_of(connection, first.id)]
    assert acts == ["RECEIVE", "MOVE"]
    assert all_candidates(book) == [candidate]


def test_an_office_check_beside_a_waiting_one_waits_as_well(book, candidate):
    received(book, a_check(candidate, recorded_by="甲"), at_once=False)
    mine, _ = record_field_check(book, a_look_alike(candidate))
    assert (mine.standing, mine.effects) == (Standing.PARALLEL, None)
    assert all_candidates(book) == [candidate]


def test_a_team_that_answers_the_office_stands_alone_again(book, candidate):
    far = {"purpose": "VERDICT", "accuracy_m": 3000.0, "lon": 109.7, "lat": 40.7}
    bad, _ = received(book, a_check(candidate, fixes=[far], recorded_by="甲"), at_once=False)
    assert bad.review is ReviewState.HAS_ISSUES
    good, _ = received(book, a_check(candidate, recorded_by="甲"), at_once=False)
    assert (good.review, good.standing) == (ReviewState.RECEIVED, Standing.PLAIN)
    with book.reading() as connection:
        assert checks.check(connection, bad.id).standing is Standing.SET_ASIDE


def test_a_listed_site_is_put_right_by_a_check(book):
    site = list_site(book)
    book.clock.tick()
    seen = a_check(
        *(site,),
        height_m=6.0,
        height_basis="MEASURED",
        has_dust_control=False,
        waste_class=WasteClass.SW05,
        mass_t=9000.0,
        mass_formula="0.6×面积×高×密度",
        outline=square(size=0.0025),
        outline_by="WALKED",
    )
    check, _ = record_field_check(book, seen)
    assert check.effects == {f"site:{site.code}": 2}
    with book.reading() as connection:
        now = sites.site(connection, site.code)
    assert (now.version, now.height_m, now.mass_t) == (2, 6.0, 9000.0)
    assert (now.waste_class, now.has_dust_control) == (WasteClass.SW05, False)
    assert (now.outline_basis, now.outline) == ("WALKED", square(size=0.0025))
    assert now.area_m2 > site.area_m2 and now.mass_basis == "现场核实：0.6×面积×高×密度"
    assert "check_site" in verbs(book)


@pytest.mark.parametrize("verdict", [Verdict.GONE, Verdict.LOOK_ALIKE])
def test_no_check_takes_a_site_from_the_list(book, verdict):
    site = list_site(book)
    check, _ = record_field_check(book, a_look_alike(site, verdict=verdict))
    assert (check.standing, check.effects) == (Standing.PROPOSAL, None)
    with book.reading() as connection:
        assert sites.site(connection, site.code) == site


def test_a_candidate_and_the_site_it_became_are_one_place(book, candidate):
    record_field_check(book, a_check(candidate))
    (judged,) = all_candidates(book)
    with book.reading() as connection:
        site = sites.site(connection, judged.site_code)
    first, _ = received(book, a_check(site, recorded_by="甲"), at_once=False)
    second, _ = received(book, a_check(judged, recorded_by="乙"), at_once=False)
    assert (first.standing, second.standing) == (Standing.PLAIN, Standing.PARALLEL)


def test_a_site_corrected_meanwhile_makes_the_check_a_proposal(book):
    site = list_site(book)
    correct_site(book, site.code, note="道路已修通")
    check, _ = record_field_check(book, a_check(site))
    assert (check.standing, check.effects) == (Standing.PROPOSAL, None)
    assert check.seen_outline == site.outline


def test_the_outline_that_was_seen_is_found_again(book, scene, candidate):
    grown = square(size=0.0025)
    file_candidates(book, a_later_scene(book).id, a_run(grown))
    (now,) = all_candidates(book)
    assert (now.outline, now.version) == (grown, 2)
    check, _ = record_field_check(book, a_check(candidate))
    assert check.seen_outline == candidate.outline
    assert check.standing is Standing.PROPOSAL
