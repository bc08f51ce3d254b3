"""What of a quarry's labelled growth is growth, by the labels and where they are silent the images.

The set labels the core of each quarry and leaves most of the ground unlabelled, which says nothing
of it (its readme: never count it as anything). So a pixel that is labelled quarry on one date and
unlabelled on the other is no change by itself. It is one where the image shows it green on the one
and bare on the other: more than half and less than half of the way from the NDVI of that date's
labelled quarries to that of its labelled woods. A pixel that is labelled something else on the
other date has changed by the labels' own word; only water is none, for a flooded floor is still a
pit. What lies between two drawings of one border is a line one pixel wide, so that only pieces
count which hold a square of two by two. NDVI is also what the follow-up itself goes by; so beside
it stands, without a voice, how many of the pixels looked unlike that date's labelled quarries in
all ten bands on the one date and like them on the other.

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
ALIKE_PERCENTILE = 99

Mask = NDArray[np.bool_]


@dataclass(frozen=True)
class Dated:
    """A date's labels (classes), and how far each pixel is from bare (0) to woods (1).

    ``alike`` are the pixels whose ten bands lie among those of the date's labelled quarries.
    """

    classes: NDArray[np.uint8]
    way: NDArray[np.float64]
    alike: Mask


@dataclass(frozen=True)
class Moved:
    """Pixels labelled quarry on one of two dates only; ``turned`` of them count as a change.

    ``otherwise`` are labelled something else on the other date, ``green`` are unlabelled and green
    there, ``unlike`` do not look like a quarry there and do where they are labelled.
    """

    drawn: int
    otherwise: int
    green: int
    unlike: int
    turned: int


def bands_of(scene: Scene) -> dict[str, NDArray[np.float64]]:
    """Return a whole scene's bands in stored numbers, their radiometric offset taken off."""
    with rasterio.open(scene.path) as source:
        stored = source.read().astype(float) + scene.radiometry.offset * 1e4
        return dict(zip(source.descriptions, stored, strict=True))


def ndvi_of(scene: Scene) -> NDArray[np.float64]:
    bands = bands_of(scene)
    red, near = bands["B04"], bands["B08"]
    return (near - red) / np.maximum(near + red, 1)


def dated(scene: Scene, labels: Path) -> Dated:
    """Return a date's labels, and its image measured by them."""
    with rasterio.open(labels) as source:
        classes = source.read(1)
    ndvi, quarry = ndvi_of(scene), classes == QUARRY
    bare, woods = np.median(ndvi[quarry]), np.median(ndvi[np.isin(classes, WOODS)])
    looks = np.log(np.maximum(np.stack(list(bands_of(scene).values())), 1))
    apart = looks - np.median(looks[:, quarry], axis=1)[:, None, None]
    inverse = np.linalg.inv(np.cov(looks[:, quarry]))
    distance = np.einsum("irc,ij,jrc->rc", apart, inverse, apart)
    alike = distance <= np.percentile(distance[quarry], ALIKE_PERCENTILE)
    return Dated(classes, (ndvi - bare) / (woods - bare), alike)


def moved(labelled: Dated, other: Dated, zone: Mask) -> Moved:
    """Return what became of the pixels of a zone that only ``labelled`` calls quarry."""
    drawn = (labelled.classes == QUARRY) & (other.classes != QUARRY) & zone
    otherwise = drawn & ~np.isin(other.classes, (UNLABELLED, WATER))
    green = drawn & (other.classes == UNLABELLED) & (other.way >= HALF) & (labelled.way < HALF)
    turned = ndimage.binary_opening(otherwise | green, SQUARE)
    unlike = drawn & ~other.alike & labelled.alike
    return Moved(*(int(mask.sum()) for mask in (drawn, otherwise, green, unlike, turned)))


def change_of(gained: Moved, lost: Moved, least_px: float) -> str:
    """Return the word for a pair of dates: a change is one that can be detected at all."""
    net = gained.turned - lost.turned
    return "UNCHANGED" if abs(net) < least_px else "GROWN" if net > 0 else "SHRUNK"


def turned_ground(dates: Sequence[Dated], least_px: float) -> Iterator[tuple[int, Mask, Mask]]:
    """Yield where bare ground grew for good: the last date before, what turned, what it grew from.

    Beside it must lie as much ground that is bare on every date as it holds itself, or it is a
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
