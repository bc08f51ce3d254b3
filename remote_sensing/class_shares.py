"""How much of an outline a run saw, and how much of it is or might be a target."""

from pathlib import Path

import numpy as np
import rasterio.windows
from affine import Affine
from rasterio.features import geometry_mask
from shapely.geometry.base import BaseGeometry

from remote_sensing.classes import NODATA_CODE, all_classes
from remote_sensing.quality import truth
from remote_sensing.run_record import CLASSES, SCORES
from remote_sensing.scene import opened
from remote_sensing.windows import Window

HIDING = ("cloud", "shadow", "snow")
"""Classes that say that the ground itself was not seen."""


LOOSE_PERCENT = 25
"""A pixel whose target score is higher may be a target, though its class is another."""


def shares_within(folder: Path, outline_lonlat: BaseGeometry) -> tuple[float, float]:
    """Return the shares of an outline, 0 to 1, that a run saw and that may be a target.

    What lies outside the map was not seen; an outline smaller than a pixel has the pixel's shares.
    """
    with opened(folder / CLASSES) as classes, opened(folder / SCORES) as scores:
        shape = truth.moved(outline_lonlat, "EPSG:4326", classes.crs)
        corners = [~classes.transform @ (x, y) for x, y in _corners(shape)]
        cols, rows = np.array(corners).T
        col, row = int(np.floor(cols.min())), int(np.floor(rows.min()))
        whole = Window(
            col, row, int(np.ceil(cols.max())) - col or 1, int(np.ceil(rows.max())) - row or 1
        )
        part = whole.inside(classes.width, classes.height)
        if not (part.width and part.height):
            return 0.0, 0.0
        window = rasterio.windows.Window(part.col, part.row, part.width, part.height)
        known = all_classes()
        bands = [
            n
            for n, name in enumerate(scores.descriptions, 1)
            if name in known and known[name].is_target
        ]
        codes, score = classes.read(1, window=window), scores.read(bands, window=window)
        own = classes.transform @ Affine.translation(part.col, part.row)
        inside = geometry_mask([shape], codes.shape, own, all_touched=True, invert=True)
        own = classes.transform @ Affine.translation(col, row)
        every = geometry_mask(
            [shape], (whole.height, whole.width), own, all_touched=True, invert=True
        )
    hidden = [NODATA_CODE, *(info.code for name, info in known.items() if name in HIDING)]
    targets = [info.code for info in known.values() if info.is_target]
    seen = inside & ~np.isin(codes, hidden)
    total = np.where(score > 100, 0, score).astype(np.int32).sum(axis=0)
    may = seen & (np.isin(codes, targets) | (total > LOOSE_PERCENT))
    area = max(int(np.count_nonzero(every)), 1)
    return np.count_nonzero(seen) / area, np.count_nonzero(may) / area


def _corners(shape: BaseGeometry) -> list[tuple[float, float]]:
    left, bottom, right, top = shape.bounds
    return [(left, bottom), (left, top), (right, bottom), (right, top)]
