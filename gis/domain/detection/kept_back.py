"""留出地块: ground that no model is trained on, the same for all years, so models can be compared.

The ground is cut into cells of a hundredth of a degree, about a kilometre. One in five, drawn by
the hash of its place alone, is kept for judging; no choice of ours, no new label moves it.
"""

import hashlib
import math
from functools import lru_cache
from typing import NamedTuple

RULE = "cells-0.01-5"
"""The name of this rule; a model says by it that it never saw these cells."""
PER_DEGREE = 100
ONE_IN = 5


class Cell(NamedTuple):
    """A square of the ground, in hundredths of a degree from 0° east, 0° north."""

    east: int
    north: int


def cell_of(lon: float, lat: float) -> Cell:
    """Return the cell that a position lies in.

    >>> cell_of(109.704, 40.702)
    Cell(east=10970, north=4070)
    """
    return Cell(math.floor(lon * PER_DEGREE), math.floor(lat * PER_DEGREE))


@lru_cache(maxsize=65_536)
def is_kept_back(cell: Cell) -> bool:
    """Say whether a cell is kept for judging.

    >>> sum(is_kept_back(Cell(10970 + n, 4070)) for n in range(1000)) // 10
    21
    """
    digest = hashlib.sha256(f"{cell.east} {cell.north}".encode()).digest()
    return int.from_bytes(digest[:8]) % ONE_IN == 0
