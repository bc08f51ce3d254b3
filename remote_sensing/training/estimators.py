"""What can learn a model's figures, each with the settings that it was measured with."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from remote_sensing import binning
from remote_sensing.boosted import Boosted, Together, plain
from remote_sensing.heeding import heed

TREES = 100
SMALL = 500
"""With fewer pixels each tree of a random forest draws from all of them."""

FORESTS: Mapping[str, Mapping[str, Any]] = MappingProxyType(
    {
        "extra_trees": {"min_samples_leaf": 2, "max_features": "sqrt"},
        "random_forest": {"min_samples_leaf": 2, "max_features": "sqrt", "max_samples": 0.5},
        "near_and_far": {"min_samples_leaf": 2, "max_features": "sqrt"},
    }
)
"""Kinds of forest that detection can walk. ``near_and_far`` are extra trees of which some are shown
nothing but the pixel and what touches it: the others lean on surroundings, which elsewhere differ.
"""
NEAR_OF_FIVE = 2
"""How many of five trees of such a forest are shown what is near alone."""
LIGHT = 0.15
"""By how much the logarithm of light is made to differ for such a forest: about 15 %."""

TOGETHER = "forest_and_boosting"
"""A forest of ``near_and_far`` with boosted trees beside it: some that are shown every figure, some
only what is near. Where the thirds of a scene were held out in turn it was wrong a twelfth less
often than the forest; each alone was better in one third and worse in another.
"""
BOOSTING: Mapping[str, Any] = MappingProxyType(
    {
        "max_iter": 40,
        "learning_rate": 0.1,
        "max_leaf_nodes": 15,
        "l2_regularization": 1.0,
        "early_stopping": False,
    }
)
ROUNDS = 20
"""After so many it is asked whether to go on: some seconds."""
MOST_BOOSTED = 20_000
"""Pixels that boosted trees beside a full forest learn from; beside a smaller one fewer."""
LEAST_OF_A_CLASS = 20
"""Pixels of a rare class that are learnt at least, where there are so many."""

KIND = next(iter(FORESTS))
KINDS = (*FORESTS, TOGETHER)
OF_NEAR = ("near_and_far", TOGETHER)
"""Kinds of which a part is shown nothing but what is near."""


@dataclass(frozen=True, slots=True)
class Columns:
    """What a forest of ``near_and_far`` is told of its figures: see `features.near` and `lit`."""

    near: tuple[int, ...] = ()
    lit: tuple[int, ...] = ()


ALL_ALIKE = Columns()


def weights(target: NDArray[np.int32]) -> NDArray[np.float64]:
    """Return each sample's weight, so that every class counts the same: rare ground is not lost.

    >>> weights(np.array([0, 0, 0, 1])).round(2).tolist()
    [0.67, 0.67, 0.67, 2.0]
    """
    counts = np.bincount(target).astype(np.float64)
    found: NDArray[np.float64] = len(target) / (np.count_nonzero(counts) * counts[target])
    return found


def parameters(kind: str = KIND) -> dict[str, Any]:
    """Return what a model's card says of how its forest was grown."""
    forest = "near_and_far" if kind in OF_NEAR else kind
    said = {"kind": kind, "n_estimators": TREES, **FORESTS[forest], "class_weight": "balanced"}
    if kind in OF_NEAR:
        said |= {"near_of_five": NEAR_OF_FIVE, "light": LIGHT}
    return said | ({"boosting": dict(BOOSTING)} if kind == TOGETHER else {})


