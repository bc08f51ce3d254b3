from pathlib import Path

import numpy as np
import pytest
from affine import Affine

from remote_sensing import errors
from remote_sensing.boosted import Together
from remote_sensing.classes import class_of
from remote_sensing.classify import classify
from remote_sensing.features import FEATURES_VERSION, HALO, names_for, stack
from remote_sensing.model import Model, ModelCard, load, save
from remote_sensing.scene import TERRAIN, open_scene
from remote_sensing.training import estimators, heldout, manifest, train
from remote_sensing.training.card_text import as_text
from remote_sensing.windows import Window, plan
from tests.remote_sensing.make_scene import SPECTRA, Made, make_manifest, make_scene, write_raster
from tests.remote_sensing.test_slope import a_dem, plane


def test_it_learns_the_ground_of_another_scene(model: Model, made: Made) -> None:
    scene = open_scene(made.path)
    chip = scene.read(Window(0, 0, scene.width, scene.height))
    figures = stack(chip, model.card.features)[:, chip.valid].T
    codes = np.array([class_of(name).code for name in model.card.classes])
    found = codes[model.probabilities(figures).argmax(axis=1)]
    assert (found == made.truth[chip.valid]).mean() > 0.97


def test_the_card_says_what_the_model_is(model: Model, manifest_path: Path) -> None:
    card = model.card
    assert card.name == "training"
    assert set(card.classes) == set(SPECTRA)
    assert card.features == names_for(card.bands)
    assert card.features_version == FEATURES_VERSION
    assert card.pixel_m == 10
    assert [row["acquired_on"] for row in card.trained_on] == ["2021-06-19", "2022-06-19"]
    assert [row["offset"] for row in card.trained_on] == [0.0, -0.1]
    labelled = np.indices((80, 96)).sum(axis=0) % 7 == 0
    assert sum(card.samples.values()) == 2 * labelled.sum()
    assert set(card.versions) == {"numpy", "scikit-learn", "skops"}
    assert card.validated["held_out"] == "stripe"
    assert card.validated["folds"] == 3
    assert card.validated["accuracy"] > 0.9
    assert set(card.validated["classes"]) == set(SPECTRA)
    assert ModelCard.from_json(card.to_json()) == card


def test_the_same_input_gives_the_same_file(model: Model, tmp_path: Path) -> None:
    # Another folder and another time, the same content.
    again = train.train(manifest.read(make_manifest(tmp_path)))
    assert again.content == model.content
    other = train.train(manifest.read(tmp_path / "training.toml"), seed=1)
    assert other.sha256 != model.sha256


