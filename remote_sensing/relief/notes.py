"""What a reader of a volume has to know besides the number, each note in two languages."""

from typing import NamedTuple

import numpy as np

from gis.domain.terms import SurveyBasis
from remote_sensing.relief.elevation import Elevation
from remote_sensing.relief.holes import Filled
from remote_sensing.relief.outline import Laid

FLAT_SHARE = 0.1
FEW_PIXELS = 400


class Note(NamedTuple):
    """A remark with a stable code."""

    code: str
    zh: str
    en: str


def notes_on(elevation: Elevation, laid: Laid, filled: Filled) -> tuple[Note, ...]:
    """Return the remarks on a measurement."""
    found = [*_on_grid(elevation, laid), *_on_holes(filled)]
    inside = laid.weights >= 0.5
    heights = filled.heights[inside]
    flat = float((heights == heights.min()).mean()) if heights.size else 0.0
    if flat > FLAT_SHARE and heights.size > 25:
        percent = round(flat * 100)
        found.append(
            Note(
                "flat_bottom",
                f"坑底有 {percent}% 的像元高程完全相同，可能是水面或被裁平，实际可能更深。",
                f"{percent} % of the floor has one and the same height: water, or clipped; "
                "the pit may be deeper.",
            )
        )
    if elevation.basis is SurveyBasis.DSM:
        found.append(
            Note(
                "surface_model",
                "所用为表面模型（DSM），树木、房屋、设备计入高程。",
                "A surface model (DSM): trees, roofs and machines count as ground.",
            )
        )
    return tuple(found)


def _on_grid(elevation: Elevation, laid: Laid) -> list[Note]:
    found = []
    pixel_m = laid.surface.pixel_m
    if not elevation.is_metric:
        found.append(
            Note(
                "resampled",
                f"高程模型不是米制投影，已按 {pixel_m:.1f} 米双线性插值到米制格网。",
                f"The model is in no metric projection; interpolated onto {pixel_m:.1f} m.",
            )
        )
    elif pixel_m > elevation.pixel_m * 1.5:
        found.append(
            Note(
                "averaged",
                f"像元过多，已由 {elevation.pixel_m:g} 米按块平均为 {pixel_m:g} 米。",
                f"Averaged in blocks from {elevation.pixel_m:g} m to {pixel_m:g} m.",
            )
        )
    pixels = laid.weights.sum()
    if pixels < FEW_PIXELS:
        found.append(
            Note(
                "few_pixels",
                f"轮廓内只有约 {round(pixels)} 个像元，容积只是粗估。",
                f"Only some {round(pixels)} pixels lie inside: the volume is a rough estimate.",
            )
        )
    return found


def _on_holes(filled: Filled) -> list[Note]:
    found = []
    if filled.small_share > 0:
        percent = f"{filled.small_share * 100:.1f}"
        found.append(
            Note(
                "holes_bridged",
                f"{percent}% 的小空洞已由边缘插值补齐。",
                f"Small holes, {percent} % of the outline, were bridged from their edges.",
            )
        )
    if filled.large_share > 0:
        percent = f"{filled.large_share * 100:.1f}"
        found.append(
            Note(
                "holes_doubtful",
                f"{percent}% 无高程且空洞较大，只作插值，误差已相应放大。",
                f"Large holes, {percent} % of the outline, were bridged; the error is widened.",
            )
        )
    return found


def is_lower_bound(notes: tuple[Note, ...]) -> bool:
    """Say whether the pit may hold more than was measured."""
    return bool({note.code for note in notes} & {"flat_bottom", "holes_doubtful"})


def spread_note(range_m: float, independent: float) -> Note:
    """Return how the correlation of errors was taken into account."""
    many = max(round(independent), 1) if np.isfinite(independent) else 1
    return Note(
        "correlated",
        f"误差在约 {range_m:.0f} 米内相关，轮廓内相当于 {many} 个独立样本。",
        f"Errors are alike within some {range_m:.0f} m: worth {many} independent samples.",
    )
