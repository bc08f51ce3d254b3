"""The second stage, learnt from ground that the pixels' forests had not seen.

Scenes whose labels cover the whole ground (their manifest names a ``background``) are classified by
a forest that was grown without their place. The cut that outlines objects, the judge of objects,
its calibration and its thresholds all come from these scores, so that nothing here is made of what
a forest knew by heart. With few places or few objects there is no judge, and the card says so.
"""

import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from remote_sensing.classes import ClassInfo, class_of
from remote_sensing.classify import classify
from remote_sensing.heeding import heed
from remote_sensing.model import Model, ModelCard
from remote_sensing.scene import Scene
from remote_sensing.second_stage import judging
from remote_sensing.second_stage.judged import Ground, Object, objects_of
from remote_sensing.second_stage.judging import Judge
from remote_sensing.second_stage.outlining import (
    ALONE,
    RADII,
    Outlining,
    averaged,
    best,
    best_share,
    iou_of,
)
from remote_sensing.second_stage.thresholds import Threshold, choose
from remote_sensing.training.labels import UNLABELLED, Codes
from remote_sensing.windows import Window, plan

LEAST_PLACES = 3
LEAST_RIGHT, LEAST_WRONG = 5, 10
"""Fewer objects of 0.5 ha and more teach no judge."""
MOST_SIDE = 2_048
"""Of a larger scene the part round its targets is enough, so that time and memory are bounded."""
TREES = 200


@dataclass(frozen=True, slots=True)
class Source:
    """One training scene: its place's number, and how to get its labels once more."""

    scene: Scene
    codes: Callable[[], Codes]
    place: int
    fold: int
    is_complete: bool


@dataclass(frozen=True, slots=True)
class Learnt:
    """What goes into the model; ``said`` goes into its card.

    ``iou`` is that of the pixels outlined on held-out ground, before objects were judged.
    """

    outlining: Outlining
    judge: Judge | None
    said: dict[str, Any]
    iou: float = 0.0


Fit = Callable[[NDArray[np.bool_]], Any]
"""Fits a forest to the samples that a mask over them keeps."""


def learn(
    sources: Sequence[Source],
    card: ModelCard,
    targets: NDArray[np.int32],
    fold: NDArray[np.int32],
    fit: Fit,
    seed: int,
    *,
    or_share: bool = False,
) -> Learnt:
    """Return the cut and the judge; both None where the labels cannot teach them.

    ``targets`` are class positions of the pixels sampled, ``fold`` their folds. With ``or_share`` a
    share of each scene takes the place of a cut where it outlines held-out ground better.
    """
    infos = tuple(class_of(name) for name in card.classes)
    whole = [source for source in sources if source.is_complete]
    roles = {info.is_target for info in infos}
    if len({source.place for source in whole}) < LEAST_PLACES or len(roles) < 2:
        return Learnt(Outlining(), None, {"learnt": False, "why": "labels of too few places"})
    grounds = list(_grounds(whole, card, infos, targets, fold, fit))
    counts = np.sum([ground.counts for ground in grounds], axis=0)
    truth_px = int(counts[0, 0].sum()) if grounds else 0
    if not truth_px:
        return Learnt(Outlining(), None, {"learnt": False, "why": "no target on held-out ground"})
    most = ALONE if or_share else RADII[-1]  # what a surface finds is small and rare
    outlining = best(counts, most)
    iou = iou_of(counts, outlining)
    if or_share:
        shared, reached = best_share([ground.counts for ground in grounds], most)
        outlining, iou = (shared, reached) if reached > iou else (outlining, iou)
    iou, place = round(iou, 4), RADII.index(outlining.radius)
    found = []
    for ground in grounds:
        heed()
        own = outlining.in_scene(ground.counts[place].sum(axis=0))
        found += objects_of(ground, infos, own, card)
    right = np.array([one.is_right for one in found], bool)
    large = np.array([one.is_large for one in found], bool)
    said: dict[str, Any] = {"learnt": True, "places": len({g.place for g in grounds})}
    said |= {"cut": outlining.cut, "radius": outlining.radius, "share": outlining.share}
    said |= {"objects": len(found), "right": int(right.sum())}
    if (large & right).sum() < LEAST_RIGHT or (large & ~right).sum() < LEAST_WRONG:
        return Learnt(outlining, None, said | {"judge": False, "why": "too few objects"}, iou)
    judge, table = _judge(found, right, truth_px, card, infos, seed)
    said |= {"judge": True} | judge.settings() | {"held_out": table}
    return Learnt(outlining, judge, said, iou)


