"""主动学习: which candidates, once checked, would teach the next model most (A14).

A verdict teaches where the model is undecided, and where the place is unlike all that was checked
before. Neither says how likely a place is to be waste: for the inventory the surest come first.
What it is worth is played through by `tools/simulate_active_learning.py`: on 16 scenes of tailings
ponds 40 checks so chosen taught far more than 40 at random, but no more than the 40 surest.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from gis.domain.terms import TeachReason

UNDECIDED = 0.5
"""The score at which a candidate is as likely to be right as wrong."""
MOST_COMPARED = 300
"""With so many checked places, the newest, a place is compared: more say little that is new."""


@dataclass(frozen=True, slots=True)
class Described:
    """A place with what detection says of it: its score (0 to 1) and figures of any unit."""

    key: str
    score: float
    figures: tuple[float, ...]


class Lesson(NamedTuple):
    """A place that was picked, and why: how far it is from 0.5, or from what was checked."""

    key: str
    reason: TeachReason
    measure: float


def pick(waiting: Sequence[Described], checked: Sequence[Described], number: int) -> list[Lesson]:
    """Return up to ``number`` places that teach most, doubt and difference by turns.

    Doubt takes the score nearest to ``UNDECIDED``; difference the place farthest from everything
    checked or picked (k-centre greedy), each figure measured by its own spread. Equal places come
    in the order of their keys, so the same candidates give the same list.

    >>> sure, torn = Described("a", 0.95, (1.0,)), Described("b", 0.52, (1.0,))
    >>> [(one.key, one.reason.name) for one in pick([sure, torn], [], 1)]
    [('b', 'DOUBT')]
    """
    rest = {one.key: one for one in sorted(waiting, key=lambda one: one.key)}
    known = list(checked)[-MOST_COMPARED:]
    scaled = _scaled([*rest.values(), *known])
    points = dict(zip(rest, scaled, strict=False))
    seen = scaled[len(rest) :]
    apart = {
        key: min((math.dist(point, o) for o in seen), default=math.inf)
        for key, point in points.items()
    }
    picked: list[Lesson] = []
    while rest and len(picked) < number:
        if len(picked) % 2 == 0 or all(math.isinf(apart[key]) for key in rest):
            key = min(rest, key=lambda k: abs(rest[k].score - UNDECIDED))
            lesson = Lesson(key, TeachReason.DOUBT, abs(rest[key].score - UNDECIDED))
        else:
            key = max(rest, key=lambda k: apart[k])
            lesson = Lesson(key, TeachReason.DIFFERENCE, apart[key])
        picked.append(lesson)
        del rest[key]
        for other in rest:
            apart[other] = min(apart[other], math.dist(points[other], points[key]))
    return picked


def figures_of(
    score: float, area_m2: float, perimeter_m: float, class_name: str, classes: Mapping[str, int]
) -> tuple[float, ...]:
    """Return the figures by which candidates are told apart: size, shape, score, class.

    Compactness is 1 for a disc and falls towards 0 for a ribbon; ``classes`` gives each class its
    place among them.
    """
    compactness = 4 * math.pi * area_m2 / perimeter_m**2 if perimeter_m > 0 else 0.0
    marks = [0.0] * len(classes)
    marks[classes[class_name]] = 1.0
    return (score, math.log(max(area_m2, 1.0)), compactness, *marks)


def _scaled(places: Sequence[Described]) -> list[tuple[float, ...]]:
    """Return each place's figures divided by their spread; a figure that never differs is 0."""
    if not places:
        return []
    columns = list(zip(*(one.figures for one in places), strict=True))
    spreads = []
    for column in columns:
        mean = math.fsum(column) / len(column)
        spreads.append(math.sqrt(math.fsum((v - mean) ** 2 for v in column) / len(column)))
    return [
        tuple(
            v / spread if spread > 0 else 0.0
            for v, spread in zip(one.figures, spreads, strict=True)
        )
        for one in places
    ]
