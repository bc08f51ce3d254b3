"""A candidate's panel says how each image found it, and leads from a merged one to the other."""

from datetime import date

from shapely import box

from gis.domain.detection.candidate_change import Remains
from gis.ledger.detection import file_candidates
from gis.ledger.imagery import add_scene
from gis.spatial.crs import as_multipolygon
from tests.makers import a_run, a_scene


def later(book, day, *outlines, **changes):
    scene = add_scene(book, a_scene(name=f"s2_{day}", acquired_on=day, sha256=f"{day:%Y%m%d}" * 8))
    file_candidates(book, scene.id, a_run(*outlines, **changes))


def test_the_panel_tells_each_images_change_the_latest_first(client, book, candidate_id):
    larger = as_multipolygon(box(109.70, 40.70, 109.704, 40.7025))
    later(book, date(2026, 7, 24), larger)
    later(book, date(2026, 8, 20), remains=lambda outline: Remains(0.1, 0.0))
    one = client.get(f"/api/candidates/{candidate_id}").json()
    assert [row["state"] for row in one["changes"]] == ["UNSEEN", "GROWN", "FIRST"]
    unseen, grown, first = one["changes"]
    assert (grown["seen_on"], grown["compared_on"]) == ("2026-07-24", "2026-06-19")
    assert grown["change_m2"] > grown["uncertainty_m2"] > 0
    assert (unseen["change_m2"], unseen["area_m2"], first["compared_on"]) == (None, None, None)
    assert (one["state"], one["merged_into"]) == ("TO_CHECK", None)


def test_a_merged_candidate_is_off_the_list_and_names_the_other(client, book, candidate_id):
    beside = as_multipolygon(box(109.7035, 40.70, 109.705, 40.702))
    later(book, date(2026, 7, 24), beside)
    later(book, date(2026, 8, 20), as_multipolygon(box(109.70, 40.70, 109.705, 40.702)))
    listed = client.get("/api/candidates?district=150203").json()["items"]
    assert [row["id"] for row in listed] == [candidate_id]
    with book.reading() as connection:
        rows = connection.exec_driver_sql("select id from candidates where state = 'MERGED'")
        (merged,) = [str(row.id) for row in rows]
    assert client.get(f"/api/candidates/{merged}").json()["merged_into"] == candidate_id
    seen = client.get(f"/api/candidates/{candidate_id}").json()["sightings"]
    assert len(seen) == 3
