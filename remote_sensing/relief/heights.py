"""Reading heights: a window of an elevation model onto a metric grid, in bounded memory."""

from typing import Any

import numpy as np
from affine import Affine
from numpy.typing import NDArray
from pyproj import Transformer
from rasterio.crs import CRS
from rasterio.errors import RasterioError
from rasterio.windows import Window as RasterWindow

from remote_sensing.errors import TruncatedRaster
from remote_sensing.relief.elevation import Box, Elevation, Surface
from remote_sensing.relief.errors import HeightsUnlikely, OutlineTooLarge
from remote_sensing.scene import opened
from remote_sensing.windows import Window

MOST_READ = 100_000_000
"""Pixels read of a file for one outline: 10 km by 10 km at 1 m, a few seconds."""
MOST_KEPT = 3_000_000
"""Pixels kept in memory; finer models are averaged in blocks, which keeps their volumes."""
LOWEST_M, HIGHEST_M = -500.0, 9_000.0


def read_surface(
    elevation: Elevation, bounds: Box, crs: CRS, finest_m: float | None = None
) -> Surface:
    """Read what lies within ``bounds`` of ``crs`` (metric) onto a metric grid.

    A metric model keeps its own CRS, so look at the surface's; beyond the file heights are unknown.
    ``finest_m`` coarsens a finer model to about that pixel. Raises OutlineTooLarge,
    TruncatedRaster, HeightsUnlikely.
    """
    if elevation.is_metric:
        moved = box_in(bounds, crs, elevation.crs)
        return _native(elevation, moved, finest_m)
    pixel_m = max(elevation.pixel_m, finest_m or 0.0)
    west, south, east, north = bounds
    cols, rows = (int(np.ceil(side / pixel_m)) for side in (east - west, north - south))
    _require_few(elevation, rows * cols, MOST_KEPT)
    grid = Affine(pixel_m, 0, west, 0, -pixel_m, north)
    empty = Surface(np.full((rows, cols), np.nan), grid, crs)
    own = _native(elevation, box_in(bounds, crs, elevation.crs, grown=2), finest_m)
    return Surface(sample(own, empty), grid, crs)


def sample(source: Surface, onto: Surface, dx: float = 0.0, dy: float = 0.0) -> NDArray[np.float64]:
    """Return the source's heights at the other grid's centres, moved by ``dx``, ``dy`` metres."""
    east, north = onto.centres()
    east, north = east + dx, north + dy
    if source.crs != onto.crs:
        way = Transformer.from_crs(onto.crs.to_wkt(), source.crs.to_wkt(), always_xy=True)
        east, north = way.transform(east, north)
    return source.at(east, north)


def box_in(bounds: Box, crs: CRS, target: CRS, grown: int = 0) -> Box:
    """Return the box in another CRS that holds ``bounds``, a little wider where ``grown``."""
    if crs == target:
        return bounds
    way = Transformer.from_crs(crs.to_wkt(), target.to_wkt(), always_xy=True)
    west, south, east, north = way.transform_bounds(*bounds, densify_pts=21)
    wide, high = (east - west) * grown / 100, (north - south) * grown / 100
    return west - wide, south - high, east + wide, north + high


def _native(elevation: Elevation, bounds: Box, finest_m: float | None) -> Surface:
    grid = elevation.transform
    west, south, east, north = bounds
    col, row = (
        int(np.floor((west - grid.c) / grid.a)) - 1,
        int(np.floor((north - grid.f) / grid.e)) - 1,
    )
    width = int(np.ceil((east - grid.c) / grid.a)) + 1 - col
    height = int(np.ceil((south - grid.f) / grid.e)) + 1 - row
    inside = Window(col, row, width, height).inside(elevation.width, elevation.height)
    _require_few(elevation, inside.width * inside.height, MOST_READ)
    side = max(1, round((finest_m or 0) / elevation.pixel_m))
    while (width // side) * (height // side) > MOST_KEPT:
        side += 1
    width, height = -(-width // side) * side, -(-height // side) * side
    window = Window(col, row, width, height)
    heights = _read(elevation, window, side)
    transform = grid @ Affine.translation(col, row) @ Affine.scale(side)
    return Surface(heights, transform, elevation.crs)


def _read(elevation: Elevation, window: Window, side: int) -> NDArray[np.float64]:
    """Read a window, averaged in blocks of ``side``; strip by strip, so that memory is bounded."""
    rows, cols = window.height // side, window.width // side
    found = np.full((rows, cols), np.nan)
    strip = max(1, 2_000_000 // (side * window.width)) or 1
    low, high = np.inf, -np.inf
    try:
        with opened(elevation.path) as dataset:
            for first in range(0, rows, strip):
                part = Window(
                    window.col,
                    window.row + first * side,
                    window.width,
                    min(strip, rows - first) * side,
                )
                stored = _strip(dataset, part)
                if not np.isfinite(stored).any():
                    continue
                low, high = min(low, np.nanmin(stored)), max(high, np.nanmax(stored))
                found[first : first + strip] = _averaged(stored, side)
    except RasterioError as error:
        raise TruncatedRaster(file=elevation.name) from error
    if low < LOWEST_M or high > HIGHEST_M:
        raise HeightsUnlikely(file=elevation.name, low=round(low), high=round(high))
    return found


def _strip(dataset: Any, part: Window) -> NDArray[np.float64]:
    """Return stored heights of a window that may stick out of the file; NaN where unknown."""
    stored = np.full((part.height, part.width), np.nan)
    inside = part.inside(dataset.width, dataset.height)
    if inside.width and inside.height:
        window = RasterWindow(inside.col, inside.row, inside.width, inside.height)
        read = dataset.read(1, window=window).astype(np.float64)
        known = dataset.read_masks(1, window=window) > 0
        scale, offset = dataset.scales[0], dataset.offsets[0]
        read = np.where(known & np.isfinite(read), read, np.nan)
        # The usual marks of "nothing here" in files that forgot to declare them.
        read[(read <= -9_999) | (read >= 3.0e38)] = np.nan
        rows = slice(inside.row - part.row, inside.row_end - part.row)
        cols = slice(inside.col - part.col, inside.col_end - part.col)
        stored[rows, cols] = read * scale + offset
    return stored


def _averaged(stored: NDArray[np.float64], side: int) -> NDArray[np.float64]:
    """Return block means; a block is unknown when half of it is."""
    if side == 1:
        return stored
    rows, cols = stored.shape[0] // side, stored.shape[1] // side
    blocks = stored.reshape(rows, side, cols, side)
    known = np.isfinite(blocks).sum(axis=(1, 3))
    total = np.nansum(blocks, axis=(1, 3))
    return np.where(known * 2 > side * side, total / np.maximum(known, 1), np.nan)


def _require_few(elevation: Elevation, pixels: int, most: int) -> None:
    if pixels > most:
        raise OutlineTooLarge(
            file=elevation.name, pixels_m=pixels // 1_000_000, most_m=most // 1_000_000
        )
