"""A forest judged on ground that it has not seen: whole places, or stripes of one, never pixels.

The figures are of sampled pixels, so they compare models; they are no map accuracy.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from shapely import STRtree, box

from remote_sensing.scene import Scene

MOST_FOLDS = 5
STRIPES = 3
TREES = 40
"""Enough to judge by; the figures of a full forest differ in the third decimal."""


def folds(
    scene_of: NDArray[np.int32], lonlat: NDArray[np.float64], scenes: Sequence[Scene]
) -> tuple[NDArray[np.int32], str]:
    """Return each pixel's fold and what was held out: "place" or "stripe".

    Images that overlap are one place. With fewer than three places each is cut into three stripes
    of equal width across its longer side.
    """
    place_of_scene = places(scenes)
    place = place_of_scene[scene_of]
    count = int(place_of_scene.max()) + 1
    if count >= 3:
        return place % MOST_FOLDS, "place"
    fold = np.zeros(len(place), np.int32)
    for number in range(count):
        here = place == number
        spots = lonlat[here] * [np.cos(np.radians(lonlat[here][:, 1].mean())), 1.0]
        low, extent = spots.min(axis=0), np.ptp(spots, axis=0)
        axis = int(extent[1] > extent[0])
        along = (spots[:, axis] - low[axis]) / max(extent[axis], 1e-12)
        fold[here] = np.minimum((along * STRIPES).astype(np.int32), STRIPES - 1)
    return fold, "stripe"


def judge(
    x: NDArray[np.int16],
    target: NDArray[np.int32],
    fold: NDArray[np.int32],
    held_out: str,
    classes: Sequence[str],
    seed: int,
) -> dict[str, Any]:
    """Return accuracy and each class's precision, recall, F1 and IoU over all held-out folds."""
    from remote_sensing.train import fit

    found = np.full(len(target), -1, np.int32)
    for number in np.unique(fold):
        test = fold == number
        if len(np.unique(target[~test])) < 2:
            continue
        forest = fit(x[~test], target[~test], seed, TREES)
        found[test] = forest.classes_[forest.predict_proba(x[test].astype(np.float32)).argmax(1)]
    judged = found >= 0
    if not judged.any():
        return {"held_out": held_out, "folds": 0}
    figures = {
        name: _figures(target[judged] == code, found[judged] == code)
        for code, name in enumerate(classes)
    }
    return {
        "held_out": held_out,
        "folds": len(np.unique(fold)),
        "accuracy": round(float((found == target)[judged].mean()), 4),
        "classes": figures,
    }


def _figures(truth: NDArray[np.bool_], said: NDArray[np.bool_]) -> dict[str, float | None]:
    both, true, found = int((truth & said).sum()), int(truth.sum()), int(said.sum())
    either = true + found - both

    def share(part: int, whole: int) -> float | None:
        return round(part / whole, 4) if whole else None

    return {
        "precision": share(both, found),
        "recall": share(both, true),
        "f1": share(2 * both, true + found),
        "iou": share(both, either),
    }


def places(scenes: Sequence[Scene]) -> NDArray[np.int32]:
    """Return the number of each scene's place, overlapping footprints joined."""
    shapes = [box(*scene.footprint_lonlat.bounds) for scene in scenes]
    number = np.arange(len(scenes), dtype=np.int32)
    for one, other in STRtree(shapes).query(shapes, predicate="intersects").T:
        number[number == number[one]] = number[other]
    return np.unique(number, return_inverse=True)[1].astype(np.int32)
