"""Diagrams as SVG text: small, sharp in print, and with the page's own letters."""

from collections.abc import Iterable, Sequence
from html import escape
from math import isnan

from remote_sensing.quality.judging import Judged
from remote_sensing.quality.per_object import VISITED_FIRST, Bin

_WIDTH, _HEIGHT, _LEFT, _TOP, _RIGHT, _BOTTOM = 440, 290, 46, 12, 14, 44
STEPS = tuple(n / 50 for n in range(51))
"""The thresholds that the curves are drawn at."""


def reliability(bins: Sequence[Bin], across: str, up: str, count: str) -> str:
    """Return how often candidates of each confidence are right; larger circles are more of them."""
    most = max((one.candidates for one in bins), default=0) or 1
    parts = [f'<line class="even" {_ends((0, 0), (1, 1))}/>']
    known = [one for one in bins if one.candidates]
    parts.append(_line("curve", [(one.mean_confidence, one.share_right) for one in known]))
    for one in known:
        x, y = _place(one.mean_confidence, one.share_right)
        radius = 3.5 + 9 * (one.candidates / most) ** 0.5
        said = f"{one.low:.1f}–{one.high:.1f}: {one.candidates} {count}"
        parts.append(
            f'<circle class="dot" cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}">'
            f"<title>{escape(said)}</title></circle>"
            f'<text class="number" x="{x:.1f}" y="{y - radius - 4:.1f}">{one.candidates}</text>'
        )
    return _chart(parts, across, up)


def curves(scenes: Sequence[Judged], across: str, up: str, names: tuple[str, str]) -> str:
    """Return precision and recall of the objects over the threshold on the confidence."""
    points = [(t, *at_threshold(scenes, t)[2:4]) for t in STEPS]
    precision = [(t, p) for t, p, _ in points if not isnan(p)]
    recall = [(t, r) for t, _, r in points if not isnan(r)]
    parts = [_line("curve", precision), _line("curve second", recall)]
    for kind, own, name in (("curve", precision, names[0]), ("curve second", recall, names[1])):
        if own:
            # Names stand where the two lines lie furthest apart from the edges: one third in.
            x, y = _place(*own[len(own) // 3])
            rise = -8 if kind == "curve" else 16
            parts.append(
                f'<text class="name {kind}" x="{x:.1f}" y="{y + rise:.1f}">{escape(name)}</text>'
            )
    return _chart(parts, across, up)


def at_threshold(scenes: Sequence[Judged], least: float) -> tuple[int, int, float, float]:
    """Return candidates, right ones, precision and recall with a threshold on the confidence."""
    kept = [c for one in scenes for c in one.candidates if c.candidate.confidence >= least]
    places = [p for one in scenes for p in one.places]
    right = sum(c.is_right for c in kept)
    found = sum(p.found_at >= least for p in places)
    return (
        len(kept),
        right,
        right / len(kept) if kept else float("nan"),
        found / len(places) if places else float("nan"),
    )


def first_visits(scene: Judged) -> list[tuple[float, bool]]:
    """Return confidence and rightness of the candidates that a team visits first."""
    surest = sorted(scene.candidates, key=lambda c: (-c.candidate.confidence, str(c.candidate.id)))[
        :VISITED_FIRST
    ]
    return [(c.candidate.confidence, c.is_right) for c in surest]


def _chart(parts: Iterable[str], across: str, up: str) -> str:
    grid = []
    for tick in (0, 0.2, 0.4, 0.6, 0.8, 1):
        x, y = _place(tick, tick)
        grid.append(f'<line class="grid" {_ends((tick, 0), (tick, 1))}/>')
        grid.append(f'<line class="grid" {_ends((0, tick), (1, tick))}/>')
        floor = _HEIGHT - _BOTTOM + 16
        grid.append(f'<text class="tick" x="{x:.1f}" y="{floor}">{tick:.1f}</text>')
        grid.append(f'<text class="tick side" x="{_LEFT - 6}" y="{y + 4:.1f}">{tick:.1f}</text>')
    middle = (_LEFT + _WIDTH - _RIGHT) / 2
    side = (_TOP + _HEIGHT - _BOTTOM) / 2
    labels = (
        f'<text class="axis" x="{middle:.0f}" y="{_HEIGHT - 8}">{escape(across)}</text>'
        f'<text class="axis" transform="translate(13 {side:.0f}) rotate(-90)">{escape(up)}</text>'
    )
    body = "".join([*grid, *parts, labels])
    return f'<svg class="chart" viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img">{body}</svg>'


def _place(x: float, y: float) -> tuple[float, float]:
    across = _LEFT + x * (_WIDTH - _LEFT - _RIGHT)
    return across, _HEIGHT - _BOTTOM - y * (_HEIGHT - _TOP - _BOTTOM)


def _ends(one: tuple[float, float], other: tuple[float, float]) -> str:
    (a, b), (c, d) = _place(*one), _place(*other)
    return f'x1="{a:.1f}" y1="{b:.1f}" x2="{c:.1f}" y2="{d:.1f}"'


def _line(kind: str, points: Sequence[tuple[float, float]]) -> str:
    placed = " ".join("{:.1f},{:.1f}".format(*_place(x, y)) for x, y in points)
    return f'<polyline class="{kind}" points="{placed}"/>'
