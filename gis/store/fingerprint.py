"""What a picture looks like in 64 bits: alike for the same picture smaller, paler, saved again."""

from typing import Any

import numpy as np

SIDE, KEPT = 32, 8
LEAST_SPREAD = 2.0
"""Pictures of one colour (a hand on the lens, fog) look like nothing, so like no other."""
BAND_BITS, BANDS = 16, 4
NEAR = 6
"""Bits that may differ between two forms of one picture (proposal; of two pictures some 32 do)."""


def look_of(picture: Any) -> int | None:
    """Return the look of a Pillow picture as a signed 64-bit number, or None of a plain one.

    The signs of its 64 lowest frequencies against their median (a "pHash").
    """
    from scipy.fft import dctn

    grey = np.asarray(picture.convert("L").resize((SIDE, SIDE)), dtype=np.float64)
    low = dctn(grey, norm="ortho")[:KEPT, :KEPT].ravel()
    if np.abs(low[1:]).max() < LEAST_SPREAD * SIDE / 4:
        return None
    bits = low > np.median(low[1:])
    return int.from_bytes(np.packbits(bits).tobytes(), "big", signed=True)


def bands_of(look: int) -> list[int]:
    """Return the quarters of a look, the lowest first, each of them indexed."""
    whole = look & (1 << 64) - 1
    return [whole >> band * BAND_BITS & (1 << BAND_BITS) - 1 for band in range(BANDS)]


def bands_near(look: int) -> list[list[int]]:
    """Return for each quarter what a look within `NEAR` bits can have there, in one at least.

    Six bits spread over four quarters leave one quarter with at most one of them.
    """
    return [[band, *(band ^ 1 << bit for bit in range(BAND_BITS))] for band in bands_of(look)]


def distance(one: int, other: int) -> int:
    """Return how many bits two looks differ in."""
    return ((one ^ other) & (1 << 64) - 1).bit_count()
