"""Outlines as pages send them: GeoJSON, lon/lat in EPSG:4490, small enough to be checked."""

import math
from typing import Any

import shapely
from shapely import LineString, MultiPolygon
from shapely.geometry import shape

from gis.domain.errors import GeometryInvalid

MOST_VERTICES = 20_000


def outline_of(sent: dict[str, Any], name: str) -> MultiPolygon:
    """Return what was sent as an outline; whether it is valid and in place the verb asks.

    Raises GeometryInvalid.
    """
    try:
        found = shapely.force_2d(shape(sent))
    except Exception as error:  # shapely fails in as many ways as GeoJSON can be wrong
        raise GeometryInvalid(name=name, reason="not a GeoJSON geometry") from error
    if shapely.get_num_coordinates(found) > MOST_VERTICES:
        raise GeometryInvalid(name=name, reason=f"more than {MOST_VERTICES} vertices")
    if not all(math.isfinite(value) for value in found.bounds):
        raise GeometryInvalid(name=name, reason="empty or not finite")
    if not isinstance(found, MultiPolygon | shapely.Polygon):
        raise GeometryInvalid(name=name, reason="not a polygon")
    return found if isinstance(found, MultiPolygon) else MultiPolygon([found])


def line_of(points: list[tuple[float, float]]) -> LineString:
    """Return a drawn line; raises GeometryInvalid."""
    line = LineString(points) if len(points) > 1 else LineString()
    if not all(math.isfinite(value) for value in line.bounds) or not line.length:
        raise GeometryInvalid(name="line", reason="fewer than two points")
    return line
