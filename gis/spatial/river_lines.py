"""The lines of one river as a graph of edges between points where they meet; nothing is guessed.

    read = read_lines(river, lines, rules, say)
    read.edges, read.points      the edges, and where their ends are (metres)

Zero-length lines and duplicates are left out and said. A line that crosses itself, or another of
the same river between their ends, is refused with the place.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import shapely
from shapely import LineString, Point
from shapely.geometry.base import BaseGeometry
from shapely.ops import substring

from gis.domain.reach import Finding, ReachRules
from gis.domain.river_errors import RiverCrossesItself
from gis.spatial.feature_index import Ints, Shapes, as_shapes

Say = Callable[[Finding], None]
LonLat = Callable[[Point], tuple[float, float]]

ZERO_M = 0.01
SAME_M = 1.0
"""Lines that lie so near to one another all along are one line drawn twice."""


class Part(NamedTuple):
    """A piece of line in the direction in which it is walked; ``flow`` is +1 as it was drawn.

    A ``flow`` of 0 is a bridge over a gap, which nobody drew.
    """

    line: LineString
    flow: int

    def turned(self) -> "Part":
        """Return it walked the other way."""
        return Part(self.line.reverse(), -self.flow)


class Edge(NamedTuple):
    """A way from point ``start`` to point ``end``, over one or more parts."""

    start: int
    end: int
    parts: tuple[Part, ...]

    @property
    def length(self) -> float:
        """Its length in metres."""
        return float(sum(part.line.length for part in self.parts))

    def turned(self) -> "Edge":
        """Return it walked the other way."""
        return Edge(self.end, self.start, tuple(part.turned() for part in reversed(self.parts)))


class Lines(NamedTuple):
    """A river's edges, and the points that they run between, by number."""

    edges: list[Edge]
    points: list[Point]


def read_lines(
    river: str, shapes: Sequence[BaseGeometry], rules: ReachRules, say: Say, lon_lat: LonLat
) -> Lines:
    """Return a river's lines (metres) as edges that meet at points.

    Raises RiverCrossesItself.
    """
    lines = _distinct(river, _long_enough(river, shapes, say, lon_lat), say, lon_lat)
    _require_simple(river, lines, rules, lon_lat)
    pieces = _cut_where_met(lines, rules.snap_m)
    return _without_doubles(river, _joined(pieces, rules.snap_m), say, lon_lat)


def _long_enough(
    river: str, shapes: Sequence[BaseGeometry], say: Say, lon_lat: LonLat
) -> list[LineString]:
    kept = []
    for line in shapely.get_parts(shapely.force_2d(as_shapes(list(shapes)))):
        if line.length >= ZERO_M:
            kept.append(shapely.remove_repeated_points(line))
            continue
        here = "" if line.is_empty else _said(lon_lat(Point(line.coords[0])))
        say(
            Finding(
                "ZERO_LENGTH",
                f"“{river}”有一条长度为零的线{here}，已略去。",
                f"“{river}” has a line of no length{here}; it was left out.",
            )
        )
    return kept


def _distinct(
    river: str, lines: Sequence[LineString], say: Say, lon_lat: LonLat
) -> list[LineString]:
    seen: set[bytes] = set()
    kept = []
    for line in lines:
        key = shapely.to_wkb(
            shapely.normalize(shapely.set_precision(line, ZERO_M, mode="pointwise"))
        )
        if key in seen:
            _say_double(river, line, say, lon_lat)
            continue
        seen.add(key)
        kept.append(line)
    return kept


def _say_double(river: str, line: LineString, say: Say, lon_lat: LonLat) -> None:
    here = _said(lon_lat(line.interpolate(0.5, normalized=True)))
    say(
        Finding(
            "DUPLICATE",
            f"“{river}”在{here}有一条 {line.length:.0f} m 的线重复，只取一条。",
            f"“{river}” has a line of {line.length:.0f} m twice at {here}; one was taken.",
        )
    )


def _said(place: tuple[float, float]) -> str:
    return f"（{place[0]:.5f}, {place[1]:.5f}）"


