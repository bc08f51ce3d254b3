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

from remote_sensing import features, figures
from remote_sensing.errors import SceneChanged
from remote_sensing.model import Model, load
from remote_sensing.safe_files import sha256_of
from remote_sensing.scene import Chip, Scene
from remote_sensing.windows import Tile

NODATA = 255
SMOOTHING_PX = 1
"""Radius of the square over which a pixel's scores are averaged: 1 is 3 x 3 pixels."""
Points = NDArray[np.int32]
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
    inner, reach = tile.inner, features.reach(model.card.features)
    chip = scene.read(inner.grown(halo_of(model)))
    valid = np.ascontiguousarray(chip.valid[(slice(reach, -reach or None),) * 2])
    if not valid.any():
        shape = (len(model.card.classes), inner.height, inner.width)
        return np.full(shape, NODATA, np.uint8)
    return smoothed(points_of(chip, model, valid), valid)


def halo_of(model: Model) -> int:
    """Return the pixels around a window that its scores depend on."""
    return features.reach(model.card.features) + SMOOTHING_PX


def points_of(chip: Chip, model: Model, valid: NDArray[np.bool_]) -> Points:
    """Return ten-thousandths (classes, h, w) of the chip less the features' halo, 0 if not valid.

    A forest that bytes can carry is told codes and walked by compiled code; any other model is
    given the figures. Both say the same of the same forest.
    """
    names = model.card.features
    reach = features.reach(names)
    points = np.zeros((len(model.card.classes), *valid.shape), np.int32)
    forest = model.packed
    if forest is None:
        stack = figures.stack(chip, names, reach)
        points[:, valid] = np.rint(model.probabilities(stack[:, valid].T) * 10_000).T
        return points
    from remote_sensing.compiled import scores

    planes = figures.planes(chip, names, forest.tables, reach).reshape(len(names), -1)
    index = np.flatnonzero(valid).astype(np.int32)
    sums = forest.sums(planes, index)
    scores.to_points(sums, index, forest.trees, points.reshape(len(points), -1))
    return points


def smoothed(points: Points, valid: NDArray[np.bool_]) -> Scores:
    """Average ten-thousandths (classes, h, w) over valid neighbours; drop the border of the halo.

    Returns percents of the inner part, 255 where not valid; halves are rounded up.
    """
    from remote_sensing.compiled import scores

    height, width = (side - 2 * SMOOTHING_PX for side in valid.shape)
    out = np.full((len(points), height, width), NODATA, np.uint8)
    scores.smooth(points, valid, SMOOTHING_PX, out)
    return out


@cache
def _elsewhere(scene: Scene, model_path: Path, model_sha256: str) -> TileTask:
    if sha256_of(scene.path) != scene.sha256:
        raise SceneChanged(file=scene.path)
    loaded = load(model_path)
    if loaded.sha256 != model_sha256:
        raise SceneChanged(file=model_path)
    return TileTask(scene, loaded, model_path)
