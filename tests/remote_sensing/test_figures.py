"""The fast figures are the plain ones, whatever is valid and wherever the window ends."""

from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from affine import Affine
from hypothesis import given, settings
from hypothesis import strategies as st
from rasterio.crs import CRS

from remote_sensing import binning, features, figures
from remote_sensing.intake.bands import CANONICAL
from remote_sensing.scene import Chip

NAMES = (*features.names_for(CANONICAL), "bright_open3", "bright_close7", "ndvi_open7")


def chip_of(seed: int, height: int, width: int, share_valid: float, top: int) -> Chip:
    """Return random ground, with numbers where nothing is valid that must not be seen."""
    draw = np.random.default_rng(seed)
    values = draw.integers(0, top + 1, (10, height, width)).astype(np.int16)
    valid = draw.random((height, width)) < share_valid
    return Chip(values, valid, Affine.identity(), CRS.from_epsg(32649), CANONICAL, 10.0)


@settings(max_examples=40)
@given(
    seed=st.integers(0, 2**32 - 1),
    height=st.integers(1, 30),
    width=st.integers(1, 30),
    share_valid=st.sampled_from([0.0, 0.3, 0.9, 1.0]),
    top=st.sampled_from([0, 1, 300, 20_000]),
    margin=st.integers(0, features.HALO + 2),
)
def test_they_are_what_numpy_says(
    seed: int, height: int, width: int, share_valid: float, top: int, margin: int
) -> None:
    chip = chip_of(seed, height + 2 * margin, width + 2 * margin, share_valid, top)
    inner = (slice(margin, margin + height), slice(margin, margin + width))
    expected = features.stack(chip, NAMES)[:, *inner]
    found = figures.stack(chip, NAMES, margin)
    for name, one, other in zip(NAMES, found, expected, strict=True):
        assert (one == other).all(), name
    cuts = binning.cuts_of(expected.reshape(len(NAMES), -1).T)
    tables = binning.tables(cuts)
    coded = binning.codes(expected.reshape(len(NAMES), -1).T, cuts).reshape(expected.shape)
    assert (figures.planes(chip, NAMES, tables, margin) == coded).all()


def test_bands_of_a_larger_array_are_read_where_they_lie() -> None:
    chip = chip_of(1, 40, 50, 0.9, 5_000)
    part = replace(chip, reflectance=chip.reflectance[:, 3:37, 5:46], valid=chip.valid[3:37, 5:46])
    assert (figures.stack(part, NAMES, 2) == features.stack(part, NAMES)[:, 2:-2, 2:-2]).all()


def squares(layer: np.ndarray, valid: np.ndarray, radius: int, best: object) -> np.ndarray:
    """Apply ``best`` to the valid figures of each square, by its plain meaning; None for none."""
    out = np.full(layer.shape, None, object)
    for row, col in product(*map(range, layer.shape)):
        part = (
            slice(max(row - radius, 0), row + radius + 1),
            slice(max(col - radius, 0), col + radius + 1),
        )
        own = layer[part][valid[part].astype(bool)]
        if len(own):
            assert callable(best)
            out[row, col] = best(own.tolist())
    return out


@pytest.mark.parametrize("share_valid", [1.0, 0.6, 0.1])
def test_shapes_are_what_their_names_say(share_valid: float) -> None:
    chip = chip_of(5, 22, 26, share_valid, 9_000)
    layer, valid, inner = chip.reflectance[2], chip.valid, (slice(4, -4),) * 2
    least, most = (squares(layer, valid, 2, best) for best in (min, max))
    opened = squares(least, valid, 2, max)
    closed = squares(most, valid, 2, min)
    expected = np.zeros((5, *layer.shape), int)
    expected[0][valid] = most[valid] - least[valid]
    expected[1][valid] = layer[valid] - opened[valid]
    expected[2][valid] = closed[valid] - layer[valid]
    expected[3][valid] = opened[valid]
    expected[4][valid] = closed[valid]
    kinds = ("range", "white", "black", "open", "close")
    found = figures.stack(chip, [f"B04_{kind}2" for kind in kinds], 4)
    assert (found == expected[:, *inner]).all()


def test_a_feature_of_an_absent_band_is_a_mistake() -> None:
    chip = chip_of(1, 20, 20, 1.0, 100)
    rgb = replace(chip, band_names=CANONICAL[:3], reflectance=chip.reflectance[:3])
    for name in ("ndvi", "ndvi_mean3", "B08_dev1"):
        with pytest.raises(KeyError):
            figures.stack(rgb, (name,), 0)
