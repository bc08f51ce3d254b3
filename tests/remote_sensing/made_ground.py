"""Made scenes of one pit among woods and fields, whose every border is known to a fifth of a pixel.

The ground is drawn five times finer than the pixels and averaged, so that edge pixels are mixed as
real ones are, and a scene can lie off by parts of a pixel.
"""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
import shapely
from pyproj import Transformer
from rasterio.transform import Affine
from shapely import MultiPolygon

from remote_sensing.intake.bands import CANONICAL
from remote_sensing.scene import Scene, open_scene
from tests.remote_sensing.make_scene import SPECTRA, write_raster

FINE = 5
SIDE = 260
GRID = Affine(10, 0, 398_000, 0, -10, 4_501_000)
SNOW = (8500, 8400, 8200, 8000, 7800, 7600, 7500, 7300, 900, 600)
CLOUD = (5200, 5100, 5000, 5050, 5100, 5150, 5200, 5200, 4200, 3300)
PIT = (110, 110, 150, 140)
"""Columns and rows of the pit's corners: west, north, east, south, in pixels."""

SUMMER, NEXT_SUMMER = date(2025, 7, 20), date(2026, 7, 25)


@dataclass(frozen=True)
class Drawn:
    """What is drawn of a date: pits as (west, north, east, south), a shift, what covers it."""

    pits: tuple[tuple[float, float, float, float], ...] = (PIT,)
    right: float = 0.0
    down: float = 0.0
    added: int = 1_000
    snow: bool = False
    cloud: tuple[int, int, int, int] | None = None
    bare_fields: bool = False
    nodata_from: int | None = None
    bands: tuple[str, ...] = CANONICAL
    seed: int = 0


def lonlat(west: float, north: float, east: float, south: float) -> MultiPolygon:
    """A box in pixels as lon/lat."""
    corners = shapely.box(west, north, east, south)
    move = Transformer.from_crs("EPSG:32649", "EPSG:4326", always_xy=True)

    def moved(points: np.ndarray) -> np.ndarray:
        x, y = GRID.c + 10 * points[:, 0], GRID.f - 10 * points[:, 1]
        return np.column_stack(move.transform(x, y))

    return MultiPolygon([shapely.transform(corners.segmentize(5), moved)])


def draw(path: Path, day: date, drawn: Drawn) -> Scene:
    """Write a made scene and open it as any other."""
    fine = SIDE * FINE
    rows, cols = np.mgrid[0:fine, 0:fine]
    # Content moves right and down: what is drawn at a pixel is what lies that far left and up.
    x = (cols + 0.5) / FINE - drawn.right
    y = (rows + 0.5) / FINE - drawn.down
    field = (np.floor(x / 23) + np.floor(y / 17)).astype(int)
    kinds = ["forest", "bare_soil" if drawn.bare_fields else "cropland", "forest", "open_pit"]
    kind = field % 3
    # Each field has a shade of its own, as fields have.
    shade = 1 + 0.15 * np.sin(12.9898 * field + np.floor(x / 23))
    for west, north, east, south in drawn.pits:
        dug = (x >= west) & (x < east) & (y >= north) & (y < south)
        kind[dug], shade[dug] = 3, 1
    values = np.zeros((SIDE, SIDE, len(CANONICAL)))
    for number, name in enumerate(kinds):
        part = np.where(kind == number, shade, 0).reshape(SIDE, FINE, SIDE, FINE)
        values += part.mean(axis=(1, 3))[..., None] * SPECTRA[name]
    if drawn.snow:
        values[:] = SNOW
    if drawn.cloud:
        west, north, east, south = drawn.cloud
        values[north:south, west:east] = CLOUD
    noise = np.random.default_rng(drawn.seed)
    values *= 1 + 0.03 * noise.standard_normal((SIDE, SIDE, 1))
    values *= 1 + 0.01 * noise.standard_normal(values.shape)
    stored = np.clip(np.rint(values), 1, 20_000).astype(np.uint16) + drawn.added
    if drawn.nodata_from is not None:
        stored[:, drawn.nodata_from :] = 0
    wanted = [CANONICAL.index(name) for name in drawn.bands]
    write_raster(
        path, np.moveaxis(stored, 2, 0)[wanted], transform=GRID, nodata=0, names=drawn.bands
    )
    return open_scene(path, acquired_on=day)
