"""How candidates agree with known places, place by place, and how far their scores can be trusted.

After the protocol of the project: a known place is found when candidates cover at least 30 % of
its area, a candidate is right when at least 30 % of it lies on known places; only objects of
0.5 ha and more count.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import fsum, nan
from typing import NamedTuple

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import Geometry

MIN_OBJECT_M2 = 5_000.0
ENOUGH = 0.3
GOOD_IOU = 0.5
VISITED_FIRST = 20
_BINS = 10

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class ObjectQuality:
    """Counts and shares over one scene or several; a share of nothing is NaN.

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
    candidates_m2: float
    places_m2: float
    ground_km2: float

    @classmethod
    def of(
        cls,
        *,
        places: int,
        found: int,
        found_well: int,
        candidates: int,
        right: int,
        candidates_m2: float,
        places_m2: float,
        ground_km2: float,
    ) -> "ObjectQuality":
        """Return the counts with their shares; ``ground_km2`` is what was searched, or NaN."""
        return cls(
            places,
            found,
            found_well,
            candidates,
            right,
            recall=_part(found, places),
            recall_well=_part(found_well, places),
            precision=_part(right, candidates),
            candidates_per_100km2=candidates * 100 / (ground_km2 or nan),
            area_error_percent=100 * _part(candidates_m2 - places_m2, places_m2),
            candidates_m2=candidates_m2,
            places_m2=places_m2,
            ground_km2=ground_km2,
        )

    @classmethod
    def pooled(cls, scenes: Sequence["ObjectQuality"]) -> "ObjectQuality":
        """Return the quality over several scenes, every object counting once."""
        return cls.of(
            places=sum(one.places for one in scenes),
            found=sum(one.found for one in scenes),
            found_well=sum(one.found_well for one in scenes),
            candidates=sum(one.candidates for one in scenes),
            right=sum(one.right for one in scenes),
            candidates_m2=fsum(one.candidates_m2 for one in scenes),
            places_m2=fsum(one.places_m2 for one in scenes),
            ground_km2=fsum(one.ground_km2 for one in scenes),
        )


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
    """Whether a confidence of 0.8 is right four times in five; NaN where nothing was found.

    ``precision_of_first`` is the share right among the 20 surest of each scene.
    """

    bins: tuple[Bin, ...]
    brier: float
    precision_of_first: float


class Meeting(NamedTuple):
    """How outlines and places lie on each other.

    Per outline ``on_places`` is the share of it that lies on places; per place ``covered`` is the
    share under outlines, ``iou`` that with its best outline, ``found_at`` the confidence from which
    on outlines cover enough of it (NaN where they never do).
    """

    on_places: Floats
    covered: Floats
    iou: Floats
    found_at: Floats


def meet(
    candidates: Sequence[Geometry], places: Sequence[Geometry], confidence: Sequence[float]
) -> Meeting:
    """Compare outlines with places; geometries are in one equal-area plane, in metres."""
    ours, theirs = np.array(candidates, dtype=object), np.array(places, dtype=object)
    met = Meeting(
        np.zeros(len(ours)),
        np.zeros(len(theirs)),
        np.zeros(len(theirs)),
        np.full(len(theirs), nan),
    )
    if not len(ours) or not len(theirs):
        return met
    met.on_places[:] = _covered(ours, shapely.union_all(theirs))
    touching: dict[int, list[int]] = {}
    for i, j in shapely.STRtree(theirs).query(ours, predicate="intersects").T:
        touching.setdefault(int(j), []).append(int(i))
    for j, near in touching.items():
        place, common = theirs[j], shapely.Polygon()
        for i in sorted(near, key=lambda i: -confidence[i]):
            own = ours[i].intersection(place)
            common = common.union(own)
            met.iou[j] = max(met.iou[j], own.area / (ours[i].area + place.area - own.area))
            if np.isnan(met.found_at[j]) and common.area >= ENOUGH * place.area:
                met.found_at[j] = confidence[i]
        met.covered[j] = common.area / place.area
    return met


def on_places(
    candidates: Sequence[Geometry], places: Sequence[Geometry]
) -> tuple[NDArray[np.bool_], NDArray[np.bool_], NDArray[np.bool_]]:
    """Return which candidates are right, which places are found, which are found well.

    Geometries are in one equal-area plane, in metres.
    """
    met = meet(candidates, places, [1.0] * len(candidates))
    return met.on_places >= ENOUGH, met.covered >= ENOUGH, met.iou >= GOOD_IOU


def judge_objects(
    candidates: Sequence[Geometry], places: Sequence[Geometry], ground_km2: float
) -> ObjectQuality:
    """Compare outlines in one equal-area plane; ``ground_km2`` is what was searched, or NaN."""
    right, found, well = on_places(candidates, places)
    ours, theirs = (float(np.sum(shapely.area(list(group)))) for group in (candidates, places))
    return ObjectQuality.of(
        places=len(found),
        found=int(found.sum()),
        found_well=int(well.sum()),
        candidates=len(right),
        right=int(right.sum()),
        candidates_m2=ours,
        places_m2=theirs,
        ground_km2=ground_km2,
    )


def judge_confidence(
    said: Floats, right: NDArray[np.bool_], scene: Sequence[int] | None = None
) -> ConfidenceQuality:
    """Compare each candidate's confidence (0 to 1) with whether it was right.

    ``scene`` numbers the scene of each candidate, for in every scene its surest are visited first.
    """
    true = right.astype(np.float64)
    which = np.minimum((said * _BINS).astype(int), _BINS - 1)
    bins = tuple(
        Bin(k / _BINS, (k + 1) / _BINS, int(own.sum()), _mean(said[own]), _mean(true[own]))
        for k in range(_BINS)
        for own in [which == k]
    )
    of_scene = np.zeros(len(said), int) if scene is None else np.asarray(scene, int)
    first = [
        int(place)
        for number in np.unique(of_scene)
        for own in [np.flatnonzero(of_scene == number)]
        for place in own[np.argsort(-said[own], kind="stable")[:VISITED_FIRST]]
    ]
    return ConfidenceQuality(bins, _mean((said - true) ** 2), _mean(true[np.array(first, int)]))


def _covered(shapes: NDArray[np.object_], cover: Geometry) -> NDArray[np.float64]:
    shapely.prepare(cover)
    covered: NDArray[np.float64] = shapely.area(shapely.intersection(shapes, cover))
    return covered / shapely.area(shapes)


def _mean(values: NDArray[np.bool_] | NDArray[np.float64]) -> float:
    return float(np.mean(values)) if len(values) else nan


def _part(part: float, whole: float) -> float:
    return part / whole if whole else nan
