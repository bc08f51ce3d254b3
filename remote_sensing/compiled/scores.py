"""From sums over trees to whole points, and from points to smoothed percents."""

from typing import Any

import numba
import numpy as np
from numpy.typing import NDArray

from remote_sensing.compiled.jit import jit

int32: Any = numba.int32
float64: Any = numba.float64


@jit
def to_points(
    sums: NDArray[np.float64],
    index: NDArray[np.int32],
    heard: NDArray[np.int32],
    points: NDArray[np.int32],
) -> None:
    """Write the ten-thousandths of the pixels in ``index``, as ``np.rint(sums / heard * 10_000)``.

    ``sums`` is (pixels, columns), ``heard`` how many trees each pixel's row adds up, ``points``
    (classes, pixels).
    """
    for pixel in index:
        for position in range(points.shape[0]):
            points[position, pixel] = int32(np.rint(sums[pixel, position] / heard[pixel] * 10_000))


@jit
def smooth(
    points: NDArray[np.int32], valid: NDArray[np.bool_], radius: int, out: NDArray[np.uint8]
) -> None:
    """Write percents: points averaged over the valid pixels of each square, halves rounded up.

    ``points`` (classes, height, width) is ``radius`` wider than ``out`` on every side; where not
    valid they are not looked at, and ``out`` is left alone.
    """
    classes, height, width = out.shape
    count = np.empty(width, np.int32)
    total = np.empty(width, np.int32)
    for row in range(height):
        count[:] = 0
        for y in range(2 * radius + 1):
            for x in range(2 * radius + 1):
                seen = valid[row + y, x:]
                for col in range(width):
                    count[col] += int32(seen[col])
        centre = valid[row + radius, radius:]
        for position in range(classes):
            total[:] = 0
            for y in range(2 * radius + 1):
                for x in range(2 * radius + 1):
                    own, seen = points[position, row + y, x:], valid[row + y, x:]
                    for col in range(width):
                        total[col] += own[col] if seen[col] else 0
            percents = out[position, row]
            for col in range(width):
                hundreds = max(count[col], 1) * 100
                half_up = float64(total[col] + hundreds // 2) / float64(hundreds)
                if centre[col]:
                    percents[col] = np.uint8(int32(np.floor(half_up)))


@jit
def doubt(
    percents: NDArray[np.uint8],
    wanted: NDArray[np.bool_],
    mention: int,
    lead: int,
    out: NDArray[np.bool_],
) -> None:
    """Mark the pixels of ``percents`` (classes, height, width) whose class is not beyond doubt.

    Those are the pixels whose wanted classes have ``mention`` together, or whose best class is
    ahead of the next by less than ``lead``. Nodata is 255 and never marked.
    """
    classes, height, width = percents.shape
    for row in range(height):
        for col in range(width):
            best = next_best = total = int32(0)
            for position in range(classes):
                value = int32(percents[position, row, col])
                if wanted[position]:
                    total += value
                if value > best:
                    best, next_best = value, best
                elif value > next_best:
                    next_best = value
            is_nodata = percents[0, row, col] == 255
            out[row, col] = not is_nodata and (total >= mention or best - next_best < lead)
