"""The rows of the report's tables; figures that say nothing are a dash."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import isnan
from typing import Any

from remote_sensing.classes import class_of
from remote_sensing.model import ModelCard
from remote_sensing.quality.accuracy import AreaAdjusted, Estimate
from remote_sensing.quality.batches import BatchEvaluation
from remote_sensing.quality.judging import Judged
from remote_sensing.quality.per_pixel import PixelQuality
from remote_sensing.quality.text import figure_name, scene_row
from remote_sensing.report.figures import at_threshold
from remote_sensing.report.words import Words

MOST_PLACES = 150
THRESHOLDS = (0.0, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)


@dataclass(frozen=True, slots=True)
class Table:
    """A table: heads, rows of cells, and the places of columns that are text or hashes."""

    heads: Sequence[str]
    rows: Sequence[Sequence[str]]
    texts: Sequence[int] = ()
    hashes: Sequence[int] = ()


@dataclass(frozen=True, slots=True)
class Matrix:
    """A confusion matrix; each cell is (count, shade in percent, whether letters are white)."""

    names: Sequence[str]
    rows: Sequence[tuple[str, Sequence[tuple[int, int, bool]]]]


def number(value: float, digits: int = 3) -> str:
    """Return a figure, or a dash where there is none."""
    return "–" if isnan(value) else f"{value:.{digits}f}"


def percent(value: float) -> str:
    """Return a share in percent, or a dash."""
    return "–" if isnan(value) else f"{100 * value:.1f} %"


def named(name: str, t: Words) -> str:
    """Return a class's name."""
    return class_of(name).en if t.is_english else class_of(name).zh


def classes(pixels: PixelQuality, t: Words) -> Table:
    """Return the scores of each class, and of all targets together."""
    rows = [(named(one.name, t), one) for one in pixels.classes]
    rows += [(t(one.name), one) for one in (pixels.target, pixels.target_all_ground)]
    heads = [t("class"), "IoU", "F1", t("precision"), t("recall"), t("truth_pixels")]
    return Table(
        heads,
        [
            [name, *(number(v) for v in (s.iou, s.f1, s.precision, s.recall)), f"{s.truth_pixels}"]
            for name, s in rows
        ],
    )


def matrix(pixels: PixelQuality, t: Words) -> Matrix:
    """Return the confusion matrix with the shade of each cell."""
    names = [named(name, t) for name in pixels.names]
    columns = pixels.matrix.sum(axis=0)
    rows = []
    for name, row in zip(names, pixels.matrix.tolist(), strict=True):
        shades = [round(100 * n / max(int(of), 1)) for n, of in zip(row, columns, strict=True)]
        rows.append((name, [(n, s, s > 55) for n, s in zip(row, shades, strict=True)]))
    return Matrix(names, rows)


def thresholds(scenes: Sequence[Judged], km2: float, t: Words) -> Table:
    """Return what remains of the candidates at some thresholds."""
    rows = []
    for least in THRESHOLDS:
        kept, right, precision, recall = at_threshold(scenes, least)
        load = number(kept * 100 / km2, 1) if km2 > 0 else "–"
        cells = [f"{kept}", f"{right}", percent(precision), percent(recall), load]
        rows.append([f"≥ {least:.1f}", *cells])
    heads = [
        t("threshold"), t("candidates"), t("n_right"), t("precision"), t("recall"), t("load"),
    ]  # fmt: skip
    return Table(heads, rows)


def scenes(found: BatchEvaluation, t: Words) -> Table:
    """Return one row for each scene."""
    heads = [
        t("scene"), t("iou"), t("overall"), t("places"), t("n_found"), t("candidates"),
        t("n_right"), t("load"), f"{t('area_error')} %", t("first"),
    ]  # fmt: skip
    rows = [[n, *scene_row(one)] for n, one in zip(found.names, found.scenes, strict=True)]
    return Table(heads, rows)


def spread(found: BatchEvaluation, t: Words) -> Table:
    """Return the median and the worst scene of each figure."""
    language = "en" if t.is_english else "zh-CN"
    return Table(
        [t("figure"), t("median"), t("least"), t("worst_scene")],
        [
            [figure_name(key, language), number(s.median), number(s.least), s.worst or "–"]
            for key, s in found.spreads.items()
        ],
        texts=(3,),
    )


def places(scenes: Sequence[Judged], t: Words) -> tuple[Table, int]:
    """Return a row for each place, missed ones first, and how many were left out."""
    every = [(one.name, p, p.outline_lonlat.centroid) for one in scenes for p in one.places]
    every.sort(key=lambda row: (row[1].is_found, -row[1].area_m2, row[0], row[2].x, row[2].y))
    heads = [
        t("scene"), t("place_at"), t("area"), t("covered"), t("best_iou"), t("found_at"),
    ]  # fmt: skip
    rows = [
        [
            name,
            f"{middle.x:.4f}, {middle.y:.4f}",
            f"{p.area_m2 / 1e4:.2f}",
            percent(p.covered),
            number(p.iou, 2),
            number(p.found_at, 2) if p.is_found else t("missed"),
        ]
        for name, p, middle in every[:MOST_PLACES]
    ]
    return Table(heads, rows, texts=(1,)), max(len(every) - MOST_PLACES, 0)


def adjusted(area: AreaAdjusted, t: Words) -> Table:
    """Return the area-adjusted figures of each class."""
    heads = [t("class"), t("users"), t("producers"), t("estimated_area"), t("mapped_area")]
    rows = [
        [
            named(row.name, t),
            told(row.users),
            told(row.producers),
            f"{row.area_m2.value / 1e4:.1f} ± {row.area_m2.half_width / 1e4:.1f}",
            f"{row.mapped_m2 / 1e4:.1f}",
        ]
        for row in area.classes
    ]
    return Table(heads, rows)


def card(model: ModelCard | None, sha256: str | None, t: Words) -> Table:
    """Return what of the model's card its plain words do not say, as pairs."""
    if model is None:
        return Table([], [])
    joint = ", " if t.is_english else "、"
    rows = [
        [t("model"), f"{model.name} · {(sha256 or '')[:16]}"],
        [t("samples"), joint.join(f"{named(k, t)} {n}" for k, n in model.samples.items())],
        [t("trained_on"), "; ".join(map(_scene_line, model.trained_on))],
        [t("parameters"), _flat(model.parameters)],
    ]
    return Table(["", ""], [[a, b or "–"] for a, b in rows], hashes=(1,))


def _scene_line(scene: Any) -> str:
    return f"{scene.get('acquired_on') or '–'} ({str(scene.get('sha256', ''))[:12]})"


def _flat(value: Any, name: str = "") -> str:
    """Return nested figures as one line."""
    if isinstance(value, dict):
        return "; ".join(_flat(one, f"{name}.{key}".strip(".")) for key, one in value.items())
    if isinstance(value, list | tuple):
        if any(isinstance(one, dict) for one in value):
            return "; ".join(_flat(one, f"{name}.{n}") for n, one in enumerate(value, start=1))
        return f"{name}: {', '.join(map(str, value))}"
    return f"{name}: {value}"


def told(one: Estimate) -> str:
    """Return an estimate with its half-width, or a dash."""
    return "–" if isnan(one.value) else str(one)
