"""The main channel of a river that braids: the longest way down, the rest kept as side channels.

Chains are made one edge, of two edges between the same points the longer leads on, dead ends lie
aside. This finds the longest way of every braid that splits and rejoins; of channels that cross
over from one to another the shortest is set aside until the rest is such a braid.
"""

from collections import deque
from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np

from gis.spatial.river_lines import Edge, Part

Drop = Callable[[int], Edge]


class Channel(NamedTuple):
    """The parts of the main channel from source to mouth, and the edges beside it."""

    parts: tuple[Part, ...]
    sides: list[Edge]


def ends_of(edges: Sequence[Edge]) -> list[int]:
    """Return the points at which one edge only begins or ends."""
    degree: dict[int, int] = {}
    for edge in edges:
        for point in (edge.start, edge.end):
            degree[point] = degree.get(point, 0) + 1
    return sorted(point for point, edges_there in degree.items() if edges_there == 1)


def farthest(edges: Sequence[Edge], start: int, among: Sequence[int]) -> int:
    """Return which of some points is farthest from ``start`` along the edges."""
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import dijkstra

    count = 1 + max(max(edge.start, edge.end) for edge in edges)
    shortest: dict[tuple[int, int], float] = {}
    for edge in edges:
        key = (edge.start, edge.end)
        shortest[key] = min(shortest.get(key, np.inf), edge.length)
    rows, columns = np.array(list(shortest)).T
    graph = coo_array((list(shortest.values()), (rows, columns)), shape=(count, count)).tocsr()
    metres = dijkstra(graph, directed=False, indices=start)
    return max(among, key=lambda point: metres[point] if np.isfinite(metres[point]) else -1.0)


def main_channel(edges: Sequence[Edge], source: int, mouth: int) -> Channel:
    """Return the longest way from source to mouth, and what lies beside it."""
    left = dict(enumerate(edges))
    sides: list[Edge] = []
    while True:
        _simplify(left, sides, {source, mouth})
        if len(left) <= 1:
            break
        sides.append(left.pop(_shortest_of_a_ring(left)))
    (edge,) = left.values()
    parts = edge.parts if edge.start == source else edge.turned().parts
    return Channel(parts, sides)


def _simplify(left: dict[int, Edge], sides: list[Edge], terminals: set[int]) -> None:
    """Join chains, set aside rings, dead ends and the shorter of two ways, until none is left."""
    at: dict[int, set[int]] = {}
    for key, edge in left.items():
        at.setdefault(edge.start, set()).add(key)
        at.setdefault(edge.end, set()).add(key)

    def drop(key: int) -> Edge:
        edge = left.pop(key)
        at[edge.start].discard(key)
        at[edge.end].discard(key)
        waiting.extend((edge.start, edge.end))
        return edge

    waiting = deque(sorted(at))
    while waiting:
        point = waiting.popleft()
        for key in sorted(at[point]):
            if left[key].start == left[key].end:
                sides.append(drop(key))
        _drop_parallel(left, at[point], point, drop, sides)
        keys = sorted(at[point])
        if point in terminals or len(keys) > 2:
            continue
        if len(keys) == 1:
            sides.append(drop(keys[0]))
        elif len(keys) == 2:
            one, other = (drop(key) for key in keys)
            before = one if one.end == point else one.turned()
            after = other if other.start == point else other.turned()
            left[keys[0]] = Edge(before.start, after.end, before.parts + after.parts)
            at[before.start].add(keys[0])
            at[after.end].add(keys[0])


def _drop_parallel(
    left: dict[int, Edge], keys: set[int], point: int, drop: Drop, sides: list[Edge]
) -> None:
    longest: dict[int, int] = {}
    for key in sorted(keys):
        edge = left[key]
        other = edge.end if edge.start == point else edge.start
        known = longest.get(other)
        if known is None:
            longest[other] = key
        elif edge.length > left[known].length:
            sides.append(drop(known))
            longest[other] = key
        else:
            sides.append(drop(key))


def _shortest_of_a_ring(left: dict[int, Edge]) -> int:
    """Return the shortest edge without which its two ends are still connected."""
    for key in sorted(left, key=lambda k: (left[k].length, k)):
        others = [edge for k, edge in left.items() if k != key]
        if _connected(others, left[key].start, left[key].end):
            return key
    raise AssertionError("a graph that does not simplify has a ring")


def _connected(edges: Sequence[Edge], one: int, other: int) -> bool:
    near: dict[int, list[int]] = {}
    for edge in edges:
        near.setdefault(edge.start, []).append(edge.end)
        near.setdefault(edge.end, []).append(edge.start)
    seen, waiting = {one}, [one]
    while waiting:
        for point in near.get(waiting.pop(), []):
            if point not in seen:
                seen.add(point)
                waiting.append(point)
    return other in seen
