"""The second stage on made ground: ponds are right, strips of the same colour are not."""

import io
import json
import zipfile
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import rasterio
from shapely import box

from remote_sensing import candidates, model, relative
from remote_sensing.classes import class_of
from remote_sensing.errors import NotAModel
from remote_sensing.pipeline import detect
from remote_sensing.run_record import CANDIDATES, CLASSES, OBJECTS, OUTPUTS
from remote_sensing.scene import open_scene
from remote_sensing.second_stage import learning
from remote_sensing.training import estimators, few_places, heldout, manifest, train
from tests.remote_sensing.made_ponds import ground, lessons


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    return lessons(tmp_path_factory.mktemp("ponds"), 6)


@pytest.fixture(scope="module", autouse=True)
def _pixels_alone():
    """Pixels are told nothing of their surroundings, so only whole objects can be told apart."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(relative, "FEATURES", ("iron", "warmth", *relative.RELATIVE))
        patch.setattr(estimators, "TREES", 20)
        patch.setattr(heldout, "TREES", 10)
        patch.setattr(learning, "TREES", 60)
        patch.setattr(few_places, "CLEARLY", 1e9)  # objects of forests, not of a surface
        yield


@pytest.fixture(scope="module")
def trained(folder) -> model.Model:
    made = train.train(manifest.read(folder / "m.toml"))
    model.save(made, folder / "m.qfm")
    return made


@pytest.fixture(scope="module")
def run(folder, trained):
    scene = open_scene(folder / "s5.tif")
    return detect(scene, trained, folder / "runs", model_path=folder / "m.qfm")


def features_of(path: Path) -> list[dict]:
    return [one["properties"] for one in json.loads(path.read_text())["features"]]


def test_the_card_says_what_the_second_stage_learnt(trained):
    said = trained.card.objects
    assert said["learnt"] and said["judge"] and said["places"] == 5
    assert trained.card.cut == said["cut"] is not None
    assert 0 <= said["keep_from"] <= said["keep_isolated_from"] < 1, said
    assert {"iou", "objects", "right", "found", "of"} <= said["held_out"][0].keys()


def test_ponds_are_candidates_and_strips_are_refused_but_not_forgotten(run):
    kept, every = (features_of(run.folder / name) for name in (CANDIDATES, OBJECTS))
    _, ponds = ground(5)
    assert len(kept) == 5  # the ponds of an odd seed
    assert len(every) == 9
    refused = [one for one in every if not one["kept"]]
    assert len(refused) == 4
    assert max(one["confidence"] for one in refused) < min(one["confidence"] for one in kept)
    with rasterio.open(run.folder / CLASSES) as dataset:
        target = dataset.read(1) == class_of("tailings").code
    assert (target & ponds).sum() / (target | ponds).sum() > 0.8
    assert {one["id"] for one in kept} < {one["id"] for one in every}
    read = candidates.read_geojson(run.folder / OBJECTS)
    assert {one.is_kept for one in read} == {True, False}
    assert read[0].score_mean is not None


def test_the_same_bytes_come_from_windows_of_any_size(folder, trained, run):
    scene = open_scene(folder / "s5.tif")
    small = detect(scene, trained, folder / "small", model_path=folder / "m.qfm", window_size=64)
    for name in OUTPUTS:
        assert (small.folder / name).read_bytes() == (run.folder / name).read_bytes()


def test_what_lies_in_an_ignore_zone_is_marked_not_dropped(folder, trained, run):
    scene = open_scene(folder / "s5.tif")
    west, south, east, north = scene.footprint_lonlat.bounds
    zone = box(west, south, (west + east) / 2, north)
    marked = detect(scene, trained, folder / "zone", model_path=folder / "m.qfm", ignored=zone)
    said = features_of(marked.folder / CANDIDATES)
    assert len(said) == len(features_of(run.folder / CANDIDATES))
    assert {one["ignored"] for one in said} == {True, False}
    assert not any(one["ignored"] for one in features_of(run.folder / CANDIDATES))


def test_a_model_file_brings_its_judge_and_a_forged_one_is_refused(folder, trained, tmp_path):
    loaded = model.load(folder / "m.qfm")
    assert loaded.judge == trained.judge
    figures = np.random.default_rng(0).normal(size=(20, len(loaded.judge.names)))
    assert (loaded.judge.confidence(figures) == trained.judge.confidence(figures)).all()
    forged = io.BytesIO()
    with zipfile.ZipFile(folder / "m.qfm") as parts, zipfile.ZipFile(forged, "w") as out:
        for name in parts.namelist():
            other = "estimator.skops" if name == "objects.skops" else name
            out.writestr(name, parts.read(other))
    (tmp_path / "forged.qfm").write_bytes(forged.getvalue())
    with pytest.raises(NotAModel):
        model.load(tmp_path / "forged.qfm")


def test_training_again_gives_the_same_bytes(folder, trained):
    assert train.train(manifest.read(folder / "m.toml")).content == trained.content


def test_few_places_leave_the_second_stage_out(folder, trained):
    whole = manifest.read(folder / "m.toml")
    made = train.train(replace(whole, scenes=whole.scenes[:2]))
    assert made.judge is None and made.card.cut is None
    assert made.card.objects == {"learnt": False, "why": "labels of too few places"}
    assert trained.judge is not None
