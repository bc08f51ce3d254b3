"""How candidates agree with known places, place by place, and how far their scores can be trusted.

After the protocol of the project: a known place is found when candidates cover at least 30 % of
its area, a candidate is right when at least 30 % of it lies on known places; only objects of
0.5 ha and more count.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import nan

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import Geometry

MIN_OBJECT_M2 = 5_000.0
ENOUGH = 0.3
GOOD_IOU = 0.5
VISITED_FIRST = 20
_BINS = 10


@dataclass(frozen=True, slots=True)
class ObjectQuality:
    """Counts and shares over one scene; a share of nothing is NaN.

    ``found_well`` are places that one candidate meets with an IoU of 0.5 or more;
    ``area_error_percent`` compares the whole area of the candidates with that of the places.
    """

    places: int
    found: int
    found_well: int
    candidates: int
    right: int
    recall: float
    recall_well: float
    precision: float
    candidates_per_100km2: float
    area_error_percent: float


@dataclass(frozen=True, slots=True)
class Bin:
    """Candidates whose confidence lies in one tenth: how sure they were, how often right."""

    low: float
    high: float
    candidates: int
    mean_confidence: float
    share_right: float


@dataclass(frozen=True, slots=True)
class ConfidenceQuality:
    """Whether a confidence of 0.8 is right four times in five; NaN where nothing was found."""

    bins: tuple[Bin, ...]
    brier: float
    precision_of_first: float


def on_places(
    candidates: Sequence[Geometry], places: Sequence[Geometry]
) -> tuple[NDArray[np.bool_], NDArray[np.bool_], NDArray[np.bool_]]:
    """Return which candidates are right, which places are found, which are found well.

    Geometries are in one equal-area plane, in metres.
    """
    ours = np.array(candidates, dtype=object)
    theirs = np.array(places, dtype=object)
    right = np.zeros(len(ours), bool)
    found = np.zeros(len(theirs), bool)
    well = np.zeros(len(theirs), bool)
    if not len(ours) or not len(theirs):
        return right, found, well
    tree = shapely.STRtree(theirs)
    all_places, all_candidates = shapely.union_all(theirs), shapely.union_all(ours)
    right = _covered(ours, all_places) >= ENOUGH
    found = _covered(theirs, all_candidates) >= ENOUGH
    for i, j in tree.query(ours, predicate="intersects").T:
        common = ours[i].intersection(theirs[j]).area
        well[j] |= common >= GOOD_IOU * (ours[i].area + theirs[j].area - common)
    return right, found, well


def judge_objects(
    candidates: Sequence[Geometry], places: Sequence[Geometry], ground_km2: float
) -> ObjectQuality:
    """Compare outlines in one equal-area plane; ``ground_km2`` is what was searched, or NaN."""
    right, found, well = on_places(candidates, places)
    ours, theirs = (float(np.sum(shapely.area(list(group)))) for group in (candidates, places))
    return ObjectQuality(
        places=len(found),
        found=int(found.sum()),
        found_well=int(well.sum()),
        candidates=len(right),
        right=int(right.sum()),
        recall=_mean(found),
        recall_well=_mean(well),
        precision=_mean(right),
        candidates_per_100km2=len(right) * 100 / (ground_km2 or nan),
        area_error_percent=100 * (ours - theirs) / theirs if theirs else nan,
    )


def judge_confidence(said: NDArray[np.float64], right: NDArray[np.bool_]) -> ConfidenceQuality:
    """Compare each candidate's confidence (0 to 1) with whether it was right."""
    true = right.astype(np.float64)
    which = np.minimum((said * _BINS).astype(int), _BINS - 1)
    bins = tuple(
        Bin(k / _BINS, (k + 1) / _BINS, int(own.sum()), _mean(said[own]), _mean(true[own]))
        for k in range(_BINS)
        for own in [which == k]
    )
    first = np.argsort(-said, kind="stable")[:VISITED_FIRST]
    return ConfidenceQuality(bins, _mean((said - true) ** 2), _mean(true[first]))


def _covered(shapes: NDArray[np.object_], cover: Geometry) -> NDArray[np.float64]:
    shapely.prepare(cover)
    covered: NDArray[np.float64] = shapely.area(shapely.intersection(shapes, cover))
    return covered / shapely.area(shapes)


def _mean(values: NDArray[np.bool_] | NDArray[np.float64]) -> float:
    return float(np.mean(values)) if len(values) else nan
