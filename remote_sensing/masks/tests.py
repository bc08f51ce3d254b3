"""Which pixels of a window look like cloud, snow, or ground so dark that it may be in shadow.

What can be told depends on the bands: with short-wave infrared cloud parts from snow and from
bright rock; without it both are cloud; from visible light alone only what is very bright and white
is told, and roofs, salt and snow with it.
"""

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from gis.domain.terms import MaskHow
from remote_sensing.masks.classes import Hides
from remote_sensing.masks.limits import MaskRules
from remote_sensing.scene import Chip

MAYBE_SHADOW = 4
"""Code of a dark pixel until it is known whether a cloud stands between it and the sun."""
VISIBLE = ("B02", "B03", "B04")
STRETCHED_FULL = 3_558
"""Reflectance in ten-thousandths that an 8-bit stretch is taken to hold as 255."""
FULL = np.ones((3, 3), bool)

Mask = NDArray[np.bool_]
Floats = NDArray[np.floating]


def how_of(band_names: tuple[str, ...]) -> MaskHow | None:
    """Return by what tests a scene of these bands is judged; None where there are too few."""
    if not set(VISIBLE) <= set(band_names):
        return None
    if not {"B08", "B11"} <= set(band_names):
        return MaskHow.VISIBLE_NIR if "B08" in band_names else MaskHow.BRIGHT
    return MaskHow.SPECTRAL


def halo_px(pixel_m: float, rules: MaskRules) -> int:
    """Return by how many pixels cloud and shadow are widened."""
    return min(max(round(rules.widen_m / pixel_m), 1), 5)


def margin_px(pixel_m: float, rules: MaskRules) -> int:
    """Return how many pixels around a window its codes depend on."""
    return halo_px(pixel_m, rules) + 2 * (_side_px(pixel_m, rules) // 2)


def _side_px(pixel_m: float, rules: MaskRules) -> int:
    """Return the odd number of pixels that the least cloud is wide."""
    return min(max(round(rules.cloud_side_least_m / pixel_m) | 1, 3), 15)


def codes_of(chip: Chip, stretched: bool, rules: MaskRules) -> NDArray[np.uint8]:
    """Return a code for every pixel, uint8 (height, width): `Hides`, MAYBE_SHADOW, 0 elsewhere.

    ``stretched`` says that the numbers are an 8-bit display stretch. Needs a margin of
    ``margin_px`` pixels for its edges to be as they would be in a wider window.
    """
    bands = {
        name: chip.reflectance[place].astype(np.float32) / np.float32(10_000)
        for place, name in enumerate(chip.band_names)
    }
    blue, green, red = (bands[name] for name in VISIBLE)
    mean = (blue + green + red) / 3
    uneven = sum(np.abs(band - mean) for band in (blue, green, red)) / np.maximum(mean, 1e-4)
    how = how_of(chip.band_names)
    snow = dark = np.zeros(chip.valid.shape, bool)
    if how is MaskHow.BRIGHT:
        least = rules.bright_least
        if stretched:
            least = rules.bright_stretched_least * STRETCHED_FULL / 10_000
        cloud = (np.minimum(np.minimum(blue, green), red) >= least) & (
            uneven <= rules.bright_whiteness_most
        )
    else:
        near = bands["B08"]
        cloud = (
            (blue - 0.5 * red >= rules.cloud_hot)
            & (uneven <= rules.cloud_whiteness_most)
            & (_share(near - red, near + red) <= rules.cloud_ndvi_most)
        )
        wet = _share(green - near, green + near) > rules.shadow_ndwi_most
        dark = (near <= rules.shadow_nir_most) & ~wet
        if how is MaskHow.SPECTRAL:
            short = bands["B11"]
            snow = (
                (_share(green - short, green + short) >= rules.snow_ndsi_least)
                & (near >= rules.snow_nir_least)
                & (green >= rules.snow_green_least)
            )
            cloud &= (
                (mean >= rules.cloud_bright_least)
                & (near >= rules.cloud_nir_swir_least * short)
                & ~snow
            )
            dark &= short <= rules.shadow_swir_most
        else:
            cloud &= mean >= rules.cloud_no_swir_bright_least
    # One bright roof is no cloud: what a square of the least side fits into may be.
    wide, least_side = halo_px(chip.pixel_m, rules), _side_px(chip.pixel_m, rules)
    cloud = ndimage.binary_opening(cloud & chip.valid, np.ones((least_side, least_side), bool))
    cloud = _widened(cloud, wide)
    dark = ndimage.binary_opening(dark & chip.valid, FULL)
    codes = np.where(dark, np.uint8(MAYBE_SHADOW), np.uint8(Hides.NOTHING))
    codes[snow & chip.valid] = Hides.SNOW
    codes[cloud & ~snow] = Hides.CLOUD
    codes[~chip.valid] = Hides.NOTHING
    return codes


def _widened(mask: Mask, pixels: int) -> Mask:
    wide: Mask = ndimage.binary_dilation(mask, FULL, iterations=pixels)
    return wide


def _share(part: Floats, whole: Floats) -> Floats:
    return part / np.maximum(whole, np.float32(1e-4))
