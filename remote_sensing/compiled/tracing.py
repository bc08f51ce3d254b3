"""The outline of one area, walked from pixel corner to pixel corner."""

from typing import Any

import numba
import numpy as np
from numpy.typing import NDArray

from remote_sensing.compiled.jit import jit

int32: Any = numba.int32


@jit
def fill(same: NDArray[np.bool_], row: int, col: int, inside: NDArray[np.bool_]) -> None:
    """Mark the pixels of ``same`` that hang together with one of them by their edges.

    ``inside`` is one pixel wider on every side, and false.
    """
    height, width = same.shape
    waiting = np.empty(same.size, np.int64)
    waiting[0] = row * width + col
    inside[row + 1, col + 1] = True
    count = 1
    while count:
        count -= 1
        y, x = divmod(waiting[count], width)
        for down, right in ((-1, 0), (1, 0), (0, -1), (0, 1)):
            v, u = y + down, x + right
            if 0 <= v < height and 0 <= u < width and same[v, u] and not inside[v + 1, u + 1]:
                inside[v + 1, u + 1] = True
                waiting[count] = v * width + u
                count += 1


@jit
def rings(inside: NDArray[np.bool_]) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Return the corners (x, y) of all rings round one area, and the ring of each corner.

    ``inside`` has a margin of one pixel, which the corners do not count. The first ring is the
    shell, the others are holes. Where pixels of the area meet by a corner alone, the walk crosses
    over to the other pixel, so that no ring touches itself.
    """
    height, width = inside.shape
    # A ring goes on along the upper edges of pixels; each edge is left once.
    is_left = np.zeros((height, width), np.bool_)
    edges = 0
    for row in range(1, height):
        for col in range(width):
            edges += inside[row, col] and not inside[row - 1, col]
    corners = np.empty((4 * edges, 2), np.int32)
    ring_of = np.empty(4 * edges, np.int32)
    count, ring = 0, int32(0)
    for row in range(1, height):
        for col in range(1, width):
            if not inside[row, col] or inside[row - 1, col] or is_left[row, col]:
                continue
            first = count
            y, x, down, right = row, col, 0, 1
            while True:
                if right == 1:
                    if is_left[y, x]:
                        break
                    is_left[y, x] = True
                y, x = y + down, x + right
                # The pixels ahead, to the left and to the right of the corner we stand on.
                left_ahead = inside[y + min(down, 0) - (right > 0), x + min(right, 0) - (down < 0)]
                right_ahead = inside[y + min(down, 0) - (right < 0), x + min(right, 0) - (down > 0)]
                if left_ahead:
                    down, right = -right, down
                elif right_ahead:
                    continue
                else:
                    down, right = right, -down
                corners[count, 0], corners[count, 1] = x - 1, y - 1
                ring_of[count] = ring
                count += 1
            ring += count > first
    return corners[:count], ring_of[:count]
