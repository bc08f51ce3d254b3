"""Levels: brightness and colour beside the scene's own, the same whatever window is read."""

import json
from dataclasses import replace

import numpy as np
import pytest

from remote_sensing import model, rarity, relative
from remote_sensing.classes import class_of
from remote_sensing.errors import ModelLacksBands
from remote_sensing.pipeline import detect
from remote_sensing.scene import open_scene
from remote_sensing.training import manifest, train
from remote_sensing.windows import Window
from tests.remote_sensing.make_scene import SPECTRA, make_scene, write_raster

VISIBLE = ("B02", "B03", "B04")


@pytest.fixture
def scene(tmp_path):
    made = make_scene(tmp_path / "rgb.tif", bands=VISIBLE)
    return open_scene(made.path)


def test_the_scenes_own_middle_is_what_others_are_beside(scene):
    level = scene.with_levels()
    assert level.band_names == (*VISIBLE, *relative.RELATIVE)
    whole = level.read(Window(0, 0, scene.width, scene.height))
    own = dict(zip(whole.band_names, whole.reflectance, strict=True))
    valid = whole.valid
    assert abs(int(np.median(own["relbright"][valid])) - relative.BRIGHT) <= 1
    for name in relative.RELATIVE[1:-1]:
        assert abs(int(np.median(own[name][valid])) - relative.ALIKE) <= 1
    assert (own["relbright"][~valid] == 0).all()


def test_a_scene_half_as_bright_has_the_same_relative_bands(scene):
    with_half = open_scene(scene.path, scale=5e-5, offset=-0.05).with_levels()
    window = Window(5, 9, 30, 20)
    levels = scene.with_levels(), with_half
    one, half = (level.read(window).reflectance[3:].astype(int) for level in levels)
    beside = len(relative.BESIDE)
    assert np.abs(one - half)[:beside].max() <= 60  # what rounding to ten-thousandths leaves
    even = np.abs(one - half)[beside:-1]
    assert even.max() <= 100  # the same of a part of the scene's quarters


def test_a_colour_is_as_rare_as_the_share_of_the_scene_that_has_it(tmp_path):
    """Of 10,000 pixels a patch of 20 by 20 is grey."""
    ground = np.random.default_rng(5).integers(-60, 60, (3, 100, 100))
    visible = np.array([600, 900, 1_200])[:, None, None] + ground
    visible[:, 40:60, 70:90] = 2_000
    write_raster(tmp_path / "patch.tif", visible.astype(np.uint16), names=VISIBLE)
    chip = open_scene(tmp_path / "patch.tif").with_levels().read(Window(0, 0, 100, 100))
    rare = chip.reflectance[chip.band_names.index(relative.RARE)]
    assert len(np.unique(rare[42:58, 72:88])) == 1  # the squares that lie wholly in the patch
    alike = (rare == rare[50, 80]).mean()
    assert 0.0256 <= alike < 0.04
    assert rare[50, 80] == round(-1_000 * np.log(alike + rarity.RAREST))
    assert np.median(rare) < rare[50, 80] - 500
    assert rare[39:61, 69:91].max() > rare[50, 80]  # where both are mixed hardly any is alike


def test_what_is_not_valid_makes_nothing_rare(tmp_path):
    visible = np.full((3, 60, 60), 900, np.uint16)
    visible[:, 20:30, 20:30] = 0
    write_raster(tmp_path / "holed.tif", visible, names=VISIBLE, nodata=0)
    chip = open_scene(tmp_path / "holed.tif").with_levels().read(Window(0, 0, 60, 60))
    assert not chip.valid[20:30, 20:30].any()
    assert (chip.reflectance[chip.band_names.index(relative.RARE)] == 0).all()


def test_beside_a_scene_there_is_nothing(scene):
    level = scene.with_levels()
    chip = level.read(Window(scene.width + 1, 5, 10, 10))  # its margin reaches the scene
    assert not chip.valid.any() and not chip.reflectance.any()
    assert chip.reflectance.shape == (len(level.band_names), 10, 10)


def test_a_window_says_what_the_whole_scene_says(scene):
    level = scene.with_levels()
    whole = level.read(Window(0, 0, scene.width, scene.height)).reflectance
    part = level.read(Window(17, 23, 40, 31)).reflectance
    assert (part == whole[:, 23:54, 17:57]).all()
    assert level.with_levels() is level


def test_three_bands_are_learnt_from_beside_their_scene(tmp_path):
    made = make_scene(tmp_path / "rgb.tif", bands=VISIBLE)
    write_raster(tmp_path / "labels.tif", made.truth[None], nodata=255)
    legend = "\n".join(f'{class_of(name).code} = "{name}"' for name in SPECTRA)
    path = tmp_path / "m.toml"
    path.write_text(f'[legend]\n{legend}\n[[scene]]\nimage = "rgb.tif"\nlabels = "labels.tif"\n')
    trained = train.train(manifest.read(path))
    assert trained.card.bands == (*VISIBLE, *relative.RELATIVE)
    assert trained.card.features == relative.FEATURES
    model.save(trained, tmp_path / "m.qfm")
    scene = open_scene(made.path)
    small = detect(scene, trained, tmp_path / "a", model_path=tmp_path / "m.qfm", window_size=64)
    large = detect(scene, trained, tmp_path / "b", model_path=tmp_path / "m.qfm")
    for name in ("scores.tif", "classes.tif", "candidates.geojson"):
        assert (small.folder / name).read_bytes() == (large.folder / name).read_bytes()
    said = json.loads((small.folder / "run.json").read_text())["inputs"]["image"]["levels"]
    assert said == list(scene.with_levels().levels.middle)


def test_a_model_of_three_bands_still_asks_for_them(tmp_path, scene):
    two = make_scene(tmp_path / "nir.tif", bands=("B02", "B03", "B08"))
    card = type("Card", (), {"bands": (*VISIBLE, *relative.RELATIVE)})()
    asked = model.Model(card, None, b"")
    with pytest.raises(ModelLacksBands, match="B04"):
        asked.ready(open_scene(two.path))
    assert asked.ready(scene).levels is not None


def test_even_bands_do_not_change_with_how_far_apart_a_scene_is(scene):
    """A scene of half the contrast about the same middle says the same of its pixels."""
    levels = scene.with_levels().levels
    visible = np.random.default_rng(0).integers(500, 3_000, (3, 20, 20)).astype(np.int16)
    valid = np.ones((20, 20), bool)
    own = dict(zip(relative.RELATIVE, levels.bands(visible, valid).astype(int), strict=True))
    twice = replace(levels, apart=tuple(2 * apart for apart in levels.apart))
    wide = dict(zip(relative.RELATIVE, twice.bands(visible, valid).astype(int), strict=True))
    for name in relative.EVEN:
        inside = (own[name] > 0) & (own[name] < relative.MOST)
        half = (own[name] - relative.ALIKE) / 2
        assert np.abs(wide[name] - relative.ALIKE - half)[inside].max() <= 1
    for name in relative.BESIDE:
        assert (own[name] == wide[name]).all()


def test_a_scene_of_one_colour_has_levels(tmp_path):
    flat = np.full((3, 40, 40), 900, np.uint16)
    write_raster(tmp_path / "flat.tif", flat, names=VISIBLE)
    level = open_scene(tmp_path / "flat.tif").with_levels()
    assert level.levels.apart == (0,) * 6
    chip = level.read(Window(0, 0, 40, 40))
    own = dict(zip(chip.band_names, chip.reflectance, strict=True))
    assert all((own[name] == relative.ALIKE).all() for name in relative.EVEN)
    assert (own[relative.RARE] == 0).all()
