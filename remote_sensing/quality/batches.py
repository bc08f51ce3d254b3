"""A batch of scenes judged together: each scene, all pooled, and the median and worst of them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import isnan, nan
from pathlib import Path
from statistics import median

from remote_sensing.quality.errors import RunMissing
from remote_sensing.quality.judging import Judged
from remote_sensing.quality.protocol import Evaluation, look_at, summed
from remote_sensing.run_record import CANDIDATES
from remote_sensing.training.manifest import Manifest


@dataclass(frozen=True, slots=True)
class Spread:
    """One figure over the scenes that have it; ``worst`` is the name of the worst scene."""

    median: float
    least: float
    worst: str | None
    scenes: int


@dataclass(frozen=True, slots=True)
class BatchEvaluation:
    """Scenes in the manifest's order, each by itself, and all their pixels and objects together.

    ``spreads`` holds the median and the worst scene of each figure of FIGURES and, as
    ``iou open_pit``, of each class.
    """

    names: tuple[str, ...]
    scenes: tuple[Evaluation, ...]
    pooled: Evaluation
    spreads: dict[str, Spread]


FIGURES: dict[str, Callable[[Evaluation], float]] = {
    "overall": lambda e: e.pixels.overall if e.pixels else nan,
    "target_iou": lambda e: e.pixels.target.iou if e.pixels else nan,
    "target_iou_all_ground": lambda e: e.pixels.target_all_ground.iou if e.pixels else nan,
    "recall": lambda e: e.objects_all.recall,
    "recall_well": lambda e: e.objects_all.recall_well,
    "precision": lambda e: e.objects_all.precision,
    "precision_of_first": lambda e: e.confidence_all.precision_of_first,
}
"""What is compared between scenes; of each, more is better."""


def look_at_all(runs: Path, manifest: Manifest) -> tuple[Judged, ...]:
    """Compare the run of each image of a manifest with its labels.

    ``runs`` is a folder that ``qingfei detect --out`` wrote. Raises RunMissing and what
    ``quality.look_at`` raises.
    """
    for scene in manifest.scenes:
        if not (runs / scene.image.stem / CANDIDATES).is_file():
            raise RunMissing(image=scene.image.name, folder=runs)
    return tuple(
        look_at(
            runs / scene.image.stem / CANDIDATES,
            scene.labels,
            legend=manifest.legend,
            field=scene.field,
            name=scene.image.stem,
        )
        for scene in manifest.scenes
    )


def batch(scenes: Sequence[Judged]) -> BatchEvaluation:
    """Return the figures of each scene, of all together, and how they spread."""
    names = tuple(one.name for one in scenes)
    each = tuple(summed([one]) for one in scenes)
    figures = dict(FIGURES)
    pooled = summed(scenes)
    for name in pooled.pixels.names if pooled.pixels else ():
        figures[f"iou {name}"] = _iou_of(name)
    spreads = {key: _spread(names, [of(one) for one in each]) for key, of in figures.items()}
    return BatchEvaluation(names, each, pooled, spreads)


def _iou_of(name: str) -> Callable[[Evaluation], float]:
    def iou(one: Evaluation) -> float:
        rows = one.pixels.classes if one.pixels else ()
        return next((row.iou for row in rows if row.name == name), nan)

    return iou


def _spread(names: Sequence[str], values: Sequence[float]) -> Spread:
    known = [(v, name) for v, name in zip(values, names, strict=True) if not isnan(v)]
    if not known:
        return Spread(nan, nan, None, 0)
    least, worst = min(known, key=lambda one: one[0])
    return Spread(median(v for v, _ in known), least, worst, len(known))
