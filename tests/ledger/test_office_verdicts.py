"""The office's word by the image: kept once, undone, never over the field's; thresholds move."""

from dataclasses import replace
from uuid import UUID, uuid4, uuid5

import pytest

from gis.domain.detection.imagery import threshold_of
from gis.domain.detection.office_verdict import (
    FieldHasSpoken,
    KindOfLookAlikeMissing,
    ThresholdMoved,
    ThresholdUnfit,
    VerdictOvertaken,
    VerdictSent,
)
from gis.domain.errors import NotInRegister
from gis.domain.sites.errors import IdReused
from gis.domain.terms import CandidateState, LookAlike, OfficeSays, Standing
from gis.ledger.checks import record_field_check
from gis.ledger.detection import Found, file_candidates
from gis.ledger.office_verdicts import judge_in_office, move_threshold, undo_verdict
from gis.store import candidates, office_verdicts
from tests.ledger.looking import all_candidates, everything, verbs
from tests.ledger.test_detection import later_scene
from tests.makers import KUNDULUN, a_look_alike, a_run, square

WEST, EAST = square(109.70), square(109.75)


def said(one, says=OfficeSays.VISIT, **changes) -> VerdictSent:
    kind = LookAlike.GREENHOUSE if says is OfficeSays.LOOK_ALIKE else None
    sent = VerdictSent(
        id=uuid4(),
        candidate_id=one.id,
        run_id=None,
        says=says,
        look_alike=kind,
        note="",
        seen_version=one.version,
    )
    return replace(sent, **changes)


@pytest.fixture
def one(book, scene):
    file_candidates(book, scene.id, a_run(WEST))
    return all_candidates(book)[0]


def now(book, one):
    with book.reading() as connection:
        return candidates.candidate(connection, one.id)


@pytest.mark.parametrize(
    ("says", "state"),
    [
        (OfficeSays.VISIT, CandidateState.TO_VISIT),
        (OfficeSays.LOOK_ALIKE, CandidateState.RULED_OUT),
        (OfficeSays.IGNORE, CandidateState.IGNORED),
    ],
)
def test_a_verdict_moves_the_candidate_and_an_undo_brings_it_back(book, one, says, state):
    sent = said(one, says)
    verdict, is_new = judge_in_office(book, sent)
    assert is_new and verdict.standing is Standing.PLAIN and verdict.made_version == 2
    assert (now(book, one).state, now(book, one).version) == (state, 2)
    again, is_new = judge_in_office(book, sent)
    assert (again, is_new) == (verdict, False)
    undone = undo_verdict(book, verdict.id)
    assert undone.undone_by == book.actor
    assert (now(book, one).state, now(book, one).version) == (CandidateState.TO_CHECK, 3)
    before = everything(book)
    assert undo_verdict(book, verdict.id) == undone and everything(book) == before
    assert verbs(book)[-4:] == [
        "mark_candidate",
        "judge_in_office",
        "mark_candidate",
        "undo_office_verdict",
    ]


def test_another_content_under_the_same_id_is_refused(book, one):
    sent = said(one)
    judge_in_office(book, sent)
    before = everything(book)
    with pytest.raises(IdReused):
        judge_in_office(book, replace(sent, says=OfficeSays.IGNORE))
    assert everything(book) == before


def test_two_analysts_who_differ_are_both_kept_until_somebody_judges_again(book, one):
    first, _ = judge_in_office(book, said(one, OfficeSays.VISIT))
    second, _ = judge_in_office(book, said(one, OfficeSays.IGNORE))
    assert (second.standing, second.made_version) == (Standing.PARALLEL, None)
    assert now(book, one).state is CandidateState.TO_VISIT
    judge_in_office(book, said(now(book, one), OfficeSays.LOOK_ALIKE))
    assert now(book, one).state is CandidateState.RULED_OUT
    with book.reading() as connection:
        assert office_verdicts.unsettled(connection, one.id) == []
        kept = {v.id: v.standing for v in office_verdicts.of_candidate(connection, one.id)}
    assert kept[second.id] is Standing.SET_ASIDE and len(kept) == 3
    with pytest.raises(VerdictOvertaken):
        undo_verdict(book, first.id)


def test_two_analysts_who_agree_change_nothing_twice(book, one):
    judge_in_office(book, said(one))
    second, _ = judge_in_office(book, said(one))
    assert (second.standing, second.made_version) == (Standing.PLAIN, None)
    assert now(book, one).version == 2


def test_a_verdict_on_a_place_that_was_seen_again_meanwhile_is_a_proposal(book, one):
    file_candidates(book, later_scene(book).id, a_run(WEST))
    verdict, _ = judge_in_office(book, said(one))
    assert (verdict.standing, verdict.made_version) == (Standing.PROPOSAL, None)
    assert now(book, one).state is CandidateState.TO_CHECK


def test_what_the_field_found_stands_above_the_image(book, one):
    record_field_check(book, a_look_alike(one), at_once=True)
    before = everything(book)
    with pytest.raises(FieldHasSpoken) as refusal:
        judge_in_office(book, said(now(book, one)))
    assert "误判" in refusal.value.sentence() and everything(book) == before


