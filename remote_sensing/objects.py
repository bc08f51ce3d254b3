"""Connected areas of one target class over a whole mosaic, found strip by strip.

Only areas that still touch the strip's last row are carried on, so memory follows the image's
width and the strip's height, never its length; the same areas come out for every strip height.
Pixels belong together when they share an edge (4-connectivity): only then is every outline valid,
for an area that hangs together by a corner alone would have an outline that crosses itself.
"""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from scipy import sparse
from scipy.sparse import csgraph
from shapely import Polygon

from remote_sensing.windows import Window

STRIP_ROWS = 256

Strip = tuple[NDArray[np.uint8], NDArray[np.uint8]]


@dataclass(frozen=True, slots=True)
class Patch:
    """One connected area of one class.

    ``row`` and ``col`` are its first pixel in reading order, which no other patch has; ``box`` is
    the window round it; scores are of its own class, in percent, summed over ``pixels``.
    """

    code: int
    row: int
    col: int
    pixels: int
    score_sum: int
    score_min: int
    score_max: int
    box: Window


@dataclass(slots=True)
class _Table:
    """Areas as columns of equal length; ``first`` is the flat index of an area's first pixel."""

    code: NDArray[np.int64]
    pixels: NDArray[np.int64]
    score_sum: NDArray[np.int64]
    score_min: NDArray[np.int64]
    score_max: NDArray[np.int64]
    first: NDArray[np.int64]
    top: NDArray[np.int64]
    bottom: NDArray[np.int64]
    left: NDArray[np.int64]
    right: NDArray[np.int64]

    def columns(self) -> list[NDArray[np.int64]]:
        return [getattr(self, name) for name in self.__slots__]


# How two rows of the table become one, column by column.
_MERGE = (
    np.maximum, np.add, np.add, np.minimum, np.maximum,
    np.minimum, np.minimum, np.maximum, np.minimum, np.maximum,
)  # fmt: skip


def find(
    read: Callable[[int, int], Strip],
    width: int,
    height: int,
    targets: Collection[int],
    *,
    min_pixels: int = 1,
    strip_rows: int = STRIP_ROWS,
) -> tuple[Patch, ...]:
    """Return the areas of at least ``min_pixels`` in reading order of their first pixels.

    ``read(row, rows)`` gives class codes and the percent score of that class, both uint8
    ``(rows, width)``, for consecutive strips from the top.
    """
    done: list[_Table] = []
    open_table = _empty()
    open_ids = np.zeros(width, np.int64)  # which open area each pixel of the seam belongs to
    open_codes = np.zeros(width, np.uint8)
    for row in range(0, height, strip_rows):
        codes, scores = read(row, min(strip_rows, height - row))
        labels, table = _label(codes, scores, row, targets)
        group, merged = _join(open_table, open_ids, open_codes, table, labels[0], codes[0])
        last = np.append(0, group[len(open_table.code) :] + 1)[labels[-1]]
        still_open = np.unique(last[last > 0]) - 1
        closed = np.setdiff1d(np.arange(len(merged.code)), still_open)
        done.append(_take(merged, closed[merged.pixels[closed] >= min_pixels]))
        open_table = _take(merged, still_open)
        open_ids = np.where(last > 0, np.searchsorted(still_open, last - 1) + 1, 0)
        open_codes = codes[-1]
    done.append(_take(open_table, np.flatnonzero(open_table.pixels >= min_pixels)))
    return tuple(_patches(done, width))


def trace(read: Callable[[Window], NDArray[np.uint8]], patch: Patch) -> Polygon:
    """Return the true outline of ``patch`` with its holes, in pixel corners (column, row).

    ``read`` gives the class codes of a window; only the patch's own box is read, so the largest
    patch's box bounds the memory. Vertices are whole numbers; the polygon is valid.
    """
    from remote_sensing.compiled import tracing

    box = patch.box
    inside = np.zeros((box.height + 2, box.width + 2), np.bool_)
    tracing.fill(read(box) == patch.code, patch.row - box.row, patch.col - box.col, inside)
    corners, ring_of = tracing.rings(inside)
    rings: Any = shapely.linearrings(corners + (box.col, box.row), indices=ring_of)
    outlines: Any = shapely.polygons(rings, indices=np.zeros(len(rings), np.int64))
    outline: Polygon = shapely.normalize(outlines[0])
    return outline


