"""Filing a run: nothing twice, one place one candidate, all or nothing."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from uuid import uuid4

import pytest
from shapely.geometry import Polygon

from gis.domain.errors import GeometryInvalid, MetricCrsUnfit, NotInRegister, OutsideDistrict
from gis.domain.terms import CandidateState
from gis.ledger import places
from gis.ledger.checks import record_field_check
from gis.ledger.detection import file_candidates
from gis.ledger.imagery import add_scene
from gis.spatial.crs import as_multipolygon
from gis.store import candidates
from tests.ledger.looking import all_candidates, everything, rows, verbs
from tests.makers import a_district, a_look_alike, a_run, a_scene, list_site, square

EAST, WEST = square(109.75), square(109.70)


def later_scene(book, day=date(2026, 7, 24)):
    return add_scene(book, a_scene(name=f"s2_{day}", acquired_on=day, sha256="2" * 64))


def test_a_run_is_filed_with_its_record_and_its_finds(book, scene):
    filed = file_candidates(book, scene.id, a_run(WEST, EAST))
    assert (filed.is_new_run, filed.new, filed.seen_again) == (True, 2, 0)
    west, east = all_candidates(book)
    assert west.state is CandidateState.TO_CHECK and west.version == 1
    assert west.first_seen_on == west.last_seen_on == scene.acquired_on
    assert west.area_m2 == pytest.approx(west.area_geodesic_m2, rel=0.005)
    assert rows(book, "detection_runs", "sightings") == {"detection_runs": 1, "sightings": 2}
    assert verbs(book)[-3:] == ["file_candidate", "file_candidate", "file_candidates"]


def test_the_same_run_again_files_nothing(book, scene):
    first = file_candidates(book, scene.id, a_run(WEST, EAST))
    before = everything(book)
    second = file_candidates(book, scene.id, a_run(WEST, EAST))
    assert (second.run_id, second.is_new_run, second.new) == (first.run_id, False, 0)
    assert everything(book) == before


def test_the_same_run_filed_by_several_at_once_is_filed_once(book, scene):
    with ThreadPoolExecutor(4) as pool:
        filed = list(
            pool.map(lambda _: file_candidates(book, scene.id, a_run(WEST, EAST)), range(4))
        )
    assert sorted(one.is_new_run for one in filed) == [False, False, False, True]
    assert rows(book, "candidates", "sightings") == {"candidates": 2, "sightings": 2}


def test_a_place_on_a_second_date_is_one_candidate_seen_twice(book, scene):
    file_candidates(book, scene.id, a_run(WEST, EAST))
    grown = square(109.70, size=0.0025)
    filed = file_candidates(book, later_scene(book).id, a_run(grown))
    assert (filed.new, filed.seen_again) == (0, 1)
    west, east = all_candidates(book)
    assert (west.sightings, east.sightings) == (2, 1)
    assert west.outline == grown
    assert (west.first_seen_on, west.last_seen_on) == (date(2026, 6, 19), date(2026, 7, 24))
    with book.reading() as connection:
        seen = candidates.sightings_of(connection, west.id)
    assert [row["scene_name"] for row in seen] == ["s2_20260619", "s2_2026-07-24"]
    assert [row["outline"] for row in seen] == [WEST, grown]


def test_an_older_image_filed_later_keeps_the_newer_outline(book, scene):
    file_candidates(book, scene.id, a_run(WEST))
    small = square(109.70, size=0.0015)
    file_candidates(book, later_scene(book, date(2026, 5, 3)).id, a_run(small))
    (west,) = all_candidates(book)
    assert (west.outline, west.first_seen_on) == (WEST, date(2026, 5, 3))


def test_a_find_on_a_listed_site_is_marked_as_that_sites(book, scene):
    site = list_site(book, outline=WEST)
    file_candidates(book, scene.id, a_run(WEST, EAST))
    west, east = all_candidates(book)
    assert (west.state, west.site_code) == (CandidateState.CONFIRMED, site.code)
    assert (east.state, east.site_code) == (CandidateState.TO_CHECK, None)


def test_a_verdict_is_not_undone_by_a_further_sighting(book, scene):
    file_candidates(book, scene.id, a_run(WEST))
    (west,) = all_candidates(book)
    record_field_check(book, a_look_alike(west), at_once=True)
    file_candidates(book, later_scene(book).id, a_run(WEST))
    (again,) = all_candidates(book)
    assert (again.state, again.sightings) == (CandidateState.LOOK_ALIKE, 2)


def test_a_verdict_that_comes_while_a_run_is_filed_is_not_lost(book, scene):
    # Filing many finds takes a while; the verdict arrives in the middle of it.
    outlines = [square(109.61 + 0.003 * n) for n in range(40)]
    file_candidates(book, scene.id, a_run(*outlines))
    last = all_candidates(book)[-1]
    second = later_scene(book)
    with ThreadPoolExecutor(2) as pool:
        filing = pool.submit(file_candidates, book, second.id, a_run(*outlines))
        checks = []
        while not filing.done():
            checks.append(record_field_check(book, a_look_alike(last), at_once=True)[0])
        filing.result()
    (candidate,) = [c for c in all_candidates(book) if c.id == last.id]
    assert candidate.sightings == 2
    taken = [check for check in checks if check.effects]
    expected = CandidateState.LOOK_ALIKE if taken else CandidateState.TO_CHECK
    assert candidate.state is expected
    assert rows(book, "field_checks") == {"field_checks": len(checks)}


bow_tie = as_multipolygon(Polygon([(109.7, 40.7), (109.71, 40.71), (109.71, 40.7), (109.7, 40.71)]))


@pytest.mark.parametrize(
    ("bad", "error"), [(square(110.5), OutsideDistrict), (bow_tie, GeometryInvalid)]
)
def test_one_bad_find_and_nothing_at_all_is_stored(book, scene, bad, error):
    before = everything(book)
    with pytest.raises(error):
        file_candidates(book, scene.id, a_run(WEST, EAST, bad))
    assert everything(book) == before


def test_a_place_whose_zone_does_not_fit_gets_nothing(book):
    places.add_district(book, a_district(code="150204", metric_epsg=4527))
    scene = add_scene(book, a_scene(district_code="150204"))
    before = everything(book)
    with pytest.raises(MetricCrsUnfit):
        file_candidates(book, scene.id, a_run(WEST))
    assert everything(book) == before


def test_a_scene_that_is_not_registered(book):
    with pytest.raises(NotInRegister):
        file_candidates(book, uuid4(), a_run(WEST))


def test_a_run_that_found_nothing_is_kept_as_well(book, scene):
    filed = file_candidates(book, scene.id, a_run())
    assert (filed.is_new_run, filed.new) == (True, 0)
    assert rows(book, "detection_runs", "candidates") == {"detection_runs": 1, "candidates": 0}


def test_what_lists_do_not_show_is_filed_and_not_counted(book, scene):
    sure, unsure = a_run(WEST, EAST).found
    report = replace(a_run(WEST), found=[sure, replace(unsure, confidence=0.4)])
    filed = file_candidates(book, scene.id, report)
    assert (filed.new, filed.seen_again) == (1, 0)
    assert rows(book, "candidates") == {"candidates": 2}


def test_other_parameters_are_another_run_of_the_same_places(book, scene):
    file_candidates(book, scene.id, a_run(WEST))
    filed = file_candidates(book, scene.id, a_run(WEST, parameters={"threshold": 0.7}))
    assert (filed.is_new_run, filed.new, filed.seen_again) == (True, 0, 1)


def test_a_find_filed_before_is_known_even_when_its_place_has_moved_on(book, scene):
    # Seen three times, each time further east, the outline no longer meets the first find.
    for number, lon in enumerate((109.7000, 109.7012, 109.7024)):
        day = date(2026, 7, 1 + number)
        file_candidates(book, later_scene(book, day).id, a_run(square(lon)))
    assert len(all_candidates(book)) == 1
    first = square(109.7000)
    filed = file_candidates(book, scene.id, a_run(first, parameters={"threshold": 0.7}))
    assert (filed.new, filed.seen_again) == (0, 1)
    (candidate,) = all_candidates(book)
    assert candidate.sightings == 4
    assert candidate.first_seen_on == scene.acquired_on
