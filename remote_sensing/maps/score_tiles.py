"""Map tiles of a run's scores: percent of one class, or of the likeliest target, in colours."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from numpy.ma import MaskedArray
from rio_tiler.errors import TileOutsideBounds
from rio_tiler.io import Reader
from rio_tiler.models import ImageData

from remote_sensing.classes import all_classes
from remote_sensing.maps.errors import ScoreClassMissing, ScoresGone
from remote_sensing.maps.tiles import MOST_ZOOM, TILE_PX
from remote_sensing.scene import opened

TARGET = "target"
"""The highest percent of all classes that become candidates."""
RAMP: Mapping[int, tuple[int, int, int, int]] = {
    5: (59, 15, 112, 0),
    20: (101, 26, 128, 120),
    40: (160, 47, 127, 165),
    60: (222, 73, 104, 195),
    80: (254, 159, 109, 220),
    100: (252, 253, 191, 235),
}
"""Percent to red, green, blue, opacity: lightness rises with the score, for any eye for colour."""

Colours = dict[int, tuple[int, int, int, int]]


def legend() -> list[dict[str, object]]:
    """Return the ramp as pages draw it, from the lowest percent."""
    return [
        {"percent": percent, "colour": f"rgba({r},{g},{b},{round(a / 255, 2)})"}
        for percent, (r, g, b, a) in RAMP.items()
    ]


def classes_of(path: Path) -> tuple[str, ...]:
    """Return the classes that a scores file has, in its order; raises ScoresGone."""
    if not path.is_file():
        raise ScoresGone(file=path.name)
    with opened(path) as dataset:
        return tuple(str(name) for name in dataset.descriptions)


def render(path: Path, name: str, z: int, x: int, y: int) -> bytes | None:
    """Return the PNG tile z/x/y of a class, 256 px; None where there is nothing to show.

    Raises ScoresGone, ScoreClassMissing.
    """
    places = _places(path, name)
    if not (0 <= z <= MOST_ZOOM and 0 <= x < 2**z and 0 <= y < 2**z):
        return None
    with opened(path) as dataset, Reader(None, dataset=dataset) as reader:
        try:
            image = reader.tile(
                *(x, y, z), tilesize=TILE_PX, indexes=places, resampling_method="nearest"
            )
        except TileOutsideBounds:
            return None
    percent: MaskedArray = image.array.max(axis=0, keepdims=True)
    if percent.mask.all() or percent.max() < min(RAMP):
        return None
    content: bytes = ImageData(percent).render(img_format="PNG", colormap=_colours())
    return content


def _places(path: Path, name: str) -> tuple[int, ...]:
    known = classes_of(path)
    if name == TARGET:
        targets = {one.name for one in all_classes().values() if one.is_target}
        places = tuple(i for i, one in enumerate(known, 1) if one in targets)
    else:
        places = tuple(i for i, one in enumerate(known, 1) if one == name)
    if not places:
        raise ScoreClassMissing(name=name, known="、".join(known) or "-")
    return places


@cache
def _colours() -> Colours:
    """Return a colour for each byte; below the ramp, and for nodata, nothing is drawn."""
    found: Colours = dict.fromkeys(range(256), (0, 0, 0, 0))
    stops = list(RAMP.items())
    for (low, one), (high, other) in zip(stops, stops[1:], strict=False):
        for value in range(low, high + 1):
            at = (value - low) / (high - low)
            red, green, blue, alpha = (
                round(a + (b - a) * at) for a, b in zip(one, other, strict=True)
            )
            found[value] = (red, green, blue, alpha)
    return found