def smooth(outlines: Sequence[Polygon], tolerance_px: float = 1.0) -> list[Polygon]:
    """Return the outlines without the pixels' stairs, shared borders still shared.

    ``tolerance_px`` squared is about the area of the largest corner cut off. Vertices stay on
    pixel corners; an outline that would become invalid or empty is kept as it was.
    """
    if not outlines:
        return []
    plain: list[Polygon] = list(shapely.coverage_simplify(list(outlines), tolerance_px))
    return [
        new if new.geom_type == "Polygon" and new.is_valid and not new.is_empty else old
        for old, new in zip(outlines, plain, strict=True)
    ]


def _label(
    codes: NDArray[np.uint8], scores: NDArray[np.uint8], row: int, targets: Collection[int]
) -> tuple[NDArray[np.int32], _Table]:
    """Return 1-based labels ``(rows, width)`` of one strip and the table of its areas."""
    from remote_sensing.compiled import areas

    is_target = np.zeros(256, np.bool_)
    is_target[list(targets)] = True
    labels = np.empty(codes.shape, np.int32)
    numbers = areas.label(codes, is_target, labels)
    table = _empty(int(numbers[-1]))
    columns = np.stack(table.columns())
    areas.measure(codes, scores, labels, numbers, row, columns)
    return labels, _Table(*columns)


def _join(
    above: _Table,
    above_ids: NDArray[np.int64],
    above_codes: NDArray[np.uint8],
    below: _Table,
    below_ids: NDArray[np.int32],
    below_codes: NDArray[np.uint8],
) -> tuple[NDArray[np.int64], _Table]:
    """Return the group of every area (those above first), and the table of the groups."""
    n_above, total = len(above.code), len(above.code) + len(below.code)
    touch = (above_ids > 0) & (below_ids > 0) & (above_codes == below_codes)
    pairs = np.unique(np.stack([above_ids[touch] - 1, below_ids[touch] - 1 + n_above]), axis=1)
    edges = sparse.coo_array((np.ones(pairs.shape[1], np.int8), tuple(pairs)), (total, total))
    n_groups, group = csgraph.connected_components(edges, directed=False)
    merged = _empty(n_groups)
    for target, upper, lower, how in zip(
        merged.columns(), above.columns(), below.columns(), _MERGE, strict=True
    ):
        how.at(target, group, np.concatenate([upper, lower]))
    return group.astype(np.int64), merged


def _empty(n: int = 0) -> _Table:
    """Return a table of ``n`` areas, each column at the value that merging leaves unchanged."""
    start = {np.add: 0, np.maximum: -1, np.minimum: np.iinfo(np.int64).max}
    return _Table(*(np.full(n, start[how], np.int64) for how in _MERGE))


def _take(table: _Table, rows: NDArray[np.int64]) -> _Table:
    return _Table(*(column[rows] for column in table.columns()))


def _patches(tables: list[_Table], width: int) -> Iterator[Patch]:
    whole = _Table(*map(np.concatenate, zip(*(t.columns() for t in tables), strict=True)))
    for at in np.argsort(whole.first):
        row, col = divmod(int(whole.first[at]), width)
        top, left = int(whole.top[at]), int(whole.left[at])
        yield Patch(
            code=int(whole.code[at]),
            row=row,
            col=col,
            pixels=int(whole.pixels[at]),
            score_sum=int(whole.score_sum[at]),
            score_min=int(whole.score_min[at]),
            score_max=int(whole.score_max[at]),
            box=Window(left, top, int(whole.right[at]) - left + 1, int(whole.bottom[at]) - top + 1),
        )
