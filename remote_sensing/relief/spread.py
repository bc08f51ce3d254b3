"""How sure a mean over an area is, when neighbouring errors are alike.

A spherical variogram with a nugget is fitted to errors on stable ground. The mean error over a disc
of the area in question then has the variance of Rolstad et al. 2009 (J. Glaciol. 55, eq. 8-10).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import nnls

MOST_POINTS = 1_200
MOST_PAIRS_APART = 0.5
LAGS = 14
BLOCK = 5
"""Without a variogram, errors are taken as alike within blocks of 5 by 5 pixels."""


def nmad(values: NDArray[np.float64]) -> float:
    """Return 1.4826 times the median absolute deviation: the sigma of the undisturbed part."""
    known = values[np.isfinite(values)]
    if not known.size:
        return 0.0
    return float(1.4826 * np.median(np.abs(known - np.median(known))))


@dataclass(frozen=True, slots=True)
class Spread:
    """Errors of one pixel: ``nugget_m2`` of each alone, ``sill_m2`` shared within ``range_m``."""

    nugget_m2: float
    sill_m2: float
    range_m: float
    pixel_m: float

    @property
    def pixel_sigma_m(self) -> float:
        """Return the error of a single pixel."""
        return float(np.sqrt(self.nugget_m2 + self.sill_m2))

    def mean_sigma_m(self, area_m2: float) -> float:
        """Return the error of the mean over an area."""
        if area_m2 <= 0:
            return self.pixel_sigma_m
        pixels = max(area_m2 / self.pixel_m**2, 1.0)
        radius = float(np.sqrt(area_m2 / np.pi))
        if self.range_m <= 0:
            shared = 1 / pixels
        elif radius > self.range_m:
            shared = self.range_m**2 / radius**2 / 5
        else:
            shared = 1 - radius / self.range_m + (radius / self.range_m) ** 3 / 5
        return float(np.sqrt(self.nugget_m2 / pixels + self.sill_m2 * max(shared, 1 / pixels)))

    def independent(self, area_m2: float) -> float:
        """Return how many independent pixels an area is worth."""
        mean = self.mean_sigma_m(area_m2)
        return (self.pixel_sigma_m / mean) ** 2 if mean > 0 else area_m2 / self.pixel_m**2


def in_blocks(sigma_m: float, pixel_m: float) -> Spread:
    """Return the stated spread of a single model: alike within blocks, independent beyond."""
    # A block of side b has the same mean error as a spherical range of b * sqrt(5 / pi).
    return Spread(0.0, sigma_m**2, BLOCK * pixel_m * float(np.sqrt(5 / np.pi)), pixel_m)


def fitted(
    x: NDArray[np.float64],
    y: NDArray[np.float64],
    errors: NDArray[np.float64],
    pixel_m: float,
) -> Spread:
    """Fit the spread of ``errors`` (n,) measured at ``x``, ``y`` in metres.

    The sum of nugget and sill is held to NMAD squared, so that outliers do not count; where too few
    points or lags remain, it is `in_blocks`.
    """
    sigma = nmad(errors)
    if len(errors) < 200 or sigma <= 0:
        return in_blocks(sigma, pixel_m)
    some = np.random.default_rng(0).permutation(len(errors))[:MOST_POINTS]
    x, y, errors = x[some], y[some], errors[some]
    kept = np.abs(errors - np.median(errors)) <= 3 * sigma
    x, y, errors = x[kept], y[kept], errors[kept]
    i, j = np.triu_indices(len(x), 1)
    apart = np.hypot(x[i] - x[j], y[i] - y[j])
    half = ((errors[i] - errors[j]) ** 2) / 2
    furthest = MOST_PAIRS_APART * float(apart.max())
    if furthest <= 4 * pixel_m:
        return in_blocks(sigma, pixel_m)
    edges = np.geomspace(pixel_m, furthest, LAGS + 1)
    which = np.digitize(apart, edges) - 1
    good = [lag for lag in range(LAGS) if (which == lag).sum() >= 30]
    if len(good) < 5:
        return in_blocks(sigma, pixel_m)
    lags = np.array([apart[which == lag].mean() for lag in good])
    gamma = np.array([half[which == lag].mean() for lag in good])
    return _spherical(lags, gamma, sigma, pixel_m)


def _spherical(
    lags: NDArray[np.float64], gamma: NDArray[np.float64], sigma: float, pixel_m: float
) -> Spread:
    best: tuple[float, float, float, float] | None = None
    for reach in np.geomspace(1.5 * pixel_m, lags.max(), 40):
        ratio = np.minimum(lags / reach, 1.0)
        rows = np.column_stack([np.ones_like(lags), 1.5 * ratio - 0.5 * ratio**3])
        (nugget, sill), misfit = nnls(rows, gamma)
        if best is None or misfit < best[0] * (1 - 1e-9):
            best = (misfit, nugget, sill, float(reach))
    assert best is not None
    _, nugget, sill, reach = best
    total = nugget + sill
    if total <= 0:
        return in_blocks(sigma, pixel_m)
    share = sigma**2 / total
    return Spread(nugget * share, sill * share, reach if sill > 0 else 0.0, pixel_m)
