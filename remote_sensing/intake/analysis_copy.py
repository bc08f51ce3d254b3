"""The copy of a scene that everything is computed on: one COG, compressed without loss.

ZSTD with a predictor at level 9: on Sentinel-2 and true-colour scenes it is the smallest of those
that lose nothing and is read no slower than DEFLATE; LERC_ZSTD without loss came out larger and
slower (tools/bench_ingest.py).
"""

import errno
from pathlib import Path
from typing import Any

import rasterio
import rasterio.shutil
from rasterio.errors import RasterioError

from remote_sensing import safe_files
from remote_sensing.scene import GDAL_OPTIONS, opened

COMPRESSION = "ZSTD"
OPTIONS = {
    "compress": COMPRESSION,
    "level": 9,
    "predictor": "YES",
    "blocksize": 512,
    "overviews": "NONE",
    "num_threads": 1,
    "bigtiff": "IF_SAFER",
}


def is_analysis_copy(path: Path) -> bool:
    """Say whether a GeoTIFF is one already, so that its own bytes may be kept."""
    with opened(path) as dataset:
        said = dataset.tags(ns="IMAGE_STRUCTURE")
        return bool(said.get("LAYOUT") == "COG" and said.get("COMPRESSION") == COMPRESSION)


def write_analysis_copy(source: Path, out: Path) -> None:
    """Write the copy of a GeoTIFF to ``out``: the same numbers, names, tags, masks and nodata.

    It appears only when every band's checksum is the source's; no overviews, which only eyes need.
    Raises DiskFull, OutputUnwritable.
    """

    def write(draft: Path) -> None:
        with rasterio.Env(**GDAL_OPTIONS), opened(source) as dataset:
            try:
                rasterio.shutil.copy(dataset, draft, driver="COG", **OPTIONS)
            except RasterioError as error:
                raise OSError(errno.EIO, str(error)) from error
            with opened(draft) as copy:
                _require_same(dataset, copy)

    safe_files.replace(out, out.with_name(f".{out.stem}.part.tif"), write)


def _require_same(first: Any, second: Any) -> None:
    same = (first.count, first.shape, first.dtypes) == (second.count, second.shape, second.dtypes)
    if not same or any(first.checksum(n) != second.checksum(n) for n in first.indexes):
        raise OSError(errno.EIO, "the copy holds other numbers than the image")
