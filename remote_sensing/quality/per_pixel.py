"""How a class map agrees with labels, pixel by pixel.

Unlabelled ground says nothing: it is left out, except in the one line that is named after it.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import nan

import numpy as np
from numpy.typing import NDArray

from remote_sensing.classes import NODATA_CODE, all_classes

ANY_TARGET = 254
"""The code of labelled ground that is some target, of a class that nobody has said."""

Codes = NDArray[np.uint8]
Counts = Mapping[tuple[int, int], int]
"""Pixels by (mapped code, labelled code)."""


@dataclass(frozen=True, slots=True)
class ClassScore:
    """Agreement on one class; a share of nothing is NaN."""

    name: str
    iou: float
    f1: float
    precision: float
    recall: float
    truth_pixels: int
    mapped_pixels: int

    @classmethod
    def of(cls, name: str, both: int, truth: int, mapped: int) -> "ClassScore":
        """Return the scores of a class from pixels in both, in the truth and in the map."""
        return cls(
            name,
            iou=_share(both, truth + mapped - both),
            f1=_share(2 * both, truth + mapped),
            precision=_share(both, mapped),
            recall=_share(both, truth),
            truth_pixels=truth,
            mapped_pixels=mapped,
        )


@dataclass(frozen=True, slots=True)
class PixelQuality:
    """Agreement of a map with labels.

    ``matrix`` counts labelled pixels: rows are mapped classes, columns labelled ones, both in the
    order of ``names``. ``target`` takes all targets for one class, on labelled pixels;
    ``target_all_ground`` does so on every pixel and counts unlabelled ground as no target.
    """

    names: tuple[str, ...]
    matrix: NDArray[np.int64]
    overall: float
    classes: tuple[ClassScore, ...]
    target: ClassScore
    target_all_ground: ClassScore
    labelled_pixels: int


def judge_pixels(mapped: Codes, truth: Codes) -> PixelQuality:
    """Compare two uint8 (height, width) arrays of class codes; 255 is unlabelled or nodata.

    Pixels that the map could not judge are left out.
    """
    return judge_counts(*counts_of(mapped, truth))


def counts_of(mapped: Codes, truth: Codes) -> tuple[Counts, Counts]:
    """Return the counts of labelled pixels and those of all pixels that the map could judge."""
    seen = mapped != NODATA_CODE
    labelled = seen & (truth != NODATA_CODE)
    return _count(mapped[labelled], truth[labelled]), _count(mapped[seen], truth[seen])


def added(counts: Iterable[Counts]) -> Counts:
    """Return the sum of several scenes' counts."""
    total: Counter[tuple[int, int]] = Counter()
    for one in counts:
        total.update(one)
    return total


def judge_counts(labelled: Counts, seen: Counts) -> PixelQuality:
    """Return the agreement from counts by (mapped code, labelled code).

    ``seen`` also holds the pixels whose label is 255; counts of several scenes may be added up.
    """
    infos = {info.code: info for info in all_classes().values()}
    codes = sorted({code for pair in labelled if infos.keys() >= {*pair} for code in pair})
    place = {code: i for i, code in enumerate(codes)}
    matrix = np.zeros((len(codes), len(codes)), np.int64)
    for (ours, theirs), n in labelled.items():
        if ours in place and theirs in place:
            matrix[place[ours], place[theirs]] += n
    agreed, mapped, truth = matrix.diagonal(), matrix.sum(axis=1), matrix.sum(axis=0)
    names = tuple(infos[code].name for code in codes)
    targets = {code for code, info in infos.items() if info.is_target} | {ANY_TARGET}
    return PixelQuality(
        names=names,
        matrix=matrix,
        overall=_share(int(agreed.sum()), int(matrix.sum())),
        classes=tuple(
            ClassScore.of(name, int(agreed[i]), int(truth[i]), int(mapped[i]))
            for i, name in enumerate(names)
        ),
        target=_pooled("target", labelled, targets),
        target_all_ground=_pooled("target_all_ground", seen, targets),
        labelled_pixels=sum(labelled.values()),
    )


def _pooled(name: str, counts: Counts, targets: set[int]) -> ClassScore:
    both = sum(n for (ours, theirs), n in counts.items() if ours in targets and theirs in targets)
    truth = sum(n for (_, theirs), n in counts.items() if theirs in targets)
    mapped = sum(n for (ours, _), n in counts.items() if ours in targets)
    return ClassScore.of(name, both, truth, mapped)


def _count(mapped: Codes, truth: Codes) -> dict[tuple[int, int], int]:
    pairs = np.bincount(mapped.astype(np.int64) * 256 + truth, minlength=1)
    return {divmod(int(pair), 256): int(pairs[pair]) for pair in np.flatnonzero(pairs)}


def _share(part: int, whole: int) -> float:
    return part / whole if whole else nan
