"""The pieces of a river put together: small gaps bridged and said, large ones refused."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import shapely
from shapely import LineString, MultiLineString, Point

from gis.domain.reach import Finding, ReachRules
from gis.domain.river_errors import RiverGap
from gis.spatial.channels import ends_of
from gis.spatial.feature_index import as_shapes
from gis.spatial.river_lines import Edge, Lines, LonLat, Part, Say


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


class Asked(NamedTuple):
    """Whose course is sought, by which rules, and who is told what was found."""

    river: str
    is_main_stem: bool
    rules: ReachRules
    say: Say
    lon_lat: LonLat


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
