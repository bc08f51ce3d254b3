"""How good a run is, judged against labels by the project's protocol."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import fsum
from pathlib import Path

import numpy as np

from remote_sensing import candidates
from remote_sensing.candidates import Candidate
from remote_sensing.quality import truth
from remote_sensing.quality.accuracy import AreaAdjusted, area_adjusted
from remote_sensing.quality.judging import Judged, JudgedCandidate, look
from remote_sensing.quality.per_object import ConfidenceQuality, ObjectQuality, judge_confidence
from remote_sensing.quality.per_pixel import PixelQuality, added, judge_counts
from remote_sensing.quality.truth import Raster, Truth


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What a candidates file, or those of several scenes together, is worth.

    The ``_all`` figures count a candidate on unlabelled ground as wrong; the ``_labelled`` figures
    leave out the ``unlabelled_candidates`` that lie wholly on it. With sparse labels the truth is
    between the two. ``pixels`` and ``area`` are None without a class map beside the candidates.
    """

    objects_all: ObjectQuality
    objects_labelled: ObjectQuality
    unlabelled_candidates: int
    confidence_all: ConfidenceQuality
    confidence_labelled: ConfidenceQuality
    pixels: PixelQuality | None
    area: AreaAdjusted | None
    ground_km2: float


def evaluate(
    candidates_path: Path,
    labels_path: Path,
    *,
    legend: Mapping[str, str] | None = None,
    classes_tif: Path | None = None,
    field: str | None = None,
) -> Evaluation:
    """Judge a candidates file, and the class map beside it where there is one.

    Raises what ``look_at`` raises.
    """
    return summed(
        [look_at(candidates_path, labels_path, legend=legend, classes_tif=classes_tif, field=field)]
    )


def look_at(
    candidates_path: Path,
    labels_path: Path,
    *,
    legend: Mapping[str, str] | None = None,
    classes_tif: Path | None = None,
    field: str | None = None,
    name: str | None = None,
) -> Judged:
    """Compare a candidates file, and the class map beside it, with labels; nothing is summed up.

    Raises CandidatesUnreadable, LabelsElsewhere, and what ``truth.read`` raises.
    """
    found = candidates.read_geojson(candidates_path)
    known = truth.read(labels_path, legend, field)
    beside = classes_tif or candidates_path.with_name("classes.tif")
    class_map = truth.read_raster(beside) if classes_tif or beside.exists() else None
    return look(name or candidates_path.absolute().parent.name, found, known, class_map)


def judge(found: Sequence[Candidate], known: Truth, class_map: Raster | None) -> Evaluation:
    """Compare candidates, and a class map if there is one, with what is known of the ground."""
    return summed([look("", found, known, class_map)])


def summed(scenes: Sequence[Judged]) -> Evaluation:
    """Return the figures of all scenes together: each pixel and each object counts once."""
    maps = [
        (one.labelled, one.seen)
        for one in scenes
        if one.labelled is not None and one.seen is not None
    ]
    pixels = area = None
    if maps:
        pixels = judge_counts(added(one for one, _ in maps), added(one for _, one in maps))
        mapped = [fsum(one.mapped_m2.get(name, 0.0) for one in scenes) for name in pixels.names]
        area = area_adjusted(pixels.names, pixels.matrix, mapped) if pixels.names else None
    kept = [_on_labels(one) for one in scenes]
    return Evaluation(
        objects_all=ObjectQuality.pooled([_objects(one) for one in scenes]),
        objects_labelled=ObjectQuality.pooled([_objects(one) for one in kept]),
        unlabelled_candidates=sum(len(one.candidates) for one in scenes)
        - sum(len(one.candidates) for one in kept),
        confidence_all=_confidence(scenes),
        confidence_labelled=_confidence(kept),
        pixels=pixels,
        area=area,
        ground_km2=fsum(one.ground_km2 for one in scenes),
    )


def _on_labels(scene: Judged) -> Judged:
    return replace(scene, candidates=tuple(c for c in scene.candidates if c.is_labelled))


def _objects(scene: Judged) -> ObjectQuality:
    return ObjectQuality.of(
        places=len(scene.places),
        found=sum(p.is_found for p in scene.places),
        found_well=sum(p.is_well_met for p in scene.places),
        candidates=len(scene.candidates),
        right=sum(c.is_right for c in scene.candidates),
        candidates_m2=fsum(c.area_m2 for c in scene.candidates),
        places_m2=fsum(p.area_m2 for p in scene.places),
        ground_km2=scene.ground_km2,
    )


def _confidence(scenes: Sequence[Judged]) -> ConfidenceQuality:
    every: list[tuple[int, JudgedCandidate]] = [
        (number, c) for number, one in enumerate(scenes) for c in one.candidates
    ]
    return judge_confidence(
        np.array([c.candidate.confidence for _, c in every], np.float64),
        np.array([c.is_right for _, c in every], bool),
        [number for number, _ in every],
    )