def fit(
    x: NDArray[np.int16],
    target: NDArray[np.int32],
    seed: int,
    trees: int | None = None,
    kind: str = KIND,
    columns: Columns = ALL_ALIKE,
) -> Any:
    """Return a forest fitted to figures (pixels, features) and class positions, or `TOGETHER`.

    It grows its trees on every core, each from its own seed, and predicts on one, so that sums are
    always taken in the same order.
    """
    if kind in OF_NEAR:
        x, target = _in_other_light(x, target, seed, columns.lit)
        trees = trees or TREES
        forest = _near_and_far(x, target, seed, trees, columns.near)
        if kind == "near_and_far":
            return forest
        shown = [None, columns.near] if columns.near else [None]
        most = max(MOST_BOOSTED * trees // TREES, 1)
        return Together(forest, tuple(boosted(x, target, seed, own, most) for own in shown))
    return _grown(x, target, seed, trees or TREES, kind)


def _in_other_light(
    x: NDArray[np.int16], target: NDArray[np.int32], seed: int, lit: tuple[int, ...]
) -> tuple[NDArray[np.int16], NDArray[np.int32]]:
    """Return every pixel twice, once as if the sun had been higher or the air less clear.

    Haze, sun and slope make all bands brighter or darker together and leave ratios as they are.
    """
    if not lit:
        return x, target
    factor = np.exp(np.random.default_rng(seed).normal(0, LIGHT, (len(x), 1)))
    other = x.copy()
    most = np.iinfo(np.int16).max
    other[:, lit] = np.clip(np.rint(x[:, lit] * factor), -most, most).astype(np.int16)
    return np.concatenate([x, other]), np.tile(target, 2)


def _near_and_far(
    x: NDArray[np.int16],
    target: NDArray[np.int32],
    seed: int,
    trees: int,
    near: tuple[int, ...],
) -> Any:
    """Return one forest of both sorts of trees, mixed evenly: its first trees speak for the rest.

    A tree is shown less by figures that are all alike, on which no tree can split.
    """
    few = trees * NEAR_OF_FIVE // 5
    if not near or not few:
        return _grown(x, target, seed, trees, "near_and_far")
    hidden = np.zeros_like(x)
    hidden[:, near] = x[:, near]
    grown = [
        _grown(shown, target, seed + place, count, "near_and_far")
        for place, (shown, count) in enumerate(((x, trees - few), (hidden, few)))
    ]
    share = np.concatenate([(np.arange(len(one)) + 0.5) / len(one) for one in grown])
    members = [tree for one in grown for tree in one]
    forest = grown[0].set_params(n_estimators=trees)
    forest.estimators_ = [members[place] for place in np.argsort(share, kind="stable")]
    return forest


def _grown(
    x: NDArray[np.int16], target: NDArray[np.int32], seed: int, trees: int, kind: str
) -> Any:
    from sklearn.ensemble import ExtraTreesClassifier, RandomForestClassifier

    own = {**FORESTS[kind], "n_estimators": trees, "random_state": seed, "n_jobs": -1}
    if kind == "random_forest":
        if len(x) < SMALL:
            own["max_samples"] = None
        forest = RandomForestClassifier(**own)
    else:
        forest = ExtraTreesClassifier(**own)
    fitted = binning.fit(forest, x, target, sample_weight=weights(target))
    return fitted.set_params(n_jobs=1)


def boosted(
    x: NDArray[np.int16],
    target: NDArray[np.int32],
    seed: int,
    shown: tuple[int, ...] | None = None,
    most: int = MOST_BOOSTED,
) -> Boosted:
    """Return boosted trees fitted to the same codes as a forest, of all figures or those ``shown``.

    They learn from about ``most`` of the pixels, some of every class; every class counts the same.
    """
    from sklearn.ensemble import HistGradientBoostingClassifier
    from threadpoolctl import threadpool_limits

    few = _few(target, seed, most)
    places = list(range(x.shape[1])) if shown is None else list(shown)
    cuts = binning.cuts_of(x[:, places])
    # One code less than a byte has, or scikit-learn would make bins of its own.
    codes = np.minimum(binning.codes(x[few][:, places], cuts), binning.MOST_CUTS - 1)
    told, known = codes.T.astype(np.float32), target[few]
    found = HistGradientBoostingClassifier(**BOOSTING, random_state=seed, warm_start=True)
    rounds = BOOSTING["max_iter"]
    with threadpool_limits(1):  # its threads wait for each other where cores are busy
        for done in range(ROUNDS, rounds + ROUNDS, ROUNDS):  # the trees of fitting it at once
            heed()
            found.set_params(max_iter=min(done, rounds))
            found.fit(told, known, sample_weight=weights(known))
    return plain(found, cuts, places)


def _few(target: NDArray[np.int32], seed: int, most: int) -> NDArray[np.int64]:
    """Return the places of ``most`` pixels and of what lacks to LEAST_OF_A_CLASS of a class."""
    drawn = np.random.default_rng(seed).permutation(len(target))
    first = [drawn[target[drawn] == one][:LEAST_OF_A_CLASS] for one in np.unique(target)]
    return np.unique(np.concatenate([drawn[:most], *first]))
