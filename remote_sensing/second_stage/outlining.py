"""Which pixels are taken for a target: those of the highest score, or above a learnt cut.

Where labels cover whole scenes, a target is rare and its scores are learnt from samples in which it
is not; the cut that fits held-out ground best then takes the place of "more than any other class".
Where scores of one scene lie higher than those of another all over, the same share of each says
more than the same cut.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import product

import numpy as np
from numpy.typing import NDArray

from remote_sensing.classes import NODATA_CODE, ClassInfo
from remote_sensing.features import box_sum

Percents = NDArray[np.uint8]
Codes = NDArray[np.uint8]

CUTS = range(20, 96, 5)
RADII = (0, 2, 4, 7, 11, 23, 47)
"""Percents and pixels among which cut and radius are chosen."""
ALONE, PART = 11, 6
"""A square of a greater radius is no outline: half of what it says comes from one of a PARTth of
its radius. What lies wide around tells a pond from a roof, what is near where it ends."""
SHARES = (5, 10, 20, 30, 40, 60, 80, 120)
"""Ten-thousandths of a scene's pixels among which a share is chosen."""


@dataclass(frozen=True, slots=True)
class Outlining:
    """``cut``: the percent of all targets together, averaged over a square of ``radius`` pixels.

    Without a cut every pixel is what it scores highest as. ``share``, in ten-thousandths, is how
    much of a scene may be a target: `in_scene` makes it a cut.
    """

    cut: int | None = None
    radius: int = 0
    share: int | None = None

    def in_scene(self, counts: NDArray[np.int64]) -> "Outlining":
        """Return it with the lowest cut that takes no more than the share, if it has one.

        ``counts`` int64 (101,) are the scene's pixels by averaged percent.

        >>> Outlining(share=100).in_scene(np.array([970, 10, 12, 8])).cut
        3
        """
        if self.share is None:
            return self
        above = counts[::-1].cumsum()[::-1]
        few = np.flatnonzero(above * 10_000 <= self.share * above[0])
        return replace(self, cut=max(int(few[0]) if len(few) else len(counts), 1))

    def decide(self, percents: Percents, classes: Sequence[ClassInfo]) -> Codes:
        """Return the class code of every pixel but those of a margin of ``radius``.

        ``percents`` is uint8 (classes, height, width) in the order of ``classes``, 255 where there
        are no scores; there the code is 255. Of equals the first is taken.
        """
        inner = (slice(self.radius, -self.radius or None),) * 2
        own = percents[:, *inner]
        is_target = np.array([info.is_target for info in classes])
        if self.cut is None or is_target.all() or not is_target.any():
            best = _highest(own, classes, np.ones_like(is_target))
        else:
            inside = averaged(percents, classes, self.radius)[inner] >= self.cut
            best = _highest(own, classes, ~is_target)
            np.copyto(best, _highest(own, classes, is_target), where=inside)
        best[own[0] == NODATA_CODE] = NODATA_CODE
        return best


def averaged(percents: Percents, classes: Sequence[ClassInfo], radius: int) -> Percents:
    """Return the mean target score of each square's valid pixels, in whole percents.

    Beyond ALONE it is the mean of two squares' means.
    """
    score = target_score(percents, classes)
    if not radius:
        return score
    radii = (radius, radius // PART) if radius > ALONE else (radius,)
    valid = percents[0] != NODATA_CODE
    counts = [np.maximum(box_sum(valid, one), 1) for one in radii]
    sums = [box_sum(score, one) for one in radii]
    whole, total = counts[0], sums[0]
    if len(radii) > 1:
        total = total * counts[1] + sums[1] * whole
        whole = 2 * whole * counts[1]
    mean: Percents = ((total + whole // 2) // whole).astype(np.uint8)
    return mean


def with_margin(percents: Percents, radius: int) -> Percents:
    """Return the scores with a margin without any."""
    around = ((0, 0), (radius, radius), (radius, radius))
    return np.pad(percents, around, constant_values=NODATA_CODE)


def without_targets(percents: Percents, classes: Sequence[ClassInfo]) -> Codes:
    """Return the code of the best class that is no target, 255 where there are no scores."""
    best = _highest(percents, classes, np.array([not info.is_target for info in classes]))
    best[percents[0] == NODATA_CODE] = NODATA_CODE
    return best


def _highest(percents: Percents, classes: Sequence[ClassInfo], counts: NDArray[np.bool_]) -> Codes:
    """Return the code of the class that scores highest of those that count; of equals the first."""
    from remote_sensing.compiled import deciding

    codes = np.array([info.code for info in classes], np.uint8)
    out = np.empty(percents.shape[1:], np.uint8)
    deciding.highest(percents, np.flatnonzero(counts), codes[counts], out)
    return out


def target_score(percents: Percents, classes: Sequence[ClassInfo]) -> Percents:
    """Return the percent of all targets together, uint8 (height, width), 0 where there is none."""
    is_target = np.array([info.is_target for info in classes])
    total = percents[is_target].sum(axis=0, dtype=np.int64)
    return np.where(percents[0] == NODATA_CODE, 0, np.minimum(total, 100)).astype(np.uint8)


def best(counts: NDArray[np.int64], most: int = RADII[-1]) -> Outlining:
    """Return the outlining of the highest IoU, of radii up to ``most``; of equals the first.

    ``counts`` is int64 (RADII, 2, 101): pixels by percent, on targets and off them.
    """
    radii = [radius for radius in RADII if radius <= most]
    tried = (Outlining(cut, radius) for radius, cut in product(radii, CUTS))
    return max(tried, key=lambda one: iou_of(counts, one))


def iou_of(counts: NDArray[np.int64], drawn: Outlining) -> float:
    """Return the IoU of what an outlining with a cut takes for a target, from the same counts."""
    place = RADII.index(drawn.radius)
    on, off = (counts[place, side, drawn.cut :].sum() for side in (0, 1))
    return float(on / max(counts[place, 0].sum() + off, 1))


def best_share(
    scenes: Sequence[NDArray[np.int64]], most: int = RADII[-1]
) -> tuple[Outlining, float]:
    """Return the share of the highest IoU over all scenes, with it; of equals the first.

    Each scene's counts and ``most`` are those of `best`.
    """
    told = []
    places = [place for place, radius in enumerate(RADII) if radius <= most]
    for place, share in product(places, SHARES):
        on = both = 0
        for counts in scenes:
            one = Outlining(None, RADII[place], share).in_scene(counts[place].sum(axis=0))
            hit, missed = (int(counts[place, side, one.cut :].sum()) for side in (0, 1))
            on, both = on + hit, both + int(counts[place, 0].sum()) + missed
        told.append((Outlining(None, RADII[place], share), on / max(both, 1)))
    return max(told, key=lambda one: one[1])
