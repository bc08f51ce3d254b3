"""Where a raster lies: its grid is north-up, its corners exist, its pixels have a size."""

from typing import Any

import numpy as np
from pyproj import Geod, Transformer
from rasterio.crs import CRS
from shapely import Polygon

from remote_sensing.errors import (
    CrsDoesNotFit,
    MirroredRaster,
    NoCrs,
    RotatedRaster,
    ZeroPixelSize,
)

_WGS84 = Geod(ellps="WGS84")


def require_north_up(dataset: Any, file: str) -> None:
    """Refuse a grid that is not in a CRS, not north-up, or has no size.

    South-up and mirrored grids are refused, not turned: a file whose rows run the wrong way has
    more often lost its sign than meant it.
    """
    crs: CRS | None = dataset.crs
    grid = dataset.transform
    if crs is None or not (crs.is_geographic or crs.is_projected) or grid.is_identity:
        raise NoCrs(file=file)
    if not np.isfinite(grid[:6]).all() or grid.a == 0 and grid.b == 0 or grid.e == grid.d == 0:
        raise ZeroPixelSize(file=file)
    if abs(grid.b) > 1e-9 * abs(grid.a) or abs(grid.d) > 1e-9 * abs(grid.e):
        raise RotatedRaster(file=file)
    if grid.a < 0 or grid.e > 0:
        raise MirroredRaster(file=file)


def footprint_lonlat(dataset: Any, file: str) -> Polygon:
    """Return the outline in EPSG:4326, longitude first, with 21 points a side.

    Raises CrsDoesNotFit when a point of it is not on Earth.
    """
    left, bottom, right, top = dataset.bounds
    along = np.linspace(0, 1, 21)[:-1]
    xs = left + (right - left) * np.concatenate([along, np.ones(20), 1 - along, np.zeros(20)])
    ys = top - (top - bottom) * np.concatenate([np.zeros(20), along, np.ones(20), 1 - along])
    lon, lat = to_lonlat(dataset.crs).transform(xs, ys)
    on_earth = np.isfinite(lon) & np.isfinite(lat) & (abs(lon) <= 180) & (abs(lat) <= 90)
    outline = Polygon(np.column_stack([lon, lat])) if on_earth.all() else Polygon()
    if outline.is_empty or not outline.is_valid:
        raise CrsDoesNotFit(file=file, crs=dataset.crs.to_string())
    return outline


def ground_pixel_m(dataset: Any) -> float:
    """Return the side in metres of a square as large as the middle pixel is on the ground.

    A projection that is true to 1 % keeps its own figure (10 m stays 10 m in UTM); Web Mercator
    and degrees are measured on the ellipsoid.
    """
    grid = dataset.transform
    x, y = grid @ (dataset.width / 2, dataset.height / 2)
    xs, ys = np.array([x, x + grid.a, x + grid.a, x]), np.array([y, y, y + grid.e, y + grid.e])
    lon, lat = to_lonlat(dataset.crs).transform(xs, ys)
    true_m = float(abs(_WGS84.polygon_area_perimeter(lon, lat)[0]) ** 0.5)
    if dataset.crs.is_projected:
        nominal_m = float(abs(grid.a * grid.e) ** 0.5 * dataset.crs.linear_units_factor[1])
        if abs(nominal_m / true_m - 1) < 0.01:
            return nominal_m
    return round(true_m, 4)


def to_lonlat(crs: CRS) -> Transformer:
    """Return the way from ``crs`` to EPSG:4326, longitude first."""
    return Transformer.from_crs(crs.to_wkt(), "EPSG:4326", always_xy=True)
