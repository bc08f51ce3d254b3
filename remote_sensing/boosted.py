"""Boosted trees as plain numbers, and a forest with boosted trees beside it.

A forest votes; boosted trees correct each other, class by class. On ground that neither had seen
they erred in different places, so that what they say together was right more often than either.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class OneTree:
    """One boosted tree, told as scikit-learn tells a tree; ``value`` float64 (nodes,)."""

    children_left: NDArray[np.int32]
    children_right: NDArray[np.int32]
    feature: NDArray[np.int32]
    threshold: NDArray[np.int32]
    value: Floats
    n_node_samples: NDArray[np.int64]

    @property
    def node_count(self) -> int:
        """How many nodes there are."""
        return len(self.feature)


@dataclass(frozen=True, eq=False)
class Boosted:
    """Trees one after the other: round by round, in each round one for every class.

    Nodes are counted from their tree's first, which ``roots`` int64 (trees + 1) names. A figure
    above the ``threshold`` leads to ``right``; leaves have no child (-1) and add their ``value`` to
    the class of their tree, that began with ``start`` float64 (classes,). Two classes have one tree
    a round, which speaks for the second.
    """

    roots: NDArray[np.int64]
    left: NDArray[np.int32]
    right: NDArray[np.int32]
    feature: NDArray[np.int32]
    threshold: NDArray[np.int32]
    value: Floats
    samples: NDArray[np.int64]
    start: Floats

    @property
    def trees(self) -> list[OneTree]:
        """The trees, one after the other."""
        return [
            OneTree(
                self.left[first:end],
                self.right[first:end],
                self.feature[first:end],
                self.threshold[first:end],
                self.value[first:end],
                self.samples[first:end],
            )
            for first, end in zip(self.roots[:-1], self.roots[1:], strict=True)
        ]

    @property
    def classes(self) -> list[int]:
        """The class that each tree speaks for."""
        count = len(self.start)
        return [number % count if count > 2 else 1 for number in range(len(self.roots) - 1)]

    def predict_proba(self, x: NDArray[Any]) -> Floats:
        """Return float64 (pixels, classes) of figures (pixels, features), as scikit-learn does."""
        sums = np.tile(self.start, (len(x), 1))
        pixels = np.arange(len(x))
        for one, tree in zip(self.classes, self.trees, strict=True):
            at = np.zeros(len(x), np.int64)
            while (inner := tree.children_left[at] >= 0).any():
                over = x[pixels, tree.feature[at]] > tree.threshold[at]
                below = np.where(over, tree.children_right[at], tree.children_left[at])
                at = np.where(inner, below, at)
            sums[:, one] += tree.value[at]
        return as_shares(sums)

    def require_sound(self, features: int, classes: int) -> None:
        """Raise ValueError unless it can be walked without going astray."""
        nodes = (self.left, self.right, self.feature, self.threshold, self.value, self.samples)
        bounds = np.asarray(self.roots)
        sound = (
            np.shape(self.start) == (classes,)
            and bounds.ndim == 1
            and bounds.dtype == np.int64
            and len(bounds) > 1
            and bounds[0] == 0
            and (np.diff(bounds) > 0).all()
            and all(np.shape(part) == (bounds[-1],) for part in nodes)
            and all(part.dtype.kind == "i" for part in nodes[:4])
            and np.isfinite(np.concatenate([self.value, self.start])).all()
        )
        if not sound:
            raise ValueError("no boosted trees of these classes")
        for tree in self.trees:
            require_sound_tree(tree, features)


@dataclass(frozen=True, eq=False)
class Together:
    """A forest and boosted trees; what they say is the mean of what each of them says."""

    forest: Any
    boosted: tuple[Boosted, ...]

    def predict_proba(self, x: NDArray[np.generic]) -> Floats:
        """Return float64 (pixels, classes), the same for a pixel whatever others are asked too."""
        said: Floats = sum(one.predict_proba(x) for one in self.boosted)  # type: ignore[assignment]
        found: Floats = (self.forest.predict_proba(x) + said) / (1 + len(self.boosted))
        return found


def as_shares(sums: Floats) -> Floats:
    """Return the shares of classes that boosted sums (pixels, classes) stand for.

    Class by class in memory, as scikit-learn has them, so that they are added up in its order.
    """
    found: Floats = np.asfortranarray(sums)
    found = found - found.max(axis=1, keepdims=True)
    np.exp(found, out=found)
    found /= found.sum(axis=1, keepdims=True)
    return found


def plain(fitted: Any, cuts: Sequence[NDArray[np.int32]], places: Sequence[int]) -> Boosted:
    """Return the trees of a ``HistGradientBoostingClassifier`` fitted to codes by ``cuts``.

    They then ask for the figures themselves; ``places`` are those of what it was shown.
    """
    place = np.asarray(places)
    nodes = [tree.nodes for round_ in fitted._predictors for tree in round_]
    every = np.concatenate(nodes)
    inner = every["is_leaf"] == 0
    feature = np.full(len(every), -2, np.int32)
    feature[inner] = place[every["feature_idx"][inner]]
    threshold = np.full(len(every), -2, np.int32)
    for number, own in enumerate(cuts):
        here = inner & (every["feature_idx"] == number)
        # A code above k is a figure above cut k.
        threshold[here] = own[np.floor(every["num_threshold"][here]).astype(np.int64)]
    start = np.asarray(fitted._baseline_prediction, np.float64).ravel()
    return Boosted(
        np.cumsum([0, *map(len, nodes)], dtype=np.int64),
        np.where(inner, every["left"].astype(np.int32), np.int32(-1)),
        np.where(inner, every["right"].astype(np.int32), np.int32(-1)),
        feature,
        threshold,
        every["value"].astype(np.float64),
        every["count"].astype(np.int64),
        start if len(start) > 1 else np.array([0.0, start[0]]),
    )


def require_sound_tree(tree: Any, features: int) -> None:
    """Raise ValueError unless every walk down a tree ends at a leaf of it.

    Whoever walks follows the stored child numbers unchecked, so a forged file could make him read
    past them or walk in a ring.
    """
    place = np.arange(tree.node_count)
    inner = tree.children_left >= 0
    kids = np.stack([tree.children_left, tree.children_right])[:, inner]
    sound = (
        tree.node_count > 0
        and (kids > place[inner]).all()
        and np.array_equal(np.sort(kids, axis=None), place[1:])
        and (tree.feature[inner] >= 0).all()
        and (tree.feature[inner] < features).all()
    )
    if not sound:
        raise ValueError("a tree that leads astray")
