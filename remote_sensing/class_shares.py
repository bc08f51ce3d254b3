"""How much of an outline a class map saw, and how much of it it calls a target."""

from pathlib import Path

import numpy as np
import rasterio.windows
from affine import Affine
from rasterio.features import geometry_mask
from shapely.geometry.base import BaseGeometry

from remote_sensing import truth
from remote_sensing.classes import NODATA_CODE, all_classes
from remote_sensing.scene import opened
from remote_sensing.windows import Window

HIDING = ("cloud", "shadow", "snow")
"""Classes that say that the ground itself was not seen."""


def shares_within(classes_tif: Path, outline_lonlat: BaseGeometry) -> tuple[float, float]:
    """Return the shares of an outline, 0 to 1, that were seen and that are a target.

    What lies outside the map was not seen; an outline smaller than a pixel has the pixel's shares.
    """
    with opened(classes_tif) as dataset:
        shape = truth.moved(outline_lonlat, "EPSG:4326", dataset.crs)
        corners = [~dataset.transform @ (x, y) for x, y in _corners(shape)]
        cols, rows = np.array(corners).T
        col, row = int(np.floor(cols.min())), int(np.floor(rows.min()))
        whole = Window(
            col, row, int(np.ceil(cols.max())) - col or 1, int(np.ceil(rows.max())) - row or 1
        )
        part = whole.inside(dataset.width, dataset.height)
        if not (part.width and part.height):
            return 0.0, 0.0
        codes = np.full((whole.height, whole.width), NODATA_CODE, np.uint8)
        down, right = part.row - row, part.col - col
        read = dataset.read(
            1, window=rasterio.windows.Window(part.col, part.row, part.width, part.height)
        )
        codes[down : down + part.height, right : right + part.width] = read
        own = dataset.transform @ Affine.translation(col, row)
        inside = geometry_mask([shape], codes.shape, own, all_touched=True, invert=True)
    known = all_classes().values()
    hidden = [NODATA_CODE, *(info.code for info in known if info.name in HIDING)]
    targets = [info.code for info in known if info.is_target]
    within = codes[inside]
    return float((~np.isin(within, hidden)).mean()), float(np.isin(within, targets).mean())


def _corners(shape: BaseGeometry) -> list[tuple[float, float]]:
    left, bottom, right, top = shape.bounds
    return [(left, bottom), (left, top), (right, bottom), (right, top)]
