"""What is known of the ground, for judging a map: labels as a raster, or outlines of places."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import pyproj
import rasterio.transform
import shapely
from affine import Affine
from numpy.typing import NDArray
from rasterio.crs import CRS
from rasterio.enums import Resampling
from rasterio.errors import RasterioError
from rasterio.features import rasterize
from rasterio.warp import reproject
from shapely import Polygon
from shapely.affinity import affine_transform
from shapely.geometry.base import BaseGeometry

from remote_sensing import objects
from remote_sensing.classes import NODATA_CODE, all_classes, class_of
from remote_sensing.errors import (
    FieldMissing,
    LabelOutlineInvalid,
    LabelsUnreadable,
    LegendUnknownClass,
)
from remote_sensing.quality.errors import LabelsHaveNoGeometry
from remote_sensing.quality.per_pixel import ANY_TARGET
from remote_sensing.scene import opened
from remote_sensing.training import labels
from remote_sensing.windows import Window

UNLABELLED = NODATA_CODE
MOST_CORNERS_MENDED = 2_000

Codes = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Raster:
    """Class codes with their place: uint8 (height, width), 255 where nothing is said."""

    codes: Codes
    transform: Affine
    crs: CRS

    @property
    def bounds(self) -> Polygon:
        """The frame in the raster's own CRS."""
        height, width = self.codes.shape
        frame = rasterio.transform.array_bounds(height, width, self.transform)
        return Polygon(shapely.box(*frame).exterior)

    def onto(self, other: "Raster") -> "Raster":
        """Return these codes on the grid of ``other``, by nearest neighbour."""
        out = np.full(other.codes.shape, UNLABELLED, np.uint8)
        reproject(
            self.codes,
            out,
            src_transform=self.transform,
            src_crs=self.crs,
            dst_transform=other.transform,
            dst_crs=other.crs,
            src_nodata=UNLABELLED,
            dst_nodata=UNLABELLED,
            resampling=Resampling.nearest,
        )
        return Raster(out, other.transform, other.crs)


@dataclass(frozen=True, slots=True)
class Truth:
    """Labelled ground and the places on it.

    ``places`` are outlines of targets in ``crs``; ``ground`` is the labels' raster, or None where
    the labels are outlines, ``classed`` then holds each outline with its code.
    """

    crs: CRS
    places: tuple[Polygon, ...]
    ground: Raster | None
    classed: tuple[tuple[Any, int], ...] = ()

    def on_grid(self, grid: Raster) -> Raster:
        """Return the labels on another raster's grid."""
        if self.ground is not None:
            same = self.ground.crs == grid.crs and self.ground.codes.shape == grid.codes.shape
            if same and self.ground.transform.almost_equals(grid.transform, 1e-9):
                return self.ground
            return self.ground.onto(grid)
        shapes = [(moved(shape, self.crs, grid.crs), code) for shape, code in self.classed]
        codes = np.full(grid.codes.shape, UNLABELLED, np.uint8)
        if shapes:
            rasterize(shapes, out=codes, transform=grid.transform)
        return Raster(codes, grid.transform, grid.crs)


def read(path: Path, legend: Mapping[str, str] | None, field: str | None) -> Truth:
    """Read labels, raster or vector.

    ``legend`` maps a label's value, as text, to a class name; values it lacks are not labelled.
    Without it a raster's values are named by its own CLASSES tag or are codes of ``classes.toml``,
    and outlines all count as targets. Raises LabelsUnreadable, LabelsHaveNoGeometry, FieldMissing,
    LegendUnknownClass.
    """
    known = all_classes()
    for name in (legend or {}).values():
        if name not in known:
            raise LegendUnknownClass(name=name, known=", ".join(known))
    if path.suffix.lower() in labels.RASTERS:
        return _of_raster(path, legend)
    if path.suffix.lower() in labels.VECTORS:
        return _of_vector(path, legend, field)
    raise LabelsUnreadable(file=path.name, kinds="GeoTIFF, GeoJSON, GPKG, Shapefile")


