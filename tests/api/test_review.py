"""Review by HTTP: the list of a run, verdicts, thresholds, zones, scores, comparisons."""

import hashlib
import json
from datetime import date
from uuid import UUID, uuid4, uuid5

import numpy as np
import pytest
import rasterio
from rasterio.transform import from_bounds

from api import scores
from gis.domain.people.accounts import Sight
from gis.domain.terms import Role
from gis.ledger import people, places
from gis.ledger.detection import Found, file_candidates
from gis.ledger.imagery import add_scene
from gis.store import run_review
from remote_sensing.maps.errors import ScoresGone
from tests.api.known import PASSWORD
from tests.makers import a_district, a_run, a_scene, square

WEST, EAST = square(109.70), square(109.75)
KUNDULUN = "150203"


def sure(outline, confidence, class_name="slag_pile", **facts):
    return Found(uuid5(UUID(int=0), outline.wkb_hex), class_name, confidence, outline, facts)


@pytest.fixture
def run_id(app, book):
    scene = add_scene(book, a_scene())
    found = [sure(WEST, 0.9, pixels=40), sure(EAST, 0.4, "open_pit")]
    return file_candidates(book, scene.id, a_run(found=found)).run_id


def listed(client, run_id):
    answer = client.get(f"/api/runs/{run_id}/review")
    assert answer.status_code == 200, answer.text
    return answer.json()


def say(client, find, says="VISIT", verdict_id=None, **changes):
    body = {
        "candidate_id": find["id"],
        "says": says,
        "look_alike": "greenhouse" if says == "LOOK_ALIKE" else None,
        "seen_version": find["version"],
    }
    return client.put(f"/api/office-verdicts/{verdict_id or uuid4()}", json=body | changes)


def test_the_list_holds_all_finds_whatever_the_threshold(client, run_id):
    got = listed(client, run_id)
    assert [one["confidence"] for one in got["finds"]] == [0.9, 0.4]
    assert got["run"]["threshold"] == 0.5 and got["left_out"] == 0 and got["scores"] is None
    west = got["finds"][0]
    assert west["facts"] == {"pixels": 40} and west["state"] == "TO_CHECK"
    whole = client.get(f"/api/runs/{run_id}/finds/{west['id']}").json()
    assert whole["outline"]["type"] == "MultiPolygon" and whole["verdicts"] == []


def test_too_many_finds_for_a_page_are_told_and_come_class_by_class(client, run_id, monkeypatch):
    monkeypatch.setattr(run_review, "MOST_FINDS", 1)
    got = listed(client, run_id)
    assert [one["confidence"] for one in got["finds"]] == [0.9] and got["left_out"] == 1
    assert got["class_counts"] == {"open_pit": 1, "slag_pile": 1} and got["only"] is None
    other = client.get(f"/api/runs/{run_id}/review", params={"only": "open_pit"}).json()
    assert [one["confidence"] for one in other["finds"]] == [0.4]
    assert other["left_out"] == 0 and other["class_counts"] == got["class_counts"]
    nothing = client.get(f"/api/runs/{run_id}/review", params={"only": "road"}).json()
    assert nothing["finds"] == [] and nothing["left_out"] == 0
    for wrong in ("<b>", "x" * 61, ""):
        asked = client.get(f"/api/runs/{run_id}/review", params={"only": wrong})
        assert asked.status_code == 422


def test_a_verdict_is_stored_once_and_taken_back(client, run_id):
    west = listed(client, run_id)["finds"][0]
    verdict_id = uuid4()
    first = say(client, west, "LOOK_ALIKE", verdict_id, run_id=str(run_id))
    assert first.status_code == 201
    assert first.json()["find"]["state"] == "RULED_OUT"
    assert first.json()["find"]["look_alike"] == "greenhouse"
    assert say(client, west, "LOOK_ALIKE", verdict_id, run_id=str(run_id)).status_code == 200
    assert say(client, west, "VISIT", verdict_id).status_code == 409
    undone = client.put(f"/api/office-verdicts/{verdict_id}/undo")
    assert undone.json()["find"]["state"] == "TO_CHECK"
    assert client.put(f"/api/office-verdicts/{verdict_id}/undo").status_code == 200


def test_a_stale_verdict_is_kept_and_the_list_says_so(client, run_id):
    west = listed(client, run_id)["finds"][0]
    say(client, west, "VISIT")
    late = say(client, west, "IGNORE", run_id=str(run_id))
    assert late.status_code == 201 and late.json()["verdict"]["standing"] == "PARALLEL"
    assert late.json()["find"]["state"] == "TO_VISIT"
    assert listed(client, run_id)["finds"][0]["is_contested"] is True


