"""What a classifier is told of a pixel: whole numbers that depend on the ground alone.

Every figure is integer arithmetic over valid pixels no further than ``HALO`` away, so that a pixel
gets the same figures whatever window it is read in. A name is that of a layer (a band, a ratio),
alone or followed by what is made of its square of neighbours: ``bright_mean7`` is the mean of 15 by
15 pixels; ``dev`` the deviation, ``range`` from least to greatest, ``open`` and ``close`` what is
left where all narrower than the square is worn off or filled, ``white`` and ``black`` the top-hats
(how far a pixel stands above the opening, or lies below the closing).
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from remote_sensing import relative
from remote_sensing.intake.bands import CANONICAL
from remote_sensing.scene import Chip

FEATURES_VERSION = 2
"""Raised whenever a name here comes to mean something else; a model is bound to it."""

RADII = (1, 3, 7)
NEAR = 1
"""How far the figures of a pixel and of what touches it look; see `near`."""
WIDE = 15
"""How far around a quarry its surroundings tell it from a bare field, in pixels."""
SHAPES = (3, 7)
"""Radii of the top-hats; each looks twice as far: it spreads what it has worn down."""
HALO = max(*RADII, WIDE, *(2 * radius for radius in SHAPES))
"""Pixels of neighbourhood that the widest figure looks at."""

Layer = NDArray[np.int64]

_TWICE = ("open", "close", "white", "black")

LEAST = -(2**30)
"""Below every figure: what an empty square holds."""

PAIRS = {
    "ndvi": ("B08", "B04"),
    "ndwi": ("B03", "B08"),
    "mndwi": ("B03", "B11"),
    "ndbi": ("B11", "B08"),
    "iron": ("B04", "B02"),
    "clay": ("B11", "B12"),
    "warmth": ("B04", "B03"),
    "edge": ("B05", "B04"),
    "rise": ("B08", "B05"),
    "burn": ("B8A", "B12"),
}
"""Normalised differences (a - b) / (a + b) in ten-thousandths."""

VISIBLE = ("B02", "B03", "B04")
BARE = ("B11", "B04", "B08", "B02")
_MEAN_OF = ("bright", "ndvi", "mndwi", "clay", "iron", "warmth")
"""Ratios: their means carried further to other ground than those of bands, when measured."""
_SPREAD_OF = ("bright", "ndvi", "B11", "B04")
_WIDE_MEAN_OF = ("bright", "ndvi", "warmth")
_WIDE_SPREAD_OF = ("bright", "ndvi")
_SHAPE_OF = ("bright",)


def names_for(band_names: Sequence[str]) -> tuple[str, ...]:
    """Return the names of the features that these bands allow, in the order of the stack."""
    have = set(band_names)
    if have == {*VISIBLE, *relative.RELATIVE}:
        return relative.FEATURES
    single = list(band_names)
    single += [name for name, pair in PAIRS.items() if have.issuperset(pair)]
    single += ["bright"] if have.issuperset(VISIBLE) else []
    single += ["bare"] if have.issuperset(BARE) else []
    means = [f"{n}_mean{r}" for n in _MEAN_OF if n in single for r in RADII]
    means += [f"{n}_mean{WIDE}" for n in _WIDE_MEAN_OF if n in single]
    spreads = [f"{n}_dev{r}" for n in _SPREAD_OF if n in single for r in RADII]
    spreads += [f"{n}_dev{WIDE}" for n in _WIDE_SPREAD_OF if n in single]
    shapes = [
        f"{n}_{kind}{r}"
        for n in _SHAPE_OF
        if n in single
        for kind in ("white", "black")
        for r in SHAPES
    ]
    return (*single, *means, *spreads, *shapes)


def parts_of(name: str) -> tuple[str, str, int]:
    """Return a feature's layer, what is made of its neighbours, and the radius of their square.

    >>> parts_of("bright_mean7"), parts_of("B8A")
    (('bright', 'mean', 7), ('B8A', '', 0))
    """
    layer, _, how = name.partition("_")
    kind = how.rstrip("0123456789")
    return layer, kind, int(how[len(kind) :] or 0)


def reach(names: Sequence[str]) -> int:
    """Return the pixels of neighbourhood that the widest of these features looks at.

    Openings and closings look twice as far as their square: they spread what they have worn down.

    >>> reach(["B04", "iron_mean7", "bright_white15"])
    30
    """
    parts = [parts_of(name) for name in names]
    return max((radius * (1 + (kind in _TWICE)) for _, kind, radius in parts), default=0)


def near(names: Sequence[str]) -> tuple[int, ...]:
    """Return the places of the features that look no further than NEAR.

    >>> near(["B04", "ndvi_mean1", "ndvi_mean7"])
    (0, 1)
    """
    return tuple(place for place, name in enumerate(names) if reach([name]) <= NEAR)


def lit(names: Sequence[str]) -> tuple[int, ...]:
    """Return the places of the features that are as many times greater as there is more light.

    >>> lit(["B04", "ndvi", "bright_dev7", "ndvi_mean1"])
    (0, 2)
    """
    bases = {*CANONICAL, "bright"}
    return tuple(place for place, name in enumerate(names) if parts_of(name)[0] in bases)


def stack(chip: Chip, names: Sequence[str]) -> NDArray[np.int16]:
    """Return the named features, int16 (features, height, width), 0 where not valid.

    Raises KeyError for a feature that the chip's bands do not allow.
    """
    bands = dict(zip(chip.band_names, chip.reflectance.astype(np.int64), strict=True))
    layers: dict[str, Layer] = {}
    sums: dict[tuple[str, int], Layer] = {}

    def total(key: str, layer: NDArray[np.generic], radius: int) -> Layer:
        if (key, radius) not in sums:
            sums[key, radius] = box_sum(layer, radius)
        return sums[key, radius]

    out = np.zeros((len(names), *chip.valid.shape), np.int16)
    for place, name in enumerate(names):
        base, kind, radius = parts_of(name)
        if base not in layers:
            layers[base] = np.where(chip.valid, _layer(base, bands), 0)
        figure = layer = layers[base]
        if kind in ("mean", "dev"):
            count = np.maximum(total("valid", chip.valid, radius), 1)
            plain = total(base, layer, radius)
            figure = plain // count
            if kind == "dev":
                squares = total(f"{base}²", layer * layer, radius)
                figure = _root((squares * count - plain * plain) // (count * count))
        elif kind:
            figure = _shape(kind, layer, chip.valid, radius)
        out[place] = np.where(chip.valid, figure, 0)
    return out


def box_most(layer: Layer, valid: NDArray[np.bool_], radius: int) -> Layer:
    """Return the greatest valid figure of each square of 2 * radius + 1 pixels, LEAST for none."""
    size = 2 * radius + 1
    most = np.pad(np.where(valid, layer, LEAST), radius, constant_values=LEAST)
    for axis in (0, 1):
        most = np.lib.stride_tricks.sliding_window_view(most, size, axis=axis).max(axis=-1)
    return most


def box_least(layer: Layer, valid: NDArray[np.bool_], radius: int) -> Layer:
    """Return the least valid figure of each square of 2 * radius + 1 pixels, -LEAST for none."""
    return -box_most(-layer, valid, radius)


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


def _shape(kind: str, layer: Layer, valid: NDArray[np.bool_], radius: int) -> Layer:
    if kind == "range":
        return box_most(layer, valid, radius) - box_least(layer, valid, radius)
    if kind in ("white", "open"):  # bright things narrower than the square are taken away
        opened = box_most(box_least(layer, valid, radius), valid, radius)
        return opened if kind == "open" else layer - opened
    if kind in ("black", "close"):  # dark things narrower than the square are filled
        closed = box_least(box_most(layer, valid, radius), valid, radius)
        return closed if kind == "close" else closed - layer
    raise KeyError(kind)


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
