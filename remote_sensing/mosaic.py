"""The two rasters of a run, put together from its windows by a single writer.

``scores.tif`` has one percent band per class of the model, ``classes.tif`` the code of the class
that they decide (`second_stage.outlining`). Both
are COGs on the scene's grid, uint8 with 255 for nodata. Rows are written from the top, in strips,
with fixed settings, so the same scores always give the same bytes and memory is bounded.
"""

import contextlib
import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path
from typing import Any

import numpy as np
import rasterio
import rasterio.shutil
from affine import Affine
from numpy.typing import NDArray
from rasterio.features import rasterize
from rasterio.windows import Window as RasterWindow
from shapely import Polygon, STRtree, box

from remote_sensing import safe_files
from remote_sensing.classes import NODATA_CODE, ClassInfo
from remote_sensing.parts import Parts
from remote_sensing.scene import GDAL_OPTIONS, Scene, opened
from remote_sensing.second_stage.outlining import (
    Outlining,
    averaged,
    target_score,
    without_targets,
)
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


@dataclass(frozen=True, slots=True)
class Mosaic:
    """The scores of a run, open for reading by strips and windows, and what they decide.

    ``classes`` stand in the order of the bands. ``heed`` is called before scores are read; what it
    raises ends the work.
    """

    scores: Any
    classes: tuple[ClassInfo, ...]
    outlining: Outlining
    heed: Callable[[], object] = lambda: None

    def strip(self, row: int, rows: int) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
        """Return class codes and the percent of that class, both (rows, width)."""
        window = Window(0, row, self.scores.width, rows)
        percents = self.percents(window)
        if self.outlining.cut is None:
            return self.outlining.decide(percents, self.classes), percents.max(axis=0)
        return self.codes(window), target_score(percents, self.classes)

    def codes(self, window: Window) -> NDArray[np.uint8]:
        """Return the class codes of a window."""
        wide = window.grown(self.outlining.radius)
        return self.outlining.decide(self.percents(wide), self.classes)

    def percents(self, window: Window) -> NDArray[np.uint8]:
        """Return the scores of a window, uint8 (classes, height, width), 255 for nodata.

        What sticks out of the scene is nodata.
        """
        self.heed()
        inside = window.inside(self.scores.width, self.scores.height)
        part = RasterWindow(inside.col, inside.row, inside.width, inside.height)
        found: NDArray[np.uint8] = self.scores.read(window=part)
        if inside == window:
            return found
        out = np.full((len(found), window.height, window.width), NODATA_CODE, np.uint8)
        rows = slice(inside.row - window.row, inside.row_end - window.row)
        out[:, rows, inside.col - window.col : inside.col_end - window.col] = found
        return out

    def valid_pixels(self) -> int:
        """Return how many pixels have scores."""
        width, height = self.scores.width, self.scores.height
        return sum(
            int((self.scores.read(1, window=part) != NODATA_CODE).sum())
            for top in range(0, height, _STRIP_ROWS)
            for part in [RasterWindow(0, top, width, min(_STRIP_ROWS, height - top))]
        )

    def counts(self) -> NDArray[np.int64]:
        """Return how many pixels have each averaged percent of targets, int64 (101,)."""
        radius, width, height = self.outlining.radius, self.scores.width, self.scores.height
        inner = (slice(radius, -radius or None),) * 2
        total = np.zeros(101, np.int64)
        for top in range(0, height, _STRIP_ROWS):
            strip = Window(0, top, width, min(_STRIP_ROWS, height - top)).grown(radius)
            percents = self.percents(strip)
            score = averaged(percents, self.classes, radius)[inner]
            total += np.bincount(score[percents[0][inner] != NODATA_CODE], minlength=101)
        return total


@contextlib.contextmanager
def opened_mosaic(
    scores: Path,
    classes: Sequence[ClassInfo],
    outlining: Outlining,
    heed: Callable[[], object] = lambda: None,
) -> Iterator[Mosaic]:
    """Open ``scores.tif`` for reading."""
    with opened(scores) as percents:
        found = Mosaic(percents, tuple(classes), outlining, heed)
        if outlining.share is not None:
            found = replace(found, outlining=outlining.in_scene(found.counts()))
        yield found


def write_scores(
    path: Path,
    aside: Path,
    scene: Scene,
    names: Sequence[str],
    parts: Parts,
    tiles: Sequence[Tile],
    tags: Mapping[str, str],
    heed: Callable[[], object] = lambda: None,
) -> None:
    """Write ``scores.tif`` from finished windows; drafts lie in the folder ``aside``.

    ``heed`` is called before every row of windows; what it raises ends the work.
    """

    def strips() -> Iterator[Bands]:
        for _, row in groupby(tiles, key=lambda tile: tile.inner.row):
            heed()
            yield np.concatenate([_sound(parts.load(tile)) for tile in row], axis=2)

    look = _Look(tuple(names), {"UNIT": "percent", **tags}, "AVERAGE")
    _write(path, aside, scene, look, strips)


def write_classes(
    path: Path,
    aside: Path,
    scene: Scene,
    decided: Mosaic,
    kept: Sequence[tuple[Polygon, int]] | None = None,
) -> None:
    """Write ``classes.tif`` as the scores decide.

    With ``kept``, outlines in pixel corners and their class codes, only those are targets: all else
    is what it scores highest as among the other classes.
    """
    classes = decided.classes
    tree = STRtree([outline for outline, _ in kept or ()])

    def strips() -> Iterator[Bands]:
        for top in range(0, scene.height, _STRIP_ROWS):
            rows = min(_STRIP_ROWS, scene.height - top)
            strip = Window(0, top, scene.width, rows)
            if kept is None:
                yield decided.codes(strip)[np.newaxis]
                continue
            percents = decided.percents(strip)
            codes = without_targets(percents, classes)
            here = tree.query(box(0, top, scene.width, top + rows))
            shapes = [kept[place] for place in sorted(here.tolist())]
            if shapes:
                rasterize(shapes, out=codes, transform=Affine.translation(0, top))
            codes[percents[0] == NODATA_CODE] = NODATA_CODE
            yield codes[np.newaxis]

    named = {str(info.code): info.name for info in sorted(classes, key=lambda info: info.code)}
    colours = {info.code: _rgba(info.colour) for info in classes}
    look = _Look(("class",), {"CLASSES": json.dumps(named)}, "MODE", colours)
    _write(path, aside, scene, look, strips)


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
