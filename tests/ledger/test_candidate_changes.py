"""Runs of several dates in the register: one place one candidate, and what became of each."""

from datetime import date

import numpy as np
import pytest
import shapely
from shapely import MultiPolygon, box

from gis.domain.detection.candidate_change import KindTold, Remains
from gis.domain.detection.limits import KINDS
from gis.domain.terms import CandidateState, ChangeKind, FootprintState
from gis.ledger.checks import record_field_check
from gis.ledger.detection import file_candidates
from gis.ledger.imagery import add_scene
from gis.ledger.office_verdicts import move_threshold
from gis.store import candidate_changes, candidates, imagery
from tests.ledger.looking import all_candidates, rows, verbs
from tests.makers import KUNDULUN, a_look_alike, a_run, a_scene, list_site, square

LATER = date(2026, 7, 24)
EAST, WEST = square(109.75), square(109.70)
"""About 170 by 220 m each."""


def later(book, *outlines, day=LATER, **changes):
    sha256 = f"{day:%Y%m%d}" * 8
    scene = add_scene(book, a_scene(name=f"s2_{day}", acquired_on=day, sha256=sha256))
    return file_candidates(book, scene.id, a_run(*outlines, **changes))


def shifted(outline, east=0.0, north=0.0):
    return shapely.transform(outline, lambda xy: xy + (east, north))


def part(outline, left, right):
    west, south, east, north = outline.bounds
    wide = east - west
    return MultiPolygon([box(west + left * wide, south, west + right * wide, north)])


def standing(book):
    return [one for one in all_candidates(book) if one.state is not CandidateState.MERGED]


def changes_of(book, one):
    with book.reading() as connection:
        return candidate_changes.of_candidate(connection, one.id)


def seen_all(outline):
    return Remains(1.0, 0.0)


