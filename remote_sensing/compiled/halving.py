"""Rasters of half the size, uint8 with 255 for nodata: of four pixels one."""

from typing import Any

import numba
import numpy as np
from numpy.typing import NDArray

from remote_sensing.compiled.jit import jit

int32: Any = numba.int32

Bands = NDArray[np.uint8]


@jit
def means(wide: Bands, out: Bands) -> None:
    """Write the mean of those of each four pixels that are not nodata, halves rounded up.

    ``wide`` is (bands, height, width), both even, ``out`` half as high and wide.
    """
    for band in range(out.shape[0]):
        for row in range(out.shape[1]):
            upper, lower, half = wide[band, 2 * row], wide[band, 2 * row + 1], out[band, row]
            for col in range(out.shape[2]):
                total = count = int32(0)
                for value in (
                    upper[2 * col],
                    upper[2 * col + 1],
                    lower[2 * col],
                    lower[2 * col + 1],
                ):
                    total += int32(value) if value != 255 else int32(0)
                    count += int32(value != 255)
                if count == 4:
                    half[col] = (total + 2) >> 2
                else:
                    half[col] = (2 * total + count) // (2 * count) if count else 255


@jit
def commonest(wide: Bands, out: Bands) -> None:
    """Write the commonest of each four pixels that are not nodata; of equals the first."""
    for band in range(out.shape[0]):
        for row in range(out.shape[1]):
            upper, lower, half = wide[band, 2 * row], wide[band, 2 * row + 1], out[band, row]
            for col in range(out.shape[2]):
                four = (upper[2 * col], upper[2 * col + 1], lower[2 * col], lower[2 * col + 1])
                best, most = np.uint8(255), 0
                for value in four:
                    count = 0
                    for other in four:
                        count += value == other
                    if value != 255 and count > most:
                        best, most = value, count
                half[col] = best
