from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from remote_sensing.features import (
    HALO,
    RADII,
    SHAPES,
    WIDE,
    box_least,
    box_most,
    box_sum,
    names_for,
    stack,
)
from remote_sensing.intake.bands import CANONICAL
from remote_sensing.scene import Chip, open_scene
from remote_sensing.windows import Window, plan
from tests.remote_sensing.make_scene import Made

NAMES = names_for(CANONICAL)


@pytest.fixture(scope="module")
def whole(made: Made) -> Chip:
    return open_scene(made.path).read(Window(0, 0, 96, 80))


@pytest.mark.parametrize("size", [7, 32, 50])
def test_a_pixel_gets_the_same_figures_in_every_window(made: Made, whole: Chip, size: int) -> None:
    scene, expected = open_scene(made.path), stack(whole, NAMES)
    for tile in plan(96, 80, size=size, halo=HALO):
        inner = tile.inner
        found = stack(scene.read(tile.outer), NAMES)[:, HALO:-HALO, HALO:-HALO]
        here = expected[:, inner.row : inner.row_end, inner.col : inner.col_end]
        assert (found == here).all()


def test_names_follow_from_bands() -> None:
    few = names_for(("B02", "B03", "B04"))
    assert {"B02", "iron", "bright", "iron_mean3", "B04_dev1", "bright_white7"} <= set(few)
    assert not {"ndvi", "bare", "clay", "ndvi_mean1"} & set(few)
    assert set(few) < set(NAMES)
    assert len(set(NAMES)) == len(NAMES)


def test_a_subset_of_features_is_that_part_of_the_stack(whole: Chip) -> None:
    some = ("ndvi_dev3", "B08", "bright_mean15", "bright_black3")
    both = stack(whole, NAMES)
    assert (stack(whole, some) == both[[NAMES.index(name) for name in some]]).all()


def test_a_feature_of_an_absent_band_is_a_mistake(whole: Chip) -> None:
    rgb = replace(whole, band_names=CANONICAL[:3], reflectance=whole.reflectance[:3])
    for name in ("ndvi", "B08_mean3", "bright_sheen3"):
        with pytest.raises(KeyError):
            stack(rgb, (name,))


def test_figures_are_what_their_names_say(whole: Chip) -> None:
    near, red = (whole.reflectance[CANONICAL.index(n)].astype(int) for n in ("B08", "B04"))
    found = dict(zip(NAMES, stack(whole, NAMES), strict=True))
    row, col = 40, 50
    expected = (near - red)[row, col] * 10_000 // (near + red)[row, col]
    assert found["ndvi"][row, col] == expected
    for radius in RADII:
        here = slice(row - radius, row + radius + 1), slice(col - radius, col + radius + 1)
        light = whole.reflectance[:3].astype(int).sum(axis=0)[here] // 3
        part = red[here]
        assert found[f"bright_mean{radius}"][row, col] == int(light.sum()) // light.size
        assert found[f"B04_dev{radius}"][row, col] == int(part.std())
    wide = slice(row - WIDE, row + WIDE + 1), slice(col - WIDE, col + WIDE + 1)
    light = whole.reflectance[:3].astype(int).sum(axis=0) // 3
    assert found[f"bright_mean{WIDE}"][row, col] == int(light[wide].sum()) // light[wide].size
    assert stack(whole, ("bright_range2",))[0, row, col] == np.ptp(light[38:43, 48:53])


@pytest.mark.parametrize("radius", SHAPES)
def test_top_hats_are_those_of_scipy_where_all_is_valid(whole: Chip, radius: int) -> None:
    from scipy.ndimage import black_tophat, grey_closing, grey_opening, white_tophat

    light = whole.reflectance[:3].astype(int).sum(axis=0) // 3
    inner = (slice(1 + 2 * radius, -1 - 2 * radius),) * 2
    names = f"bright_white{radius}", f"bright_black{radius}"
    for name, reference in zip(names, (white_tophat, black_tophat), strict=True):
        found = stack(whole, (name,))[0]
        assert (found[inner] == reference(light, 2 * radius + 1)[inner]).all()
        assert (found >= 0).all()
    for kind, reference in (("open", grey_opening), ("close", grey_closing)):
        found = stack(whole, (f"bright_{kind}{radius}",))[0]
        assert (found[inner] == reference(light, (2 * radius + 1,) * 2)[inner]).all()


def test_nodata_does_not_leak_into_its_neighbours(whole: Chip) -> None:
    holed = whole.valid.copy()
    holed[30:40, 30:40] = False
    gone = stack(replace(whole, valid=holed), NAMES)
    garbage = whole.reflectance.copy()
    garbage[:, 30:40, 30:40] = 20_000
    assert (stack(replace(whole, valid=holed, reflectance=garbage), NAMES) == gone).all()
    assert (gone[:, 30:40, 30:40] == 0).all()
    mean = gone[NAMES.index("bright_mean1")]
    light = whole.reflectance[:3].astype(int).sum(axis=0) // 3
    part, seen = light[28:31, 29:32], holed[28:31, 29:32]
    assert mean[29, 30] == int(part[seen].sum()) // int(seen.sum())


@given(
    layer=arrays(np.int64, st.tuples(st.integers(1, 9), st.integers(1, 9)),
                 elements=st.integers(-20_000, 20_000)),
    radius=st.integers(0, 4),
)  # fmt: skip
def test_box_sums_are_exact(layer: np.ndarray, radius: int) -> None:
    padded = np.pad(layer, radius)
    side = 2 * radius + 1
    views = np.lib.stride_tricks.sliding_window_view(padded, (side, side))
    assert (box_sum(layer, radius) == views.sum(axis=(2, 3))).all()


def test_squares_without_a_valid_pixel_hold_nothing() -> None:
    layer, valid = np.arange(12).reshape(3, 4), np.zeros((3, 4), bool)
    valid[0, 0] = True
    most, least = box_most(layer, valid, 1), box_least(layer, valid, 1)
    assert (most[:2, :2] == 0).all()
    assert (least[:2, :2] == 0).all()
    assert (most[2:] < -(2**20)).all()
    assert (least[2:] > 2**20).all()


@given(arrays(np.int16, (10, 6, 6), elements=st.integers(0, 20_000)))
def test_every_reflectance_there_is_fits_into_the_stack(values: np.ndarray) -> None:
    from affine import Affine
    from rasterio.crs import CRS

    chip = Chip(
        values, np.ones((6, 6), bool), Affine.identity(), CRS.from_epsg(32649), CANONICAL, 10.0
    )
    found = stack(chip, NAMES)
    ratios = [n for n, name in enumerate(NAMES) if "dev" not in name and name[0].islower()]
    assert (np.abs(found[ratios].astype(int)) <= 20_000).all()
    plain = [n for n, name in enumerate(NAMES) if name in CANONICAL]
    assert (found[plain] == values).all()
    assert (found[[n for n, name in enumerate(NAMES) if "dev" in name]] >= 0).all()
