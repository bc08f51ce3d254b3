"""Connected areas of one strip of codes: numbered, counted and measured in two sweeps."""

from typing import Any

import numba
import numpy as np
from numpy.typing import NDArray

from remote_sensing.compiled.jit import jit

int32: Any = numba.int32
int64: Any = numba.int64


@jit
def label(
    codes: NDArray[np.uint8], is_target: NDArray[np.bool_], labels: NDArray[np.int32]
) -> NDArray[np.int32]:
    """Write a number from 1 for every pixel of a target, 0 elsewhere; return the numbers' areas.

    Pixels of one code that share an edge are of one area. The area of number n stands at n in what
    is returned, from 1 and in reading order of the areas' first pixels; its last entry is the
    number of areas.
    """
    height, width = codes.shape
    parent = np.zeros(height * width // 2 + height + 2, np.int32)
    count = int32(0)
    for row in range(height):
        for col in range(width):
            code = codes[row, col]
            if not is_target[code]:
                labels[row, col] = 0
                continue
            left = labels[row, col - 1] if col and codes[row, col - 1] == code else int32(0)
            upper = labels[row - 1, col] if row and codes[row - 1, col] == code else int32(0)
            if left and upper:
                one, other = _root(parent, left), _root(parent, upper)
                parent[max(one, other)] = labels[row, col] = min(one, other)
            elif left or upper:
                labels[row, col] = max(left, upper)
            else:
                count += int32(1)
                parent[count] = labels[row, col] = count
    areas = np.zeros(count + 2, np.int32)
    found = int32(0)
    for number in range(1, count + 1):
        if parent[number] == number:
            found += int32(1)
            areas[number] = found
        else:
            areas[number] = areas[_root(parent, int32(number))]
    areas[count + 1] = found
    return areas


@jit
def measure(
    codes: NDArray[np.uint8],
    scores: NDArray[np.uint8],
    labels: NDArray[np.int32],
    areas: NDArray[np.int32],
    first_row: int,
    table: NDArray[np.int64],
) -> None:
    """Turn numbers into areas' numbers and add every pixel to its area's column of ``table``.

    Its rows are code, pixels, sum, least and most of the scores, first pixel, top, bottom, left and
    right, each at the value that the first pixel changes.
    """
    height, width = codes.shape
    for row in range(height):
        y = int64(first_row + row)
        for col in range(width):
            if labels[row, col]:
                area = areas[labels[row, col]]
                labels[row, col] = area
                own, score = area - 1, int64(scores[row, col])
                table[0, own] = codes[row, col]
                table[1, own] += 1
                table[2, own] += score
                table[3, own] = min(table[3, own], score)
                table[4, own] = max(table[4, own], score)
                table[5, own] = min(table[5, own], y * width + col)
                table[6, own] = min(table[6, own], y)
                table[7, own] = max(table[7, own], y)
                table[8, own] = min(table[8, own], int64(col))
                table[9, own] = max(table[9, own], int64(col))


@jit
def _root(parent: NDArray[np.int32], number: int) -> int:
    while parent[number] != number:
        parent[number] = parent[parent[number]]
        number = parent[number]
    return number