def test_jittered_split_and_merged_outlines_make_no_duplicate(book, scene):
    """Twelve places on three dates, every outline moved, each third split, each fourth merged."""
    dice = np.random.default_rng(6)
    places = [square(109.66 + 0.01 * (n % 6), 40.66 + 0.02 * (n // 6)) for n in range(12)]
    file_candidates(book, scene.id, a_run(*places))
    jittered = [shifted(p, *dice.uniform(-4e-4, 4e-4, 2)) for p in places]
    split = [
        piece
        for n, p in enumerate(jittered)
        for piece in ((part(p, 0, 0.42), part(p, 0.58, 1)) if n % 3 == 0 else (p,))
    ]
    filed = later(book, *split)
    assert (filed.new, filed.seen_again) == (0, 12)
    # Neighbours in a row grow together by the next date.
    merged = [shapely.union_all([jittered[n], jittered[n + 1]]).envelope for n in (0, 4, 8)]
    rest = [jittered[n] for n in range(12) if n not in {0, 1, 4, 5, 8, 9}]
    wide = [MultiPolygon([one]) for one in merged]
    filed = later(book, *wide, *rest, day=date(2026, 8, 20))
    assert filed.new == 0
    left = standing(book)
    assert len(left) == 9, f"{len(left) - 9} duplicates"
    overlaps = [
        (a.id, b.id)
        for n, a in enumerate(left)
        for b in left[n + 1 :]
        if a.outline.intersection(b.outline).area > 0.3 * min(a.outline.area, b.outline.area)
    ]
    assert overlaps == []


def test_a_place_in_two_parts_keeps_one_candidate_with_both_outlines(book, scene):
    file_candidates(book, scene.id, a_run(WEST))
    filed = later(book, part(WEST, 0, 0.4), part(WEST, 0.6, 1))
    assert (filed.new, filed.seen_again) == (0, 1)
    (west,) = all_candidates(book)
    assert len(west.outline.geoms) == 2 and west.sightings == 2
    assert rows(book, "sightings") == {"sightings": 2}


def test_one_that_takes_in_another_keeps_the_history_of_both(book, scene):
    halves = part(WEST, 0, 0.55), part(WEST, 0.65, 1)
    file_candidates(book, scene.id, a_run(*halves))
    later(book, WEST)
    merged = [c for c in all_candidates(book) if c.state is CandidateState.MERGED]
    (left,) = standing(book)
    assert [one.merged_into for one in merged] == [left.id]
    assert "merge_candidate" in verbs(book)
    with book.reading() as connection:
        assert len(candidates.sightings_of(connection, left.id)) == 3
        assert candidates.page(connection, "150203", limit=9).items == [left]
        assert candidates.counts(connection, "150203")["total"] == 1
    (change, _) = changes_of(book, left)
    assert change["state"] is FootprintState.UNCHANGED, "what it took in was there before"


def test_one_taken_in_twice_over_leads_to_the_last(book, scene):
    third = [part(WEST, n / 3, (n + 0.9) / 3) for n in range(3)]
    file_candidates(book, scene.id, a_run(*third))
    later(book, part(WEST, 0, 0.64), third[2])
    later(book, WEST, day=date(2026, 8, 20))
    (left,) = standing(book)
    assert {c.merged_into for c in all_candidates(book)} == {None, left.id}


def test_an_older_image_takes_nothing_in(book, scene):
    file_candidates(book, scene.id, a_run(part(WEST, 0, 0.5), part(WEST, 0.6, 1)))
    later(book, WEST, day=date(2026, 5, 3))
    assert len(standing(book)) == 2


def test_a_judged_candidate_is_never_taken_in(book, scene):
    file_candidates(book, scene.id, a_run(part(WEST, 0, 0.6), part(WEST, 0.65, 1)))
    small = min(all_candidates(book), key=lambda one: one.area_m2)
    record_field_check(book, a_look_alike(small), at_once=True)
    later(book, WEST)
    assert {one.state for one in all_candidates(book)} == {
        CandidateState.TO_CHECK, CandidateState.LOOK_ALIKE,
    }  # fmt: skip


def test_a_find_on_a_listed_site_stays_that_sites_on_every_date(book, scene):
    site = list_site(book, outline=WEST)
    file_candidates(book, scene.id, a_run(part(WEST, 0, 0.5)))
    later(book, shifted(WEST, 3e-4))
    (one,) = all_candidates(book)
    assert (one.state, one.site_code, one.sightings) == (CandidateState.CONFIRMED, site.code, 2)


# what became of it


def test_the_first_image_compares_nothing_and_a_later_one_tells_new_from_grown(book, scene):
    file_candidates(book, scene.id, a_run(WEST))
    later(book, square(109.70, size=0.004), EAST)
    west, east = sorted(standing(book), key=lambda one: one.outline.bounds)
    newest, first = changes_of(book, west)
    assert first["state"] is FootprintState.FIRST and first["compared_on"] is None
    assert newest["state"] is FootprintState.GROWN
    assert newest["compared_on"] == scene.acquired_on
    assert newest["change_m2"] > newest["uncertainty_m2"] > 0
    assert [row["state"] for row in changes_of(book, east)] == [FootprintState.NEW]


def test_a_little_more_or_less_is_no_change(book, scene):
    file_candidates(book, scene.id, a_run(WEST))
    later(book, shifted(square(109.70, size=0.00205), 1e-5))
    (west,) = all_candidates(book)
    assert changes_of(book, west)[0]["state"] is FootprintState.UNCHANGED


@pytest.mark.parametrize(
    ("left", "state"),
    [
        (Remains(1.0, 0.0), FootprintState.GONE),
        (Remains(0.2, 0.0), FootprintState.UNSEEN),
        (Remains(1.0, 0.9), FootprintState.UNCHANGED),
    ],
)
def test_what_a_run_did_not_find_is_gone_only_where_it_was_seen(book, scene, left, state):
    file_candidates(book, scene.id, a_run(WEST, EAST))
    later(book, EAST, remains=lambda outline: left)
    west, east = sorted(all_candidates(book), key=lambda one: one.outline.bounds)
    assert changes_of(book, west)[0]["state"] is state
    assert west.state is CandidateState.TO_CHECK, "only a person takes it off the list"
    assert changes_of(book, east)[0]["state"] is FootprintState.UNCHANGED


def test_where_nobody_can_say_what_was_seen_nothing_is_gone(book, scene):
    file_candidates(book, scene.id, a_run(WEST))
    later(book, EAST)
    west = min(all_candidates(book), key=lambda one: one.outline.bounds)
    assert [row["state"] for row in changes_of(book, west)] == [FootprintState.FIRST]


def test_two_models_are_not_compared(book, scene):
    file_candidates(book, scene.id, a_run(WEST))
    later(book, square(109.70, size=0.004), model_sha256="f" * 64, remains=seen_all)
    (west,) = all_candidates(book)
    assert [row["state"] for row in changes_of(book, west)] == [FootprintState.FIRST] * 2


def test_an_image_without_a_day_tells_no_change(book, scene):
    file_candidates(book, scene.id, a_run(WEST))
    undated = add_scene(book, a_scene(name="undated", acquired_on=None, sha256="e" * 64))
    file_candidates(book, undated.id, a_run(EAST, remains=seen_all))
    assert rows(book, "candidate_changes") == {"candidate_changes": 1}


def test_filing_the_same_run_again_adds_no_change(book, scene):
    for _ in range(2):
        file_candidates(book, scene.id, a_run(WEST))
    assert rows(book, "candidate_changes") == {"candidate_changes": 1}


def test_a_judge_tells_the_kinds_of_a_run_on_file_and_adds_no_second_one(book, scene):
    file_candidates(book, scene.id, a_run(WEST))
    limits = a_run().parameters
    run_id = later(book, WEST, EAST).run_id
    move_threshold(book, run_id, 0.7, seen=0.5)
    asked = []

    def kinds(outline, since):
        asked.append((outline, since))
        return KindTold(ChangeKind.MINING, 0.8) if len(asked) == 1 else None

    (_, now) = imagery_of(book)
    judged = a_run(WEST, EAST, kinds=kinds, parameters=limits | {KINDS: "a" * 64})
    for _ in range(2):  # the same judge again is not asked again
        filed = file_candidates(book, now, judged)
        assert (filed.run_id, filed.is_new_run, filed.new) == (run_id, False, 0)
    assert asked == [(EAST, None)], "what did not change is not asked for"
    assert rows(book, "detection_runs", "sightings") == {"detection_runs": 2, "sightings": 3}
    (new,) = [one for one in standing(book) if one.outline == EAST]
    (change,) = changes_of(book, new)
    assert (change["kind"], change["kind_share"]) == (ChangeKind.MINING, 0.8)
    assert verbs(book)[-1] == "judge_changes"
    with book.reading() as connection:
        run = imagery.run(connection, run_id)
    assert (run.threshold, run.parameters[KINDS]) == (0.7, "a" * 64)

    plain = file_candidates(book, now, a_run(WEST, EAST))
    assert (plain.run_id, plain.is_new_run) == (run_id, False)
    other = a_run(WEST, EAST, kinds=kinds, parameters=limits | {KINDS: "b" * 64})
    file_candidates(book, now, other)
    (change,) = changes_of(book, new)
    assert (change["kind"], change["kind_share"]) == (None, None), "the other judge cannot say"


def imagery_of(book):
    with book.reading() as connection:
        return [one.id for one in imagery.all_scenes(connection, KUNDULUN)]
