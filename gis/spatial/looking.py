"""Where a picture was taken from a place, and whether its camera looked there."""

import math

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import MultiPolygon, Point

from gis.domain.terms import Datum
from gis.spatial import crs, datum

Floats = NDArray[np.float64]
CHINA = (73.0, 3.0, 136.0, 54.0)


def metres_between(lon: float, lat: float, other_lon: float, other_lat: float) -> float:
    """Return the distance of two points on the ellipsoid."""
    return float(crs.GEOD.inv(lon, lat, other_lon, other_lat)[2])


def metres_to(lon: float, lat: float, outline: MultiPolygon) -> float:
    """Return how far a point lies from an outline, 0 inside."""
    flat = _seen_from(lon, lat, outline)
    near = shapely.shortest_line(Point(0, 0), flat)
    if near.length == 0:
        return 0.0
    east, north = shapely.get_coordinates(near)[-1].tolist()
    return metres_between(lon, lat, lon + east / _narrowing(lat), lat + north)


def degrees_off(lon: float, lat: float, bearing: float, outline: MultiPolygon) -> float:
    """Return by how much a bearing misses an outline as seen from a point; 0 where it meets it.

    An outline is seen between its outermost bearings; from inside it is seen everywhere.
    """
    flat = _seen_from(lon, lat, outline)
    if shapely.intersects(flat, Point(0, 0)):
        return 0.0
    return min(_off(bearing, shapely.get_coordinates(part.exterior)) for part in flat.geoms)


def _off(bearing: float, ring: Floats) -> float:
    seen = np.unwrap(np.arctan2(ring[:, 0], ring[:, 1]))
    first, last = math.degrees(seen.min()), math.degrees(seen.max())
    past = (bearing - first) % 360.0
    return 0.0 if past <= last - first else min(past - (last - first), 360.0 - past)


def _narrowing(lat: float) -> float:
    return max(math.cos(math.radians(lat)), 1e-6)


def _seen_from(lon: float, lat: float, outline: MultiPolygon) -> MultiPolygon:
    """Return an outline in degrees of latitude east and north of a point, the shorter way round."""
    narrowing = _narrowing(lat)

    def moved(places: Floats) -> Floats:
        east = (places[:, 0] - lon + 180.0) % 360.0 - 180.0
        return np.column_stack([east * narrowing, places[:, 1] - lat])

    return shapely.transform(outline, moved)


def without_shift(lon: float, lat: float) -> tuple[float, float]:
    """Return a position as it is if it was written with the shift of Chinese web maps (GCJ-02).

    Their maps shift nothing outside China, and the formulas are good for nothing there.
    """
    if not (CHINA[0] <= lon <= CHINA[2] and CHINA[1] <= lat <= CHINA[3]):
        return lon, lat
    back = datum.to_store(np.array([lon]), np.array([lat]), Datum.GCJ02)
    return float(back[0][0]), float(back[1][0])
