"""A river's course: its pieces connected, its main channel found, and turned to run downstream."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import shapely
from shapely import LineString, MultiLineString, Point

from gis.domain.reach import Finding, ReachRules
from gis.domain.river_errors import (
    QuarterUnknown,
    RiverClosed,
    RiverDirectionOpen,
    RiverGap,
)
from gis.spatial.channels import Channel, ends_of, farthest, main_channel
from gis.spatial.feature_index import as_shapes
from gis.spatial.river_lines import Edge, Lines, LonLat, Part, Say

QUARTERS = {
    "N": (0.0, 1.0),
    "NE": (0.7071, 0.7071),
    "E": (1.0, 0.0),
    "SE": (0.7071, -0.7071),
    "S": (0.0, -1.0),
    "SW": (-0.7071, -0.7071),
    "W": (-1.0, 0.0),
    "NW": (-0.7071, 0.7071),
}
PLAIN_SHARE = 0.25
"""A river whose ends lie less than this share of their distance towards a quarter does not say."""


class Group(NamedTuple):
    """Edges that hang together, and side channels that lie near them without touching."""

    edges: list[Edge]
    loose: list[Edge]

    @property
    def length(self) -> float:
        """The metres of its edges."""
        return sum(edge.length for edge in self.edges)

    def shape(self) -> MultiLineString:
        """Return all of its lines."""
        edges = (*self.edges, *self.loose)
        return MultiLineString([part.line for edge in edges for part in edge.parts])


class Course(NamedTuple):
    """A river's main channel, downstream, and the channels beside it (metres)."""

    line: LineString
    sides: tuple[LineString, ...]


class Asked(NamedTuple):
    """Whose course is sought, by which rules, and who is told what was found."""

    river: str
    is_main_stem: bool
    rules: ReachRules
    say: Say
    lon_lat: LonLat


def quarter(word: str) -> tuple[float, float]:
    """Return a quarter of the compass as a step east and north; raises QuarterUnknown."""
    found = QUARTERS.get(word.strip().upper())
    if found is None:
        raise QuarterUnknown(word=word)
    return found


def groups(read: Lines, asked: Asked) -> list[Group]:
    """Return a river's edges with small gaps bridged, the longest group first.

    More than one group is as many rivers of one name. Raises RiverGap.
    """
    edges = list(read.edges)
    of_point = _components(edges, len(read.points))
    ends = ends_of(edges) or list(range(len(read.points)))
    edges += _bridges(read.points, ends, of_point, asked)
    whole: dict[int, list[Edge]] = {}
    of_point = _components(edges, len(read.points))
    for edge in edges:
        whole.setdefault(of_point[edge.start], []).append(edge)
    found = sorted((Group(mine, []) for mine in whole.values()), key=lambda g: -g.length)
    return _apart(found, read.points, asked)


def _components(edges: Sequence[Edge], count: int) -> list[int]:
    roots = list(range(count))

    def root(of: int) -> int:
        while roots[of] != of:
            roots[of] = roots[roots[of]]
            of = roots[of]
        return of

    for edge in edges:
        low, high = sorted((root(edge.start), root(edge.end)))
        roots[high] = low
    return [root(point) for point in range(count)]


def _bridges(
    points: Sequence[Point], ends: Sequence[int], of_point: Sequence[int], asked: Asked
) -> list[Edge]:
    """Return the shortest bridges between ends of different components, each said."""
    places = as_shapes([points[end] for end in ends])
    if len(places) < 2:
        return []
    tree = shapely.STRtree(places)
    one, other = tree.query(places, predicate="dwithin", distance=asked.rules.bridge_m)
    metres = shapely.distance(places[one], places[other])
    order = np.lexsort((other, one, metres))
    bridges: list[Edge] = []
    joined = list(of_point)
    for k in order:
        a, b = ends[one[k]], ends[other[k]]
        if one[k] >= other[k] or joined[a] == joined[b]:
            continue
        old, new = joined[b], joined[a]
        joined = [new if group == old else group for group in joined]
        bridges.append(Edge(a, b, (Part(LineString([points[a], points[b]]), 0),)))
        lon, lat = asked.lon_lat(points[a])
        asked.say(
            Finding(
                "GAP_BRIDGED",
                f"“{asked.river}”在（{lon:.5f}, {lat:.5f}）处有 {metres[k]:.0f} m 的缺口，"
                "已用直线连接。",
                f"“{asked.river}” has a gap of {metres[k]:.0f} m at ({lon:.5f}, {lat:.5f}); "
                "it was bridged.",
            )
        )
    return bridges


def _apart(found: list[Group], points: Sequence[Point], asked: Asked) -> list[Group]:
    """Return groups that are rivers of their own, side channels put to the river they are of."""
    kept: list[Group] = []
    for group in found:
        near = next((k for k in kept if _distance(k, group) <= asked.rules.bridge_m), None)
        if near is not None:
            near.loose.extend(group.edges)
            lon, lat = asked.lon_lat(points[group.edges[0].start])
            asked.say(
                Finding(
                    "SIDE_LOOSE",
                    f"“{asked.river}”在（{lon:.5f}, {lat:.5f}）处的旁汊未与主槽相接，按旁汊保留。",
                    f"A side channel of “{asked.river}” at ({lon:.5f}, {lat:.5f}) does not meet "
                    "the main channel; it was kept as a side channel.",
                )
            )
            continue
        for other in kept:
            metres, place = _gap(other, group, points)
            if asked.is_main_stem or metres <= asked.rules.namesake_m:
                lon, lat = asked.lon_lat(place)
                raise RiverGap(
                    river=asked.river,
                    km=round(metres / 1000, 1),
                    lon=lon,
                    lat=lat,
                    most_m=f"{asked.rules.bridge_m:g}",
                )
        kept.append(group)
    return kept


