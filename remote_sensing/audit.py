"""How far a quick run is from the exact one, measured in every quick run on ground of its own."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from remote_sensing.classes import class_of
from remote_sensing.classify import NODATA, TileTask
from remote_sensing.windows import Tile, Window

SIDE, MOST = 128, 24
"""Squares of 128 pixels, at most 24: some 400,000 pixels."""


@dataclass(frozen=True, slots=True)
class Audit:
    """What differs between the run's rasters and exact scores on ``pixels`` pixels.

    ``classes`` have another class; of these ``targets`` are or should be a target. ``most_percent``
    is the largest difference of any score.
    """

    pixels: int
    classes: int
    targets: int
    most_percent: int


class Rasters(Protocol):
    """What has a run's scores: its mosaic."""

    def percents(self, window: Window) -> NDArray[np.uint8]:
        """Return the scores (classes, rows, columns) of a window."""


def squares(width: int, height: int) -> list[Tile]:
    """Return squares spread evenly over a scene; the same for the same scene."""
    across, down = -(-width // SIDE), -(-height // SIDE)
    places = list(range(across * down))
    if len(places) > MOST:  # steps of the golden section come near every row and column
        places = sorted(
            int(step * 0.6180339887 * len(places)) % len(places) for step in range(MOST)
        )
    found = []
    for number, place in enumerate(places):
        row, col = divmod(place, across)
        inner = Window(col * SIDE, row * SIDE, SIDE, SIDE).inside(width, height)
        found.append(Tile(number, inner, inner))
    return found


def audit(exact: TileTask, rasters: Rasters, classes: Sequence[str]) -> Audit:
    """Compare a run's rasters with what ``exact`` says of squares of its scene."""
    is_target = np.array([class_of(name).is_target for name in classes])
    pixels = classes_differ = targets_differ = most = 0
    for tile in squares(exact.scene.width, exact.scene.height):
        _, true = exact(tile)
        found = rasters.percents(tile.inner)
        valid = true[0] != NODATA
        one, other = true.argmax(axis=0)[valid], found.argmax(axis=0)[valid]
        differ = one != other
        pixels += int(valid.sum())
        classes_differ += int(differ.sum())
        targets_differ += int((differ & (is_target[one] | is_target[other])).sum())
        off = np.abs(true[:, valid].astype(int) - found[:, valid])
        most = max(most, int(off.max(initial=0)))
    return Audit(pixels, classes_differ, targets_differ, most)
