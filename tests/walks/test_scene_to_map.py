"""Scene, file to map: the first of the two walks, each step as its user takes it."""

import json
from pathlib import Path

import numpy as np
import rasterio
from fastapi.testclient import TestClient

from api.app import create_app
from api.settings import ROOT
from gis.store.engine import make_engine
from remote_sensing.classes import class_of
from tests.api.known import WRITE

SCENE = ROOT / "data" / "demo" / "strzegom" / "strzegom_20220619_s2.tif"
MANIFEST = SCENE.with_name("manifest.toml")
FILES = ("classes.tif", "scores.tif", "candidates.geojson", "objects.geojson", "run.json")


def test_from_a_file_to_the_map(command, demo_settings, tmp_path: Path):
    model, out = tmp_path / "walk.qfm", tmp_path / "runs"

    trained = command("train", MANIFEST, "--model", model)
    assert trained.returncode == 0, trained.stderr
    assert model.exists() and "已训练" in trained.stdout

    detected = command("detect", SCENE, "--model", model, "--out", out, "--threads", 2, "--file")
    assert detected.returncode == 0, detected.stderr
    assert "疑似图斑" in detected.stdout and "已入库" in detected.stdout
    folder = out / SCENE.stem
    assert sorted(p.name for p in folder.iterdir()) == sorted(FILES)

    found = json.loads((folder / "candidates.geojson").read_text())["features"]
    assert found and {f["properties"]["class"] for f in found} <= {"open_pit"}
    assert all(0 <= f["properties"]["confidence"] <= 1 for f in found)
    with rasterio.open(folder / "classes.tif", driver="GTiff") as classes:
        names = json.loads(classes.tags()["CLASSES"])
        assert names[str(class_of("open_pit").code)] == "open_pit"
        assert set(np.unique(classes.read(1))) <= {int(code) for code in names} | {255}
    run = json.loads((folder / "run.json").read_text())
    assert run["inputs"]["image"]["radiometry"] == {"scale": 0.0001, "offset": -0.1}

    again = command("detect", SCENE, "--model", model, "--out", out, "--file", "--json")
    assert again.returncode == 0, again.stderr
    (summary,) = json.loads(again.stdout)
    assert (summary["was_done"], summary["new"], summary["seen_again"]) == (True, 0, 0)

    listed = command("runs", "--json")
    assert folder.name in {run["scene_name"] for run in json.loads(listed.stdout)}

    engine = make_engine(str(demo_settings.database_url))
    with TestClient(create_app(demo_settings, engine), headers=WRITE) as client:
        password = (demo_settings.data_dir / "demo-password").read_text().strip()
        client.post("/api/session", json={"username": "demo", "password": password})
        district = next(
            d for d in client.get("/api/districts").json()["districts"] if d["code"] == "STRZEGOM"
        )
        assert [s["acquired_on"] for s in district["scenes"]] == ["2021-06-19", "2022-06-19"]
        tile = client.get("/tiles/STRZEGOM/candidates/12/2232/1371.mvt")
        assert tile.status_code == 200 and b"open_pit" in tile.content
        for scene in district["scenes"]:
            for view in scene["views"]:
                image = client.get(f"/imagery/{scene['id']}/{view}/12/2232/1371.webp")
                assert image.status_code == 200 and image.content[:4] == b"RIFF"
    engine.dispose()


def test_the_demo_run_twice_files_nothing_twice(command):
    first = json.loads(command("demo", "--no-serve", "--json").stdout)
    assert (first["new"], first["scenes"], first["sites"]) == (0, 2, first["sites"])
    second = json.loads(command("demo", "--no-serve", "--json").stdout)
    assert second["candidates"] == first["candidates"]
    assert second["sites"] == first["sites"] >= 40


def test_two_dates_of_one_pit_are_one_candidate(demo_settings):
    from gis.store import candidates

    engine = make_engine(str(demo_settings.database_url))
    with engine.connect() as connection:
        page = candidates.page(connection, "STRZEGOM", limit=100)
    engine.dispose()
    both = [c for c in page.items if str(c.first_seen_on) != str(c.last_seen_on)]
    assert len(both) >= 4, "the quarries stand on both dates"
    for one in page.items:
        assert abs(one.area_m2 / one.area_geodesic_m2 - 1) < 0.005


def test_the_demo_has_taught_something_once_and_has_labels_to_learn_from(demo_settings):
    from api import label_shelf
    from gis.store import training_sets
    from remote_sensing.training import manifest

    engine = make_engine(str(demo_settings.database_url))
    with engine.connect() as connection:
        (one,) = training_sets.sets_of(connection, "STRZEGOM")
        assert (one.taught, one.labels) == (2, {"open_pit": 2})
        (found,) = training_sets.comparisons(connection)  # though the demo ran more than once
        assert found["against"].startswith("演示模型") and found["places"] >= 5
    engine.dispose()
    (name,) = label_shelf.names(demo_settings)
    shelved = manifest.read(label_shelf.manifest_of(demo_settings, name))
    assert "演示" in name and all(item.labels.is_file() for item in shelved.scenes)