def test_accepted_candidates_come_first_on_the_phones_list(client, run_id):
    east = listed(client, run_id)["finds"][1]
    names = [
        place["class_name"]
        for place in client.get("/api/field/list", params={"district": KUNDULUN}).json()["places"]
    ]
    assert names == ["slag_pile"], "below the threshold nobody goes there"
    say(client, east, "VISIT")
    west = listed(client, run_id)["finds"][0]
    got = client.get("/api/field/list", params={"district": KUNDULUN}).json()["places"]
    assert [place["class_name"] for place in got] == ["open_pit", "slag_pile"]
    say(client, west, "IGNORE")
    got = client.get("/api/field/list", params={"district": KUNDULUN}).json()["places"]
    assert [place["class_name"] for place in got] == ["open_pit"]


@pytest.mark.parametrize("threshold", ["NaN", "2", "-1", "Infinity", '"high"', "null"])
def test_a_threshold_that_is_no_share_gets_one_sentence(client, run_id, threshold):
    body = f'{{"threshold": {threshold}, "seen": 0.5}}'
    answer = client.put(
        f"/api/runs/{run_id}/threshold",
        content=body,
        headers={"Content-Type": "application/json"},
    )
    assert answer.status_code == 422 and answer.json()["zh"] and answer.json()["en"]
    assert listed(client, run_id)["run"]["threshold"] == 0.5


def test_a_threshold_moves_lists_and_tiles(client, run_id):
    def number():
        return client.get("/api/candidates", params={"district": KUNDULUN}).json()["total"]

    assert number() == 1
    moved = client.put(f"/api/runs/{run_id}/threshold", json={"threshold": 0.3, "seen": 0.5})
    assert moved.json() == {"threshold": 0.3} and number() == 2
    late = client.put(f"/api/runs/{run_id}/threshold", json={"threshold": 0.9, "seen": 0.5})
    assert (late.status_code, late.json()["code"]) == (409, "threshold_moved")
    tile = client.get(f"/run-tiles/{run_id}/8/205/96.mvt")
    assert tile.status_code == 200 and b"permille" in tile.content
    again = client.get(
        f"/run-tiles/{run_id}/8/205/96.mvt", headers={"If-None-Match": tile.headers["etag"]}
    )
    assert again.status_code == 304


def test_what_is_of_elsewhere_is_not_found(client, book, run_id):
    west = listed(client, run_id)["finds"][0]
    other = uuid4()
    assert client.get(f"/api/runs/{other}/review").status_code == 404
    assert client.get(f"/api/runs/{other}/finds/{west['id']}").status_code == 404
    assert client.get(f"/api/runs/{run_id}/finds/{other}").status_code == 404
    assert say(client, west | {"id": str(other)}).status_code == 404
    assert say(client, west, run_id=str(other)).status_code == 404
    threshold = {"threshold": 0.1, "seen": 0.5}
    assert client.put(f"/api/runs/{other}/threshold", json=threshold).status_code == 404
    assert (
        client.get("/api/comparisons", params={"a": str(run_id), "b": str(other)}).status_code
        == 404
    )


def test_a_find_that_became_part_of_another_is_judged_as_that_one(client, book, app):
    scene = add_scene(book, a_scene())
    first = file_candidates(book, scene.id, a_run(WEST, square(109.7021))).run_id
    later = add_scene(book, a_scene(name="later", sha256="3" * 64, acquired_on=date(2026, 7, 24)))
    file_candidates(book, later.id, a_run(square(109.70, size=0.0041)))
    (whole,) = client.get("/api/candidates", params={"district": KUNDULUN}).json()["items"]
    (seen,) = listed(client, first)["finds"]
    assert seen["id"] == whole["id"] and seen["state"] == "TO_CHECK"
    assert say(client, seen, run_id=str(first)).json()["find"]["state"] == "TO_VISIT"


def test_an_account_of_a_town_sees_and_judges_its_own_finds_only(client, stranger, book, run_id):
    finds = listed(client, run_id)["finds"]
    people.add_user(book, "zhen", "镇工", Role.ANALYST, PASSWORD, Sight(towns=("昆河镇",)))
    stranger.post("/api/session", json={"username": "zhen", "password": PASSWORD})
    assert listed(stranger, run_id)["finds"] == []
    assert stranger.get(f"/api/runs/{run_id}/finds/{finds[0]['id']}").status_code == 404
    assert stranger.get(f"/run-tiles/{run_id}/8/205/96.mvt").status_code == 204
    later = add_scene(book, a_scene(name="later", sha256="3" * 64))
    other = file_candidates(book, later.id, a_run(WEST)).run_id
    asked = {"a": str(run_id), "b": str(other)}
    assert stranger.get("/api/comparisons", params=asked).json()["features"] == []
    text = stranger.get("/api/comparisons/file", params=asked | {"format": "csv"}).text
    assert text.strip("\ufeff\r\n") == "side"
    client.put(f"/api/zones/{uuid4()}", json=zone())
    (told,) = stranger.get("/api/zones", params={"district": KUNDULUN}).json()["zones"]
    assert told["covers"] == 0
    assert say(stranger, finds[0]).status_code == 404
    threshold = {"threshold": 0.1, "seen": 0.5}
    assert stranger.put(f"/api/runs/{run_id}/threshold", json=threshold).status_code == 403
    assert stranger.put(f"/api/zones/{uuid4()}", json=zone()).status_code == 403


