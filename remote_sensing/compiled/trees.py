"""A forest's trees as the compiled walk reads them, and their packing.

A node is one number: feature in bits 0-7, threshold in bits 8-15, first child above; a code greater
than the threshold leads to the second child, which follows the first. A leaf has threshold 255 and
itself as child.

The nodes that many samples passed are ``hot`` as well, parents before children: feature, threshold,
exit, new exit. All pixels begin at exit 0; those at a node's exit whose code is greater than its
threshold move on to its new exit. So a whole block of pixels takes a node in one sweep.
"""

import heapq
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

_LEAF = 255
"""No code is greater."""
MOST_HOT = 159
"""A sweep costs a pixel about a fortieth of a step down, which few pixels take at other nodes."""


class Trees(NamedTuple):
    """Trees one after the other.

    ``nodes`` and ``leaf`` are as long as all trees together, ``roots`` the place of each tree's
    first node; ``leaf`` names each leaf's row of ``rows``, float64 (leaves, columns): shares of the
    classes, padded with zeros to a multiple of four. ``hot`` uint8 (hot nodes, 4) are in order,
    those of a tree from its place in ``hot_roots`` on. ``levels`` and ``exits`` are (trees, exits):
    how many levels lie below an exit, and its place in the tree, or its row where it is a leaf.
    """

    nodes: NDArray[np.generic]
    leaf: NDArray[np.uint32]
    roots: NDArray[np.int64]
    rows: NDArray[np.float64]
    hot: NDArray[np.uint8]
    hot_roots: NDArray[np.int64]
    exits: NDArray[np.uint32]
    levels: NDArray[np.uint16]


class _Packed(NamedTuple):
    nodes: NDArray[np.uint64]
    leaf: NDArray[np.uint32]
    hot: NDArray[np.uint8]
    exits: NDArray[np.uint32]
    levels: NDArray[np.uint16]


def pack(trees: Sequence[Any], codes: Sequence[NDArray[np.int64]]) -> Trees:
    """Pack scikit-learn's trees, whose nodes have these codes as thresholds."""
    rows: dict[bytes, int] = {}
    packed = [_pack_tree(tree, own, rows) for tree, own in zip(trees, codes, strict=True)]
    nodes = np.concatenate([part.nodes for part in packed])
    if max(len(part.nodes) for part in packed) <= 2**16:
        nodes = nodes.astype(np.uint32)  # half the cache
    shares = np.frombuffer(b"".join(rows), np.float64).reshape(len(rows), -1)
    return Trees(
        nodes,
        np.concatenate([part.leaf for part in packed]),
        _starts([len(part.nodes) for part in packed])[:-1],
        _on_lines(shares),
        np.concatenate([part.hot for part in packed]),
        _starts([len(part.hot) for part in packed]),
        np.stack([part.exits for part in packed]),
        np.stack([part.levels for part in packed]),
    )


def _starts(lengths: list[int]) -> NDArray[np.int64]:
    return np.cumsum([0, *lengths], dtype=np.int64)


def _on_lines(shares: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the shares padded to a multiple of four columns, from the start of a cache line on."""
    columns = -(-shares.shape[1] // 4) * 4
    room = np.zeros(len(shares) * columns + 8)
    start = -room.ctypes.data % 64 // 8
    rows = room[start : start + len(shares) * columns].reshape(-1, columns)
    rows[:, : shares.shape[1]] = shares
    return rows


def _pack_tree(tree: Any, codes: NDArray[np.int64], rows: dict[bytes, int]) -> _Packed:
    """Return a tree's nodes level by level, each leaf's row, and its hot part."""
    left, right = tree.children_left, tree.children_right
    inner = left >= 0
    place, count = np.zeros(tree.node_count, np.uint64), 1
    level, by_level = np.zeros(1, int), []
    while len(above := level[inner[level]]):
        by_level.append(above)
        level = np.stack([left[above], right[above]], axis=1).ravel()
        place[level] = np.arange(count, count + len(level))
        count += len(level)
    below = np.zeros(tree.node_count, np.uint16)
    for above in reversed(by_level):
        below[above] = 1 + np.maximum(below[left[above]], below[right[above]])
    own = place << 16 | np.uint64(_LEAF << 8)
    own[inner] = (
        place[left[inner]] << 16
        | codes[inner].astype(np.uint64) << 8
        | tree.feature[inner].astype(np.uint64)
    )
    nodes, leaf = np.empty(count, np.uint64), np.zeros(count, np.uint32)
    nodes[place] = own
    for node in np.flatnonzero(~inner):
        leaf[place[node]] = rows.setdefault(tree.value[node, 0].tobytes(), len(rows))
    hot, ends = hot_nodes(tree, codes)
    exits, levels = np.zeros(MOST_HOT + 1, np.uint32), np.zeros(MOST_HOT + 1, np.uint16)
    levels[: len(ends)] = below[ends]
    exits[: len(ends)] = np.where(inner[ends], place[ends], leaf[place[ends]])
    return _Packed(nodes, leaf, hot, exits, levels)


def hot_nodes(tree: Any, codes: NDArray[np.int64]) -> tuple[NDArray[np.uint8], list[int]]:
    """Return the nodes that most samples passed, and the node that each exit leads to."""
    left, right, passed = tree.children_left, tree.children_right, tree.n_node_samples
    hot: list[tuple[int, int, int, int]] = []
    ends = [0]
    waiting = [(-int(passed[0]), 0, 0)]
    while waiting and len(hot) < MOST_HOT:
        _, node, end = heapq.heappop(waiting)
        if left[node] < 0:
            continue
        hot.append((int(tree.feature[node]), int(codes[node]), end, len(ends)))
        for child, its_end in ((left[node], end), (right[node], len(ends))):
            heapq.heappush(waiting, (-int(passed[child]), int(child), its_end))
        ends[end] = int(left[node])
        ends.append(int(right[node]))
    return np.array(hot, np.uint8).reshape(-1, 4), ends
