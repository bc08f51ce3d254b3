"""How far waste is hauled: along a road layer where one joins the two, else straight × factor.

Lines are noded where they meet or cross (a bridge over a road is taken for a crossing: layers
seldom say which it is). A site joins the network at the nearest point of the nearest road, and
goes there straight; beyond the snapping distance it does not join.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray
from scipy import sparse
from scipy.sparse.csgraph import dijkstra
from shapely.geometry.base import BaseGeometry

from gis.domain.place import STORE_EPSG
from gis.domain.terms import HaulBasis
from gis.spatial import crs

Floats = NDArray[np.float64]
DECIMALS = 2
"""Ends of lines within a centimetre are one node."""
BASES = tuple(HaulBasis)
AT_ONCE = 32
"""Sources of one search: each takes a distance to every node."""


@dataclass(frozen=True, slots=True)
class Hauls:
    """``km`` (piles, pits) float64; ``how`` (piles, pits) uint8, the place of its `HaulBasis`."""

    km: Floats
    how: NDArray[np.uint8]

    def basis(self, pile: int, pit: int) -> HaulBasis:
        """Return how a distance was found."""
        return BASES[int(self.how[pile, pit])]


@dataclass(frozen=True, slots=True)
class Network:
    """Roads as a graph in metres: ``nodes`` (n, 2) x, y; ``edges`` (m, 2); ``lines`` (m,)."""

    nodes: Floats
    edges: NDArray[np.intp]
    lines: NDArray[np.object_]

    @property
    def lengths_m(self) -> Floats:
        """Return the length of each edge, (m,) float64."""
        return np.asarray(shapely.length(self.lines), dtype=np.float64)


def network(roads: Sequence[BaseGeometry], epsg: int) -> Network | None:
    """Return the network of some roads (EPSG:4490) in a metric CRS, or None where there are none.

    Empty shapes and areas are passed over.
    """
    lines = [crs.transform(road, STORE_EPSG, epsg) for road in roads if road.length > 0]
    parts = shapely.get_parts(shapely.get_parts([one for one in lines if one.geom_type in LINES]))
    if not len(parts):
        return None
    noded = shapely.get_parts(shapely.unary_union(parts))
    noded = noded[shapely.length(noded) > 0]
    ends = np.stack([_end(noded, 0), _end(noded, -1)], axis=1)
    nodes, where = np.unique(np.round(ends.reshape(-1, 2), DECIMALS), axis=0, return_inverse=True)
    return Network(nodes, where.reshape(-1, 2), noded)


LINES = {"LineString", "MultiLineString"}


def _end(lines: NDArray[np.object_], index: int) -> Floats:
    return np.asarray(shapely.get_coordinates(shapely.get_point(lines, index)), dtype=np.float64)


def hauls(
    piles: Floats, pits: Floats, roads: Network | None, epsg: int, factor: float, snap_m: float
) -> Hauls:
    """Return the distance between each pile and pit, (n, 2) lon, lat in EPSG:4490 each.

    Never shorter than the straight line. Where roads do not join the two, the geodesic × factor.
    """
    straight = _geodesic_km(piles, pits)
    km = straight * factor
    shape = straight.shape
    if roads is None or not len(piles) or not len(pits):
        return Hauls(km, np.full(shape, BASES.index(HaulBasis.NO_ROADS), dtype=np.uint8))
    along, joined = _along(roads, _metric(piles, epsg), _metric(pits, epsg), snap_m)
    found = joined & np.isfinite(along)
    how = np.full(shape, BASES.index(HaulBasis.NOT_JOINED), dtype=np.uint8)
    how[~joined] = BASES.index(HaulBasis.TOO_FAR)
    how[found] = BASES.index(HaulBasis.ROAD)
    km[found] = np.maximum(along[found] / 1000, straight[found])
    return Hauls(km, how)


def _metric(points: Floats, epsg: int) -> NDArray[np.object_]:
    return np.array([crs.transform(shapely.Point(p), STORE_EPSG, epsg) for p in points], object)


def _geodesic_km(piles: Floats, pits: Floats) -> Floats:
    if not len(piles) or not len(pits):
        return np.zeros((len(piles), len(pits)))
    rows, columns = np.divmod(np.arange(len(piles) * len(pits)), len(pits))
    *_, metres = crs.GEOD.inv(*piles[rows].T, *pits[columns].T)
    return np.asarray(metres, dtype=np.float64).reshape(len(piles), len(pits)) / 1000


def _along(
    roads: Network, piles: NDArray[np.object_], pits: NDArray[np.object_], snap_m: float
) -> tuple[Floats, NDArray[np.bool_]]:
    """Return metres along the roads (inf where they do not join) and whether both ends snap."""
    every = np.concatenate([piles, pits])
    tree = shapely.STRtree(roads.lines)
    edge = tree.nearest(every)
    line = roads.lines[edge]
    off = shapely.distance(every, line)
    place = shapely.line_locate_point(line, every)
    near = off <= snap_m
    graph, sites = _with_points(roads, edge, place, off)
    count = len(piles)
    metres = np.full((count, len(pits)), np.inf)
    for start in range(0, len(pits), AT_ONCE):
        chosen = np.arange(start, min(start + AT_ONCE, len(pits)))
        reach = dijkstra(graph, directed=False, indices=sites[count + chosen])
        metres[:, chosen] = reach[:, sites[:count]].T
    return metres, near[:count, np.newaxis] & near[np.newaxis, count:]


def _with_points(
    roads: Network, edge: NDArray[np.intp], place: Floats, off: Floats
) -> tuple[sparse.csr_array, NDArray[np.intp]]:
    """Return the graph with each point hung on its edge, and the points' nodes.

    An edge with points becomes a chain: its first end, the points by their place, its last end.
    """
    lengths, count = roads.lengths_m, len(edge)
    feet = len(roads.nodes) + np.arange(count)
    sites = feet + count
    order = np.lexsort((place, edge))
    on, at, foot = edge[order], place[order], feet[order]
    begins = np.r_[True, on[1:] != on[:-1]]
    ends = np.r_[begins[1:], True]
    before = np.where(begins, roads.edges[on, 0], np.r_[0, foot[:-1]])
    steps = at - np.where(begins, 0.0, np.r_[0.0, at[:-1]])
    one = np.concatenate([roads.edges[:, 0], before, foot[ends], feet])
    two = np.concatenate([roads.edges[:, 1], foot, roads.edges[on[ends], 1], sites])
    weights = np.concatenate([lengths, steps, lengths[on[ends]] - at[ends], off])
    return _graph(one, two, weights, len(roads.nodes) + 2 * count), sites


def _graph(
    one: NDArray[np.intp], two: NDArray[np.intp], weights: Floats, total: int
) -> sparse.csr_array:
    """Return an undirected graph; of two edges between the same nodes the shorter one stays.

    A length of nothing counts as a micrometre: a zero in a sparse graph is no edge.
    """
    low, high = np.minimum(one, two), np.maximum(one, two)
    order = np.lexsort((weights, high, low))
    low, high, weights = low[order], high[order], np.maximum(weights[order], 1e-6)
    first = np.r_[True, (low[1:] != low[:-1]) | (high[1:] != high[:-1])]
    return sparse.csr_array((weights[first], (low[first], high[first])), shape=(total, total))