def zone(**changes):
    ring = [[109.699, 40.699], [109.704, 40.699], [109.704, 40.704], [109.699, 40.704]]
    return {
        "district": KUNDULUN,
        "name": "<img src=x onerror=alert(1)>煤场",
        "kind": "COAL_YARD",
        "reason": "许可证 17",
        "outline": {"type": "Polygon", "coordinates": [[*ring, ring[0]]]},
    } | changes


def test_a_zone_is_drawn_shown_and_ended(client, run_id):
    zone_id = uuid4()
    assert client.put(f"/api/zones/{zone_id}", json=zone()).status_code == 201
    assert client.put(f"/api/zones/{zone_id}", json=zone()).status_code == 200
    west = listed(client, run_id)["finds"][0]
    assert (west["state"], west["own_state"], west["zone"]) == (
        "IGNORED",
        "TO_CHECK",
        "<img src=x onerror=alert(1)>煤场",
    )
    assert client.get(f"/api/candidates/{west['id']}").json()["zones"][0]["kind"] == "COAL_YARD"
    counts = client.get("/api/districts").json()["districts"][0]["counts"]["candidates"]
    assert counts["by_state"] == {"IGNORED": 1}
    (told,) = client.get("/api/zones", params={"district": KUNDULUN}).json()["zones"]
    assert told["covers"] == 1 and told["is_in_force"] is True
    ended = client.put(f"/api/zones/{zone_id}/end", json={"reason": "许可证注销"})
    assert ended.json()["version"] == 2
    assert listed(client, run_id)["finds"][0]["state"] == "TO_CHECK"
    again = client.put(f"/api/zones/{zone_id}/end", json={"reason": "别的"})
    assert (again.status_code, again.json()["code"]) == (409, "zone_over")


BOW = [[109.7, 40.7], [109.71, 40.71], [109.71, 40.7], [109.7, 40.71], [109.7, 40.7]]
FAR = [[10.0, 50.0], [10.1, 50.0], [10.1, 50.1], [10.0, 50.0]]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"outline": {"type": "Polygon", "coordinates": [BOW]}}, "geometry_invalid"),
        ({"outline": {"type": "Polygon", "coordinates": [FAR]}}, "outside_district"),
        ({"outline": {"type": "Point", "coordinates": [109.7, 40.7]}}, "geometry_invalid"),
        ({"name": ""}, "zone_nameless"),
        ({"name": "a" * 81}, "zone_nameless"),
        ({"reason": ""}, "zone_reason_missing"),
        ({"name": "a\x00b"}, "request_invalid"),
        ({"name": "a\ud800b"}, "request_invalid"),
        ({"valid_from": "9999-01-01"}, "request_invalid"),
        ({"valid_from": "2026-06-01", "valid_until": "2026-05-01"}, "zone_days_unfit"),
        ({"kind": "LAKE"}, "request_invalid"),
        ({"district": "000000"}, "district_unknown"),
    ],
)
def test_an_unfit_zone_gets_one_sentence(client, change, code):
    answer = client.put(
        f"/api/zones/{uuid4()}",
        content=json.dumps(zone(**change)),
        headers={"Content-Type": "application/json"},
    )
    assert answer.status_code in (404, 422) and answer.json()["code"] == code, answer.text
    assert client.get("/api/zones", params={"district": KUNDULUN}).json()["zones"] == []


def test_zones_come_from_a_file_all_or_none(client, run_id, tmp_path):
    def shape(lon, name):
        return {
            "type": "Feature",
            "properties": {"name": name},
            "geometry": square(lon).__geo_interface__,
        }

    def send(import_id, features, **changes):
        content = json.dumps({"type": "FeatureCollection", "features": features}).encode()
        about = {"district": KUNDULUN, "kind": "LEGAL_YARD", "reason": "名录", "name": "堆场"}
        return client.put(
            f"/api/zones/files/{import_id}",
            files={"file": ("堆场.geojson", content)},
            data={"about": json.dumps(about | changes)},
        )

    import_id = uuid4()
    sent = send(import_id, [shape(109.70, "甲堆场"), shape(109.80, "")])
    assert sent.status_code == 200 and sent.json()["new"] == 2, sent.text
    assert send(import_id, [shape(109.70, "甲堆场"), shape(109.80, "")]).json()["new"] == 0
    names = [
        z["name"] for z in client.get("/api/zones", params={"district": KUNDULUN}).json()["zones"]
    ]
    assert names == ["堆场 2", "甲堆场"]
    refused = send(uuid4(), [shape(109.71, "乙"), shape(10.0, "远")])
    assert refused.status_code == 422 and "\n" not in refused.json()["zh"]
    assert send(uuid4(), []).status_code == 422
    assert listed(client, run_id)["finds"][0]["zone"] == "甲堆场"


