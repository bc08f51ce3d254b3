"""An area for the phone: weighed before it is fetched, fetched by the bundle, its ground cut."""

import json
from dataclasses import replace
from pathlib import Path
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa
from fastapi.testclient import TestClient
from shapely.geometry import LineString, box, shape

from gis.domain import area
from gis.domain.area import Box, tiles_over
from gis.domain.terms import LayerKind
from gis.ledger import Book, places
from gis.ledger.imagery import add_scene
from gis.store.tables import ledger_log
from tests.made_imagery import FOOTPRINT, display_copy
from tests.makers import a_layer, a_scene

BOX = [109.70, 40.70, 109.78, 40.76]


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("imagery") / "display.tif"
    display_copy(path)
    return path


@pytest.fixture
def scene_id(app, book: Book, drawn: Path) -> UUID:
    scene = a_scene(display_path=str(drawn), footprint=box(*FOOTPRINT))
    add_scene(book, scene)
    return scene.id


def ask(client: TestClient, *boxes: list[float], scenes: tuple[UUID, ...] = (), **more):
    body = {"district": "150203", "boxes": boxes, "scenes": [str(one) for one in scenes], **more}
    return client.post("/api/field/area/size", json=body)


def bodies(content: bytes) -> list[bytes]:
    found = []
    while content:
        length = int.from_bytes(content[:4], "big")
        found.append(content[4 : 4 + length])
        content = content[4 + length :]
    return found


def test_the_size_said_before_is_what_comes(client: TestClient, scene_id: UUID):
    said = ask(client, BOX, scenes=(scene_id,)).json()
    (scene,) = said["scenes"]
    assert scene["zooms"] == [10, 11, 12, 13, 14]
    wanted = [tile for zoom in scene["zooms"] for tile in tiles_over([Box(*BOX)], zoom)]
    assert said["tiles"] == len(wanted)
    assert not said["is_exact"], "the deepest zoom is sampled"
    real = sum(
        len(client.get(f"/imagery/{scene_id}/natural/{z}/{x}/{y}.webp").content)
        for z, x, y in wanted
    )
    assert said["bytes"] == pytest.approx(real, rel=0.25)


def test_a_few_tiles_are_weighed_exactly(client: TestClient, scene_id: UUID):
    said = ask(client, BOX, scenes=(scene_id,), deepest=11).json()
    assert said["is_exact"]


def test_boxes_that_overlap_count_once(client: TestClient, scene_id: UUID):
    once, twice = (ask(client, *[BOX] * n, scenes=(scene_id,)).json() for n in (1, 2))
    assert once == twice


def test_where_a_scene_shows_nothing_nothing_is_fetched(client: TestClient, scene_id: UUID):
    wide, cut = [109.0, 40.7, 110.5, 40.73], [109.6, 40.7, 109.9, 40.73]
    assert (
        ask(client, wide, scenes=(scene_id,)).json() == ask(client, cut, scenes=(scene_id,)).json()
    )
    beside = ask(client, [108.0, 40.7, 108.1, 40.8], scenes=(scene_id,)).json()
    assert (beside["tiles"], beside["bytes"]) == (0, 0)


def test_too_much_is_refused_with_what_to_do(client, scene_id: UUID, monkeypatch):
    monkeypatch.setattr(area, "MOST_TILES", 300)
    answer = ask(client, [109.6, 40.6, 109.9, 40.9], scenes=(scene_id,))
    assert (answer.status_code, answer.json()["code"]) == (422, "area_too_large")
    assert "请缩小范围" in answer.json()["zh"]


@pytest.mark.parametrize(
    "corners",
    [[109.8, 40.7, 109.7, 40.8], [109.7, 40.7, 109.7, 40.8], [0.0, -89.0, 1.0, 89.0]],
)
def test_corners_without_sense_are_refused(client: TestClient, scene_id: UUID, corners):
    answer = ask(client, corners, scenes=(scene_id,))
    assert (answer.status_code, answer.json()["code"]) == (422, "box_invalid")


