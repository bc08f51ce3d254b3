"""Coordinate systems: one to store, one to measure, and the moves between them.

Stored is EPSG:4490 (CGCS2000), always as lon, lat. For Kundulun (109.6-109.9 E) the metric CRS is
EPSG:4546, 3-degree Gauss-Krueger with central meridian 111 E.
"""

from collections.abc import Sequence
from functools import cache
from typing import TypeVar

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import Geod, Transformer
from shapely import MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry

from gis.domain.place import STORE_EPSG

GEOD = Geod(ellps="GRS80")
"""CGCS2000's ellipsoid differs from GRS 80 by 0.1 mm; PROJ knows the latter by name."""

G = TypeVar("G", bound=BaseGeometry)


@cache
def _transformer(source_epsg: int, target_epsg: int) -> Transformer:
    return Transformer.from_crs(source_epsg, target_epsg, always_xy=True)


def transform(geometry: G, source_epsg: int, target_epsg: int) -> G:
    """Return ``geometry`` in another CRS; x is east or lon, y is north or lat in both."""
    if source_epsg == target_epsg:
        return geometry
    move = _transformer(source_epsg, target_epsg)

    def moved(lon_lat: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.column_stack(move.transform(lon_lat[:, 0], lon_lat[:, 1]))

    return shapely.transform(geometry, moved)


def move_points(
    x: NDArray[np.float64], y: NDArray[np.float64], source_epsg: int, target_epsg: int
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return many points in another CRS; infinite where it does not reach."""
    found_x, found_y = _transformer(source_epsg, target_epsg).transform(x, y)
    return np.asarray(found_x), np.asarray(found_y)


def to_metric(geometry: G, metric_epsg: int) -> G:
    """Return a stored lon/lat geometry in metres of the district's metric CRS."""
    return transform(geometry, STORE_EPSG, metric_epsg)


def all_transformed(
    shapes: NDArray[np.object_], source_epsg: int, target_epsg: int
) -> NDArray[np.object_]:
    """Return many geometries in another CRS, moved in one go."""
    if source_epsg == target_epsg or not len(shapes):
        return shapes
    move = _transformer(source_epsg, target_epsg)
    moved: NDArray[np.object_] = shapely.transform(
        shapes, lambda xy: np.column_stack(move.transform(xy[:, 0], xy[:, 1]))
    )
    return moved


def all_to_metric(geometries: Sequence[BaseGeometry], metric_epsg: int) -> NDArray[np.object_]:
    """Return many stored lon/lat geometries in metres."""
    shapes = np.empty(len(geometries), dtype=object)
    shapes[:] = geometries
    return all_transformed(shapes, STORE_EPSG, metric_epsg)


def as_multipolygon(geometry: BaseGeometry) -> MultiPolygon:
    """Return a polygonal geometry as the register stores it; raises TypeError for other kinds."""
    if isinstance(geometry, MultiPolygon):
        return geometry
    if isinstance(geometry, Polygon):
        return MultiPolygon([geometry])
    raise TypeError(f"not a polygon: {geometry.geom_type}")