def with_scores(book, settings, tmp_path):
    """A run with a map of scores: two bands over the place of the finds."""
    path = tmp_path / "run" / "scores.tif"
    path.parent.mkdir()
    bands = np.zeros((2, 64, 64), np.uint8)
    bands[0, 10:30, 10:30] = 90
    bands[1, 40:50, 40:50] = 60
    profile = {
        "driver": "GTiff",
        "width": 64,
        "height": 64,
        "count": 2,
        "dtype": "uint8",
        "nodata": 255,
        "crs": "EPSG:4326",
        "transform": from_bounds(109.69, 40.69, 109.76, 40.71, 64, 64),
    }
    with rasterio.open(path, "w", **profile) as out:
        out.write(bands)
        out.descriptions = ("slag_pile", "water")
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    record = {"outputs": {"scores.tif": digest}}
    kept = scores.keep(settings, path.parent, record)
    assert kept == settings.scores_dir / f"{digest}.tif"
    assert scores.keep(settings, path.parent, record) == kept
    scene = add_scene(book, a_scene())
    return file_candidates(book, scene.id, a_run(WEST, record=record)).run_id


def test_the_map_of_scores_comes_as_tiles_by_class(client, book, settings, tmp_path):
    run_id = with_scores(book, settings, tmp_path)
    told = listed(client, run_id)["scores"]
    assert told["classes"] == ["target", "slag_pile", "water"]
    assert told["legend"][0]["percent"] == 5 and told["legend"][-1]["percent"] == 100
    address = f"/imagery/runs/{run_id}/scores/%s/10/824/385.png"
    tiles = {name: client.get(address % name) for name in told["classes"]}
    assert {name: tile.status_code for name, tile in tiles.items()} == dict.fromkeys(tiles, 200)
    assert tiles["target"].content == tiles["slag_pile"].content != tiles["water"].content
    assert tiles["water"].headers["content-type"] == "image/png"
    assert client.get(f"/imagery/runs/{run_id}/scores/target/10/0/0.png").status_code == 204
    assert client.get(address % "greenhouse").json()["code"] == "score_class_missing"
    assert client.get(address % "..%2f..").status_code in (404, 422)


def test_scores_that_are_not_what_the_record_says_are_not_kept(settings, tmp_path):
    (tmp_path / "scores.tif").write_bytes(b"other")
    with pytest.raises(Exception, match="other bytes"):
        scores.keep(settings, tmp_path, {"outputs": {"scores.tif": "0" * 64}})
    assert not list(settings.scores_dir.iterdir())
    for record in ({}, {"outputs": {"scores.tif": "../../etc/passwd"}}, {"outputs": None}):
        with pytest.raises(ScoresGone):
            scores.path_of(settings, record)


def test_two_runs_are_compared_and_handed_out(client, book, run_id):
    later = add_scene(book, a_scene(name="later", sha256="3" * 64))
    found = [sure(WEST, 0.7), sure(square(109.80), 0.6, "open_pit")]
    other = file_candidates(book, later.id, a_run(found=found)).run_id
    asked = {"a": str(run_id), "b": str(other)}
    got = client.get("/api/comparisons", params=asked).json()
    sides = [one["properties"]["side"] for one in got["features"]]
    assert sides == ["both", "only_b"], "the find below A's threshold is not A's"
    assert got["by_class"][0]["word"] == "open_pit" or got["by_class"][0]["word"] == "slag_pile"
    assert {row["word"] for row in got["by_state"]} == {"TO_CHECK"}
    text = client.get("/api/comparisons/file", params=asked | {"format": "csv"})
    assert text.content.startswith(b"\xef\xbb\xbfside,") and text.text.count("\n") == 3
    shapes = client.get("/api/comparisons/file", params=asked | {"format": "geojson"}).json()
    assert shapes["runs"] == asked and len(shapes["features"]) == 2
    same = client.get("/api/comparisons", params={"a": str(run_id), "b": str(run_id)})
    assert (same.status_code, same.json()["code"]) == (422, "runs_incomparable")
    places.add_district(book, a_district(code="150204", name_zh="青山区"))
    far = add_scene(book, a_scene(name="far", sha256="4" * 64, district_code="150204"))
    foreign = file_candidates(book, far.id, a_run(square(109.65))).run_id
    answer = client.get("/api/comparisons", params={"a": str(run_id), "b": str(foreign)})
    assert answer.json()["code"] == "runs_incomparable"
