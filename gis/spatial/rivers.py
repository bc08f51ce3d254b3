"""Where a place lies along a river: reach, chainage and bank."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import shapely
from shapely import LineString, MultiPolygon, Point
from shapely.geometry.base import BaseGeometry

from gis.domain.surroundings import Bank
from gis.spatial import crs
from gis.spatial.feature_index import as_shapes

REACH_LENGTH_M = 5_000.0
"""Length of a reach as a unit of view, until the district names its own."""

LOOK_M = 50.0
"""How far up and down the river its direction is taken."""


class Position(NamedTuple):
    """A place's foot point on a river: reach name, metres from the line's start, and the bank."""

    reach: str
    chainage_m: float
    bank: Bank


def one_line(parts: Sequence[BaseGeometry], metric_epsg: int) -> LineString:
    """Return the river as one line in metres, running downstream as its source digitised it.

    Of a network in several pieces the longest run is taken.
    """
    lines = [line for part in parts for line in shapely.get_parts(part)]
    merged = shapely.line_merge(
        shapely.MultiLineString([crs.to_metric(line, metric_epsg) for line in lines]), directed=True
    )
    longest: LineString = max(shapely.get_parts(merged), key=lambda line: line.length)
    return longest


def reach_name(chainage_m: float) -> str:
    """Return the name of the reach at ``chainage_m``.

    >>> reach_name(172_300)
    '黄河 170–175 km'
    """
    start_km = int(chainage_m // REACH_LENGTH_M * REACH_LENGTH_M) // 1000
    return f"黄河 {start_km}–{start_km + int(REACH_LENGTH_M) // 1000} km"


class River:
    """A river's line in metres, prepared so that many places can be located on it."""

    def __init__(self, line: LineString) -> None:
        corners = shapely.get_coordinates(line)
        segments = np.stack([corners[:-1], corners[1:]], axis=1)
        self._x, self._y = corners.T
        self._segments = as_shapes(list(shapely.linestrings(segments)))  # type: ignore[arg-type]
        self._tree = shapely.STRtree(self._segments)
        self._chainages = np.concatenate([[0.0], np.cumsum(shapely.length(self._segments))])

    def _at(self, chainage_m: float) -> tuple[float, float]:
        x, y = (np.interp(chainage_m, self._chainages, values) for values in (self._x, self._y))
        return float(x), float(y)

    def locate(self, centre: Point) -> Position:
        """Return the position of a point given in metres; beyond the ends, that of the end.

        Bank is seen looking downstream, from the side of the river on which the point lies.
        """
        nearest = int(np.min(self._tree.query_nearest(centre)))
        segment = self._segments[nearest]
        chainage_m = float(self._chainages[nearest] + shapely.line_locate_point(segment, centre))
        step_m = min(LOOK_M, float(self._chainages[-1]) / 4)
        behind, ahead = self._at(chainage_m - step_m), self._at(chainage_m + step_m)
        cross = (ahead[0] - behind[0]) * (centre.y - behind[1]) - (ahead[1] - behind[1]) * (
            centre.x - behind[0]
        )
        bank: Bank = "LEFT" if cross > 0 else "RIGHT"
        return Position(reach_name(chainage_m), round(chainage_m, 1), bank)


def locate(outline: MultiPolygon, river: Sequence[BaseGeometry], metric_epsg: int) -> Position:
    """Return the position of a place (lon/lat, EPSG:4490) along a river (the same)."""
    centre = crs.to_metric(outline, metric_epsg).centroid
    return River(one_line(river, metric_epsg)).locate(centre)
