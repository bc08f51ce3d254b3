"""An open image, read place by place, also as it lies on another image's grid."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import product
from typing import Any, TypeVar

import numpy as np
import shapely
from affine import Affine
from numpy.typing import NDArray
from pyproj import Transformer
from rasterio.enums import Resampling
from rasterio.features import rasterize
from rasterio.warp import reproject, transform_bounds
from shapely.geometry.base import BaseGeometry

from gis.domain.follow_up.rules import FollowUpRules
from remote_sensing.follow_up.greenness import Greenness, greenness_of
from remote_sensing.follow_up.ground import NEEDED, USED, Mask, ground_of
from remote_sensing.intake.georeference import to_lonlat
from remote_sensing.scene import Chip, Scene, opened
from remote_sensing.windows import Window

SAMPLES = 8
SAMPLE_PX = 48
"""A scene's ends come from so many by so many squares of this side, spread evenly."""

G = TypeVar("G", bound=BaseGeometry)

LEAST_LAND = 100
MARGIN_PX = 4


@dataclass(frozen=True, slots=True)
class Image:
    """A scene whose file is open, with the ends of its greenness.

    ``scene`` keeps only the bands that the follow-up uses; ``greenness`` is None where the scene
    has not the bands for it, or hardly a pixel that shows land.
    """

    scene: Scene
    dataset: Any
    from_lonlat: Transformer
    lonlat: Transformer
    greenness: Greenness | None

    def read(self, window: Window) -> Chip:
        """Read a window, which may stick out."""
        return self.scene.read_from(self.dataset, window)

    def placed(self, geometry_lonlat: G) -> G:
        """Return a lon/lat geometry in the image's pixels (column, row)."""
        grid = self.scene.transform  # which runs north-up, without a turn

        def moved(points: NDArray[np.float64]) -> NDArray[np.float64]:
            x, y = self.from_lonlat.transform(points[:, 0], points[:, 1])
            return np.column_stack([(x - grid.c) / grid.a, (y - grid.f) / grid.e])

        return shapely.transform(geometry_lonlat, moved)

    def to_lonlat(self, geometry_px: G) -> G:
        """Return a geometry in pixels as lon/lat."""
        grid = self.scene.transform

        def moved(points: NDArray[np.float64]) -> NDArray[np.float64]:
            x, y = grid.c + grid.a * points[:, 0], grid.f + grid.e * points[:, 1]
            return np.column_stack(self.lonlat.transform(x, y))

        return shapely.transform(geometry_px, moved)

    def read_on(self, grid: Chip, right: float = 0.0, down: float = 0.0) -> Chip:
        """Return this image's pixels on another's window, its content moved by so many pixels.

        ``right`` and ``down`` are pixels of ``grid`` by which content here lies off.
        """
        height, width = grid.valid.shape
        west, north = grid.transform @ (0, 0)
        east, south = grid.transform @ (width, height)
        bounds = transform_bounds(grid.crs, self.scene.crs, west, south, east, north)
        window = self._window(bounds).grown(MARGIN_PX)
        mine = self.read(window)
        placed = grid.transform @ Affine.translation(right, down)
        if _same_grid(mine, grid, placed):
            col, row = np.rint(~mine.transform @ (placed.c, placed.f)).astype(int)
            part = slice(row, row + height), slice(col, col + width)
            return Chip(
                mine.reflectance[:, *part], mine.valid[part], grid.transform, grid.crs,
                mine.band_names, grid.pixel_m, None if mine.hidden is None else mine.hidden[part],
            )  # fmt: skip
        return self._warped(mine, grid, placed)

    def _window(self, bounds: tuple[float, float, float, float]) -> Window:
        back = ~self.scene.transform
        corners = [back @ (x, y) for x, y in product(bounds[::2], bounds[1::2])]
        cols, rows = np.array(corners).T
        col, row = int(np.floor(cols.min())), int(np.floor(rows.min()))
        return Window(
            col, row, int(np.ceil(cols.max())) - col + 1, int(np.ceil(rows.max())) - row + 1
        )

    def _warped(self, mine: Chip, grid: Chip, placed: Affine) -> Chip:
        shape = grid.valid.shape
        where = {
            "src_transform": mine.transform,
            "src_crs": mine.crs,
            "dst_transform": placed,
            "dst_crs": grid.crs,
        }
        moved = np.zeros((len(mine.band_names), *shape), np.float32)
        reproject(mine.reflectance.astype(np.float32), moved, resampling=Resampling.cubic, **where)
        # A pixel that is in part made of nodata is none.
        valid = np.zeros(shape, np.float32)
        reproject(mine.valid.astype(np.float32), valid, resampling=Resampling.bilinear, **where)
        whole = valid > 0.999
        reflectance = np.where(whole, np.clip(np.rint(moved), 0, 20_000), 0).astype(np.int16)
        hidden = None
        if mine.hidden is not None:
            hidden = np.zeros(shape, np.uint8)
            reproject(mine.hidden, hidden, resampling=Resampling.nearest, **where)
        return Chip(
            reflectance, whole, grid.transform, grid.crs, mine.band_names, grid.pixel_m, hidden
        )