def _distance(one: Group, other: Group) -> float:
    return float(shapely.distance(one.shape(), other.shape()))


def _gap(one: Group, other: Group, points: Sequence[Point]) -> tuple[float, Point]:
    """Return how far two groups' ends are apart, and where the gap begins."""
    mine, theirs = (
        as_shapes([points[p] for p in ends_of(g.edges) or [g.edges[0].start]]) for g in (one, other)
    )
    tree = shapely.STRtree(theirs)
    (first, _), metres = tree.query_nearest(mine, return_distance=True, all_matches=False)
    k = int(np.argmin(metres))
    return float(metres[k]), mine[first[k]]


def course(
    group: Group, points: Sequence[Point], asked: Asked, towards: str | None, mouth: int | None
) -> Course:
    """Return a group's main channel turned downstream, and its side channels.

    It flows to ``mouth`` where that is known, else ``towards`` a quarter, else as most of it was
    drawn. Raises QuarterUnknown, RiverClosed, RiverDirectionOpen.
    """
    source, end = _terminals(group, points, asked, mouth)
    channel = main_channel(group.edges, source, end)
    if mouth is None and _runs_up(channel, points[source], points[end], asked, towards):
        turned = tuple(part.turned() for part in reversed(channel.parts))
        channel = Channel(turned, channel.sides)
    _say_turned(channel, asked, towards, is_mouth_known=mouth is not None)
    sides = [_line(edge.parts) for edge in (*channel.sides, *group.loose)]
    line = _line(channel.parts)
    if sides:
        at = ", ".join(
            f"{line.project(Point(side.coords[0])) / 1000:.1f}" for side in sides[:5]
        ) + ("…" if len(sides) > 5 else "")
        asked.say(
            Finding(
                "BRAIDED",
                f"“{asked.river}”有 {len(sides)} 条旁汊（{at} km 处），最长的一支作主槽，"
                "旁汊归入同一河段。",
                f"“{asked.river}” has {len(sides)} side channels (at {at} km); the longest way is "
                "the main channel, they are of its reaches.",
            )
        )
    return Course(line, tuple(sides))


def _terminals(
    group: Group, points: Sequence[Point], asked: Asked, mouth: int | None
) -> tuple[int, int]:
    every = sorted({point for edge in group.edges for point in (edge.start, edge.end)})
    ends = ends_of(group.edges)
    if mouth is None and not ends:
        lon, lat = asked.lon_lat(points[every[0]])
        raise RiverClosed(river=asked.river, lon=lon, lat=lat)
    end = farthest(group.edges, ends[0], ends) if mouth is None else mouth
    among = [p for p in ends if p != end] or [p for p in every if p != end]
    if not among:
        lon, lat = asked.lon_lat(points[every[0]])
        raise RiverClosed(river=asked.river, lon=lon, lat=lat)
    return farthest(group.edges, end, among), end


def _runs_up(
    channel: Channel, source: Point, end: Point, asked: Asked, towards: str | None
) -> bool:
    """Return whether a channel must be turned; raises RiverDirectionOpen."""
    if towards is not None:
        east, north = quarter(towards)
        along = (end.x - source.x) * east + (end.y - source.y) * north
        if abs(along) >= PLAIN_SHARE * source.distance(end):
            return along < 0
    with_m = sum(part.line.length for part in channel.parts if part.flow > 0)
    against_m = sum(part.line.length for part in channel.parts if part.flow < 0)
    if max(with_m, against_m) < asked.rules.decided_share * (with_m + against_m):
        raise RiverDirectionOpen(
            river=asked.river,
            with_km=round(with_m / 1000, 1),
            against_km=round(against_m / 1000, 1),
        )
    return against_m > with_m


def _say_turned(
    channel: Channel, asked: Asked, towards: str | None, *, is_mouth_known: bool
) -> None:
    """Say which stretches ran against the flow, or that the whole line did."""
    drawn = [part for part in channel.parts if part.flow]
    against = [part for part in drawn if part.flow < 0]
    if not against:
        return
    zh, en = (
        ("按汇入处判定", "by its confluence")
        if is_mouth_known
        else ("按说明的流向", "as its flow is stated")
        if towards
        else ("按多数线段的画向", "as most of it is drawn")
    )
    if len(against) == len(drawn):
        asked.say(
            Finding(
                "TURNED_WHOLE",
                f"“{asked.river}”整条线自下游画向上游，已掉转（{zh}）。",
                f"The whole line of “{asked.river}” runs upstream; it was turned ({en}).",
            )
        )
        return
    at = 0.0
    for part in channel.parts:
        to = at + part.line.length
        if part.flow < 0:
            lon, lat = asked.lon_lat(Point(part.line.coords[0]))
            asked.say(
                Finding(
                    "TURNED",
                    f"“{asked.river}” {at / 1000:.1f}–{to / 1000:.1f} km（起于 {lon:.5f}, "
                    f"{lat:.5f}）的线段逆流，已掉转（{zh}）。",
                    f"“{asked.river}” {at / 1000:.1f}–{to / 1000:.1f} km (from {lon:.5f}, "
                    f"{lat:.5f}) ran against the flow; it was turned ({en}).",
                )
            )
        at = to


def _line(parts: Sequence[Part]) -> LineString:
    corners = np.concatenate([shapely.get_coordinates(part.line) for part in parts])
    line: LineString = shapely.remove_repeated_points(LineString(corners))
    return line
