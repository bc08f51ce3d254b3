"""Labels of any kind burnt onto the grid of their image, as class codes."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pyproj
from numpy.typing import NDArray
from rasterio.enums import Resampling
from rasterio.errors import RasterioError
from rasterio.features import rasterize
from rasterio.warp import reproject

from remote_sensing.classes import class_of
from remote_sensing.errors import FieldMissing, LabelsUnreadable, NoCrs
from remote_sensing.scene import Scene, opened
from remote_sensing.training.manifest import TrainingScene

UNLABELLED = 255
RASTERS = (".tif", ".tiff")
VECTORS = (".geojson", ".json", ".gpkg", ".shp")
_MAGIC = {".gpkg": b"SQLite format 3\0", ".shp": b"\x00\x00\x27\x0a"}

Codes = NDArray[np.uint8]


def codes_on(scene: Scene, source: TrainingScene, legend: Mapping[str, str]) -> Codes:
    """Return uint8 (height, width) class codes on the scene's grid, 255 where not labelled.

    Raises LabelsUnreadable, FieldMissing or NoCrs.
    """
    codes = {value: class_of(name).code for value, name in legend.items()}
    rest = UNLABELLED if source.background is None else class_of(source.background).code
    suffix = source.labels.suffix.lower()
    if suffix in RASTERS:
        return _from_raster(scene, source.labels, codes, rest)
    if suffix in VECTORS:
        return _from_vector(scene, source, codes, rest)
    raise _unreadable(source.labels)


def _from_raster(scene: Scene, path: Path, codes: Mapping[str, int], rest: int) -> Codes:
    """A raster of another grid or CRS is brought onto the image's by nearest neighbour."""
    try:
        with opened(path) as dataset:
            values, mask = dataset.read(1), dataset.read_masks(1) > 0
            here = (dataset.crs, dataset.transform, dataset.shape)
    except RasterioError as error:
        raise _unreadable(path) from error
    out = np.full(values.shape, rest, np.uint8)
    for value in np.unique(values[mask]):
        key = as_key(value)
        if key in codes:
            out[mask & (values == value)] = codes[key]
    crs, transform, shape = here
    if crs is None:
        raise NoCrs(file=path.name)
    same = crs == scene.crs and transform.almost_equals(scene.transform, 1e-9)
    if same and shape == (scene.height, scene.width):
        return out
    target = np.full((scene.height, scene.width), UNLABELLED, np.uint8)
    reproject(
        out,
        target,
        src_transform=transform,
        src_crs=crs,
        dst_transform=scene.transform,
        dst_crs=scene.crs,
        src_nodata=UNLABELLED,
        dst_nodata=UNLABELLED,
        resampling=Resampling.nearest,
    )
    return target


def _from_vector(scene: Scene, source: TrainingScene, codes: Mapping[str, int], rest: int) -> Codes:
    """A shape labels the pixels whose centre it holds; where two classes meet, none is said.

    Background keeps clear of every shape by a pixel, also of those that the legend leaves out.
    """
    frame = read_vector(source.labels)
    if frame.crs is None:
        raise NoCrs(file=source.labels.name)
    frame = frame[frame.geometry.notna() & ~frame.geometry.is_empty]
    frame = frame.to_crs(pyproj.CRS.from_wkt(scene.crs.to_wkt()))
    values = _class_column(frame, source, codes)
    grid: dict[str, Any] = {
        "out_shape": (scene.height, scene.width),
        "transform": scene.transform,
        "dtype": "uint8",
    }
    out = np.full((scene.height, scene.width), UNLABELLED, np.uint8)
    claimed = np.zeros(out.shape, np.uint8)
    for code in sorted({codes[value] for value in values if value in codes}):
        shapes = [
            shape
            for shape, value in zip(frame.geometry, values, strict=True)
            if codes.get(value) == code
        ]
        burnt = rasterize(shapes, **grid).astype(bool)
        out[burnt] = code
        claimed += burnt
    out[claimed > 1] = UNLABELLED
    if rest != UNLABELLED:
        near = claimed > 0
        if len(frame):
            near |= rasterize(list(frame.geometry), all_touched=True, **grid).astype(bool)
        out[~near] = rest
    return out


def _class_column(frame: Any, source: TrainingScene, codes: Mapping[str, int]) -> list[str]:
    """Return each shape's value as text: of the field named, else of the one the legend fits.

    A file without such a field holds shapes of one class, if the legend has only one.
    """
    columns = [name for name in frame.columns if name != frame.geometry.name]
    if source.field is not None:
        if source.field not in columns:
            raise FieldMissing(
                file=source.labels.name, field=source.field, present=", ".join(columns) or "-"
            )
        columns = [source.field]
    for name in columns:
        values = [as_key(value) for value in frame[name]]
        if source.field is not None or any(value in codes for value in values):
            return values
    if len(codes) == 1:
        return [*codes] * len(frame)
    if len(frame) == 0:
        return []
    raise FieldMissing(file=source.labels.name, field="?", present=", ".join(columns) or "-")


def as_key(value: object) -> str:
    """Return a label's value as the legend writes it.

    >>> as_key(10), as_key(10.0), as_key(" pit ")
    ('10', '10', 'pit')
    """
    if isinstance(value, float | np.floating) and float(value).is_integer():
        return str(int(value))
    return str(value).strip()


def read_vector(path: Path) -> Any:
    """Read a vector file by what its name promises, after its first bytes have kept the promise.

    GDAL would otherwise open whatever it recognises, such as a VRT that names other files.
    """
    import geopandas
    import pyogrio

    suffix = path.suffix.lower()
    try:
        if suffix in _MAGIC:
            with path.open("rb") as stream:
                if not stream.read(16).startswith(_MAGIC[suffix]):
                    raise _unreadable(path)
            return pyogrio.read_dataframe(path.resolve())
        content = json.loads(path.read_text(encoding="utf-8-sig"))
        named = (content.get("crs") or {}).get("properties", {}).get("name", "EPSG:4326")
        crs = pyproj.CRS.from_user_input(named)
        if not content["features"]:
            return geopandas.GeoDataFrame(geometry=[], crs=crs)
        return geopandas.GeoDataFrame.from_features(content["features"], crs=crs)
    except (
        OSError, ValueError, KeyError, TypeError, AttributeError, pyproj.exceptions.CRSError,
        pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError,
    ) as error:  # fmt: skip
        raise _unreadable(path) from error


def _unreadable(path: Path) -> LabelsUnreadable:
    return LabelsUnreadable(file=path.name, kinds="GeoTIFF, GeoJSON, GPKG, Shapefile")
