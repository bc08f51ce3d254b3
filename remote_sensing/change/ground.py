"""What each date shows of a place, on one grid, and what hides it."""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from itertools import product
from typing import Any

import numpy as np
import rasterio.windows
import shapely
from affine import Affine
from numpy.typing import NDArray
from pyproj import Transformer
from rasterio.crs import CRS
from rasterio.enums import Resampling
from rasterio.vrt import WarpedVRT
from rasterio.warp import transform_bounds
from shapely.geometry.base import BaseGeometry

from gis.domain.follow_up.rules import FollowUpRules
from remote_sensing.change.runs import DatedRun
from remote_sensing.class_shares import HIDING, LOOSE_PERCENT
from remote_sensing.classes import NODATA_CODE, all_classes
from remote_sensing.follow_up.ground import NEEDED, ground_of
from remote_sensing.follow_up.images import Image, mask_of, open_image
from remote_sensing.run_record import CLASSES, SCORES
from remote_sensing.scene import Chip, opened
from remote_sensing.windows import Window

STEADY = ("forest", "water", "built_up")
"""Classes that stay what they are from one season to the next; how much of them does is told."""
_LOOK = 512

Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Shown:
    """What a date shows of a window: bool (height, width).

    ``target`` is what it calls a target, ``loose`` what might be one, ``seen`` is neither nodata
    nor hidden by cloud, shadow or snow.
    """

    target: Mask
    loose: Mask
    seen: Mask


@dataclass(frozen=True, slots=True)
class Grid:
    """The first run's grid, grown to hold all runs; ``pixel_m2`` is the ground of a pixel."""

    crs: CRS
    transform: Affine
    width: int
    height: int
    pixel_m: float

    def to_px(self, shape_lonlat: BaseGeometry) -> BaseGeometry:
        """Return a lon/lat geometry in the grid's pixels."""
        transformer = Transformer.from_crs("EPSG:4326", self.crs, always_xy=True)
        inverse = ~self.transform

        def move(corners: NDArray[np.float64]) -> NDArray[np.float64]:
            col, row = inverse @ np.array(transformer.transform(*corners.T))
            return np.column_stack((col, row))

        return shapely.transform(shape_lonlat, move)

    def window_of(self, shape_px: BaseGeometry) -> Window:
        """Return the window round a geometry in pixels, as far as it lies in the grid."""
        left, top, right, bottom = shape_px.bounds
        col, row = int(np.floor(left)) - 1, int(np.floor(top)) - 1
        wide, high = int(np.ceil(right)) + 1 - col, int(np.ceil(bottom)) + 1 - row
        return Window(col, row, wide, high).inside(self.width, self.height)


@dataclass(frozen=True, slots=True)
class _Date:
    run: DatedRun
    classes: Any
    scores: Any
    bands: list[int]
    image: Image | None


class Ground:
    """The rasters of all runs, open on one grid."""

    def __init__(self, grid: Grid, dates: Sequence[_Date], rules: FollowUpRules) -> None:
        self.grid = grid
        self._dates, self._rules = dates, rules
        self._overviews: dict[int, NDArray[np.uint8]] = {}
        known = all_classes().values()
        self._targets = [info.code for info in known if info.is_target]
        self._hiding = [info.code for info in known if info.name in HIDING]

    def zone(self, shape_px: BaseGeometry, window: Window) -> Mask:
        """Return which pixels of a window lie in a geometry."""
        return mask_of(shape_px, window)

    def shown(self, date: int, window: Window) -> Shown:
        """Return what a date shows of a window."""
        own = self._dates[date]
        part = rasterio.windows.Window(window.col, window.row, window.width, window.height)
        codes = own.classes.read(1, window=part)
        score = own.scores.read(own.bands, window=part).astype(np.int32)
        target = np.isin(codes, self._targets)
        seen = (codes != NODATA_CODE) & ~np.isin(codes, self._hiding)
        total = np.where(score > 100, 0, score).sum(axis=0)
        if own.image is not None:
            seen &= self._clear(own.image, window)
        return Shown(target & seen, (target | (total > LOOSE_PERCENT)) & seen, seen)

    def steadiness(self, one: int, other: int) -> float:
        """Return how much of the ground that is steady by its class was the same on both dates."""
        codes = [self._overview(one), self._overview(other)]
        steady = [all_classes()[name].code for name in STEADY]
        both = (codes[0] != NODATA_CODE) & (codes[1] != NODATA_CODE) & np.isin(codes[0], steady)
        return float((codes[0] == codes[1])[both].mean()) if both.any() else float("nan")

    def _overview(self, date: int) -> NDArray[np.uint8]:
        if date not in self._overviews:
            shape = (min(self.grid.height, _LOOK), min(self.grid.width, _LOOK))
            self._overviews[date] = self._dates[date].classes.read(
                1, out_shape=shape, resampling=Resampling.nearest
            )
        return self._overviews[date]

    def _clear(self, image: Image, window: Window) -> Mask:
        shape = (window.height, window.width)
        empty = Chip(
            np.zeros((0, *shape), np.int16),
            np.ones(shape, bool),
            self.grid.transform @ Affine.translation(window.col, window.row),
            self.grid.crs,
            (),
            self.grid.pixel_m,
        )
        chip = image.read_on(empty)
        if image.scene.lacking(NEEDED):
            return chip.valid
        found = ground_of(chip, self._rules)
        return found.valid & ~found.cloud & ~found.snow


@contextmanager
def open_ground(runs: Sequence[DatedRun], rules: FollowUpRules) -> Iterator[Ground]:
    """Open the rasters of all runs on the first one's grid."""
    with ExitStack() as stack:
        files = [
            [stack.enter_context(opened(run.folder / name)) for name in (CLASSES, SCORES)]
            for run in runs
        ]
        grid = _grid([classes for classes, _ in files], runs[0])
        on = {
            "crs": grid.crs,
            "transform": grid.transform,
            "width": grid.width,
            "height": grid.height,
            "resampling": Resampling.nearest,
            "src_nodata": NODATA_CODE,
            "nodata": NODATA_CODE,
        }
        dates = []
        targets = {name for name, info in all_classes().items() if info.is_target}
        for run, (classes, scores) in zip(runs, files, strict=True):
            bands = [n for n, name in enumerate(scores.descriptions, 1) if name in targets]
            dates.append(
                _Date(
                    run,
                    stack.enter_context(WarpedVRT(classes, **on)),
                    stack.enter_context(WarpedVRT(scores, **on)),
                    bands,
                    stack.enter_context(open_image(run.image, rules)) if run.image else None,
                )
            )
        yield Ground(grid, dates, rules)


def _grid(rasters: Sequence[Any], first: DatedRun) -> Grid:
    """Return the first raster's grid, grown by whole pixels until all rasters lie in it."""
    base = rasters[0]
    corners = [
        ~base.transform @ (x, y)
        for raster in rasters
        for box in [transform_bounds(raster.crs, base.crs, *raster.bounds)]
        for x, y in product(box[::2], box[1::2])
    ]
    cols, rows = np.array(corners).T
    left, top = int(np.floor(cols.min() + 1e-3)), int(np.floor(rows.min() + 1e-3))
    right, bottom = int(np.ceil(cols.max() - 1e-3)), int(np.ceil(rows.max() - 1e-3))
    return Grid(
        base.crs,
        base.transform @ Affine.translation(left, top),
        right - left,
        bottom - top,
        float(first.record["inputs"]["image"]["pixel_m"]),
    )
