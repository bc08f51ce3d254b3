"""What of a quarry's labelled growth is growth, by the labels and where they are silent the images.

The set labels the core of each quarry and leaves most of the ground unlabelled, which says nothing
of it (its readme: never count it as anything). So a pixel that is labelled quarry on one date and
unlabelled on the other is no change by itself. It is one where the image shows it green on the one
and bare on the other: more than half and less than half of the way from the NDVI of that date's
labelled quarries to that of its labelled woods. A pixel that is labelled something else on the
other date has changed by the labels' own word; only water is none, for a flooded floor is still a
pit. What lies between two drawings of one border is a line one pixel wide, so that only pieces
count which hold a square of two by two.

The same yardstick finds ground that turned anywhere in the images, labelled or not: green on every
date up to one and bare on every date after it, which no season and no harvest does, beside ground
that is bare on all of them.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import rasterio
from numpy.typing import NDArray
from scipy import ndimage

from remote_sensing.scene import Scene

UNLABELLED, WATER, QUARRY = 0, 8, 10
WOODS = (1, 2)
HALF, THIRD = 1 / 2, 1 / 3
SQUARE, AROUND = np.ones((2, 2)), np.ones((3, 3))
NEAR_PX = 2

Mask = NDArray[np.bool_]


@dataclass(frozen=True)
class Dated:
    """A date's labels (classes), and how far each pixel is from bare (0) to woods (1)."""

    classes: NDArray[np.uint8]
    way: NDArray[np.float64]


@dataclass(frozen=True)
class Moved:
    """Pixels labelled quarry on one of two dates only; ``turned`` of them count as a change.

    ``otherwise`` are labelled something else on the other date, ``green`` are unlabelled and green
    there.
    """

    drawn: int
    otherwise: int
    green: int
    turned: int


def ndvi_of(scene: Scene) -> NDArray[np.float64]:
    """Return a whole scene's NDVI, its radiometric offset taken off."""
    with rasterio.open(scene.path) as source:
        stored, names = source.read(), source.descriptions
    red, near = (stored[names.index(name)].astype(float) for name in ("B04", "B08"))
    offset = -scene.radiometry.offset * 1e4
    return (near - red) / np.maximum(near + red - 2 * offset, 1)


def dated(scene: Scene, labels: Path) -> Dated:
    """Return a date's labels, and its image measured by them."""
    with rasterio.open(labels) as source:
        classes = source.read(1)
    ndvi = ndvi_of(scene)
    bare, woods = np.median(ndvi[classes == QUARRY]), np.median(ndvi[np.isin(classes, WOODS)])
    return Dated(classes, (ndvi - bare) / (woods - bare))


def moved(labelled: Dated, other: Dated, zone: Mask) -> Moved:
    """Return what became of the pixels of a zone that only ``labelled`` calls quarry."""
    drawn = (labelled.classes == QUARRY) & (other.classes != QUARRY) & zone
    otherwise = drawn & ~np.isin(other.classes, (UNLABELLED, WATER))
    green = drawn & (other.classes == UNLABELLED) & (other.way >= HALF) & (labelled.way < HALF)
    turned = ndimage.binary_opening(otherwise | green, SQUARE)
    return Moved(*(int(mask.sum()) for mask in (drawn, otherwise, green, turned)))


def change_of(gained: Moved, lost: Moved, least_px: float) -> str:
    """Return the word for a pair of dates: a change is one that can be detected at all."""
    net = gained.turned - lost.turned
    return "UNCHANGED" if abs(net) < least_px else "GROWN" if net > 0 else "SHRUNK"


def turned_ground(dates: Sequence[Dated], least_px: float) -> Iterator[tuple[int, Mask, Mask]]:
    """Yield where bare ground grew for good: the last date before, what turned, what it grew from.

    Besides it must lie as much ground that is bare on every date as it holds itself, or it is a
    field that was ploughed.
    """
    always = np.all([one.way < HALF for one in dates], axis=0)
    for last in range(len(dates) - 1):
        before, after = dates[: last + 1], dates[last + 1 :]
        turned = np.all([one.way >= HALF for one in before], axis=0)
        turned &= np.all([one.way < HALF for one in after], axis=0)
        pieces, count = ndimage.label(ndimage.binary_opening(turned, SQUARE), AROUND)
        grounds, _ = ndimage.label(dates[last].way < THIRD)
        for number in range(1, count + 1):
            piece = pieces == number
            beside = ndimage.binary_dilation(piece, AROUND, iterations=NEAR_PX) & always
            if piece.sum() < least_px or beside.sum() < piece.sum():
                continue
            mine = np.unique(grounds[beside])
            yield last, piece, np.isin(grounds, mine[mine > 0])
