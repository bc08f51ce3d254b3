"""One window in, its class scores out.

Scores are whole percents and are smoothed in whole numbers, so a pixel's scores do not depend on
the window it was read in, on the process or on the machine's rounding of sums.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from remote_sensing import features
from remote_sensing.errors import SceneChanged
from remote_sensing.model import Model, load
from remote_sensing.safe_files import sha256_of
from remote_sensing.scene import Scene
from remote_sensing.windows import Tile, Window

NODATA = 255
SMOOTHING_PX = 1
"""Radius of the square over which a pixel's scores are averaged: 1 is 3 x 3 pixels."""
HALO = features.HALO + SMOOTHING_PX
"""Pixels around a window that its scores depend on."""

Scores = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class TileTask:
    """Classify one window of ``scene`` by ``model``; sent elsewhere, the model is loaded there.

    Every process of a cluster loads the model once, and makes sure that scene and model are the
    same files as here.
    """

    scene: Scene
    model: Model
    model_path: Path

    def __call__(self, tile: Tile) -> tuple[Tile, Scores]:
        """Return the tile with its scores."""
        return tile, classify(self.scene, self.model, tile)

    def __reduce__(self) -> tuple[Callable[..., "TileTask"], tuple[Any, ...]]:
        """Pickle as paths and hashes: a forest is large, and skops files are the safe form."""
        scene = replace(self.scene, path=self.scene.path.resolve())
        return _elsewhere, (scene, self.model_path.resolve(), self.model.sha256)


def classify(scene: Scene, model: Model, tile: Tile) -> Scores:
    """Return the smoothed scores of the tile's inner window.

    uint8 (classes, height, width) in percent, in the order of ``model.card.classes``; 255 where
    the scene has no valid pixel. Only valid pixels reach the forest.
    """
    inner = tile.inner
    chip = scene.read(inner.grown(HALO))
    core = _core(inner.grown(SMOOTHING_PX), inner.grown(HALO))
    valid = chip.valid[core]
    n_classes = len(model.card.classes)
    if not valid.any():
        return np.full((n_classes, inner.height, inner.width), NODATA, np.uint8)
    stack = features.stack(chip, model.card.features)[:, *core]
    points = np.zeros((n_classes, *valid.shape), np.int64)
    points[:, valid] = np.rint(model.probabilities(stack[:, valid].T) * 10_000).T
    return smoothed(points, valid)


def smoothed(points: NDArray[np.int64], valid: NDArray[np.bool_]) -> Scores:
    """Average ten-thousandths (classes, h, w) over valid neighbours; drop the border of the halo.

    Returns percents of the inner part, 255 where not valid; halves are rounded up.
    """
    inner = (slice(SMOOTHING_PX, -SMOOTHING_PX),) * 2
    count = np.maximum(features.box_sum(valid, SMOOTHING_PX)[inner], 1) * 100
    out = np.full((len(points), *count.shape), NODATA, np.uint8)
    for band, layer in zip(out, points, strict=True):
        total = features.box_sum(np.where(valid, layer, 0), SMOOTHING_PX)[inner]
        np.copyto(band, (total + count // 2) // count, where=valid[inner], casting="unsafe")
    return out


def _core(part: Window, whole: Window) -> tuple[slice, slice]:
    return (
        slice(part.row - whole.row, part.row_end - whole.row),
        slice(part.col - whole.col, part.col_end - whole.col),
    )


@cache
def _elsewhere(scene: Scene, model_path: Path, model_sha256: str) -> TileTask:
    if sha256_of(scene.path) != scene.sha256:
        raise SceneChanged(file=scene.path)
    loaded = load(model_path)
    if loaded.sha256 != model_sha256:
        raise SceneChanged(file=model_path)
    return TileTask(scene, loaded, model_path)
