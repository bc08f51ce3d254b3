"""Circles that stand for outlines which nobody has drawn yet."""

import math

import numpy as np
import shapely
from numpy.typing import NDArray

from gis.domain.place import STORE_EPSG
from gis.spatial import crs

QUARTER = 8
SHARE = 2 * QUARTER * math.sin(math.pi / (2 * QUARTER))
"""Area of the regular polygon drawn, by the square of its radius."""


def circles(
    lon: NDArray[np.float64],
    lat: NDArray[np.float64],
    area_m2: NDArray[np.float64],
    metric_epsg: int,
) -> NDArray[np.object_]:
    """Return a round outline of exactly ``area_m2`` about each point, lon/lat in EPSG:4490."""
    x, y = crs.move_points(lon, lat, STORE_EPSG, metric_epsg)
    drawn = shapely.buffer(shapely.points(x, y), np.sqrt(area_m2 / SHARE), quad_segs=QUARTER)
    moved = crs.all_transformed(np.asarray(drawn), metric_epsg, STORE_EPSG)
    return np.asarray(shapely.multipolygons(moved[:, None]))