def test_progress_is_told_to_the_end(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    train.train(
        manifest.read(make_manifest(tmp_path, count=1, every=9)),
        progress=lambda done, total: told.append((done, total)),
    )
    assert told == [(1, 3), (2, 3), (3, 3)]


def test_slope_is_learnt_from_where_every_scene_has_it(tmp_path: Path) -> None:
    path = make_manifest(tmp_path, count=1, every=9)
    assert train.train(manifest.read(path)).card.parameters["elevation"] is None
    a_dem(tmp_path / "dem.tif", plane(30, 0.1), 30)
    path.write_text(path.read_text() + 'dem = "dem.tif"\n')
    card = train.train(manifest.read(path)).card
    assert card.parameters["elevation"] == "used" and card.bands[-2:] == TERRAIN
    assert set(TERRAIN) <= set(card.features)


def test_samples_are_capped_for_each_class_and_scene(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(train, "MOST_PER_CLASS_AND_SCENE", 20)
    card = train.train(manifest.read(make_manifest(tmp_path))).card
    assert set(card.samples.values()) == {40}


@pytest.fixture(scope="module")
def of_many(tmp_path_factory: pytest.TempPathFactory) -> Model:
    """A model of more pixels than a comparison of kinds needs, in a frame of nodata."""
    folder = tmp_path_factory.mktemp("many")
    path = make_manifest(folder, count=1, every=1)
    make_scene(folder / "scene0.tif", frame=HALO)
    with pytest.MonkeyPatch.context() as patch:
        for module in (estimators, heldout):
            patch.setattr(module, "TREES", 8)
        patch.setattr(heldout, "QUICK", 4)
        patch.setattr(estimators, "BOOSTING", {**estimators.BOOSTING, "max_iter": 3})
        return train.train(manifest.read(path))


def test_nodata_is_never_learnt_from(of_many: Model) -> None:
    learnt = sum(of_many.card.samples.values())
    assert heldout.LEAST_COMPARED < learnt <= (80 - 2 * HALO) * (96 - 2 * HALO)


def test_of_many_pixels_boosted_trees_speak_beside_the_forest(
    of_many: Model, made: Made, tmp_path: Path
) -> None:
    card = of_many.card
    assert set(card.validated["compared"]) == {*estimators.FORESTS, "boosting"}
    assert card.parameters["kind"] == estimators.TOGETHER and "boosting" in card.parameters
    assert isinstance(of_many.estimator, Together) and of_many.packed and of_many.packed.beside
    save(of_many, tmp_path / "m")
    scene = open_scene(made.path)
    window = Window(0, 0, scene.width, scene.height)
    inner = plan(scene.width, scene.height, halo=0)[0]
    ours, again = (classify(scene, one, inner) for one in (of_many, load(tmp_path / "m")))
    assert (ours == again).all()
    codes = np.array([class_of(name).code for name in card.classes])
    learnt = scene.read(window).valid & np.isin(made.truth, codes)  # water lies in the frame
    assert (codes[ours.argmax(axis=0)] == made.truth)[learnt].mean() > 0.9


def test_images_of_other_bands_teach_what_they_share(tmp_path: Path) -> None:
    path = make_manifest(tmp_path)
    make_scene(tmp_path / "scene1.tif", bands=("B02", "B03", "B04", "B08"))
    assert train.train(manifest.read(path)).card.bands == ("B02", "B03", "B04", "B08")
    make_scene(tmp_path / "scene1.tif", bands=("B02", "B03"))
    with pytest.raises(errors.MissingBands, match="B02, B03"):
        train.train(manifest.read(path))


def test_one_class_is_nothing_to_tell_apart(tmp_path: Path) -> None:
    path = make_manifest(tmp_path, count=1)
    only = np.full((1, 80, 96), class_of("forest").code, np.uint8)
    write_raster(tmp_path / "labels0.tif", only)
    with pytest.raises(errors.NoTrainingPixels):
        train.train(manifest.read(path))
    write_raster(tmp_path / "labels0.tif", only * 0)
    with pytest.raises(errors.NoTrainingPixels):
        train.train(manifest.read(path))


def test_three_pixels_of_a_class_a_missing_date_and_labels_elsewhere_are_said(
    tmp_path: Path,
) -> None:
    path = make_manifest(tmp_path, count=2)
    codes = np.zeros((1, 80, 96), np.uint8)
    codes[0, 10:30:2, 10:90:2] = class_of("forest").code
    codes[0, 40:60:2, 10:90:2] = class_of("cropland").code
    codes[0, 70, 20:26:2] = class_of("water").code
    write_raster(tmp_path / "labels0.tif", codes, nodata=0)
    away = Affine(10, 0, 598_000, 0, -10, 4_501_000)
    write_raster(tmp_path / "labels1.tif", codes, nodata=0, transform=away)
    path.write_text(path.read_text().replace("date = 2021-06-19\n", ""))
    card = train.train(manifest.read(path)).card
    assert card.samples == {"forest": 400, "cropland": 400, "water": 3}
    assert card.trained_on[0]["acquired_on"] is None
    assert [row["samples"] for row in card.trained_on] == [803, 0]
    text = as_text(card, "en")
    assert "no labelled pixel lies on image 2" in text
    assert "classes with few samples: Water" in text
    assert "Open pit" in text.splitlines()[-1]
    assert "没有标注像元" in as_text(card, "zh-CN")


def test_a_model_of_few_bands_works_on_a_scene_of_more(tmp_path: Path, made: Made) -> None:
    path = make_manifest(tmp_path, count=1)
    make_scene(tmp_path / "scene0.tif", bands=("B02", "B03", "B04", "B08"), added=0)
    few, scene = train.train(manifest.read(path)), open_scene(made.path)
    few.require_bands(scene)
    found = classify(scene, few, plan(scene.width, scene.height)[0])
    codes = np.array([class_of(name).code for name in few.card.classes])[found.argmax(axis=0)]
    seen = made.truth > 0
    seen[[0, -1]] = seen[:, [0, -1]] = False
    assert (codes == made.truth)[seen].mean() > 0.9
