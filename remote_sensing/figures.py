"""The figures of `features`, computed fast: the same numbers, a test says so.

A name is a base (a band, a ratio) and, after ``_``, a kind with its radius. Each kind is one method
here; what has none yet is computed by `features.stack`, its plain meaning, so a new kind works
before it is fast.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from remote_sensing import features
from remote_sensing.scene import Chip

Layer = NDArray[np.int16]
_NONE = np.iinfo(np.int16).min


def stack(chip: Chip, names: Sequence[str], margin: int) -> Layer:
    """Return the named features of the chip without its margin, int16 (features, h, w)."""
    height, width = (side - 2 * margin for side in chip.valid.shape)
    out = np.empty((len(names), height, width), np.int16)
    for place, layer in enumerate(_layers(chip, names, margin)):
        cut = (len(layer) - height) // 2
        out[place] = layer[cut : cut + height, cut : cut + width]
    return out


def planes(
    chip: Chip, names: Sequence[str], tables: NDArray[np.uint8], margin: int
) -> NDArray[np.uint8]:
    """Return their codes by ``tables`` (features, 65536), uint8 (features, h, w)."""
    from remote_sensing.compiled import figures as compiled

    height, width = (side - 2 * margin for side in chip.valid.shape)
    out = np.empty((len(names), height, width), np.uint8)
    for plane, table, layer in zip(out, tables, _layers(chip, names, margin), strict=True):
        compiled.look_up(layer, (len(layer) - height) // 2, table, plane)
    return out


def _layers(chip: Chip, names: Sequence[str], margin: int) -> Iterator[Layer]:
    """Yield the features' layers, 0 where not valid, with or without some margin all round."""
    lack = max(features.reach(names) - margin, 0)
    if lack:  # what lies outside is not valid
        around = ((lack, lack), (lack, lack))
        chip = replace(
            chip,
            reflectance=np.pad(chip.reflectance, ((0, 0), *around)),
            valid=np.pad(chip.valid, around),
        )
    window = _Window(chip, margin + lack)
    for name in names:
        yield window.figure(name)


