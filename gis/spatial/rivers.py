"""Where a place lies along a river: reach, chainage and bank."""

from collections.abc import Sequence
from typing import NamedTuple

import shapely
from shapely import LineString, MultiPolygon, Point
from shapely.geometry.base import BaseGeometry

from gis.domain.surroundings import Bank
from gis.spatial import crs

REACH_LENGTH_M = 5_000.0
"""Length of a reach as a unit of view, until the district names its own."""


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


def locate(outline: MultiPolygon, river: Sequence[BaseGeometry], metric_epsg: int) -> Position:
    """Return the position of a place (lon/lat, EPSG:4490) along a river (the same).

    Bank is seen looking downstream, from the side of the river on which the centroid lies.
    """
    line = one_line(river, metric_epsg)
    centre = crs.to_metric(outline, metric_epsg).centroid
    chainage_m = line.project(centre)
    step_m = min(50.0, line.length / 4)
    behind: Point = line.interpolate(max(0.0, chainage_m - step_m))
    ahead: Point = line.interpolate(min(line.length, chainage_m + step_m))
    cross = (ahead.x - behind.x) * (centre.y - behind.y) - (ahead.y - behind.y) * (
        centre.x - behind.x
    )
    return Position(reach_name(chainage_m), round(chainage_m, 1), "LEFT" if cross > 0 else "RIGHT")