def read_raster(path: Path, legend: Mapping[str, str] | None = None) -> Raster:
    """Read a label raster or a ``classes.tif`` as class codes."""
    try:
        with opened(path) as dataset:
            values, mask = dataset.read(1), dataset.read_masks(1) > 0
            tag, transform, crs = dataset.tags().get("CLASSES"), dataset.transform, dataset.crs
    except RasterioError as problem:
        raise LabelsUnreadable(file=path.name, kinds="GeoTIFF") from problem
    named = _legend_of(tag) if legend is None else legend
    codes = np.full(values.shape, UNLABELLED, np.uint8)
    for value in np.unique(values[mask]):
        name = named.get(labels.as_key(value))
        if name is not None:
            codes[mask & (values == value)] = class_of(name).code
    return Raster(codes, transform, crs)


@lru_cache(maxsize=32)
def _way(source: Any, target: Any) -> pyproj.Transformer:
    """Return the way between two systems: to work it out takes longer than to go it."""
    return pyproj.Transformer.from_crs(source, target, always_xy=True)


def moved(shape: Any, source: Any, target: Any) -> Any:
    """Return a geometry in another CRS, x before y."""
    transformer = _way(source, target)

    def move(corners: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.column_stack(transformer.transform(*corners.T))

    return shapely.transform(shape, move)


def _legend_of(tag: str | None) -> Mapping[str, str]:
    known = all_classes()
    try:
        said = json.loads(tag or "{}")
    except ValueError:
        said = {}
    told = {str(code): name for code, name in said.items() if name in known}
    return told or {str(info.code): info.name for info in known.values()}


def _of_raster(path: Path, legend: Mapping[str, str] | None) -> Truth:
    raster = read_raster(path, legend)
    targets = [info.code for info in all_classes().values() if info.is_target]
    pooled = np.isin(raster.codes, targets).astype(np.uint8)  # one place may hold several classes

    def strip(row: int, rows: int) -> tuple[Codes, Codes]:
        return pooled[row : row + rows], pooled[row : row + rows]

    def window(w: Window) -> Codes:
        return pooled[w.row : w.row_end, w.col : w.col_end]

    height, width = pooled.shape
    patches = objects.find(strip, width, height, (1,))
    traced = (objects.trace(window, patch) for patch in patches)
    t = raster.transform
    matrix = [t.a, t.b, t.d, t.e, t.c, t.f]
    places = tuple(affine_transform(outline, matrix) for outline in traced)
    return Truth(raster.crs, places, raster)


def _sound(outline: BaseGeometry, path: Path) -> BaseGeometry:
    """Return an outline that overlays can take; one that crosses itself is mended by its structure.

    Mending takes seconds for a few thousand corners and minutes for more, so larger ones are
    refused. Raises LabelOutlineInvalid.
    """
    if outline.is_valid:
        return outline
    if shapely.get_num_coordinates(outline) > MOST_CORNERS_MENDED:
        raise LabelOutlineInvalid(file=path.name, reason=shapely.is_valid_reason(outline))
    return shapely.make_valid(outline, method="structure", keep_collapsed=False)


def _of_vector(path: Path, legend: Mapping[str, str] | None, field: str | None) -> Truth:
    frame = labels.read_vector(path)
    crs = CRS.from_user_input(frame.crs or "EPSG:4326")
    rows = len(frame)
    frame = frame[frame.geometry.notna() & ~frame.geometry.is_empty]
    if rows and frame.empty:
        raise LabelsHaveNoGeometry(file=path.name)
    if field is not None and field not in frame.columns:
        present = [str(name) for name in frame.columns if name != "geometry"]
        raise FieldMissing(file=path.name, field=field, present=", ".join(present) or "-")
    classed = []
    for row, shape in enumerate(_sound(outline, path) for outline in frame.geometry):
        if field is None or legend is None:
            classed.append((shape, ANY_TARGET))
        elif (name := legend.get(labels.as_key(frame[field].iloc[row]))) is not None:
            classed.append((shape, class_of(name).code))
    targets = {info.code for info in all_classes().values() if info.is_target} | {ANY_TARGET}
    parts = shapely.get_parts([shape for shape, code in classed if code in targets])
    return Truth(crs, tuple(parts), None, tuple(classed))
