"""Figures of whole windows, row by row: what `features` says in numpy, without its large sums.

Layers are int16 (height, width), 0 where not valid. A floor of a quotient of whole numbers is taken
in float64, where it is exact: the parts are below 2**53, and a quotient that is not whole is
further from the next whole number than it is rounded by, for divisors are small.
"""

from typing import Any

import numba
import numpy as np
from numpy.typing import NDArray

from remote_sensing.compiled.jit import jit

int32: Any = numba.int32
uint64: Any = numba.uint64
float64: Any = numba.float64

Layer = NDArray[np.int16]


@jit
def ratio(
    first: Layer, second: Layer, third: Layer, fourth: Layer, valid: NDArray[np.bool_], out: Layer
) -> None:
    """Write ten-thousandths of (first + second - third - fourth) over the sum of all four."""
    for row in range(out.shape[0]):
        for col in range(out.shape[1]):
            plus = int32(first[row, col]) + int32(second[row, col])
            minus = int32(third[row, col]) + int32(fourth[row, col])
            share = np.floor(float64((plus - minus) * 10_000) / float64(max(plus + minus, 1)))
            out[row, col] = int32(share) if valid[row, col] else 0


@jit
def average(
    first: Layer, second: Layer, third: Layer, valid: NDArray[np.bool_], out: Layer
) -> None:
    """Write the mean of three layers that are nowhere negative, rounded down."""
    for row in range(out.shape[0]):
        for col in range(out.shape[1]):
            total = int32(first[row, col]) + int32(second[row, col]) + int32(third[row, col])
            third_part = np.floor(float64(total) / 3.0)
            out[row, col] = int32(third_part) if valid[row, col] else 0


@jit
def blank(layer: Layer, valid: NDArray[np.bool_], out: Layer) -> None:
    """Write the layer with 0 where it is not valid."""
    for row in range(out.shape[0]):
        for col in range(out.shape[1]):
            out[row, col] = layer[row, col] if valid[row, col] else 0


@jit
def _slide(columns: NDArray[np.int64], side: int, sums: NDArray[np.float64]) -> None:
    """Write the sum of each ``side`` neighbouring columns."""
    run = np.int64(0)
    for col in range(side):
        run += columns[col]
    sums[0] = float64(run)
    for col in range(uint64(1), uint64(len(sums))):
        run += columns[col + uint64(side) - uint64(1)] - columns[col - uint64(1)]
        sums[col] = float64(run)


@jit
def mean(
    layer: NDArray[np.generic], cut: int, radius: int, count: NDArray[np.int32], out: Layer
) -> None:
    """Write the mean of each square's valid pixels, rounded down.

    The first square is the one whose upper left corner is ``cut`` pixels into the layer.
    """
    height, width = out.shape
    side = 2 * radius + 1
    columns = np.zeros(width + side - 1, np.int64)
    sums = np.empty(width, np.float64)
    for row in range(height + side - 1):
        new = layer[row + cut, cut : cut + width + side - 1]
        if row < side:
            for col in range(len(columns)):
                columns[col] += np.int64(new[col])
        else:
            old = layer[row + cut - side, cut : cut + width + side - 1]
            for col in range(len(columns)):
                columns[col] += np.int64(new[col]) - np.int64(old[col])
        if row >= side - 1:
            _slide(columns, side, sums)
            own, n = out[row - side + 1], count[row - side + 1]
            for col in range(width):
                own[col] = int32(np.floor(sums[col] / float64(n[col])))


@jit
def counts(valid: NDArray[np.bool_], cut: int, radius: int, out: NDArray[np.int32]) -> None:
    """Write how many pixels of each square are valid, 1 for none; squares as of `mean`."""
    height, width = out.shape
    side = 2 * radius + 1
    columns = np.zeros(width + side - 1, np.int64)
    sums = np.empty(width, np.float64)
    for row in range(height + side - 1):
        for col in range(len(columns)):
            columns[col] += np.int64(valid[row + cut, col + cut])
            if row >= side:
                columns[col] -= np.int64(valid[row + cut - side, col + cut])
        if row >= side - 1:
            _slide(columns, side, sums)
            for col in range(width):
                out[row - side + 1, col] = max(int32(sums[col]), 1)


@jit
def deviation(layer: Layer, cut: int, radius: int, count: NDArray[np.int32], out: Layer) -> None:
    """Write the standard deviation of each square's valid pixels, rounded down; as `mean`."""
    height, width = out.shape
    side = 2 * radius + 1
    columns = np.zeros(width + side - 1, np.int64)
    squares = np.zeros(width + side - 1, np.int64)
    sums = np.empty(width, np.float64)
    sums_of_squares = np.empty(width, np.float64)
    for row in range(height + side - 1):
        new = layer[row + cut, cut : cut + width + side - 1]
        if row < side:
            for col in range(len(columns)):
                value = np.int64(new[col])
                columns[col] += value
                squares[col] += value * value
        else:
            old = layer[row + cut - side, cut : cut + width + side - 1]
            for col in range(len(columns)):
                value, gone = np.int64(new[col]), np.int64(old[col])
                columns[col] += value - gone
                squares[col] += value * value - gone * gone
        if row >= side - 1:
            _slide(columns, side, sums)
            _slide(squares, side, sums_of_squares)
            own, of = out[row - side + 1], count[row - side + 1]
            for col in range(width):
                n = float64(of[col])
                spread = sums_of_squares[col] * n - sums[col] * sums[col]
                own[col] = int32(np.sqrt(np.floor(spread / (n * n))))


@jit
def look_up(layer: Layer, cut: int, table: NDArray[np.uint8], out: NDArray[np.uint8]) -> None:
    """Write each figure's code, which stands at figure + 32,768 of ``table``."""
    for row in range(out.shape[0]):
        own = layer[row + cut, cut:]
        for col in range(out.shape[1]):
            out[row, col] = table[uint64(int32(own[col]) + 32_768)]
