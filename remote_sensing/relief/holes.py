"""Unknown heights inside an outline: filled from their border, their doubt carried along."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage
from scipy.interpolate import LinearNDInterpolator

SMALL_SHARE = 0.02
"""Up to this share of the outline a hole is bridged from its border without further ado."""
MOST_SHARE = 0.25
"""With more unknown than this nothing is measured."""


@dataclass(frozen=True, slots=True)
class Filled:
    """Heights without holes inside the outline; shares are of the outline's area.

    ``doubt_m`` is what the holes add to the error of the mean height over the outline.
    """

    heights: NDArray[np.float64]
    small_share: float
    large_share: float
    doubt_m: float


def unknown_share(heights: NDArray[np.float64], weights: NDArray[np.float64]) -> float:
    """Return which share of the outline has no height."""
    return float(weights[~np.isfinite(heights)].sum() / weights.sum())


def fill(heights: NDArray[np.float64], weights: NDArray[np.float64]) -> Filled:
    """Bridge each hole linearly from its border.

    The doubt of a small hole is the spread of its border's heights; of a large one the whole relief
    inside the outline, for anything may lie in it.
    """
    holes = ~np.isfinite(heights) & (weights > 0)
    if not holes.any():
        return Filled(heights, 0.0, 0.0, 0.0)
    total = weights.sum()
    known = heights[np.isfinite(heights) & (weights > 0)]
    relief = float(np.ptp(known))
    labels, many = ndimage.label(holes, structure=np.ones((3, 3)))
    filled, small, large, doubt = heights.copy(), 0.0, 0.0, 0.0
    for number, place in enumerate(ndimage.find_objects(labels), 1):
        around = tuple(
            slice(max(one.start - 1, 0), min(one.stop + 1, size))
            for one, size in zip(place, heights.shape, strict=True)
        )
        hole = labels[around] == number
        border = ndimage.binary_dilation(hole, np.ones((3, 3))) & np.isfinite(heights[around])
        share = float((weights[around] * hole).sum() / total)
        rows, cols = np.nonzero(border)
        if len(rows) < 3:
            values: NDArray[np.float64] = np.full(int(hole.sum()), float(np.median(known)))
            spread = relief
        else:
            values = _bridge(rows, cols, heights[around][border], np.argwhere(hole))
            spread = float(np.std(heights[around][border]))
        filled[around][hole] = values
        if share <= SMALL_SHARE:
            small, doubt = small + share, doubt + share * spread
        else:
            large, doubt = large + share, doubt + share * relief / 2
    return Filled(filled, small, large, doubt)


def _bridge(
    rows: NDArray[np.int64],
    cols: NDArray[np.int64],
    border: NDArray[np.float64],
    wanted: NDArray[np.int64],
) -> NDArray[np.float64]:
    mean = float(border.mean())
    if np.ptp(rows) == 0 or np.ptp(cols) == 0:
        return np.full(len(wanted), mean)
    found: NDArray[np.float64] = LinearNDInterpolator(
        np.column_stack([rows, cols]), border, fill_value=mean
    )(wanted)
    return found
