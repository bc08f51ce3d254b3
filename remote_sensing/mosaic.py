"""The two rasters of a run, put together from its windows by a single writer.

``scores.tif`` has one percent band per class of the model, ``classes.tif`` the code of the class
that they decide (`second_stage.outlining`). Both
are COGs on the scene's grid, uint8 with 255 for nodata. Rows are written from the top, in strips
(`pyramid`), so the same scores always give the same bytes and memory is bounded.
"""

import contextlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path
from typing import Any

import numpy as np
from affine import Affine
from numpy.typing import NDArray
from rasterio.features import rasterize
from rasterio.windows import Window as RasterWindow
from shapely import Polygon, STRtree, box

from remote_sensing import pyramid
from remote_sensing.classes import NODATA_CODE, ClassInfo
from remote_sensing.parts import Parts
from remote_sensing.pyramid import Look
from remote_sensing.scene import Scene, opened
from remote_sensing.second_stage.outlining import (
    Outlining,
    averaged,
    target_score,
    without_targets,
)
from remote_sensing.windows import Tile, Window

Bands = NDArray[np.uint8]

_STRIP_ROWS = 512


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

    from remote_sensing.compiled import halving

    def strips() -> Iterator[Bands]:
        for _, row in groupby(tiles, key=lambda tile: tile.inner.row):
            heed()
            yield np.concatenate([_sound(parts.load(tile)) for tile in row], axis=2)

    look = Look(tuple(names), {"UNIT": "percent", **tags}, halving.means)
    pyramid.write(path, aside, scene, look, strips)


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
    from remote_sensing.compiled import halving

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
    look = Look(("class",), {"CLASSES": json.dumps(named)}, halving.commonest, colours)
    pyramid.write(path, aside, scene, look, strips)


def _sound(part: Bands | None) -> Bands:
    if part is None:
        raise OSError("a finished window can no longer be read")
    return part


def _rgba(colour: str) -> tuple[int, int, int, int]:
    red, green, blue = bytes.fromhex(colour.removeprefix("#"))
    return red, green, blue, 255
