"""How rare a colour is in its own scene.

Waste lies on ground that looks like little else about it, though what it looks like is another
thing in every scene. The colours of a scene are counted once, in cells of brightness, lilac and
saturation beside its own quarters; how rare a pixel is follows from how many share its cell.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

ROUND = 2
"""A pixel's colour is the mean of its square of this radius: single pixels are rare by noise."""
SIDE = 24
"""Cells along each of three figures; those at the ends hold all beyond."""
OF_A_HALF = 4
"""Cells in the width of a scene's middle half."""
RAREST = 1e-6
"""Share that is added to each cell's: nothing is rarer than rare."""
SCALE = 1_000

Layer = NDArray[np.int32]


@dataclass(frozen=True, slots=True, eq=False)
class Rarity:
    """``table`` int32 (SIDE³,) is how rare each cell is: minus the logarithm of its share."""

    table: Layer

    def of(self, cells: Layer) -> Layer:
        """Return how rare each of these cells is, in thousandths, 0 for all of a scene."""
        return self.table[cells]


def counted(cells: Layer) -> Rarity:
    """Return how rare cells are in a scene of which these are samples."""
    counts = np.bincount(cells.ravel(), minlength=SIDE**3)
    share = counts / max(cells.size, 1)
    found = np.rint(-SCALE * np.log(np.minimum(share + RAREST, 1)))
    return Rarity(found.astype(np.int32))


def cells_of(means: Sequence[Layer], middle: Sequence[int], apart: Sequence[int]) -> Layer:
    """Return the cells of colours, of three figures with their medians and quarters' distances."""
    cells = np.zeros(means[0].shape, np.int32)
    for mean, own, half in zip(means, middle, apart, strict=True):
        step = (mean - own) * OF_A_HALF // max(half, 1) + SIDE // 2
        cells = cells * SIDE + np.clip(step, 0, SIDE - 1)
    return cells


def rounded(layer: NDArray[np.generic], first: int = 0, step: int = 1) -> Layer:
    """Return the sums over squares of ROUND that lie wholly in the layer, of every ``step``-th.

    ``first`` is the first row of them.
    """
    height, width = (side - 2 * ROUND for side in layer.shape)
    whole = layer.astype(np.int32)
    tall = np.zeros((len(range(first, height, step)), layer.shape[1]), np.int32)
    for away in range(2 * ROUND + 1):
        tall += whole[first + away : height + away : step]
    sums = np.zeros((len(tall), len(range(0, width, step))), np.int32)
    for away in range(2 * ROUND + 1):
        sums += tall[:, away : width + away : step]
    return sums
