"""Which outlines may show the same places: those that overlap, and those that lie close by."""

from typing import NamedTuple

import numpy as np
import shapely
from numpy.typing import NDArray

from gis.spatial import crs

SAME_OVERLAP = 0.3
"""The share of the smaller outline from which two are one place (DATA.md's "found")."""
NEAR_M = 50.0


class Meeting(NamedTuple):
    """Two outlines that meet or nearly do: their positions, the share they overlap, the gap."""

    one: int
    other: int
    overlap: float
    distance_m: float


def meetings(
    outlines: NDArray[np.object_], others: NDArray[np.object_], metric_epsg: int
) -> list[Meeting]:
    """Return every pair less than 50 m apart; outlines are lon/lat in EPSG:4490."""
    if not len(outlines) or not len(others):
        return []
    mine = crs.all_to_metric(list(outlines), metric_epsg)
    theirs = crs.all_to_metric(list(others), metric_epsg)
    tree = shapely.STRtree(theirs)
    first, second = tree.query(mine, predicate="dwithin", distance=NEAR_M)
    gap = shapely.distance(mine[first], theirs[second])
    smaller = np.minimum(shapely.area(mine[first]), shapely.area(theirs[second]))
    shared = np.zeros(len(first))
    meet = gap == 0
    shared[meet] = shapely.area(shapely.intersection(mine[first][meet], theirs[second][meet]))
    share = np.divide(shared, smaller, out=np.zeros_like(shared), where=smaller > 0)
    return [
        Meeting(int(a), int(b), round(float(s), 3), round(float(g), 1))
        for a, b, s, g in zip(first, second, share, gap, strict=True)
        if s >= SAME_OVERLAP or g < NEAR_M
    ]