def test_a_bundle_holds_the_same_bytes_as_single_tiles(client: TestClient, scene_id: UUID):
    wanted = tiles_over([Box(*BOX)], 14)[:6]
    outside = (14, 0, 0)
    at = ",".join(f"{z}/{x}/{y}" for z, x, y in [*wanted, outside])
    answer = client.get(f"/api/field/area/tiles/{scene_id}/natural?at={at}")
    assert answer.status_code == 200
    *found, empty = bodies(answer.content)
    for (z, x, y), body in zip(wanted, found, strict=True):
        assert body == client.get(f"/imagery/{scene_id}/natural/{z}/{x}/{y}.webp").content
        assert body[8:12] == b"WEBP"
    assert empty == b""


def test_a_bundle_of_nonsense_is_refused(client: TestClient, scene_id: UUID):
    long = ",".join(["14/1/1"] * 65)
    for at in ("", "14/1", "../../etc", "14/1/1,", long):
        answer = client.get(f"/api/field/area/tiles/{scene_id}/natural", params={"at": at})
        assert answer.status_code == 422, at
    assert client.get(f"/api/field/area/tiles/{uuid4()}/natural?at=14/1/1").status_code == 404


def test_what_is_wrong_with_the_imagery_is_said_before_a_byte_comes(client, book: Book, app):
    gone = a_scene()
    add_scene(book, gone)
    answer = client.get(f"/api/field/area/tiles/{gone.id}/natural?at=14/13183/6143")
    assert answer.status_code >= 400
    assert answer.json()["zh"].endswith("。")


def test_the_ground_is_cut_to_the_area(client: TestClient, book: Book, app):
    river = LineString([(109.60, 40.715), (109.90, 40.715)])
    places.add_layer(book, *a_layer(LayerKind.TRIBUTARY, river))
    far = LineString([(109.85, 40.85), (109.86, 40.86)])
    layer, (stem,) = a_layer(LayerKind.MAIN_STEM, far)
    places.add_layer(book, layer, [replace(stem, name_zh="乙")])
    body = {"district": "150203", "boxes": [BOX]}
    answer = client.post("/api/field/area/ground", json=body)
    (feature,) = answer.json()["features"]
    assert feature["properties"]["kind"] == "TRIBUTARY"
    west, _, east, _ = shape(feature["geometry"]).bounds
    assert (west, east) == pytest.approx((BOX[0], BOX[2]), abs=1e-5)
    assert answer.json()["left_out"] == 0


def test_outlines_of_the_area_are_among_the_ground(client: TestClient, candidate_id: str):
    body = {"district": "150203", "boxes": [[109.69, 40.69, 109.74, 40.73]]}
    (feature,) = client.post("/api/field/area/ground", json=body).json()["features"]
    assert (feature["id"], feature["properties"]["kind"]) == (candidate_id, "CANDIDATE")
    assert shape(feature["geometry"]).area > 0
    elsewhere = {"district": "150203", "boxes": [[109.85, 40.85, 109.86, 40.86]]}
    assert client.post("/api/field/area/ground", json=elsewhere).json()["features"] == []


def test_an_area_that_is_taken_along_stands_in_the_log(client: TestClient, book: Book):
    body = {"district": "150203", "boxes": [BOX, [109.60, 40.60, 109.65, 40.65]]}
    answer = client.post("/api/field/area/ground", json=body)
    assert answer.status_code == 200
    with book.reading() as connection:
        query = sa.select(ledger_log).order_by(ledger_log.c.seq.desc()).limit(1)
        last = connection.execute(query).one()
    assert (last.verb, last.actor, last.subject_id) == ("export_area", "wang", "150203")
    told = json.loads(last.after)
    assert told["extent"] == [109.60, 40.60, 109.78, 40.76]
    assert (told["boxes"], told["rows"]) == (2, 0)
