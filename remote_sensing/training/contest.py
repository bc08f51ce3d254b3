"""Two models on the same held-out ground, by the project's protocol, with what chance explains."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import isnan
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from remote_sensing.classes import NODATA_CODE, all_classes
from remote_sensing.heeding import heed
from remote_sensing.model import Model
from remote_sensing.pipeline import detect
from remote_sensing.quality import protocol, truth
from remote_sensing.quality.per_pixel import judge_counts
from remote_sensing.runner import Runner, serial
from remote_sensing.training.lessons import NOWHERE, Exam, opened

DRAWS = 2_000
TOLD = ("iou", "f1", "precision", "recall", "truth_pixels")

Counts = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Marks:
    """How a model did: figures for people, and by place what a resampling needs.

    ``by_place`` is int64 (places, 3): pixels that are targets in both, in the map, in the truth;
    ``places`` is how many places have pixels that were judged.
    """

    figures: dict[str, Any]
    by_place: Counts
    places: int


def sit(
    exams: Sequence[Exam],
    model: Model,
    model_path: Path,
    folder: Path,
    *,
    run: Runner = serial,
    progress: Callable[[int, int], None] | None = None,
) -> Marks:
    """Let a model find candidates in every exam's image and judge it where the labels are.

    Its runs are left in ``folder``. Raises what detection raises, and what `heeding` is told.
    """
    pairs: Counter[tuple[int, int]] = Counter()
    tally: Counter[str] = Counter()
    places = 1 + max((int(exam.places().max()) for exam in exams), default=-1)
    by_place, pixels = np.zeros((places, 3), np.int64), np.zeros(places, np.int64)
    for number, exam in enumerate(exams):
        scene = opened(exam.item)
        done = detect(
            *(scene, model, folder / str(number)),
            model_path=model_path,
            run=run,
            progress=lambda done, total: heed(),
            heed=heed,
        )
        heed()
        class_map = truth.read_raster(done.folder / "classes.tif")
        known = truth.read(exam.truth, None, None)
        said, theirs = class_map.codes, known.on_grid(class_map).codes
        place = exam.places()
        judged = (place != NOWHERE) & (said != NODATA_CODE) & (theirs != NODATA_CODE)
        pairs.update(_pairs(said[judged], theirs[judged]))
        by_place += _by_place(said[judged], theirs[judged], place[judged], places)
        pixels += np.bincount(place[judged], minlength=places)
        objects = protocol.judge(done.candidates, known, class_map).objects_labelled
        for name in ("places", "found", "candidates", "right"):
            tally[name] += getattr(objects, name)
        if progress is not None:
            progress(number + 1, len(exams))
    return Marks(_figures(pairs, tally), by_place, int((pixels > 0).sum()))


def difference(ours: Counts, theirs: Counts, seed: int = 0) -> tuple[float, float, float] | None:
    """Return the difference of the two F1 of targets with its 95 % interval, or None.

    Places, not pixels, are drawn anew, the same for both: pixels of one place are right or wrong
    together. None where no place holds a target in the truth.
    """
    there = (ours[:, 1:].sum(axis=1) + theirs[:, 1:].sum(axis=1) + 1) > 0
    ours, theirs = ours[there], theirs[there]
    whole = _f1(ours.sum(axis=0)) - _f1(theirs.sum(axis=0))
    if not len(ours) or not ours[:, 2].any():
        return None
    draw = np.random.default_rng(seed)
    chosen = draw.integers(0, len(ours), (DRAWS, len(ours)))
    found = [_f1(ours[rows].sum(axis=0)) - _f1(theirs[rows].sum(axis=0)) for rows in chosen]
    low, high = np.nanpercentile(found, [2.5, 97.5])
    return round(whole, 4), round(float(low), 4), round(float(high), 4)


def _f1(counts: Counts) -> float:
    both, said, true = (int(n) for n in counts)
    return 2 * both / (said + true) if said + true else float("nan")


def _pairs(said: NDArray[np.uint8], theirs: NDArray[np.uint8]) -> dict[tuple[int, int], int]:
    both, counts = np.unique(said.astype(np.int64) * 256 + theirs, return_counts=True)
    return {divmod(int(pair), 256): int(n) for pair, n in zip(both, counts, strict=True)}


def _by_place(
    said: NDArray[np.uint8], theirs: NDArray[np.uint8], place: NDArray[np.int32], places: int
) -> Counts:
    targets = [info.code for info in all_classes().values() if info.is_target]
    ours, true = np.isin(said, targets), np.isin(theirs, targets)
    columns = [np.bincount(place[mask], minlength=places) for mask in (ours & true, ours, true)]
    return np.stack(columns, axis=1).astype(np.int64)


def _figures(pairs: Counter[tuple[int, int]], tally: Counter[str]) -> dict[str, Any]:
    pixels = judge_counts(pairs, pairs)
    scores = {one.name: one for one in (*pixels.classes, pixels.target)}
    return {
        "accuracy": _told(pixels.overall),
        "pixels": pixels.labelled_pixels,
        "classes": {
            name: {figure: _told(getattr(one, figure)) for figure in TOLD}
            for name, one in scores.items()
            if one.truth_pixels or one.mapped_pixels
        },
        "objects": dict(tally),
    }


def _told(value: float) -> float | None:
    return None if isnan(value) else round(value, 4)