def _require_simple(
    river: str, lines: Sequence[LineString], rules: ReachRules, lon_lat: LonLat
) -> None:
    """Refuse a line that crosses itself, or another of its river away from both their ends."""
    shapes = as_shapes(list(lines))
    for line in shapes[~shapely.is_simple(shapes)]:
        lon, lat = lon_lat(_crossing(line))
        raise RiverCrossesItself(river=river, lon=lon, lat=lat)
    tree = shapely.STRtree(shapes)
    for one, other in zip(*tree.query(shapes, predicate="crosses"), strict=True):
        if one >= other:
            continue
        ends = shapely.union_all([shapes[one].boundary, shapes[other].boundary])
        meeting = shapely.intersection(shapes[one], shapes[other])
        for place in shapely.get_parts(meeting):
            if ends.is_empty or shapely.distance(place, ends) > rules.snap_m:
                lon, lat = lon_lat(place.representative_point())
                raise RiverCrossesItself(river=river, lon=lon, lat=lat)


def _crossing(line: LineString) -> Point:
    """Return where a line first meets itself."""
    parts = shapely.get_parts(shapely.unary_union(line))
    met = Counter(end for part in parts for end in (tuple(part.coords[0]), tuple(part.coords[-1])))
    often = {end for end, times in met.items() if times > 2}
    places = sorted(often, key=lambda end: line.project(Point(end))) or [line.coords[0]]
    return Point(places[0])


def _cut_where_met(lines: Sequence[LineString], snap_m: float) -> list[LineString]:
    """Return the lines cut where the end of another one lies on them."""
    if not lines:
        return []
    shapes = as_shapes(list(lines))
    ends = as_shapes([Point(line.coords[k]) for line in lines for k in (0, -1)])
    which, met = shapely.STRtree(shapes).query(ends, predicate="dwithin", distance=snap_m)
    cuts: dict[int, list[float]] = {}
    for end, line in zip(which, met, strict=True):
        if end // 2 == line:
            continue
        at = float(shapely.line_locate_point(shapes[line], ends[end]))
        if snap_m < at < shapes[line].length - snap_m:
            cuts.setdefault(int(line), []).append(at)
    pieces: list[LineString] = []
    for number, line in enumerate(lines):
        places = [0.0]
        for at in sorted(cuts.get(number, [])):
            if at - places[-1] > snap_m:
                places.append(at)
        pairs = pairwise([*places, line.length])
        parts = [substring(line, a, b) for a, b in pairs] if len(places) > 1 else [line]
        pieces += [part for part in parts if isinstance(part, LineString)]
    return pieces


def _joined(pieces: Sequence[LineString], snap_m: float) -> Lines:
    """Return pieces as edges; ends within ``snap_m`` of one another are one point."""
    ends = as_shapes([Point(line.coords[k]) for line in pieces for k in (0, -1)])
    numbers = clusters(ends, snap_m)
    points: dict[int, Point] = {}
    for number, end in zip(numbers, ends, strict=True):
        points.setdefault(int(number), end)
    edges = [
        Edge(int(start), int(end), (Part(line, 1),))
        for line, start, end in zip(pieces, numbers[::2], numbers[1::2], strict=True)
        if start != end or line.length > 2 * snap_m
    ]
    return Lines(edges, [points[number] for number in range(len(points))])


def clusters(points: Shapes, within_m: float) -> Ints:
    """Return for each point the number of its cluster; neighbours within a distance share one."""
    roots = list(range(len(points)))

    def root(of: int) -> int:
        while roots[of] != of:
            roots[of] = roots[roots[of]]
            of = roots[of]
        return of

    if len(points):
        pairs = shapely.STRtree(points).query(points, predicate="dwithin", distance=within_m)
        for one, other in zip(*pairs, strict=True):
            low, high = sorted((root(int(one)), root(int(other))))
            roots[high] = low
    found = np.array([root(k) for k in range(len(points))], dtype=np.int64)
    return np.unique(found, return_inverse=True)[1].astype(np.int64)


def _without_doubles(river: str, lines: Lines, say: Say, lon_lat: LonLat) -> Lines:
    """Return the edges without those that another one between the same points lies along."""
    kept: list[Edge] = []
    between: dict[tuple[int, int], list[LineString]] = {}
    for edge in lines.edges:
        line = edge.parts[0].line
        key = (min(edge.start, edge.end), max(edge.start, edge.end))
        known = between.setdefault(key, [])
        if any(_is_along(line, other) for other in known):
            _say_double(river, line, say, lon_lat)
            continue
        known.append(line)
        kept.append(edge)
    return Lines(kept, lines.points)


def _is_along(one: LineString, other: LineString) -> bool:
    return bool(
        abs(one.length - other.length) <= SAME_M + 0.01 * one.length
        and shapely.hausdorff_distance(one, other, densify=0.1) <= SAME_M
    )
