"""Pixels go down trees: all at once where many go, eight at a time where few do.

A tree's hot nodes are taken by a block of pixels in one sweep each, which the compiler turns into
vector instructions. Most pixels then stand at a leaf. The others are listed by the levels that are
still below them and walk on, eight at a time, by one load, one compare and one add a level; a leaf
has itself as child, so that a walk may go on at a leaf and needs no branch. See `trees.Trees`.

A few trees meet all blocks of a part before the next trees do, so that they stay in the cache. Sums
are float64, taken tree by tree in the forest's order: the same additions that scikit-learn makes,
so equal to the last bit.
"""

from typing import Any

import numba
import numpy as np
from llvmlite import ir  # type: ignore[import-untyped]
from numba.core import cgutils, types
from numba.extending import intrinsic
from numpy.typing import NDArray

from remote_sensing.compiled.jit import jit
from remote_sensing.compiled.trees import Trees

uint64: Any = numba.uint64

_BLOCK = 4096
"""Pixels that take a node in one sweep."""
_STRIDE = _BLOCK + 64
"""From row to row in tables of blocks: rows a power of two apart share few lines of a cache."""
_BLOCKS = 16
"""Blocks of a part."""
_TREES = 16
"""Trees that meet a block before their shares are added."""


@intrinsic
def _add_rows(
    typing: Any, sums: Any, at: Any, rows: Any, column: Any, ends: Any, count: Any
) -> Any:
    """Add four columns of ``count`` rows to the four sums that begin ``at``, row after row.

    ``ends`` names a row in every _STRIDE-th number. Numba leaves neighbouring additions apart, so
    the vector of four is written out here.
    """

    def generate(context: Any, build: Any, signature: Any, arguments: Any) -> Any:
        four = ir.VectorType(ir.DoubleType(), 4)
        arrays = {
            place: context.make_array(signature.args[place])(context, build, arguments[place])
            for place in (0, 2, 4)
        }
        width = build.extract_value(arrays[2].shape, 1)

        def load_four(start: Any) -> Any:
            return build.load(build.bitcast(start, four.as_pointer()), align=8)

        start = build.gep(arrays[0].data, [arguments[1]])
        total = cgutils.alloca_once_value(build, load_four(start))  # type: ignore[no-untyped-call]
        first = build.gep(arrays[2].data, [arguments[3]])
        with cgutils.for_range(build, arguments[5]) as loop:
            step = build.mul(loop.index, ir.Constant(loop.index.type, _STRIDE))
            row = build.zext(build.load(build.gep(arrays[4].data, [step])), width.type)
            more = load_four(build.gep(first, [build.mul(row, width)]))
            build.store(build.fadd(build.load(total), more), total)
        build.store(build.load(total), build.bitcast(start, four.as_pointer()), align=8)
        return context.get_dummy_value()  # what Numba wants of an intrinsic that returns nothing

    return types.void(sums, types.uint64, rows, types.uint64, ends, types.int64), generate


@jit
def _lay_out(
    planes: NDArray[np.uint8],
    index: NDArray[np.int32],
    codes: NDArray[np.uint8],
    by_pixel: NDArray[np.uint8],
) -> None:
    """Copy the codes of the pixels in ``index``, feature by feature and pixel by pixel."""
    features, n = uint64(planes.shape[0]), uint64(len(index))
    for feature in range(features):
        plane, own = planes[feature], codes[feature * uint64(_STRIDE) :]
        for k in range(n):
            code = plane[index[k]]
            own[k] = code
            by_pixel[k * features + feature] = code


@jit
def _split(exits: NDArray[np.uint8], codes: NDArray[np.uint8], node: NDArray[np.uint8]) -> None:
    """Move pixels on from one exit to another where their code is greater than the threshold."""
    threshold, old, new = node[1], node[2], node[3]
    for k in range(len(exits)):
        own = exits[k]
        exits[k] = new if (own == old) & (codes[k] > threshold) else own


@jit
def _list(
    exits: NDArray[np.uint8],
    end_of: NDArray[np.uint32],
    levels_of: NDArray[np.uint16],
    ends: NDArray[np.uint32],
    above: NDArray[np.uint16],
    lists: NDArray[np.uint16],
    lengths: NDArray[np.int64],
) -> None:
    """Write what each pixel's exit leads to; list those above a leaf by the levels below them."""
    count = uint64(0)
    for k in range(uint64(len(ends))):
        at = exits[k]
        ends[k] = end_of[at]
        above[count] = k
        count += uint64(levels_of[at] > 0)
    lengths[:] = 0
    for j in range(count):
        k = above[j]
        levels = uint64(levels_of[exits[k]])
        at = uint64(lengths[levels])
        lists[levels * uint64(_STRIDE) + at] = k
        lengths[levels] = at + uint64(1)


@jit
def _child(node: NDArray[np.generic], place: Any, codes: NDArray[np.uint8], pixel: Any) -> Any:
    at = node[place]
    return uint64(at >> 16) + uint64(codes[pixel + uint64(at & 255)] > ((at >> 8) & 255))


