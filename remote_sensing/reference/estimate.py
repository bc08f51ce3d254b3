"""From what an interpreter saw at the points to accuracy and areas with 95 % intervals."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from remote_sensing.classes import all_classes
from remote_sensing.quality.accuracy import AreaAdjusted, area_adjusted
from remote_sensing.reference.files import Key


@dataclass(frozen=True, slots=True)
class Estimated:
    """The error matrix of the points and what follows from it.

    ``matrix`` counts points: rows are mapped classes, columns reference classes, both in the order
    of ``names``. ``unsure`` points were left out.
    """

    names: tuple[str, ...]
    matrix: NDArray[np.int64]
    adjusted: AreaAdjusted
    points: int
    unsure: int


def estimate(key: Key, answers: Mapping[str, str | None]) -> Estimated:
    """Return accuracy and areas; ``answers`` holds a class, or None, for every point of the key."""
    seen = {one.name for one in key.strata} | {a for a in answers.values() if a}
    names = tuple(name for name in all_classes() if name in seen)
    place = {name: n for n, name in enumerate(names)}
    matrix = np.zeros((len(names), len(names)), np.int64)
    for point, answer in answers.items():
        if answer is not None:
            matrix[place[key.mapped[point]], place[answer]] += 1
    areas = {one.name: one.area_m2 for one in key.strata}
    adjusted = area_adjusted(names, matrix, [areas.get(name, 0.0) for name in names])
    unsure = sum(answer is None for answer in answers.values())
    return Estimated(names, matrix, adjusted, len(answers) - unsure, unsure)
