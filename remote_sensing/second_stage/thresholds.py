"""From which confidence on an object is kept, chosen on held-out ground."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from remote_sensing.quality.per_object import ENOUGH
from remote_sensing.second_stage.describing import Floats
from remote_sensing.second_stage.judged import Object

STEPS = tuple(round(0.02 * step, 2) for step in range(46))
"""From all objects on, so that the judge never does worse than none."""
FIRST = (0, 1, 2, 4, 7, 11, 19, 29, 49)
"""The confidence of the first, second, third, fifth … object is tried too: where right ones are
rare all are unsure."""
MOST = 0.95
ABOUT = 0.98
STRICTER = (0.0, 0.05, 0.1, 0.2)
"""By how much more an object without neighbours may have to be sure."""


@dataclass(frozen=True, slots=True)
class Threshold:
    """What a pair of thresholds keeps: pixels' IoU, objects of 0.5 ha and more, places found."""

    keep_from: float
    keep_isolated_from: float
    iou: float
    kept: int
    right: int
    found: int
    places: int

    @property
    def worth(self) -> float:
        """The IoU times the root of the places found: neither is bought dearly with the other."""
        return float(self.iou * (self.found / max(self.places, 1)) ** 0.5)


def choose(
    found: Sequence[Object], confidence: Floats, alone: NDArray[np.bool_], truth_px: int
) -> tuple[Threshold, list[Threshold]]:
    """Return the best thresholds, and what each step would keep.

    Of thresholds that are about as good the lowest is taken: what is kept wrongly costs a look,
    what is refused wrongly may never be seen. Where nothing is gained by it, it is not lower.
    """
    first = np.sort(confidence)[::-1][[place for place in FIRST if place < len(confidence)]]
    steps = sorted({*STEPS, *first.round(4).tolist()})
    table = [_kept(found, confidence, alone, truth_px, step, step) for step in steps]
    best = max(one.worth for one in table)
    lowest = next(one for one in table if one.worth >= ABOUT * best)
    same = [one for one in table if (one.found, one.kept) == (lowest.found, lowest.kept)]
    base = same[-1].keep_from if best > 0 else STEPS[-1]
    pairs = [
        _kept(found, confidence, alone, truth_px, base, min(base + more, MOST)) for more in STRICTER
    ]
    return max(pairs, key=lambda one: (round(one.worth, 6), one.keep_isolated_from)), table


def _kept(
    found: Sequence[Object],
    confidence: Floats,
    alone: NDArray[np.bool_],
    truth_px: int,
    keep_from: float,
    keep_isolated_from: float,
) -> Threshold:
    keep = confidence >= np.where(alone, keep_isolated_from, keep_from)
    both = mapped = 0
    covered: dict[tuple[str, int], int] = {}
    sizes: dict[tuple[str, int], int] = {}
    for one, is_kept in zip(found, keep, strict=True):
        sizes |= {(one.scene, place): size for place, size in one.places.items()}
        if is_kept:
            both += one.on_target_px
            mapped += one.labelled_px
            for place, hit in one.hits.items():
                covered[one.scene, place] = covered.get((one.scene, place), 0) + hit
    large = [one for one, is_kept in zip(found, keep, strict=True) if is_kept and one.is_large]
    return Threshold(
        keep_from=keep_from,
        keep_isolated_from=round(keep_isolated_from, 4),
        iou=both / max(mapped + truth_px - both, 1),
        kept=len(large),
        right=sum(one.is_right for one in large),
        found=sum(covered.get(place, 0) >= ENOUGH * size for place, size in sizes.items()),
        places=len(sizes),
    )
