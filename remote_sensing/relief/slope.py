"""Slope and relief of a scene's pixels, from an elevation model that is joined to the scene.

Heights are interpolated at whole sixty-fourths of the model's pixels and summed as whole
centimetres, so that a pixel gets the same figures whatever window it is read in.
"""

from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import rasterio
import rasterio.windows
from numpy.typing import NDArray
from pyproj import Geod, Transformer
from rasterio.enums import Resampling
from rasterio.errors import RasterioError

from remote_sensing.errors import TruncatedRaster
from remote_sensing.intake.georeference import to_lonlat
from remote_sensing.windows import Window

if TYPE_CHECKING:
    from remote_sensing.relief.elevation import Elevation
    from remote_sensing.scene import Scene

RELIEF_M = 150
"""How far around a pixel its height is compared: a heap or a pit of some hectares fits in."""
MOST_RADIUS_PX = 64
LEVEL = 10_000
"""Relief of a pixel that lies as high as its surroundings; a centimetre more is one more."""
UNKNOWN_SLOPE = 0

_PARTS = 64
_WGS84 = Geod(ellps="WGS84")

Whole = NDArray[np.int64]


def terrain_of(scene: "Scene", dem: "Elevation", window: Window) -> NDArray[np.int16]:
    """Return slope and relief of a window's pixels, int16 (2, height, width).

    Slope is in hundredths of a degree; relief is LEVEL plus the centimetres by which a pixel lies
    above the mean of a square of RELIEF_M to every side, clipped to 0..20,000. Where the model has
    no height a pixel counts as level. Raises TruncatedRaster.
    """
    step = min(max(int(np.ceil(dem.pixel_m / scene.pixel_m - 0.01)), 1), MOST_RADIUS_PX)
    radius = min(max(round(RELIEF_M / scene.pixel_m), 1), MOST_RADIUS_PX)
    halo = max(step, radius)
    heights, known = _heights_cm(scene, dem, window.grown(halo))
    out = np.empty((2, window.height, window.width), np.int16)
    out[0] = _slope(heights, known, halo, step, _steps_m(scene))
    out[1] = _relief(heights, known, halo, radius)
    return out


def _slope(
    heights: Whole, known: NDArray[np.bool_], halo: int, step: int, steps_m: tuple[float, float]
) -> NDArray[np.int16]:
    """Return hundredths of a degree from differences over ``step`` pixels to either side."""

    rows, cols = (size - 2 * halo for size in heights.shape)
    parts = [
        (slice(halo + down, halo + down + rows), slice(halo + right, halo + right + cols))
        for down, right in ((0, step), (0, -step), (step, 0), (-step, 0))
    ]
    east, west, south, north = (heights[part].astype(np.float64) for part in parts)
    seen = np.logical_and.reduce([known[part] for part in parts])
    # tan² of the slope, looked up in a table of angles: no library's arc tangent is asked.
    x_m, y_m = (2 * step * side for side in steps_m)
    tangent_squared = ((east - west) / (100 * x_m)) ** 2 + ((south - north) / (100 * y_m)) ** 2
    return np.where(seen, _angle_of(tangent_squared), np.int16(UNKNOWN_SLOPE))


def _angle_of(tangent_squared: NDArray[np.float64]) -> NDArray[np.int16]:
    found = np.searchsorted(_tangents_squared(), tangent_squared, side="right")
    return found.astype(np.int16)


@cache
def _tangents_squared() -> NDArray[np.float64]:
    """Return tan² at every half between hundredths of a degree, below 90."""
    return np.tan(np.radians((np.arange(8_999) + 0.5) / 100)) ** 2


def _relief(heights: Whole, known: NDArray[np.bool_], halo: int, radius: int) -> NDArray[np.int16]:
    from remote_sensing.features import box_sum

    rows, cols = (size - 2 * halo for size in heights.shape)
    cut = halo - radius
    part = (slice(cut, cut + rows + 2 * radius), slice(cut, cut + cols + 2 * radius))
    core = (slice(radius, radius + rows), slice(radius, radius + cols))
    near, seen = np.where(known, heights, 0)[part], known[part]
    mean = box_sum(near, radius)[core] // np.maximum(box_sum(seen, radius)[core], 1)
    relief = np.clip(LEVEL + near[core] - mean, 0, 2 * LEVEL)
    return np.where(seen[core], relief, LEVEL).astype(np.int16)


