"""Diagrams of a sample: areas with their intervals, and where the points lie."""

from collections.abc import Mapping, Sequence
from html import escape
from math import cos, isnan, radians

from remote_sensing.quality.accuracy import ClassEstimate

_WIDTH, _ROW, _LEFT, _RIGHT, _TOP = 720, 30, 150, 170, 6
_SIDE, _EDGE = 460, 26
HECTARE_M2 = 1e4
Mark = tuple[float, float, str, str]
"""A point on the map: longitude, latitude, "right", "wrong" or "unsure", and what is said of it."""


def areas(classes: Sequence[ClassEstimate], names: Mapping[str, str], unit: str) -> str:
    """Return a row for each class: estimated area as a bar with its interval, mapped as diamond."""
    known = [one for one in classes if not isnan(one.area_m2.value)]
    ends = [(one.area_m2.value + one.area_m2.half_width, one.mapped_m2) for one in known]
    most = max((max(pair) for pair in ends), default=0.0) or 1.0
    room = _WIDTH - _LEFT - _RIGHT

    def x(area_m2: float) -> float:
        return _LEFT + room * max(area_m2, 0.0) / most

    parts = [f'<line class="grid" x1="{_LEFT}" y1="0" x2="{_LEFT}" y2="{_height(known)}"/>']
    for number, one in enumerate(known):
        y = _TOP + _ROW * number + _ROW / 2
        value, half = one.area_m2.value, one.area_m2.half_width
        told = f"{value / HECTARE_M2:,.1f} ± {half / HECTARE_M2:,.1f} {unit}"
        low, high, at = x(value - half), x(value + half), x(one.mapped_m2)
        parts.append(
            f'<text class="side" x="{_LEFT - 8}" y="{y + 4:.1f}">{escape(names[one.name])}</text>'
            f'<rect class="area" x="{_LEFT}" y="{y - 7:.1f}" width="{x(value) - _LEFT:.1f}"'
            f' height="14"/>'
            f'<path class="span" d="M{low:.1f} {y:.1f}H{high:.1f}M{low:.1f} {y - 5:.1f}v10'
            f'M{high:.1f} {y - 5:.1f}v10"/>'
            f'<path class="mapped" d="M{at:.1f} {y - 6:.1f}l6 6l-6 6l-6 -6z"/>'
            f'<text class="told" x="{max(high, at) + 12:.1f}" y="{y + 4:.1f}">{told}</text>'
        )
    box = f"0 0 {_WIDTH} {_height(known)}"
    return f'<svg class="chart wide-chart" viewBox="{box}" role="img">{"".join(parts)}</svg>'


def _height(rows: Sequence[object]) -> int:
    return 2 * _TOP + _ROW * len(rows)


def sample_map(marks: Sequence[Mark]) -> str:
    """Return the points in their places, north up, one scale both ways; "" where there are none."""
    if not marks:
        return ""
    lons, lats = [one[0] for one in marks], [one[1] for one in marks]
    west, east, south, north = min(lons), max(lons), min(lats), max(lats)
    squeeze = max(cos(radians((south + north) / 2)), 0.01)
    span = max((east - west) * squeeze, north - south) or 1e-4
    scale = (_SIDE - 2 * _EDGE) / span
    width = (east - west) * squeeze * scale + 2 * _EDGE
    height = (north - south) * scale + 2 * _EDGE
    parts = []
    for kind in ("right", "unsure", "wrong"):  # what is wrong lies above
        for lon, lat, is_, told in marks:
            if is_ != kind:
                continue
            x, y = _EDGE + (lon - west) * squeeze * scale, _EDGE + (north - lat) * scale
            parts.append(_dot(kind, x, y, told))
    corners = (
        f'<text class="tick start" x="4" y="14">{west:.4f}, {north:.4f}</text>'
        f'<text class="tick side" x="{width - 4:.1f}" y="{height - 6:.1f}">'
        f"{east:.4f}, {south:.4f}</text>"
    )
    box = f"0 0 {max(width, 240):.0f} {max(height, 80):.0f}"
    return f'<svg class="chart sample" viewBox="{box}" role="img">{"".join(parts)}{corners}</svg>'


def _dot(kind: str, x: float, y: float, told: str) -> str:
    title = f"<title>{escape(told)}</title>"
    if kind == "wrong":
        cross = f"M{x - 5:.1f} {y - 5:.1f}l10 10m0 -10l-10 10"
        return f'<path class="cross" d="{cross}">{title}</path>'
    radius = 3 if kind == "right" else 4
    return f'<circle class="{kind}" cx="{x:.1f}" cy="{y:.1f}" r="{radius}">{title}</circle>'
