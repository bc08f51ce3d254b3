"""Finished windows of a run that is still under way, kept on the disk.

One file per window: the SHA-256 of what follows, then the scores as a small GeoTIFF, for GDAL packs
and unpacks bytes twice as fast as Python's own library. A damaged part is taken for one that was
never made.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import rasterio
from affine import Affine
from numpy.typing import NDArray
from rasterio.errors import RasterioError
from rasterio.io import MemoryFile

from remote_sensing.safe_files import replace_bytes
from remote_sensing.windows import Tile

_DIGEST = 32
_PACKED = {
    "driver": "GTiff",
    "dtype": "uint8",
    "interleave": "band",
    "blockysize": 512,
    "compress": "ZSTD",
    "zstd_level": 1,
    "transform": Affine.scale(2),  # any but the identity, of which rasterio warns
}

Scores = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Parts:
    """The folder of parts; every part is uint8 (classes, height, width) percent, 255 nodata."""

    folder: Path
    classes: int

    def save(self, tile: Tile, scores: Scores) -> None:
        """Keep one window's scores, whole or not at all."""
        body = _packed(scores)
        path = self._path(tile)
        replace_bytes(path, path.with_suffix(".new"), hashlib.sha256(body).digest() + body)

    def load(self, tile: Tile) -> Scores | None:
        """Return one window's scores, or None where there is no sound part."""
        try:
            content = self._path(tile).read_bytes()
            digest, body = content[:_DIGEST], content[_DIGEST:]
            if hashlib.sha256(body).digest() != digest:
                return None
            scores = _unpacked(body)
        except (OSError, RasterioError):
            return None
        right = (self.classes, tile.inner.height, tile.inner.width)
        return scores if scores.shape == right else None

    def missing(self, tiles: Sequence[Tile]) -> tuple[Tile, ...]:
        """Return the windows that have no sound part yet."""
        return tuple(tile for tile in tiles if self.load(tile) is None)

    def _path(self, tile: Tile) -> Path:
        return self.folder / f"{tile.index:06d}.part"


def _packed(scores: Scores) -> bytes:
    count, height, width = scores.shape
    with rasterio.Env(GDAL_PAM_ENABLED="NO"), MemoryFile() as file:
        with file.open(count=count, height=height, width=width, **_PACKED) as raster:
            raster.write(scores)
        return bytes(file.getbuffer())


def _unpacked(body: bytes) -> Scores:
    with MemoryFile(body) as file, file.open(driver="GTiff") as raster:
        scores: Scores = raster.read()
        return scores
