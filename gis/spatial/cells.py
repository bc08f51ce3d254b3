"""Cuts an outline into numbered cells of equal area, each with a point inside it.

A square grid laid over an outline leaves slivers at its edge. Here the outline is cut from south
to north into strips, and each strip from west to east into cells, at the very lines that give every
cell the same area; the strips are as high as a square cell is wide. Holes and gaps between parts
belong to no cell.
"""

from itertools import pairwise
from typing import NamedTuple

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import GeometryCollection, MultiPolygon, Point
from shapely.geometry.base import BaseGeometry

from gis.domain.place import STORE_EPSG
from gis.domain.sampling.errors import OutlineTooSmall
from gis.spatial import crs

Floats = NDArray[np.float64]
HALVINGS = 60
BEYOND_A_GAP = 1e-6
"""A millionth of a cell's area tells ground from a gap between two parts."""
LEAST_CELL_M2 = 1e-4
"""A square centimetre: finer than that no position is stored."""


class Cell(NamedTuple):
    """A numbered part of an outline, lon/lat in EPSG:4490, and the point inside it."""

    number: int
    outline: MultiPolygon
    point: Point


class _Edges(NamedTuple):
    """A polygon's directed edges along the axis that is cut (a) and across it (b)."""

    a0: Floats
    a1: Floats
    b0: Floats
    b1: Floats

    def area_before(self, lines: Floats) -> Floats:
        """Return the area on the near side of each line a = t, by Green's theorem.

        The cut's own edge has no extent along a, so the clipped edges alone give the integral.
        """
        t = lines[:, None]
        c0, c1 = np.minimum(self.a0, t), np.minimum(self.a1, t)
        run = self.a1 - self.a0
        slope = np.divide(self.b1 - self.b0, run, out=np.zeros_like(run), where=run != 0)
        middle = self.b0 + ((c0 + c1) / 2 - self.a0) * slope
        areas: Floats = np.abs(np.sum(middle * (c1 - c0), axis=1))
        return areas

    def line_at(self, area: float) -> float:
        """Return the line that has this area before it."""
        return float(self.lines_at(np.array([area]))[0])

    def lines_at(self, areas: Floats) -> Floats:
        """Return the lines that have these areas before them, to the last bit of a halving."""
        low = np.full(areas.shape, min(self.a0.min(), self.a1.min()))
        high = np.full(areas.shape, max(self.a0.max(), self.a1.max()))
        for _ in range(HALVINGS):
            middle = (low + high) / 2
            is_short = self.area_before(middle) < areas
            low, high = np.where(is_short, middle, low), np.where(is_short, high, middle)
        return high


def _edges(shape: BaseGeometry, axis: int) -> _Edges:
    rings = [
        shapely.get_coordinates(ring)
        for part in _polygons(shape)
        for ring in (part.exterior, *part.interiors)
    ]
    start = np.concatenate([ring[:-1] for ring in rings])
    end = np.concatenate([ring[1:] for ring in rings])
    return _Edges(start[:, axis], end[:, axis], start[:, 1 - axis], end[:, 1 - axis])


def _polygons(shape: BaseGeometry) -> list[shapely.Polygon]:
    parts = shapely.get_parts(shape)
    found = shapely.get_parts(parts)  # a collection may hold multipolygons
    return [part for part in found if isinstance(part, shapely.Polygon) and not part.is_empty]


def cut(outline: MultiPolygon, cells: int, metric_epsg: int, name: str = "—") -> list[Cell]:
    """Return ``cells`` parts of ``outline`` (lon/lat) of equal area in the metric CRS.

    They are numbered along the strips, forth and back, so that neighbours in number are neighbours
    on the ground. The point is the centre of the cell's greatest part where it lies inside that,
    else another inner point. Raises OutlineTooSmall.
    """
    metric = shapely.orient_polygons(crs.to_metric(outline, metric_epsg))
    origin = shapely.get_coordinates(metric).min(axis=0)
    moved = shapely.transform(metric, lambda xy: xy - origin)
    if moved.area / cells < LEAST_CELL_M2:
        raise OutlineTooSmall(site=name, cells=cells)
    parts = [part for strip in _strips(moved, cells) for part in strip]
    shapes = shapely.transform(
        GeometryCollection(parts + [_inner_point(part) for part in parts]), lambda xy: xy + origin
    )
    placed = list(crs.transform(shapes, metric_epsg, STORE_EPSG).geoms)
    points = [shape for shape in placed if isinstance(shape, Point)]
    return [
        Cell(number, _as_multipolygon(shape), _kept_inside(point, shape, outline))
        for number, (shape, point) in enumerate(zip(placed[:cells], points, strict=True), start=1)
    ]


def _strips(shape: BaseGeometry, cells: int) -> list[list[BaseGeometry]]:
    """Return the cells strip by strip, from south to north, every other strip from east to west."""
    edges = _edges(shape, axis=1)
    left, line, right, top = shape.bounds
    cell = shape.area / cells
    strips: list[list[BaseGeometry]] = []
    done = 0
    while done < cells:
        # where the ground begins that has no cell yet: beyond a gap, if there is one
        bottom = edges.line_at((done + BEYOND_A_GAP) * cell)
        reached = float(edges.area_before(np.array([bottom + np.sqrt(cell)]))[0]) / cell
        number = min(max(1, round(reached - done)), cells - done)
        done += number
        start, line = line, edges.line_at(done * cell) if done < cells else top
        parts = _across(shapely.intersection(shape, shapely.box(left, start, right, line)), number)
        strips.append(parts if len(strips) % 2 == 0 else parts[::-1])
    return strips


def _across(strip: BaseGeometry, number: int) -> list[BaseGeometry]:
    """Cut a strip from west to east into ``number`` cells of equal area."""
    whole = shapely.orient_polygons(MultiPolygon(_polygons(strip)))
    left, bottom, right, top = whole.bounds
    inner = _edges(whole, axis=0).lines_at(whole.area * np.arange(1, number) / number)
    lines = np.concatenate([[left], inner, [right]])
    boxes = [shapely.box(a, bottom, b, top) for a, b in pairwise(lines.tolist())]
    return [_as_multipolygon(cell) for cell in shapely.intersection(whole, boxes)]


def _inner_point(cell: BaseGeometry) -> Point:
    greatest = max(_polygons(cell), key=lambda part: part.area)
    centre = greatest.centroid
    return centre if greatest.contains(centre) else shapely.point_on_surface(greatest)


def _kept_inside(point: Point, cell: BaseGeometry, outline: MultiPolygon) -> Point:
    """Return the point to seven decimals, a centimetre, where that leaves it inside."""
    rounded = Point(round(point.x, 7), round(point.y, 7))
    for one in (rounded, point):
        if outline.contains(one):
            return one
    return shapely.point_on_surface(shapely.intersection(cell, outline))


def _as_multipolygon(cell: BaseGeometry) -> MultiPolygon:
    return MultiPolygon(_polygons(cell))