def _same_grid(mine: Chip, grid: Chip, placed: Affine) -> bool:
    """Whether two grids differ by whole pixels only, so that nothing need be resampled."""
    if mine.crs != grid.crs or not np.allclose(mine.transform[:6:4], placed[:6:4], rtol=1e-9):
        return False
    apart = np.array(~mine.transform @ (placed.c, placed.f))
    return bool(np.abs(apart - np.rint(apart)).max() < 0.02)


@contextmanager
def open_image(scene: Scene, rules: FollowUpRules) -> Iterator[Image]:
    """Open a scene's file for many small reads."""
    kept = _with_bands(scene)
    with opened(scene.path) as dataset:
        lonlat = to_lonlat(scene.crs)
        from_lonlat = Transformer.from_crs("EPSG:4326", scene.crs.to_wkt(), always_xy=True)
        greenness = None
        if not scene.lacking(NEEDED):
            greenness = _greenness(kept, dataset, rules)
        yield Image(kept, dataset, from_lonlat, lonlat, greenness)


def _with_bands(scene: Scene) -> Scene:
    # Terrain, which a scene may have too, stands last and has no place in the file.
    pairs = [(n, p) for n, p in zip(scene.band_names, scene.band_places, strict=False) if n in USED]
    if not pairs:
        return scene
    names, places = zip(*pairs, strict=True)
    return replace(scene, band_names=names, band_places=places, dem=None)


def _greenness(scene: Scene, dataset: Any, rules: FollowUpRules) -> Greenness | None:
    """Return the ends of a scene from squares spread evenly over it, or over all of a small one."""
    side = SAMPLES * SAMPLE_PX
    if scene.width <= side and scene.height <= side:
        windows = [Window(0, 0, scene.width, scene.height)]
    else:
        windows = [
            Window(
                int((col + 0.5) * scene.width / SAMPLES) - SAMPLE_PX // 2,
                int((row + 0.5) * scene.height / SAMPLES) - SAMPLE_PX // 2,
                SAMPLE_PX,
                SAMPLE_PX,
            )
            for row, col in product(range(SAMPLES), range(SAMPLES))
        ]
    grounds = [ground_of(scene.read_from(dataset, window), rules) for window in windows]
    land = np.concatenate([ground.ndvi[ground.seen] for ground in grounds])
    return greenness_of(land, rules) if len(land) >= LEAST_LAND else None


def mask_of(geometry_px: BaseGeometry, window: Window) -> Mask:
    """Return which pixels of a window have their middle in a geometry of the image's pixels."""
    shape = window.height, window.width
    if geometry_px.is_empty:
        return np.zeros(shape, bool)
    grid = Affine.translation(window.col, window.row)
    burnt: NDArray[np.uint8] = rasterize([(geometry_px, 1)], shape, transform=grid, dtype="uint8")
    return burnt > 0
