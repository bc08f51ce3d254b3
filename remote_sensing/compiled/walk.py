"""Pixels walk down trees, eight at a time, by one load, one compare and one add a level.

A node is one number: feature in bits 0-7, threshold in bits 8-15, first child above; a code greater
than the threshold leads to the second child, which follows the first. A leaf has threshold 255 and
itself as child, so a walk may go on at a leaf and needs no branch. Sums are float64, taken tree by
tree in the forest's order: the same additions that scikit-learn makes, so equal to the last bit.
"""

from typing import Any

import numba
import numpy as np
from numpy.typing import NDArray

from remote_sensing.compiled.jit import jit

uint64: Any = numba.uint64

_BLOCK = 4096
"""Pixels that walk down one tree before the next: their codes and a tree fit into the L2 cache."""


@jit
def _pack(
    planes: NDArray[np.uint8], index: NDArray[np.int32], first: int, n: int, x: NDArray[np.uint8]
) -> None:
    """Lay the codes of ``n`` pixels out as eights: x[(eight * features + feature) * 8 + pixel]."""
    features = planes.shape[0]
    last = first + n - 1
    for eight in range((n + 7) // 8):
        at = first + eight * 8
        pixel = index[at]
        start = eight * features * 8
        if at + 7 <= last and index[at + 7] == pixel + 7:
            for f in range(features):
                for lane in range(8):
                    x[start + f * 8 + lane] = planes[f, pixel + lane]
        else:
            for lane in range(8):
                pixel = index[min(at + lane, last)]
                for f in range(features):
                    x[start + f * 8 + lane] = planes[f, pixel]


@jit
def _child(node: Any, codes: NDArray[np.uint8], place: Any, lane: Any) -> Any:
    at = node[place]
    code = codes[uint64((at & 255) << 3) + lane]
    return uint64(at >> 16) + uint64(code > ((at >> 8) & 255))


@jit
def add_trees(
    planes: NDArray[np.uint8],
    index: NDArray[np.int32],
    nodes: NDArray[np.generic],
    leaf: NDArray[np.uint32],
    roots: NDArray[np.int64],
    depths: NDArray[np.int64],
    rows: NDArray[np.float64],
    sums: NDArray[np.float64],
    first_tree: int,
    end_tree: int,
) -> None:
    """Add what some trees say of the pixels in ``index`` to their rows of ``sums``.

    ``planes`` are codes (features, pixels); ``index`` is sorted; ``leaf`` names each leaf's row of
    ``rows`` (leaves, columns), whose columns are a multiple of four as those of ``sums``.
    """
    features = planes.shape[0]
    columns = uint64(rows.shape[1])
    x = np.empty(_BLOCK * features, np.uint8)
    ends = np.empty(_BLOCK, np.uint32)
    for first in range(0, index.shape[0], _BLOCK):
        n = min(_BLOCK, index.shape[0] - first)
        _pack(planes, index, first, n, x)
        for tree in range(first_tree, end_tree):
            node, end, depth = nodes[roots[tree] :], leaf[roots[tree] :], depths[tree]
            for eight in range((n + 7) // 8):
                # Written out, so that all eight places stay in registers.
                c = x[eight * features * 8 :]
                a = b = d = e = f = g = h = i = uint64(0)
                for _ in range(depth):
                    a = _child(node, c, a, uint64(0))
                    b = _child(node, c, b, uint64(1))
                    d = _child(node, c, d, uint64(2))
                    e = _child(node, c, e, uint64(3))
                    f = _child(node, c, f, uint64(4))
                    g = _child(node, c, g, uint64(5))
                    h = _child(node, c, h, uint64(6))
                    i = _child(node, c, i, uint64(7))
                at = eight * 8
                ends[at], ends[at + 1], ends[at + 2], ends[at + 3] = end[a], end[b], end[d], end[e]
                ends[at + 4], ends[at + 5], ends[at + 6] = end[f], end[g], end[h]
                ends[at + 7] = end[i]
            for k in range(n):
                row, pixel = uint64(ends[k]), uint64(index[first + k])
                for column in range(uint64(0), columns, uint64(4)):
                    sums[pixel, column] += rows[row, column]
                    sums[pixel, column + uint64(1)] += rows[row, column + uint64(1)]
                    sums[pixel, column + uint64(2)] += rows[row, column + uint64(2)]
                    sums[pixel, column + uint64(3)] += rows[row, column + uint64(3)]


@jit
def undecided(
    sums: NDArray[np.float64], index: NDArray[np.int32], classes: int, lead: float
) -> NDArray[np.int32]:
    """Return those of ``index`` whose best class is not ahead of the next by more than ``lead``."""
    kept = np.empty_like(index)
    count = 0
    for pixel in index:
        best, next_best = sums[pixel, 0], -np.inf
        for column in range(1, classes):
            value = sums[pixel, column]
            if value > best:
                next_best, best = best, value
            elif value > next_best:
                next_best = value
        if not best - next_best > lead:
            kept[count] = pixel
            count += 1
    return kept[:count]
