"""Which pixels of a window show ground, and what keeps the others from it."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from gis.domain.follow_up.rules import FollowUpRules
from remote_sensing.masks.classes import Hides
from remote_sensing.scene import Chip

NEEDED = ("B04", "B08")
"""Without red and near infrared nothing can be said of plants and bare ground."""

USED = ("B02", "B03", "B04", "B08", "B11")
FULL = (3, 3)

Mask = NDArray[np.bool_]
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Ground:
    """What the pixels of a window show; arrays are (height, width).

    ``seen`` pixels are neither nodata, ``cloud``, ``snow``, ``shadow`` nor ``water``. ``ndvi`` is
    -1..1. ``looks`` (figures, height, width) tell one kind of bare ground from another: NDVI, the
    logarithm of green, that of blue to short-wave infrared; their number follows the bands.
    """

    valid: Mask
    cloud: Mask
    snow: Mask
    shadow: Mask
    water: Mask
    seen: Mask
    ndvi: Floats
    looks: Floats


def ground_of(chip: Chip, rules: FollowUpRules) -> Ground:
    """Return what a chip shows; the chip must have the bands NEEDED.

    A mask that goes with the chip is believed; beside it, snow and cloud are only told from bare
    ground where short-wave infrared is there to tell.
    """
    bands = {
        name: chip.reflectance[place].astype(np.float64) / 10_000
        for place, name in enumerate(chip.band_names)
    }
    red, near = bands["B04"], bands["B08"]
    blue, green, short = bands.get("B02"), bands.get("B03"), bands.get("B11")
    ndvi = _share(near - red, near + red)
    none = np.zeros(chip.valid.shape, bool)
    cloud = snow = none
    if green is not None and short is not None:
        snow = (
            (_share(green - short, green + short) >= rules.snow_ndsi_least)
            & (green >= rules.snow_green_least)
            & (near >= rules.snow_nir_least)
        )
        snow = _widened(snow & chip.valid, rules)
    if blue is not None and short is not None:
        white = blue >= rules.cloud_blue_swir_least * short
        cloud = (blue >= rules.cloud_blue_least) & white & ~snow
        # One bright roof is no cloud: what a square of three by three pixels fits into may be.
        cloud = _widened(ndimage.binary_opening(cloud & chip.valid, np.ones(FULL)), rules)
    dark = chip.valid & (near < rules.dark_most)
    if short is not None:
        dark &= short < rules.dark_most
    wet = none if green is None else _share(green - near, green + near) >= rules.water_index_least
    valid, shadow = chip.valid, dark & ~wet & ~cloud & ~snow
    water = dark & wet & ~cloud & ~snow
    if chip.hidden is not None:
        valid = valid | (chip.hidden > 0)
        cloud = cloud | (chip.hidden == Hides.CLOUD)
        snow = snow | (chip.hidden == Hides.SNOW)
        shadow = shadow | (chip.hidden == Hides.SHADOW)
    seen = chip.valid & ~cloud & ~snow & ~dark
    looks = [ndvi]
    if green is not None:
        looks.append(_log(green))
    if blue is not None and short is not None:
        looks.append(_log(blue) - _log(short))
    return Ground(
        valid,
        cloud & valid,
        snow & valid & ~cloud,
        shadow,
        water,
        seen,
        ndvi,
        np.stack(looks),
    )


def _widened(mask: Mask, rules: FollowUpRules) -> Mask:
    wide: Mask = ndimage.binary_dilation(mask, np.ones(FULL), iterations=int(rules.halo_px))
    return wide


def _share(part: Floats, whole: Floats) -> Floats:
    return np.clip(part / np.maximum(whole, 1e-4), -1, 1)


def _log(reflectance: Floats) -> Floats:
    return np.log(np.maximum(reflectance, 0.005))