@jit
def _walk_on(
    node: NDArray[np.generic],
    leaf: NDArray[np.uint32],
    by_pixel: NDArray[np.uint8],
    features: Any,
    levels: int,
    listed: NDArray[np.uint16],
    count: int,
    ends: NDArray[np.uint32],
) -> None:
    """Take listed pixels from their places to leaves some levels down, eight at a time."""
    for j in range(count, (count + 7) // 8 * 8):
        listed[j] = listed[count - 1]
    for first in range(uint64(0), uint64(count), uint64(8)):
        # Written out, so that all eight places stay in registers.
        o, p = uint64(listed[first]), uint64(listed[first + uint64(1)])
        q, r = uint64(listed[first + uint64(2)]), uint64(listed[first + uint64(3)])
        s, t = uint64(listed[first + uint64(4)]), uint64(listed[first + uint64(5)])
        u, v = uint64(listed[first + uint64(6)]), uint64(listed[first + uint64(7)])
        a, b, c, d = uint64(ends[o]), uint64(ends[p]), uint64(ends[q]), uint64(ends[r])
        e, f, g, h = uint64(ends[s]), uint64(ends[t]), uint64(ends[u]), uint64(ends[v])
        for _ in range(levels):
            a = _child(node, a, by_pixel, o * features)
            b = _child(node, b, by_pixel, p * features)
            c = _child(node, c, by_pixel, q * features)
            d = _child(node, d, by_pixel, r * features)
            e = _child(node, e, by_pixel, s * features)
            f = _child(node, f, by_pixel, t * features)
            g = _child(node, g, by_pixel, u * features)
            h = _child(node, h, by_pixel, v * features)
        ends[o], ends[p], ends[q], ends[r] = leaf[a], leaf[b], leaf[c], leaf[d]
        ends[s], ends[t], ends[u], ends[v] = leaf[e], leaf[f], leaf[g], leaf[h]


@jit
def _find(
    trees: Trees,
    tree: int,
    n: int,
    codes: NDArray[np.uint8],
    by_pixel: NDArray[np.uint8],
    ends: NDArray[np.uint32],
    exits: NDArray[np.uint8],
    above: NDArray[np.uint16],
    lists: NDArray[np.uint16],
    lengths: NDArray[np.int64],
) -> None:
    """Write the row that one tree has for each pixel of a block; the last four are for work."""
    exits[:] = 0
    swept = exits[: (n + 63) // 64 * 64]
    for place in range(trees.hot_roots[tree], trees.hot_roots[tree + 1]):
        node = trees.hot[place]
        _split(swept, codes[int(node[0]) * _STRIDE :], node)
    _list(exits, trees.exits[tree], trees.levels[tree], ends[:n], above, lists, lengths)
    root, features = trees.roots[tree], uint64(len(by_pixel) // _BLOCK)
    node, leaf = trees.nodes[root:], trees.leaf[root:]
    for levels in range(1, len(lengths)):
        count = lengths[levels]
        if count:
            listed = lists[levels * _STRIDE : (levels + 1) * _STRIDE]
            _walk_on(node, leaf, by_pixel, features, levels, listed, count, ends)


@jit
def _add(
    rows: NDArray[np.float64],
    ends: NDArray[np.uint32],
    trees: int,
    index: NDArray[np.int32],
    sums: NDArray[np.float64],
) -> None:
    columns, flat = uint64(rows.shape[1]), sums.reshape(-1)
    for k in range(len(index)):
        start = uint64(index[k]) * columns
        for column in range(uint64(0), columns, uint64(4)):
            _add_rows(flat, start + column, rows, column, ends[k:], trees)  # type: ignore[call-arg]


@jit
def add_trees(
    trees: Trees,
    planes: NDArray[np.uint8],
    index: NDArray[np.int32],
    sums: NDArray[np.float64],
    first: int,
    end: int,
) -> None:
    """Add what trees from ``first`` to ``end`` say of the pixels in ``index`` to their sums.

    ``planes`` are codes (features, pixels), ``sums`` (pixels, columns of ``trees.rows``).
    """
    features = planes.shape[0]
    blocks = min(_BLOCKS, -(-len(index) // _BLOCK))
    codes = np.zeros((blocks, features * _STRIDE), np.uint8)
    by_pixel = np.empty((blocks, features * _BLOCK), np.uint8)
    exits, above = np.empty(_BLOCK, np.uint8), np.empty(_BLOCK, np.uint16)
    lengths = np.zeros(int(trees.levels.max()) + 1, np.int64)
    lists = np.empty(len(lengths) * _STRIDE, np.uint16)
    ends = np.empty(_TREES * _STRIDE, np.uint32)
    for start in range(0, len(index), _BLOCKS * _BLOCK):
        part = index[start : start + _BLOCKS * _BLOCK]
        blocks = -(-len(part) // _BLOCK)
        for block in range(blocks):
            own = part[block * _BLOCK : (block + 1) * _BLOCK]
            _lay_out(planes, own, codes[block], by_pixel[block])
        for tree in range(first, end, _TREES):
            to_tree = min(tree + _TREES, end)
            for block in range(blocks):
                own = part[block * _BLOCK : (block + 1) * _BLOCK]
                for turn in range(to_tree - tree):
                    _find(
                        trees, tree + turn, len(own), codes[block], by_pixel[block],
                        ends[turn * _STRIDE :], exits, above, lists, lengths,
                    )  # fmt: skip
                _add(trees.rows, ends, to_tree - tree, own, sums)


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