class _Window:
    """One chip and what was computed of it, for several names need the same."""

    def __init__(self, chip: Chip, margin: int) -> None:
        self.chip, self.margin = chip, margin
        self.valid = np.ascontiguousarray(chip.valid)
        reflectance = np.ascontiguousarray(chip.reflectance)
        self.inside = (slice(margin, -margin or None),) * 2
        self.inner_valid = self.valid[self.inside]
        self.all_valid = bool(self.inner_valid.all())
        self.bands = dict(zip(chip.band_names, reflectance, strict=True))
        self.zero = np.zeros(self.valid.shape, np.int16)
        self._bases: dict[str, Layer] = {}
        self._counts: dict[int, NDArray[np.int32]] = {}

    def figure(self, name: str) -> Layer:
        """Return one feature, 0 where not valid; a base keeps its margin."""
        base, _, how = name.partition("_")
        kind = how.rstrip("0123456789")
        if not how:
            return self.base(base)
        # Made here and not kept: a window that holds its own methods would outlive its use.
        kinds: dict[str, Callable[[str, int], Layer]] = {
            "mean": self.mean,
            "dev": self.deviation,
            "range": self.spread,
            "open": self.opened,
            "close": self.closed,
            "white": self.white,
            "black": self.black,
        }
        if kind not in kinds:
            plain: Layer = features.stack(self.chip, (name,))[0][self.inside]
            return plain
        found = kinds[kind](base, int(how.removeprefix(kind)))
        return found if self.all_valid else np.where(self.inner_valid, found, 0)

    def base(self, name: str) -> Layer:
        """Return a band or ratio with the margin, 0 where not valid."""
        from remote_sensing.compiled import figures as compiled

        if name not in self._bases:
            out = np.empty(self.valid.shape, np.int16)
            if name in self.bands:
                compiled.blank(self.bands[name], self.valid, out)
            elif name in features.PAIRS:
                first, second = (self.bands[band] for band in features.PAIRS[name])
                compiled.ratio(first, self.zero, second, self.zero, self.valid, out)
            elif name == "bare":
                swir, red, near, blue = (self.bands[band] for band in features.BARE)
                compiled.ratio(swir, red, near, blue, self.valid, out)
            elif name == "bright":
                blue, green, red = (self.bands[band] for band in features.VISIBLE)
                compiled.average(blue, green, red, self.valid, out)
            else:
                out[:] = features.stack(self.chip, (name,))[0]
            self._bases[name] = out
        return self._bases[name]

    def mean(self, base: str, radius: int) -> Layer:
        """The mean of the square, rounded down."""
        from remote_sensing.compiled import figures as compiled

        out = np.empty(self.inner_valid.shape, np.int16)
        compiled.mean(self.base(base), self._cut(radius), radius, self._count(radius), out)
        return out

    def deviation(self, base: str, radius: int) -> Layer:
        """The standard deviation in the square, rounded down."""
        from remote_sensing.compiled import figures as compiled

        out = np.empty(self.inner_valid.shape, np.int16)
        compiled.deviation(self.base(base), self._cut(radius), radius, self._count(radius), out)
        return out

    def spread(self, base: str, radius: int) -> Layer:
        """The greatest less the least figure of the square."""
        high, low = self._masked(base)
        most = most_of(self._around(high, radius), radius)
        return most - ~most_of(self._around(low, radius), radius)

    def opened(self, base: str, radius: int) -> Layer:
        """What is left without bright things narrower than the square."""
        worn = ~most_of(self._around(self._masked(base)[1], 2 * radius), radius)
        return most_of(self._of_valid(worn, radius), radius)

    def closed(self, base: str, radius: int) -> Layer:
        """What is left where dark things narrower than the square are filled."""
        shrunk = ~most_of(self._around(self._masked(base)[0], 2 * radius), radius)
        return ~most_of(self._of_valid(shrunk, radius), radius)

    def white(self, base: str, radius: int) -> Layer:
        """What an opening takes away."""
        return self.base(base)[self.inside] - self.opened(base, radius)

    def black(self, base: str, radius: int) -> Layer:
        """What a closing fills."""
        return self.closed(base, radius) - self.base(base)[self.inside]

    def _of_valid(self, layer: Layer, radius: int) -> Layer:
        """Return a layer that reaches ``radius`` over the edge, lowest where not valid."""
        return np.where(self._around(self.valid, radius), layer, np.int16(_NONE))

    def _masked(self, base: str) -> tuple[Layer, Layer]:
        """Return the base and its complement (the order turned round), lowest where not valid."""
        layer = self.base(base)
        if self.valid.all():
            return layer, ~layer
        return np.where(self.valid, layer, _NONE), np.where(self.valid, ~layer, _NONE)

    def _count(self, radius: int) -> NDArray[np.int32]:
        from remote_sensing.compiled import figures as compiled

        if radius not in self._counts:
            out = np.empty(self.inner_valid.shape, np.int32)
            compiled.counts(self.valid, self._cut(radius), radius, out)
            self._counts[radius] = out
        return self._counts[radius]

    def _around(self, layer: NDArray[Any], radius: int) -> NDArray[Any]:
        """Return the part of a layer that reaches ``radius`` over the edge of the inner part."""
        cut = self._cut(radius)
        return layer[cut : len(layer) - cut, cut : layer.shape[1] - cut]

    def _cut(self, radius: int) -> int:
        if radius > self.margin:
            raise ValueError(f"a square of radius {radius} reaches over the halo")
        return self.margin - radius


def most_of(layer: Layer, radius: int) -> Layer:
    """Return the greatest figure of each square that lies wholly in the layer."""
    return _most_along(_most_along(layer, radius, 0), radius, 1)


def _most_along(layer: Layer, radius: int, axis: int) -> Layer:
    """Squares grow by doubling: a maximum over 2 * n pixels is that of two over n."""

    def cut(start: int, end: int) -> Layer:
        return layer[start:end] if axis == 0 else layer[:, start:end]

    side, reached = 2 * radius + 1, 1
    length = layer.shape[axis]
    while reached < side:
        step = min(reached, side - reached)
        length -= step
        layer = np.maximum(cut(0, length), cut(step, step + length))
        reached += step
    return layer