def _judge(
    found: Sequence[Object],
    right: NDArray[np.bool_],
    truth_px: int,
    card: ModelCard,
    infos: Sequence[ClassInfo],
    seed: int,
) -> tuple[Judge, list[dict[str, Any]]]:
    from remote_sensing.second_stage.describing import isolated, names_of
    from remote_sensing.second_stage.layers import layer_names

    names = names_of(layer_names(card.features), infos)
    figures = np.array([one.figures for one in found])
    purity = np.array([one.on_target_px / one.labelled_px for one in found])
    weight = np.array([one.labelled_px for one in found]) ** 0.25
    folds = np.array([one.fold for one in found])
    votes = np.zeros(len(found))
    for number in np.unique(folds):
        test = folds == number
        if test.all():
            continue
        forest = judging.fit_forest(figures[~test], purity[~test], weight[~test], seed, TREES)
        votes[test] = judging.votes(forest, figures[test])
    large = np.array([one.is_large for one in found])
    slope, shift = judging.fit_line(votes[large], right[large])
    confidence = judging.calibrated(votes, slope, shift)
    chosen, table = choose(found, confidence, isolated(figures, names), truth_px)
    forest = judging.fit_forest(figures, purity, weight, seed, TREES)
    judge = Judge(names, slope, shift, chosen.keep_from, chosen.keep_isolated_from, forest)
    return judge, [_row(one) for one in table]


def _row(one: Threshold) -> dict[str, Any]:
    return {
        "keep_from": one.keep_from,
        "keep_isolated_from": one.keep_isolated_from,
        "iou": round(one.iou, 4),
        "objects": one.kept,
        "right": one.right,
        "found": one.found,
        "of": one.places,
    }


def _grounds(
    sources: Sequence[Source],
    card: ModelCard,
    infos: Sequence[ClassInfo],
    targets: NDArray[np.int32],
    fold: NDArray[np.int32],
    fit: Fit,
) -> Iterator[Ground]:
    """Yield every scene with the scores of a forest that has not seen its fold."""
    for number in sorted({source.fold for source in sources}):
        known = np.unique(targets[fold != number])
        if len(known) < 2:
            continue
        forest = fit(fold != number)
        names = tuple(card.classes[place] for place in known)
        model = Model(replace(card, classes=names), forest, b"")
        for source in sources:
            if source.fold == number:
                yield _ground(source, model, known, infos)


def _ground(
    source: Source, model: Model, known: NDArray[np.int32], infos: Sequence[ClassInfo]
) -> Ground:
    codes, window = _part(source.codes(), [info.code for info in infos if info.is_target])
    percents = np.zeros((len(infos), window.height, window.width), np.uint8)
    for tile in plan(window.width, window.height):
        heed()
        here = tile.inner
        moved = Window(here.col + window.col, here.row + window.row, here.width, here.height)
        scores = classify(source.scene, model, replace(tile, inner=moved, outer=moved))
        rows, cols = slice(here.row, here.row_end), slice(here.col, here.col_end)
        percents[known, rows, cols] = scores
        percents[:, rows, cols][:, scores[0] == 255] = 255
    is_seen = (percents[0] != 255) & (codes != UNLABELLED)
    truth = np.isin(codes, [info.code for info in infos if info.is_target])
    counts = np.stack(
        [
            [np.bincount(score[is_seen & side], minlength=101) for side in (truth, ~truth)]
            for score in (averaged(percents, infos, radius) for radius in RADII)
        ]
    )
    packed = zlib.compress(percents.tobytes(), 1), zlib.compress(codes.tobytes(), 1)
    return Ground(source.scene, source.place, source.fold, window, *packed, counts)


def _part(codes: Codes, targets: Sequence[int]) -> tuple[Codes, Window]:
    """Return the labels and the window of the part of at most MOST_SIDE round the targets."""
    height, width = codes.shape
    rows, cols = np.nonzero(np.isin(codes, targets))
    starts = []
    for places, side in ((rows, height), (cols, width)):
        middle = int(np.median(places)) if len(places) else side // 2
        starts.append(max(min(middle - MOST_SIDE // 2, side - MOST_SIDE), 0))
    row, col = starts
    window = Window(col, row, min(MOST_SIDE, width), min(MOST_SIDE, height))
    return codes[row : window.row_end, col : window.col_end], window
