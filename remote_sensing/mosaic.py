"""The two rasters of a run, put together from its windows by a single writer.

``scores.tif`` has one percent band per class of the model, ``classes.tif`` the code of the class
with the highest percent; where two are equal, the one that stands first in the model's card. Both
are COGs on the scene's grid, uint8 with 255 for nodata. Rows are written from the top, in strips,
with fixed settings, so the same scores always give the same bytes and memory is bounded.
"""

import contextlib
import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

import numpy as np
import rasterio
import rasterio.shutil
from numpy.typing import NDArray
from rasterio.windows import Window as RasterWindow

from remote_sensing import safe_files
from remote_sensing.classes import NODATA_CODE, ClassInfo
from remote_sensing.parts import Parts
from remote_sensing.scene import GDAL_OPTIONS, Scene, opened
from remote_sensing.windows import Tile, Window

Bands = NDArray[np.uint8]

_STRIP_ROWS = 512
_COG = {
    "driver": "COG",
    "blocksize": 512,
    "compress": "DEFLATE",
    "level": 1,  # six takes three times as long and saves a fifth
    "num_threads": 1,
    "bigtiff": "IF_SAFER",
    "overviews": "IGNORE_EXISTING",
}


@dataclass(frozen=True, slots=True)
class _Look:
    """What a raster says of itself, apart from its pixels."""

    descriptions: tuple[str, ...]
    tags: Mapping[str, str]
    resampling: str
    colours: Mapping[int, tuple[int, int, int, int]] | None = None


def write_scores(
    path: Path,
    aside: Path,
    scene: Scene,
    names: Sequence[str],
    parts: Parts,
    tiles: Sequence[Tile],
    tags: Mapping[str, str],
) -> None:
    """Write ``scores.tif`` from finished windows; drafts lie in the folder ``aside``."""

    def strips() -> Iterator[Bands]:
        for _, row in groupby(tiles, key=lambda tile: tile.inner.row):
            yield np.concatenate([_sound(parts.load(tile)) for tile in row], axis=2)

    look = _Look(tuple(names), {"UNIT": "percent", **tags}, "AVERAGE")
    _write(path, aside, scene, look, strips)


def write_classes(
    path: Path, aside: Path, scene: Scene, classes: Sequence[ClassInfo], scores: Path
) -> None:
    """Write ``classes.tif`` from ``scores.tif``; band and class stand in the same order."""
    codes = np.array([info.code for info in classes], np.uint8)

    def strips() -> Iterator[Bands]:
        with opened(scores) as source:
            for top in range(0, scene.height, _STRIP_ROWS):
                rows = min(_STRIP_ROWS, scene.height - top)
                percents = source.read(window=RasterWindow(0, top, scene.width, rows))
                best = codes[percents.argmax(axis=0)]  # argmax takes the first of equals
                yield np.where(percents[0] == NODATA_CODE, NODATA_CODE, best)[np.newaxis]

    named = {str(info.code): info.name for info in sorted(classes, key=lambda info: info.code)}
    colours = {info.code: _rgba(info.colour) for info in classes}
    look = _Look(("class",), {"CLASSES": json.dumps(named)}, "MODE", colours)
    _write(path, aside, scene, look, strips)


@dataclass(frozen=True, slots=True)
class Mosaic:
    """Both rasters, open for reading by strips and windows."""

    classes: Any
    scores: Any

    def strip(self, row: int, rows: int) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
        """Return class codes and the percent of that class, both (rows, width)."""
        window = RasterWindow(0, row, self.classes.width, rows)
        return self.classes.read(1, window=window), self.scores.read(window=window).max(axis=0)

    def codes(self, window: Window) -> NDArray[np.uint8]:
        """Return the class codes of a window."""
        part = RasterWindow(window.col, window.row, window.width, window.height)
        codes: NDArray[np.uint8] = self.classes.read(1, window=part)
        return codes

    def percents(self, window: Window) -> NDArray[np.uint8]:
        """Return the scores (classes, rows, columns) of a window."""
        part = RasterWindow(window.col, window.row, window.width, window.height)
        found: NDArray[np.uint8] = self.scores.read(window=part)
        return found


@contextlib.contextmanager
def opened_mosaic(classes: Path, scores: Path) -> Iterator[Mosaic]:
    """Open ``classes.tif`` and ``scores.tif`` for reading."""
    with opened(classes) as class_map, opened(scores) as percents:
        yield Mosaic(class_map, percents)


def _write(
    path: Path, aside: Path, scene: Scene, look: _Look, strips: Callable[[], Iterable[Bands]]
) -> None:
    """Write a plain raster strip by strip, turn it into a COG, compare the two, rename."""
    plain = aside / f"plain_{path.name}"

    def write(to: Path) -> None:
        with rasterio.Env(**GDAL_OPTIONS):
            written = _write_plain(plain, scene, look, strips())
            options = {**_COG, "resampling": look.resampling}
            rasterio.shutil.copy(plain, to, **options)
        if _digest_of(to) != written:
            raise OSError(f"{to.name} reads back other pixels than were written")

    try:
        safe_files.replace(path, aside / path.name, write)
    finally:
        plain.unlink(missing_ok=True)


def _write_plain(path: Path, scene: Scene, look: _Look, strips: Iterable[Bands]) -> str:
    """Write the strips from the top and return the digest of their pixels."""
    profile = {
        "driver": "GTiff",
        "width": scene.width,
        "height": scene.height,
        "count": len(look.descriptions),
        "dtype": "uint8",
        "crs": scene.crs,
        "transform": scene.transform,
        "nodata": NODATA_CODE,
        "interleave": "band",
        "blockysize": 64,
        "compress": "ZSTD",
        "zstd_level": 1,
        "bigtiff": "IF_SAFER",
    }
    with rasterio.open(path, "w", **profile) as out:
        out.descriptions = look.descriptions
        out.update_tags(**look.tags)
        if look.colours:
            out.write_colormap(1, look.colours)
        row, digest = 0, _Digest(len(look.descriptions))
        for strip in strips:
            out.write(strip, window=RasterWindow(0, row, scene.width, strip.shape[1]))
            row += strip.shape[1]
            digest.update(strip)
    return digest.hex()


def _digest_of(path: Path) -> str:
    with opened(path) as source:
        digest = _Digest(source.count)
        for top in range(0, source.height, _STRIP_ROWS):
            rows = min(_STRIP_ROWS, source.height - top)
            digest.update(source.read(window=RasterWindow(0, top, source.width, rows)))
    return digest.hex()


class _Digest:
    """A hash of pixels that does not depend on the height of the strips it is fed with."""

    def __init__(self, bands: int) -> None:
        self._bands = [hashlib.sha256() for _ in range(bands)]

    def update(self, strip: Bands) -> None:
        for hashed, band in zip(self._bands, strip, strict=True):
            hashed.update(np.ascontiguousarray(band).data)

    def hex(self) -> str:
        return "".join(hashed.hexdigest() for hashed in self._bands)


def _sound(part: Bands | None) -> Bands:
    if part is None:
        raise OSError("a finished window can no longer be read")
    return part


def _rgba(colour: str) -> tuple[int, int, int, int]:
    red, green, blue = bytes.fromhex(colour.removeprefix("#"))
    return red, green, blue, 255
