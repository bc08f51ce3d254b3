"""Which pixels are drawn: at random within each class of the map, by a seed, strip by strip."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

import numpy as np
import rasterio.windows
import shapely
from numpy.typing import NDArray
from pyproj import Geod
from rasterio.errors import RasterioError
from rasterio.transform import array_bounds

from remote_sensing.classes import NODATA_CODE, all_classes
from remote_sensing.errors import LabelsUnreadable
from remote_sensing.quality import truth
from remote_sensing.reference.design import EXPECTED, Stratum
from remote_sensing.reference.errors import MapsOverlap, NothingMapped
from remote_sensing.scene import opened

LONLAT = "EPSG:4326"
_STRIP = 512


@dataclass(frozen=True, slots=True)
class Point:
    """A drawn pixel: its middle in EPSG:4326, the map it is of, and what the map says there."""

    name: str
    lon: float
    lat: float
    scene: str
    mapped: str


def strata_of(maps: Sequence[Path], expected: dict[str, float]) -> tuple[Stratum, ...]:
    """Return the classes of some class maps as strata, in the order of their codes.

    ``expected`` gives the user's accuracy expected of some. Raises LabelsUnreadable, MapsOverlap,
    NothingMapped.
    """
    frames = {path: _frame(path) for path in maps}
    for one, other in combinations(maps, 2):
        common = frames[one].intersection(frames[other]).area
        if common > 0.01 * min(frames[one].area, frames[other].area):
            raise MapsOverlap(one=_name(one), other=_name(other))
    pixels, areas = np.zeros(256, np.int64), np.zeros(256)
    for path in maps:
        counts = sum((np.bincount(s.ravel(), minlength=256) for s in _strips(path)), _NONE)
        pixels += counts
        areas += counts * _km2(frames[path]) * 1e6 / max(int(counts.sum()), 1)
    known = {info.code: info.name for info in all_classes().values()}
    strata = tuple(
        Stratum(name, int(pixels[code]), float(areas[code]), expected.get(name, EXPECTED))
        for code, name in known.items()
        if pixels[code]
    )
    if not strata:
        raise NothingMapped(files=", ".join(map(_name, maps)))
    return strata


def draw(
    maps: Sequence[Path], strata: Sequence[Stratum], sizes: Sequence[int], seed: int
) -> tuple[Point, ...]:
    """Return the points drawn, in random order, so that neighbours in the table tell nothing.

    The same maps, sizes and seed give the same points.
    """
    dice = np.random.default_rng(seed)
    ranks = {  # which of its pixels, counted in reading order over all maps
        info.code: np.sort(dice.choice(one.pixels, n, replace=False))
        for one, n in zip(strata, sizes, strict=True)
        for info in [all_classes()[one.name]]
    }
    before = dict.fromkeys(ranks, 0)
    found: list[tuple[float, float, str, str]] = []
    names = {info.code: info.name for info in all_classes().values()}
    for path in maps:
        with opened(path) as dataset:
            transform, crs = dataset.transform, dataset.crs
        top = 0
        for strip in _strips(path):
            for code, wanted in ranks.items():
                places = np.flatnonzero(strip == code)
                low, high = np.searchsorted(wanted, (before[code], before[code] + len(places)))
                chosen = places[wanted[low:high] - before[code]]
                before[code] += len(places)
                rows, cols = np.divmod(chosen, strip.shape[1])
                for row, col in zip(rows + top, cols, strict=True):
                    x, y = transform @ (col + 0.5, row + 0.5)
                    middle = truth.moved(shapely.Point(x, y), crs, LONLAT)
                    found.append((middle.x, middle.y, _name(path), names[code]))
            top += len(strip)
    order = dice.permutation(len(found))
    digits = max(3, len(str(len(found))))
    return tuple(
        Point(f"P{n:0{digits}d}", round(lon, 7), round(lat, 7), scene, mapped)
        for n, (lon, lat, scene, mapped) in enumerate((found[k] for k in order), start=1)
    )


_NONE: NDArray[np.int64] = np.zeros(256, np.int64)


def _strips(path: Path) -> Iterator[NDArray[np.uint8]]:
    """Yield a class map's codes strip by strip; 255 where nothing is said."""
    try:
        with opened(path) as dataset:
            if dataset.dtypes[0] != "uint8":
                raise LabelsUnreadable(file=path.name, kinds="classes.tif")
            for row in range(0, dataset.height, _STRIP):
                rows = min(_STRIP, dataset.height - row)
                window = rasterio.windows.Window(0, row, dataset.width, rows)
                codes = dataset.read(1, window=window)
                seen = dataset.read_masks(1, window=window) > 0
                yield np.where(seen, codes, NODATA_CODE).astype(np.uint8)
    except RasterioError as problem:
        raise LabelsUnreadable(file=path.name, kinds="classes.tif") from problem


def _frame(path: Path) -> shapely.Polygon:
    try:
        with opened(path) as dataset:
            box = shapely.box(*array_bounds(dataset.height, dataset.width, dataset.transform))
            step = _STRIP * abs(dataset.transform.a)
            frame: shapely.Polygon = truth.moved(shapely.segmentize(box, step), dataset.crs, LONLAT)
            return frame
    except RasterioError as problem:
        raise LabelsUnreadable(file=path.name, kinds="classes.tif") from problem


def _km2(frame: shapely.Polygon) -> float:
    return abs(Geod(ellps="WGS84").geometry_area_perimeter(frame)[0]) / 1e6


def _name(path: Path) -> str:
    return path.absolute().parent.name if path.name == "classes.tif" else path.stem
