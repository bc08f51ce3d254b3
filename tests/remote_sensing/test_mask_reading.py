"""What a mask hides is not valid, and the chip still says what hides it."""

from pathlib import Path

import numpy as np
import pytest

from gis.rules import follow_up as rules
from remote_sensing.errors import TruncatedRaster
from remote_sensing.follow_up.ground import ground_of
from remote_sensing.masks.classes import Hides, of_scl
from remote_sensing.scene import MASK_NODATA, Scene, SceneMask, open_scene
from remote_sensing.windows import Window
from tests.remote_sensing.make_scene import make_scene, write_raster


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Scene:
    """A scene with a mask: a cloud, its shadow, snow, and rows the mask knows nothing of."""
    folder = tmp_path_factory.mktemp("mask")
    made = make_scene(folder / "s_20220619.tif", frame=1)
    codes = np.zeros((80, 96), np.uint8)
    codes[10:20, 10:20] = Hides.CLOUD
    codes[24:30, 14:24] = Hides.SHADOW
    codes[40:50, 40:60] = Hides.SNOW
    codes[0] = codes[-1] = MASK_NODATA
    path = write_raster(folder / "mask.tif", codes[None])
    return open_scene(made.path).with_mask(SceneMask(path, "0" * 64))


def test_hidden_pixels_are_not_valid(scene: Scene) -> None:
    chip = scene.read(Window(-4, -4, 40, 40))
    assert chip.hidden is not None
    assert (chip.hidden[14:24, 14:24] == Hides.CLOUD).all()
    assert not chip.valid[14:24, 14:24].any()
    assert (chip.reflectance[:, 14:24, 14:24] == 0).all()
    assert chip.valid[6:13, 6:13].all()
    bare = scene.with_mask(None).read(Window(-4, -4, 40, 40))
    assert bare.valid.sum() - chip.valid.sum() == 100 + 6 * 10
    assert bare.hidden is None


def test_the_follow_up_takes_a_given_mask_for_what_it_says(scene: Scene) -> None:
    ground = ground_of(scene.read(Window(0, 0, 96, 80)), rules.current())
    assert ground.cloud[12:18, 12:18].all() and ground.snow[42:48, 42:58].all()
    assert ground.shadow[25:29, 15:23].all() and ground.valid[12:18, 12:18].all()
    assert not ground.seen[10:20, 10:20].any()


def test_a_mask_that_is_cut_short_is_told(scene: Scene, tmp_path: Path) -> None:
    assert scene.mask is not None
    cut = tmp_path / "mask.tif"
    cut.write_bytes(scene.mask.path.read_bytes()[:2_000])
    with pytest.raises(TruncatedRaster):
        scene.with_mask(SceneMask(cut, "")).read(Window(0, 0, 96, 80))


def test_scl_is_read_in_our_words() -> None:
    said = of_scl(np.arange(12, dtype=np.uint8)).tolist()
    none, cloud, shadow, snow = MASK_NODATA, Hides.CLOUD, Hides.SHADOW, Hides.SNOW
    assert said == [none, none, 0, shadow, 0, 0, 0, 0, cloud, cloud, cloud, snow]
