"""One window in, its class scores out.

Scores are whole percents and are smoothed in whole numbers, so a pixel's scores do not depend on
the window it was read in, on the process or on the machine's rounding of sums.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any

import numpy as np
import rasterio
from numpy.typing import NDArray
from rasterio.errors import RasterioIOError
from scipy import ndimage

from remote_sensing import features, figures
from remote_sensing.classes import class_of
from remote_sensing.errors import SceneChanged, TruncatedRaster
from remote_sensing.forest import Forest, statistical
from remote_sensing.model import Model, load
from remote_sensing.safe_files import sha256_of
from remote_sensing.scene import GDAL_OPTIONS, Chip, Scene, opened
from remote_sensing.windows import Tile, Window

NODATA = 255
SMOOTHING_PX = 1
"""Radius of the square over which a pixel's scores are averaged: 1 is 3 x 3 pixels."""
QUICK_Z, MENTION, LEAD = 2.5, 10, 15
"""See `hasty_points`."""

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
    quick: bool = False
    source: "Source" = field(default_factory=lambda: Source(), repr=False, compare=False)

    def __call__(self, tile: Tile) -> tuple[Tile, Scores]:
        """Return the tile with its scores."""
        # Two pixels more, for whether a pixel hears every tree depends on those so far away.
        reach = halo_of(self.model) + (2 * SMOOTHING_PX if self.quick else 0)
        chip = self.source.read(self.scene, tile.inner.grown(reach))
        return tile, scores_of(chip, self.model, tile, quick=self.quick)

    def __reduce__(self) -> tuple[Callable[..., "TileTask"], tuple[Any, ...]]:
        """Pickle as paths and hashes: a forest is large, and skops files are the safe form."""
        scene = replace(self.scene, path=self.scene.path.resolve())
        return _elsewhere, (scene, self.model_path.resolve(), self.model.sha256, self.quick)


