"""Area-adjusted accuracy and areas with their 95 % intervals.

After Olofsson et al. 2014, "Good practices for estimating area and assessing accuracy of land
change", Remote Sensing of Environment 148, equations 4 to 11. The estimates hold for reference
pixels drawn at random inside each mapped class; with labels chosen by hand they only indicate.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import nan, sqrt

import numpy as np
from numpy.typing import NDArray

Z95 = 1.96


@dataclass(frozen=True, slots=True)
class Estimate:
    """A value and the half-width of its 95 % interval; both NaN where nothing can be said."""

    value: float
    half_width: float

    def __str__(self) -> str:
        """Write the value with its half-width, three decimals each."""
        return f"{self.value:.3f} ± {self.half_width:.3f}"


@dataclass(frozen=True, slots=True)
class ClassEstimate:
    """One class: how far its map is right (user's), how much of it was mapped (producer's), area.

    ``area_m2`` is the adjusted estimate, ``mapped_m2`` what the map shows.
    """

    name: str
    users: Estimate
    producers: Estimate
    area_m2: Estimate
    mapped_m2: float


@dataclass(frozen=True, slots=True)
class AreaAdjusted:
    """Accuracy of a map, weighted by the area of its classes.

    ``left_out`` names the mapped classes with fewer than two reference pixels: no estimate covers
    their ground.
    """

    overall: Estimate
    classes: tuple[ClassEstimate, ...]
    left_out: tuple[str, ...]


def area_adjusted(
    names: Sequence[str], matrix: NDArray[np.int64], mapped_m2: Sequence[float]
) -> AreaAdjusted:
    """Return the estimates for an error matrix of reference pixels.

    ``matrix`` is ``(n, n)``: rows are mapped classes, columns reference classes, in the order of
    ``names``; ``mapped_m2`` is each class's area on the map.
    """
    counts = np.asarray(matrix, float)
    mapped = np.asarray(mapped_m2, float)
    drawn = counts.sum(axis=1)
    kept = drawn >= 2
    left_out = tuple(n for n, k, m in zip(names, kept, mapped, strict=True) if not k and m > 0)
    area = np.where(kept, mapped, 0.0)
    if not area.sum():
        return AreaAdjusted(Estimate(nan, nan), (), left_out)
    weight = area / area.sum()
    share = np.divide(counts, drawn[:, None], out=np.zeros_like(counts), where=kept[:, None])
    spread = np.divide(
        share * (1 - share), (drawn - 1)[:, None], out=np.zeros_like(counts), where=kept[:, None]
    )
    users, users_variance = np.diag(share), np.diag(spread)
    proportion = weight @ share  # eq. 9: estimated share of each reference class
    area_variance = weight**2 @ spread  # eq. 10
    estimated = area @ share
    overall = Estimate(float(weight @ users), Z95 * sqrt(weight**2 @ users_variance))
    classes = []
    for j, name in enumerate(names):
        producers = area[j] * users[j] / estimated[j] if estimated[j] else nan
        others = np.arange(len(names)) != j
        variance = (
            (
                area[j] ** 2 * (1 - producers) ** 2 * users_variance[j]
                + producers**2 * (area[others] ** 2 @ spread[others, j])
            )
            / estimated[j] ** 2
            if estimated[j]
            else nan
        )  # eq. 7
        classes.append(
            ClassEstimate(
                name,
                Estimate(users[j], Z95 * sqrt(users_variance[j])) if kept[j] else _UNKNOWN,
                Estimate(float(producers), Z95 * sqrt(variance)),
                Estimate(
                    float(proportion[j] * area.sum()),
                    float(Z95 * sqrt(area_variance[j]) * area.sum()),
                ),
                float(mapped[j]),
            )
        )
    return AreaAdjusted(overall, tuple(classes), left_out)


_UNKNOWN = Estimate(nan, nan)
