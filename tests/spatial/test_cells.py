"""Cells of equal area: as many as asked, all inside, and every point on the waste."""

import math
import time

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import MultiPolygon, Point, Polygon
from shapely.affinity import rotate, scale, translate
from shapely.geometry import box
from shapely.ops import unary_union

from gis.domain.sampling.errors import OutlineTooSmall
from gis.spatial import crs
from gis.spatial.cells import cut

EPSG = 4546
EAST, NORTH = 390_000.0, 4_506_000.0
"""A place in Kundulun, in metres of EPSG:4546."""


def placed(metres: shapely.Geometry) -> MultiPolygon:
    """A shape drawn in metres round an origin, as the register stores it."""
    return crs.as_multipolygon(crs.transform(translate(metres, EAST, NORTH), EPSG, 4490))


def areas(cells) -> np.ndarray:
    return np.array([crs.to_metric(cell.outline, EPSG).area for cell in cells])


def star(points: int, inner: float, size: float, turn: float) -> Polygon:
    """A star, which is as far from convex as piles come."""
    ring = [
        (
            size * (1 if i % 2 == 0 else inner) * math.cos(math.pi * i / points),
            size * (1 if i % 2 == 0 else inner) * math.sin(math.pi * i / points),
        )
        for i in range(2 * points)
    ]
    return rotate(Polygon(ring), turn)


RING = Point(0, 0).buffer(80).difference(Point(10, 5).buffer(50))
ISLANDS = MultiPolygon([box(0, 0, 40, 30), box(0, 300, 25, 360), box(90, 100, 200, 110)])


@pytest.mark.parametrize(
    "shape",
    [
        box(0, 0, 120, 100),
        box(0, 0, 2000, 6),
        box(0, 0, 6, 2000),
        RING,
        ISLANDS,
        star(7, 0.3, 90, 0),
    ],
    ids=["square", "wide", "high", "ring", "islands", "star"],
)
@pytest.mark.parametrize("number", [1, 25, 500])
def test_cells_are_equal_disjoint_and_cover_the_outline(shape, number):
    outline = placed(shape)
    cells = cut(outline, number, EPSG)
    assert [cell.number for cell in cells] == list(range(1, number + 1))
    assert areas(cells) == pytest.approx(shape.area / number, rel=1e-6)
    whole = shapely.union_all([crs.to_metric(cell.outline, EPSG) for cell in cells])
    assert whole.area == pytest.approx(shape.area, rel=1e-6)
    assert all(outline.contains(cell.point) for cell in cells)
    assert all(cell.outline.buffer(1e-7).contains(cell.point) for cell in cells)


def test_a_square_is_cut_into_squares_walked_forth_and_back():
    cells = cut(placed(box(0, 0, 100, 100)), 25, EPSG)
    metric = [crs.to_metric(cell.point, EPSG) for cell in cells]
    spots = [(round(p.x - EAST), round(p.y - NORTH)) for p in metric]
    assert spots[:6] == [(10, 10), (30, 10), (50, 10), (70, 10), (90, 10), (90, 30)]
    steps = [a.distance(b) for a, b in zip(metric, metric[1:], strict=False)]
    assert max(steps) == pytest.approx(20, abs=0.1)


def test_the_cut_is_the_same_each_time():
    outline = placed(star(9, 0.5, 70, 13))
    assert cut(outline, 500, EPSG) == cut(outline, 500, EPSG)


@settings(max_examples=60)
@given(
    points=st.integers(3, 12),
    inner=st.floats(0.15, 0.95),
    size=st.floats(5, 400),
    flat=st.floats(0.05, 1),
    turn=st.floats(0, 180),
    hole=st.floats(0, 0.9),
    number=st.sampled_from([5, 25, 65, 100]),
    apart=st.floats(0, 900),
)
def test_every_point_lies_inside_whatever_the_outline(
    points, inner, size, flat, turn, hole, number, apart
):
    shape = rotate(scale(star(points, inner, size, turn), 1, flat), turn)
    shape = shape.difference(scale(shape, hole, hole)) if hole > 0.1 else shape
    other = translate(rotate(shape, 90), 2.2 * size + apart, apart)
    outline = placed(unary_union([shape, other]) if apart > 100 else shape)
    cells = cut(outline, number, EPSG)
    assert len(cells) == number
    assert all(outline.contains(cell.point) for cell in cells)
    assert areas(cells) == pytest.approx(areas(cells).mean(), rel=1e-3)


def test_an_outline_with_ten_thousand_corners_is_cut_in_time():
    jagged = Point(0, 0).buffer(90, quad_segs=2500)
    began = time.process_time()
    assert len(cut(placed(jagged), 500, EPSG)) == 500
    assert time.process_time() - began < 5


def test_an_outline_of_a_hair_is_refused():
    with pytest.raises(OutlineTooSmall) as caught:
        cut(placed(box(0, 0, 1e-4, 1e-4)), 500, EPSG, "一号渣堆")
    assert "一号渣堆" in caught.value.sentence("zh-CN")