class Source:
    """A scene's file, held open for all threads, so that windows share the blocks they read.

    A halo reaches into eight more blocks; read anew for each window, every block is decoded nine
    times. GDAL lets one thread at a time read a file, which is a small part of the work.
    """

    def __init__(self) -> None:
        self._lock, self._dataset = Lock(), None

    def order(self, scene: Scene, tiles: Sequence[Tile]) -> list[Tile]:
        """Return the tiles so that those follow each other which share blocks of the file.

        In a file of square blocks that is down three columns at a time: their blocks fit into
        GDAL's cache, those of the whole width would not.
        """
        with opened(scene.path) as dataset:
            square = dataset.block_shapes[0][1] < scene.width
        across = 3 * max((tile.inner.width for tile in tiles), default=1) if square else scene.width
        return sorted(tiles, key=lambda tile: (tile.inner.col // across, tile.index))

    def read(self, scene: Scene, window: Window) -> Chip:
        """Read a window as `Scene.read` does."""
        with self._lock, rasterio.Env(**GDAL_OPTIONS):
            try:
                if self._dataset is None:
                    self._dataset = rasterio.open(scene.path.resolve(), driver="GTiff")
                return scene.read_from(self._dataset, window)
            except RasterioIOError as error:
                raise TruncatedRaster(file=scene.path.name) from error


def classify(scene: Scene, model: Model, tile: Tile) -> Scores:
    """Return the smoothed scores of the tile's inner window; see `scores_of`."""
    return scores_of(scene.read(tile.inner.grown(halo_of(model))), model, tile)


def scores_of(chip: Chip, model: Model, tile: Tile, *, quick: bool = False) -> Scores:
    """Return the smoothed scores of the tile's inner window, of which ``chip`` reaches round.

    uint8 (classes, height, width) in percent, in the order of ``model.card.classes``; 255 where
    the scene has no valid pixel. Only valid pixels reach the forest. ``quick``: see `hasty_points`.
    """
    inner, reach = tile.inner, features.reach(model.card.features)
    valid = np.ascontiguousarray(chip.valid[(slice(reach, -reach or None),) * 2])
    if not valid.any():
        shape = (len(model.card.classes), inner.height, inner.width)
        return np.full(shape, NODATA, np.uint8)
    if quick and model.packed:
        points = hasty_points(chip, model, model.packed, valid)
    else:
        points = points_of(chip, model, valid)
    more = (valid.shape[0] - inner.height) // 2 - SMOOTHING_PX
    part = (slice(more, -more or None),) * 2
    return smoothed(points[:, *part], valid[part])


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
    forest = model.packed
    if forest is None:
        points = np.zeros((len(model.card.classes), *valid.shape), np.int32)
        stack = figures.stack(chip, names, reach)
        points[:, valid] = np.rint(model.probabilities(stack[:, valid].T) * 10_000).T
        return points
    planes = figures.planes(chip, names, forest.tables, reach).reshape(len(names), -1)
    index = np.flatnonzero(valid).astype(np.int32)
    heard = np.full(valid.size, forest.trees, np.int32)
    said = forest.said_beside(planes, index)
    sums, voices = forest.joined(forest.sums(planes, index), heard, said)
    return _as_points(sums, index, voices, model, valid)


def hasty_points(
    chip: Chip, model: Model, forest: Forest, valid: NDArray[np.bool_]
) -> NDArray[np.int32]:
    """Return the same, but where the first trees leave no doubt, by those alone.

    A pixel is settled once its best class leads by QUICK_Z times the root of the trees heard. Then
    scores are smoothed a first time. A pixel is in doubt whose smoothed scores give the targets
    MENTION percent, or whose best class leads by less than LEAD percent; all that is averaged with
    it hears every tree, so its scores are full. The others' are those of the trees heard. Boosted
    trees beside the forest are always heard in full: no lead of the forest settles what they say.
    What this changed is measured by `audit` in every run.
    """
    from remote_sensing.compiled import scores

    names = model.card.features
    reach = features.reach(names)
    planes = figures.planes(chip, names, forest.tables, reach).reshape(len(names), -1)
    index = np.flatnonzero(valid).astype(np.int32)
    sums, heard = forest.heard_sums(planes, index, statistical(forest.trees, QUICK_Z))
    said = forest.said_beside(planes, index)
    joined, voices = forest.joined(sums, heard, said)
    points = _as_points(joined, index, voices, model, valid)
    wanted = np.array([class_of(name).is_target for name in model.card.classes])
    doubt = np.zeros(valid.shape, np.bool_)
    inner = (slice(SMOOTHING_PX, -SMOOTHING_PX),) * 2
    scores.doubt(smoothed(points, valid), wanted, MENTION, LEAD, doubt[inner])
    around = ndimage.maximum_filter(doubt, 2 * SMOOTHING_PX + 1, mode="constant")
    more = np.flatnonzero(around & valid).astype(np.int32)
    forest.hear_out(planes, more, sums, heard)
    joined, voices = forest.joined(sums, heard, said)
    scores.to_points(joined, more, voices, points.reshape(len(points), -1))
    return points


def _as_points(
    sums: NDArray[np.float64],
    index: NDArray[np.int32],
    heard: NDArray[np.int32],
    model: Model,
    valid: NDArray[np.bool_],
) -> Points:
    from remote_sensing.compiled import scores

    points = np.zeros((len(model.card.classes), *valid.shape), np.int32)
    scores.to_points(sums, index, heard, points.reshape(len(points), -1))
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
def _elsewhere(scene: Scene, model_path: Path, model_sha256: str, quick: bool) -> TileTask:
    if sha256_of(scene.path) != scene.sha256:
        raise SceneChanged(file=scene.path)
    loaded = load(model_path)
    if loaded.sha256 != model_sha256:
        raise SceneChanged(file=model_path)
    return TileTask(scene, loaded, model_path, quick)
