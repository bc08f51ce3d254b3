"""A forest judged on ground that it has not seen: whole places, or stripes of one, never pixels.

The figures are of sampled pixels, so they compare models; they are no map accuracy.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from shapely import STRtree, box

from remote_sensing.heeding import heed
from remote_sensing.scene import Scene
from remote_sensing.training import estimators
from remote_sensing.training.estimators import ALL_ALIKE, Columns

MOST_FOLDS = 5
STRIPES = 3
TREES = 40
"""Enough to judge by; the figures of a full forest differ in the third decimal."""
QUICK = 20
COMPARED = 6_000
"""Trees and pixels that kinds of estimator are compared with."""
LEAST_COMPARED = 3_000
"""With fewer pixels a comparison would be of chance."""
CLEARLY = 0.02
"""Mean F1 by which another kind must be better: less is chance on so few pixels and places."""

Fit = Callable[[NDArray[np.int16], NDArray[np.int32]], Any]


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
    kind: str = estimators.KIND,
    columns: Columns = ALL_ALIKE,
    fit: Fit | None = None,
) -> dict[str, Any]:
    """Return accuracy, each class's precision, recall, F1 and IoU, and what the scores are worth.

    All are of pixels in folds that the forest, or what ``fit`` fits, had not seen; ``worst_fold``
    is the accuracy of the place (or stripe) where it did worst.
    """
    scores = outside(x, target, fold, fit or _forest(kind, seed, columns=columns))
    judged = ~np.isnan(scores[:, 0])
    if not judged.any():
        return {"held_out": held_out, "folds": 0}
    scores, truth, number = scores[judged], target[judged], fold[judged]
    found = scores.argmax(axis=1)
    right = found == truth
    return {
        "held_out": held_out,
        "folds": len(np.unique(fold)),
        "accuracy": _rounded(right.mean()),
        "worst_fold": _rounded(min(right[number == n].mean() for n in np.unique(number))),
        "classes": {
            name: _figures(truth == code, found == code) for code, name in enumerate(classes)
        },
        "calibration": calibration(scores.max(axis=1), right),
    }


def compare(
    x: NDArray[np.int16],
    target: NDArray[np.int32],
    fold: NDArray[np.int32],
    classes: Sequence[str],
    seed: int,
    columns: Columns = ALL_ALIKE,
    stands_for: NDArray[np.float64] | None = None,
) -> dict[str, dict[str, float]]:
    """Return how forests and boosted trees did outside, on the same few pixels and folds.

    Nothing for fewer than LEAST_COMPARED pixels. Without ``columns.near`` there is no forest of
    such trees. In the accuracy each pixel counts for all that it stands for, as in a map; in the
    mean F1 every class counts the same.
    """
    if len(x) < LEAST_COMPARED:
        return {}
    few = np.sort(np.random.default_rng(seed).permutation(len(x))[:COMPARED])
    counts = np.ones(len(few)) if stands_for is None else stands_for[few]
    x, target, fold = x[few], target[few], fold[few]
    kinds = [kind for kind in estimators.FORESTS if columns.near or kind != "near_and_far"]
    ways = {kind: _forest(kind, seed, QUICK, columns) for kind in kinds}
    ways["boosting"] = lambda figures, of: estimators.boosted(figures, of, seed)
    told: dict[str, dict[str, float]] = {}
    for name, way in ways.items():
        scores = outside(x, target, fold, way)
        judged = ~np.isnan(scores[:, 0])
        if not judged.any():
            return {}
        found, truth = scores[judged].argmax(axis=1), target[judged]
        f1 = [_figures(truth == code, found == code)["f1"] for code in range(len(classes))]
        told[name] = {
            "accuracy": _rounded(np.average(found == truth, weights=counts[judged])),
            "mean_f1": _rounded(np.mean([value for value in f1 if value is not None])),
        }
    return told


def kind_of(compared: Mapping[str, Mapping[str, float]], usual: str) -> str:
    """Return the kind of forest to grow: the usual one unless another is clearly better.

    That is by mean F1, and no less accurate: classes drawn alike favour a forest that sees rare
    ones everywhere.
    """
    ours = compared.get(usual)
    for kind in estimators.FORESTS:
        theirs = compared.get(kind)
        if not ours or not theirs or theirs["accuracy"] < ours["accuracy"]:
            continue
        if theirs["mean_f1"] > ours["mean_f1"] + CLEARLY:
            return kind
    return usual


def outside(
    x: NDArray[np.int16], target: NDArray[np.int32], fold: NDArray[np.int32], fit: Fit
) -> NDArray[np.float64]:
    """Return each pixel's scores (pixels, classes) by what was fitted without its fold.

    NaN where the other folds hold fewer than two classes.
    """
    scores = np.full((len(target), int(target.max()) + 1), np.nan)
    for number in np.unique(fold):
        heed()
        test = fold == number
        if len(np.unique(target[~test])) < 2:
            continue
        seen, own = np.unique(target[~test], return_inverse=True)
        fitted = fit(x[~test], own.astype(np.int32))
        scores[test] = 0.0
        scores[np.ix_(test, seen)] = fitted.predict_proba(x[test].astype(np.float32))
    return scores


def calibration(score: NDArray[np.float64], right: NDArray[np.bool_]) -> dict[str, Any]:
    """Return how often a class with a score was right, in ten bins, and how far scores miss.

    ``error`` is the mean distance of score and share right, ``brier`` the mean squared one of each
    pixel.
    """
    bin_of = np.minimum((score * 10).astype(int), 9)
    rows = []
    for number in np.unique(bin_of):
        here = bin_of == number
        rows.append(
            {
                "from": round(number / 10, 1),
                "pixels": int(here.sum()),
                "score": _rounded(score[here].mean()),
                "right": _rounded(right[here].mean()),
            }
        )
    miss = sum(row["pixels"] * abs(row["score"] - row["right"]) for row in rows) / len(score)
    return {
        "bins": rows,
        "error": _rounded(miss),
        "brier": _rounded(((score - right) ** 2).mean()),
    }


def _forest(kind: str, seed: int, trees: int = TREES, columns: Columns = ALL_ALIKE) -> Fit:
    return lambda x, target: estimators.fit(x, target, seed, trees, kind, columns)


def _rounded(value: Any) -> float:
    return round(float(value), 4)


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
