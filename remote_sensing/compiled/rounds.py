"""Boosted trees walked: they are small, so a block of pixels takes every node in one sweep.

A tree speaks for one class. Its numbers are added class by class, tree after tree: the additions of
scikit-learn in its order, so equal to the last bit.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from remote_sensing.compiled.jit import jit
from remote_sensing.compiled.trees import hot_nodes

_BLOCK = 2048


class Rounds(NamedTuple):
    """Trees one after the other, all of their nodes hot; see `trees.Trees`.

    ``values`` float64 (trees, exits) are what each exit adds to its tree's class, ``classes``
    int64 (trees,); ``start`` float64 (classes,) is what all sums begin with.
    """

    hot: NDArray[np.uint8]
    hot_roots: NDArray[np.int64]
    values: NDArray[np.float64]
    classes: NDArray[np.int64]
    start: NDArray[np.float64]


def pack(
    trees: Sequence[Any],
    codes: Sequence[NDArray[np.int64]],
    classes: Sequence[int],
    start: NDArray[np.float64],
) -> Rounds:
    """Pack trees of at most MOST_HOT nodes, which have these codes as thresholds."""
    found = [hot_nodes(tree, own) for tree, own in zip(trees, codes, strict=True)]
    values = np.zeros((len(trees), max(len(ends) for _, ends in found)))
    for row, tree, (_, ends) in zip(values, trees, found, strict=True):
        row[: len(ends)] = tree.value[ends]
    return Rounds(
        np.concatenate([nodes for nodes, _ in found]),
        np.cumsum([0, *(len(nodes) for nodes, _ in found)], dtype=np.int64),
        values,
        np.array(classes, np.int64),
        start,
    )


@jit
def add_rounds(
    rounds: Rounds,
    planes: NDArray[np.uint8],
    index: NDArray[np.int32],
    sums: NDArray[np.float64],
) -> None:
    """Add what all trees say of the pixels in ``index`` to ``sums`` (classes, asked pixels)."""
    codes = np.zeros((planes.shape[0], _BLOCK), np.uint8)
    exits = np.empty(_BLOCK, np.uint8)
    for start in range(0, len(index), _BLOCK):
        part = index[start : start + _BLOCK]
        for feature in range(len(planes)):
            plane, row = planes[feature], codes[feature]
            for k in range(len(part)):
                row[k] = plane[part[k]]
        swept = exits[: (len(part) + 63) // 64 * 64]
        for tree in range(len(rounds.classes)):
            swept[:] = 0
            for place in range(rounds.hot_roots[tree], rounds.hot_roots[tree + 1]):
                node = rounds.hot[place]
                row, threshold, old, new = codes[int(node[0])], node[1], node[2], node[3]
                for k in range(len(swept)):
                    at = swept[k]
                    swept[k] = new if (at == old) & (row[k] > threshold) else at
            values = rounds.values[tree]
            own = sums[rounds.classes[tree], start : start + len(part)]
            for k in range(len(own)):
                own[k] += values[exits[k]]
