"""What a classifier is told of a pixel: whole numbers that depend on the ground alone.

Every figure is integer arithmetic over valid pixels no further than ``HALO`` away, so that a pixel
gets the same figures whatever window it is read in.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from remote_sensing.scene import Chip

FEATURES_VERSION = 1
"""Raised whenever a name here comes to mean something else; a model is bound to it."""

RADII = (1, 3, 7)
HALO = max(RADII)
"""Pixels of neighbourhood that the widest figure looks at."""

Layer = NDArray[np.int64]

PAIRS = {
    "ndvi": ("B08", "B04"),
    "ndwi": ("B03", "B08"),
    "mndwi": ("B03", "B11"),
    "ndbi": ("B11", "B08"),
    "iron": ("B04", "B02"),
    "clay": ("B11", "B12"),
    "warmth": ("B04", "B03"),
    "edge": ("B05", "B04"),
}
"""Normalised differences (a - b) / (a + b) in ten-thousandths."""

VISIBLE = ("B02", "B03", "B04")
BARE = ("B11", "B04", "B08", "B02")
_MEAN_OF = ("bright", "ndvi", "mndwi", "clay", "iron", "warmth")
"""Ratios: their means carried further to other ground than those of bands, when measured."""
_SPREAD_OF = ("bright", "ndvi", "B11", "B04")


def names_for(band_names: Sequence[str]) -> tuple[str, ...]:
    """Return the names of the features that these bands allow, in the order of the stack."""
    have = set(band_names)
    single = list(band_names)
    single += [name for name, pair in PAIRS.items() if have.issuperset(pair)]
    single += ["bright"] if have.issuperset(VISIBLE) else []
    single += ["bare"] if have.issuperset(BARE) else []
    means = [f"{n}_mean{r}" for n in _MEAN_OF if n in single for r in RADII]
    spreads = [f"{n}_dev{r}" for n in _SPREAD_OF if n in single for r in RADII]
    return (*single, *means, *spreads)


def stack(chip: Chip, names: Sequence[str]) -> NDArray[np.int16]:
    """Return the named features, int16 (features, height, width), 0 where not valid.

    Raises KeyError for a feature that the chip's bands do not allow.
    """
    bands = dict(zip(chip.band_names, chip.reflectance.astype(np.int64), strict=True))
    counts = {radius: np.maximum(box_sum(chip.valid, radius), 1) for radius in RADII}
    layers: dict[str, Layer] = {}
    sums: dict[str, Layer] = {}

    def total(key: str, layer: Layer, radius: int) -> Layer:
        if f"{key}{radius}" not in sums:
            sums[f"{key}{radius}"] = box_sum(layer, radius)
        return sums[f"{key}{radius}"]

    out = np.zeros((len(names), *chip.valid.shape), np.int16)
    for place, name in enumerate(names):
        base, _, how = name.partition("_")
        if base not in layers:
            layers[base] = np.where(chip.valid, _layer(base, bands), 0)
        figure = layer = layers[base]
        if how.startswith("mean"):
            radius = int(how.removeprefix("mean"))
            figure = total(base, layer, radius) // counts[radius]
        elif how.startswith("dev"):
            radius = int(how.removeprefix("dev"))
            count, plain = counts[radius], total(base, layer, radius)
            squares = total(f"{base}²", layer * layer, radius)
            figure = _root((squares * count - plain * plain) // (count * count))
        out[place] = np.where(chip.valid, figure, 0)
    return out


def box_sum(layer: NDArray[np.generic], radius: int) -> Layer:
    """Return sums over squares of 2 * radius + 1 pixels, exact; outside the array counts as 0."""
    size = 2 * radius + 1
    sums = np.pad(layer.astype(np.int64), radius)
    for axis in (0, 1):
        ends = np.cumsum(sums, axis=axis)
        starts = np.zeros_like(np.take(ends, [0], axis=axis))
        before = np.concatenate([starts, ends], axis=axis)
        length = ends.shape[axis] - size + 1
        sums = np.take(before, range(size, size + length), axis=axis) - np.take(
            before, range(length), axis=axis
        )
    return sums


def _layer(name: str, bands: dict[str, Layer]) -> Layer:
    if name in PAIRS:
        first, second = (bands[band] for band in PAIRS[name])
        return _share(first - second, first + second)
    if name == "bright":
        first, second, third = (bands[band] for band in VISIBLE)
        return (first + second + third) // 3
    if name == "bare":
        swir, red, near, blue = (bands[band] for band in BARE)
        return _share(swir + red - near - blue, swir + red + near + blue)
    return bands[name]


def _share(part: Layer, whole: Layer) -> Layer:
    return part * 10_000 // np.maximum(whole, 1)


def _root(square: Layer) -> Layer:
    # Exact: a square here is below 2**53, where the root of the float rounds down as the whole
    # number's does.
    return np.sqrt(square.astype(np.float64)).astype(np.int64)
