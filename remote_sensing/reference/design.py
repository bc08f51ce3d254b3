"""How many reference points a map needs, and how many of them each of its classes.

After Cochran 1977, "Sampling Techniques", equation 5.25, as Olofsson et al. 2014 (Remote Sensing of
Environment 148, 42-57, section 5.1.1) use it: the map's classes are the strata, and the accuracy
that is expected of each decides how many points bring the overall accuracy to a standard error.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, nan, sqrt

LEAST = 50
"""Points that a rare class gets at least: between 50 and 100 after Olofsson et al. 2014, 5.1.2."""
EXPECTED = 0.8
"""The user's accuracy that is expected of a class of which nothing is known."""
TARGET_SE = 0.01


@dataclass(frozen=True, slots=True)
class Stratum:
    """A class of the map: its pixels, its area, and the user's accuracy expected of it (0 to 1)."""

    name: str
    pixels: int
    area_m2: float
    expected: float = EXPECTED

    @property
    def spread(self) -> float:
        """The standard deviation of "the map is right here" within the class."""
        return sqrt(self.expected * (1 - self.expected))


@dataclass(frozen=True, slots=True)
class Design:
    """Points for each stratum and the standard errors to be expected of them; NaN of one point.

    ``needed`` is what the standard error asked for takes; ``sizes`` may add up to more, for rare
    strata get their least, or to less where strata are smaller than that.
    """

    strata: tuple[Stratum, ...]
    target_se: float
    needed: int
    sizes: tuple[int, ...]
    overall_se: float
    users_se: tuple[float, ...]


def size_for(weights: Sequence[float], expected: Sequence[float], target_se: float) -> int:
    """Return how many points bring the overall accuracy to a standard error.

    The example of Olofsson et al. 2014:

    >>> size_for((0.020, 0.015, 0.320, 0.645), (0.70, 0.60, 0.90, 0.95), 0.01)
    641
    """
    spread = sum(w * sqrt(u * (1 - u)) for w, u in zip(weights, expected, strict=True))
    return ceil((spread / target_se) ** 2 - 1e-9)


def allocate(size: int, strata: Sequence[Stratum], least: int = LEAST) -> tuple[int, ...]:
    """Return the points of each stratum: ``least`` for the rare, the rest by area.

    A stratum is never asked for more points than it has pixels.
    """
    sizes = [0] * len(strata)
    open_ = {n for n, one in enumerate(strata) if one.pixels}
    while True:
        left = max(size - sum(sizes), 0)
        area = sum(strata[n].area_m2 for n in open_)
        rare = {n for n in open_ if left * strata[n].area_m2 < min(least, strata[n].pixels) * area}
        if not rare:
            break
        for n in rare:
            sizes[n] = min(least, strata[n].pixels)
        open_ -= rare
    shares = {n: left * strata[n].area_m2 / area for n in open_}
    for n, share in shares.items():
        sizes[n] = int(share)
    # What rounding down left over goes to the largest fractions.
    over = left - sum(int(share) for share in shares.values()) if open_ else 0
    for n in sorted(shares, key=lambda n: (int(shares[n]) - shares[n], n))[:over]:
        sizes[n] += 1
    return tuple(min(n, one.pixels) for n, one in zip(sizes, strata, strict=True))


def design(
    strata: Sequence[Stratum],
    *,
    target_se: float = TARGET_SE,
    least: int = LEAST,
    size: int | None = None,
) -> Design:
    """Return the points for a map's strata; ``size`` overrides what the standard error takes."""
    strata = tuple(one for one in strata if one.pixels)
    area = sum(one.area_m2 for one in strata)
    weights = [one.area_m2 / area for one in strata]
    needed = size or size_for(weights, [one.expected for one in strata], target_se)
    sizes = allocate(needed, strata, least)
    users = tuple(
        one.spread / sqrt(n - 1) if n > 1 else nan for one, n in zip(strata, sizes, strict=True)
    )
    overall = sqrt(sum((w * se) ** 2 for w, se in zip(weights, users, strict=True) if se == se))
    return Design(strata, target_se, needed, sizes, overall, users)
