"""Elevation models of solids whose volume a formula gives."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import rasterio
import shapely
from affine import Affine
from shapely import affinity

CENTRE = (400_000.0, 4_500_000.0)
"""East and north of the solids' middle, in EPSG:4546."""
GROUND = 1_050.0

Heights = Callable[[np.ndarray, np.ndarray], np.ndarray]


def write(
    path: Path,
    heights: Heights,
    *,
    pixel: float = 1.0,
    side: float = 300.0,
    off: tuple[float, float] = (0.0, 0.0),
    crs: str = "EPSG:4546",
    centre: tuple[float, float] = CENTRE,
    unit: str | None = None,
    change: Callable[[np.ndarray], np.ndarray] | None = None,
    nodata: float | None = -9_999.0,
    dtype: str = "float32",
) -> Path:
    """Write heights at pixel centres, the grid moved by ``off`` metres against the middle."""
    count = int(side / pixel)
    grid = Affine(pixel, 0, centre[0] - side / 2 + off[0], 0, -pixel, centre[1] + side / 2 + off[1])
    cols, rows = np.meshgrid(np.arange(count) + 0.5, np.arange(count) + 0.5)
    x, y = grid @ (cols, rows)
    values = heights(x - centre[0], y - centre[1])
    if change is not None:
        values = change(values)
    profile = {
        "driver": "GTiff", "width": count, "height": count, "count": 1, "dtype": dtype,
        "crs": crs, "transform": grid, "nodata": nodata, "compress": "deflate", "tiled": True,
        "blockxsize": 128, "blockysize": 128,
    }  # fmt: skip
    with rasterio.open(path, "w", **profile) as file:
        file.write(values.astype(dtype), 1)
        if unit is not None:
            file.units = (unit,)
    return path


def cone(radius: float = 80.0, depth: float = 30.0) -> Heights:
    """A conical pit in flat ground: a third of base times depth."""
    return lambda x, y: GROUND - depth * np.clip(1 - np.hypot(x, y) / radius, 0, None)


def hemisphere(radius: float = 60.0) -> Heights:
    """Half a ball dug out: two thirds of pi r cubed."""
    return lambda x, y: GROUND - np.sqrt(np.clip(radius**2 - x**2 - y**2, 0, None))


def pyramid(
    top: float = 120.0, floor: float = 40.0, depth: float = 24.0, turn: float = 0.0
) -> Heights:
    """A square pit with sloping walls and a flat floor, turned by some degrees."""
    c, s = np.cos(np.radians(turn)), np.sin(np.radians(turn))

    def heights(x, y):
        out = np.maximum(np.abs(c * x + s * y), np.abs(c * y - s * x))
        return GROUND - depth * np.clip((top / 2 - out) / ((top - floor) / 2), 0, 1)

    return heights


def hills(x, y):
    """Rough ground that has a slope in every direction."""
    return GROUND + 12 * np.sin(x / 31) * np.cos(y / 27) + 6 * np.sin((x + 2 * y) / 19) + 0.02 * x


def square_of(side: float, turn: float = 0.0) -> shapely.Polygon:
    """A square round the middle, turned by some degrees."""
    x, y, half = *CENTRE, side / 2
    return affinity.rotate(shapely.box(x - half, y - half, x + half, y + half), turn)