def _heights_cm(
    scene: "Scene", dem: "Elevation", window: Window
) -> tuple[Whole, NDArray[np.bool_]]:
    """Return heights at pixel centres and where they are known; a finer model is averaged."""
    grid, side = scene.transform, max(int(scene.pixel_m / dem.pixel_m + 0.01), 1)
    x = grid.c + grid.a * (np.arange(window.col, window.col_end) + 0.5)
    y = grid.f + grid.e * (np.arange(window.row, window.row_end) + 0.5)
    east, north = np.meshgrid(x, y)
    if scene.crs != dem.crs:
        way = Transformer.from_crs(scene.crs.to_wkt(), dem.crs.to_wkt(), always_xy=True)
        east, north = way.transform(east, north)
    own = dem.transform
    col = _parts((east - own.c) / (own.a * side) - 0.5)
    row = _parts((north - own.f) / (own.e * side) - 0.5)
    left, top = int(col.min()) // _PARTS, int(row.min()) // _PARTS
    right, foot = int(col.max()) // _PARTS + 2, int(row.max()) // _PARTS + 2
    blocks = _blocks(dem, Window(left, top, right - left, foot - top), side)
    known = np.isfinite(blocks)
    cm = np.rint(np.where(known, blocks, 0) * 100).astype(np.int64)
    c, fx = col // _PARTS - left, col % _PARTS
    r, fy = row // _PARTS - top, row % _PARTS
    total = np.zeros(col.shape, np.int64)
    seen = np.ones(col.shape, bool)
    for down, wy in ((0, _PARTS - fy), (1, fy)):
        for over, wx in ((0, _PARTS - fx), (1, fx)):
            total += cm[r + down, c + over] * wx * wy
            seen &= known[r + down, c + over] | (wx * wy == 0)
    return total // _PARTS**2, seen


def _parts(places: NDArray[np.float64]) -> Whole:
    far = 2**40  # where a projection ends it says infinity
    return np.floor(np.nan_to_num(np.clip(places, -far, far)) * _PARTS).astype(np.int64)


def _blocks(dem: "Elevation", window: Window, side: int) -> NDArray[np.float64]:
    """Return means of the model's whole blocks of ``side`` pixels, NaN beyond it and in holes."""
    from remote_sensing.scene import GDAL_OPTIONS

    part = window.inside(dem.width // side, dem.height // side)
    out = np.full((window.height, window.width), np.nan)
    if not (part.width and part.height):
        return out
    at = rasterio.windows.Window(
        part.col * side, part.row * side, part.width * side, part.height * side
    )
    try:
        # Overviews would average other blocks than ours.
        with (
            rasterio.Env(**GDAL_OPTIONS),
            rasterio.open(dem.path, driver="GTiff", OVERVIEW_LEVEL="NONE") as dataset,
        ):
            read = dataset.read(
                1,
                window=at,
                out_shape=(part.height, part.width),
                resampling=Resampling.average,
                masked=True,
            )
    except RasterioError as error:
        raise TruncatedRaster(file=dem.name) from error
    rows = slice(part.row - window.row, part.row_end - window.row)
    cols = slice(part.col - window.col, part.col_end - window.col)
    out[rows, cols] = read.astype(np.float64).filled(np.nan)
    return out


def _steps_m(scene: "Scene") -> tuple[float, float]:
    """Return how far apart neighbours lie on the ground, eastwards and northwards, mid-scene."""
    grid = scene.transform
    x, y = grid @ (scene.width / 2, scene.height / 2)
    xs, ys = [x, x + grid.a, x], [y, y, y + grid.e]
    lon, lat = to_lonlat(scene.crs).transform(xs, ys)
    _, _, metres = _WGS84.inv([lon[0]] * 2, [lat[0]] * 2, lon[1:], lat[1:])
    return float(metres[0]), float(metres[1])
