"""Features prepared once, so that thousands of outlines can be asked about them at a time.

Long lines and boundaries are cut into short pieces: a distance then looks at the few pieces near
by, not at every vertex of a river or a red line.
"""

from collections.abc import Iterator, Sequence

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import LineString
from shapely.geometry.base import BaseGeometry

Shapes = NDArray[np.object_]
Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

PIECE_SEGMENTS = 8


def as_shapes(geometries: Sequence[BaseGeometry]) -> Shapes:
    """Return geometries as the array that shapely's functions take."""
    shapes = np.empty(len(geometries), dtype=object)
    shapes[:] = geometries
    return shapes


def _cut(line: LineString) -> Iterator[LineString]:
    corners = shapely.get_coordinates(line)
    for start in range(0, max(len(corners) - 1, 1), PIECE_SEGMENTS):
        yield LineString(corners[start : start + PIECE_SEGMENTS + 1])


def _edges(parts: Shapes, owners: Ints) -> tuple[Shapes, Ints]:
    """Return the points and pieces of line that distances run to, and whose each is."""
    edges: list[BaseGeometry] = []
    whose: list[int] = []
    for part, owner in zip(parts, owners, strict=True):
        rim = part.boundary if shapely.get_dimensions(part) == 2 else part
        for line in shapely.get_parts(rim):
            pieces = [line] if shapely.get_dimensions(line) == 0 else list(_cut(line))
            edges += pieces
            whose += [int(owner)] * len(pieces)
    return as_shapes(edges), np.array(whose, dtype=np.int64)


class FeatureIndex:
    """Features in metres (points, lines or polygons), found by place."""

    def __init__(self, shapes: Shapes) -> None:
        parts, owners = shapely.get_parts(shapes, return_index=True)
        is_area = shapely.get_dimensions(parts) == 2
        self._areas: Shapes = parts[is_area]
        self._area_owners: Ints = owners[is_area]
        shapely.prepare(self._areas)
        self._area_tree = shapely.STRtree(self._areas)
        edges, self._edge_owners = _edges(parts, owners)
        self._edge_tree = shapely.STRtree(edges)

    def touching(self, outlines: Shapes) -> tuple[Ints, Ints]:
        """Return which outline meets which feature's area, as pairs of positions."""
        which, area = self._area_tree.query(outlines)
        meets = shapely.intersects(self._areas[area], outlines[which])
        return which[meets], self._area_owners[area[meets]]

    def nearest(self, outlines: Shapes) -> tuple[Floats, Ints]:
        """Return each outline's distance in metres to its nearest feature, and that feature.

        The distance runs from the outline's edge; it is 0 where the two touch.
        """
        metres = np.zeros(len(outlines))
        owners = np.full(len(outlines), -1, dtype=np.int64)
        which, feature = self.touching(outlines)
        owners[which] = feature
        apart = np.flatnonzero(owners < 0)
        (_, edge), far = self._edge_tree.query_nearest(
            outlines[apart], return_distance=True, all_matches=False
        )
        metres[apart] = far
        owners[apart] = self._edge_owners[edge]
        return metres, owners

    def under(self, outlines: Shapes) -> Ints:
        """Return the feature under the largest part of each outline; -1 where there is none."""
        which, area = self._area_tree.query(outlines)
        inside = shapely.contains(self._areas[area], outlines[which])
        shares = np.where(inside, np.inf, 0.0)
        cut = np.flatnonzero(~inside)
        shares[cut] = [
            shapely.intersection(shapely.clip_by_rect(one, *place.bounds), place).area
            for one, place in zip(self._areas[area[cut]], outlines[which[cut]], strict=True)
        ]
        largest = np.full(len(outlines), -1, dtype=np.int64)
        summed: dict[tuple[int, int], float] = {}
        best: dict[int, float] = {}
        for outline, owner, share in zip(which, self._area_owners[area], shares, strict=True):
            key = (int(outline), int(owner))
            summed[key] = summed.get(key, 0.0) + float(share)
            if summed[key] > best.get(key[0], 0.0):
                best[key[0]] = summed[key]
                largest[key[0]] = key[1]
        return largest