def test_the_field_may_find_out_what_the_office_set_aside(book, one):
    judge_in_office(book, said(one, OfficeSays.IGNORE))
    record_field_check(book, a_look_alike(now(book, one)), at_once=True)
    assert now(book, one).state is CandidateState.LOOK_ALIKE


def test_a_team_that_was_under_way_meanwhile_checked_the_same_place(book, one):
    judge_in_office(book, said(one))
    check, _ = record_field_check(book, a_look_alike(one), at_once=True)
    assert check.standing is Standing.PLAIN
    assert now(book, one).state is CandidateState.LOOK_ALIKE
    file_candidates(book, later_scene(book).id, a_run(WEST))
    later, _ = record_field_check(book, a_look_alike(one), at_once=True)
    assert later.standing is not Standing.PLAIN


def test_a_find_that_stands_alone_must_be_surer(book, scene):
    alone = replace(sure(EAST, 0.6), facts={"is_isolated": True})
    report = a_run(found=[sure(WEST, 0.6), alone])
    report = replace(report, parameters={"threshold": 0.5, "isolated_extra": 0.2})
    run_id = file_candidates(book, scene.id, report).run_id
    assert shown(book) == [0.6]
    move_threshold(book, run_id, 0.4, seen=0.5)
    assert shown(book) == [0.6, 0.6]


@pytest.mark.parametrize(
    "change", [{"look_alike": LookAlike.SNOW}, {"says": OfficeSays.LOOK_ALIKE, "look_alike": None}]
)
def test_a_kind_goes_with_a_look_alike_and_with_nothing_else(book, one, change):
    with pytest.raises(KindOfLookAlikeMissing):
        judge_in_office(book, said(one, **change))


def test_a_run_that_never_saw_the_candidate_is_refused(book, one):
    filed = file_candidates(book, later_scene(book).id, a_run(EAST))
    for run_id in (filed.run_id, uuid4()):
        with pytest.raises(NotInRegister):
            judge_in_office(book, said(one, run_id=run_id))


def sure(outline, confidence):
    return Found(uuid5(UUID(int=0), outline.wkb_hex), "slag_pile", confidence, outline)


def shown(book):
    with book.reading() as connection:
        page = candidates.page(connection, KUNDULUN, limit=10)
        assert page.total == candidates.counts(connection, KUNDULUN)["total"]
        return [one.confidence for one in page.items]


def test_a_threshold_moves_after_the_run_and_lists_follow(book, scene):
    report = a_run(found=[sure(WEST, 0.9), sure(EAST, 0.4)], parameters={"min_confidence": 0.5})
    run_id = file_candidates(book, scene.id, report).run_id
    assert shown(book) == [0.9] and len(all_candidates(book)) == 2
    assert move_threshold(book, run_id, 0.3, seen=0.5).threshold == 0.3
    assert shown(book) == [0.9, 0.4]
    move_threshold(book, run_id, 0.95, seen=0.3)
    assert shown(book) == []
    before = everything(book)
    move_threshold(book, run_id, 0.95, seen=0.3)
    assert everything(book) == before
    with pytest.raises(ThresholdMoved):
        move_threshold(book, run_id, 0.1, seen=0.3)
    assert verbs(book)[-2:] == ["move_threshold", "move_threshold"]


def test_a_candidate_of_several_runs_counts_by_its_best(book, scene):
    low = a_run(found=[sure(WEST, 0.4)], parameters={"threshold": 0.5})
    file_candidates(book, scene.id, low)
    assert shown(book) == []
    high = a_run(found=[sure(WEST, 0.7)], parameters={"threshold": 0.5})
    run_id = file_candidates(book, later_scene(book).id, high).run_id
    assert shown(book) == [0.7]
    move_threshold(book, run_id, 0.8, seen=0.5)
    assert shown(book) == []


def test_what_a_person_judged_is_shown_below_any_threshold(book, one, scene):
    judge_in_office(book, said(one))
    with book.reading() as connection:
        (seen,) = candidates.sightings_of(connection, one.id)
    move_threshold(book, seen["run_id"], 1.0, seen=0.5)
    assert shown(book) == [0.8]


@pytest.mark.parametrize("threshold", [float("nan"), float("inf"), 2.0, -1.0])
def test_a_threshold_that_is_no_share_is_refused(book, threshold):
    with pytest.raises(ThresholdUnfit):
        move_threshold(book, uuid4(), threshold, seen=0.5)


@pytest.mark.parametrize(
    ("parameters", "threshold"),
    [
        ({}, 0.0),
        ({"min_confidence": 0.25}, 0.25),
        ({"threshold": 0.5, "min_confidence": 0.1}, 0.5),
        ({"threshold": "0.5"}, 0.0),
        ({"threshold": 2}, 0.0),
        ({"threshold": float("nan")}, 0.0),
    ],
)
def test_a_run_begins_with_the_threshold_of_its_parameters(parameters, threshold):
    assert threshold_of(parameters) == threshold
