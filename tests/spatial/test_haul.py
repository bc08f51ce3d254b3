"""Haul distances: along roads that join, straight × factor where they do not, and it says so."""

import numpy as np
import pytest
from shapely import LineString, MultiLineString, Point, Polygon

from gis.domain.terms import HaulBasis
from gis.spatial import crs
from gis.spatial.haul import hauls, network

EPSG = 4546
ORIGIN = (391_000.0, 4_505_000.0)


def lonlat(*metres):
    """Return points, given in metres from a corner, as lon, lat."""
    moved = [
        crs.transform(Point(ORIGIN[0] + x, ORIGIN[1] + y), EPSG, 4490).coords[0] for x, y in metres
    ]
    return np.array(moved)


def road(*metres):
    return LineString(lonlat(*metres))


def measured(piles, pits, roads, snap_m=500.0, factor=1.35):
    found = network(roads, EPSG) if roads else None
    return hauls(lonlat(*piles), lonlat(*pits), found, EPSG, factor, snap_m)


def test_without_roads_it_is_the_geodesic_by_the_factor():
    found = measured([(0, 0)], [(3000, 4000)], [])
    assert found.basis(0, 0) is HaulBasis.NO_ROADS
    assert found.km[0, 0] == pytest.approx(5 * 1.35, rel=1e-3)


def test_roads_that_join_are_followed_round_the_corner():
    roads = [road((0, 0), (3000, 0)), road((3000, 0), (3000, 4000))]
    found = measured([(0, 100)], [(3100, 4000)], roads)
    assert found.basis(0, 0) is HaulBasis.ROAD
    assert found.km[0, 0] == pytest.approx(0.1 + 3 + 4 + 0.1, rel=1e-3)


def test_roads_are_joined_where_they_cross_without_a_common_end():
    roads = [road((0, 0), (4000, 0)), road((3000, -2000), (3000, 4000))]
    found = measured([(0, 0)], [(3000, 4000)], roads)
    assert found.basis(0, 0) is HaulBasis.ROAD
    assert found.km[0, 0] == pytest.approx(7, rel=1e-3)


def test_two_sites_on_one_road_go_the_way_between_them():
    roads = [road((0, 0), (10_000, 0))]
    found = measured([(2000, 50), (9000, 0)], [(5000, -50), (2000, 0)], roads)
    assert {found.basis(i, j) for i in range(2) for j in range(2)} == {HaulBasis.ROAD}
    assert found.km.tolist() == [
        [pytest.approx(3.1, rel=1e-3), pytest.approx(0.05, rel=1e-2)],
        [pytest.approx(4.05, rel=1e-3), pytest.approx(7.0, rel=1e-3)],
    ]


def test_the_shorter_of_two_ways_counts():
    round_about = road((0, 0), (0, 5000), (4000, 5000), (4000, 0))
    found = measured([(0, 0)], [(4000, 0)], [round_about, road((0, 0), (2000, 500), (4000, 0))])
    assert found.km[0, 0] == pytest.approx(2 * np.hypot(2, 0.5), rel=1e-3)


def test_a_site_too_far_from_any_road_and_roads_apart_fall_back_and_say_so():
    roads = [road((0, 0), (1000, 0)), road((5000, 0), (6000, 0))]
    found = measured([(0, 0), (0, 900)], [(6000, 0), (500, 0)], roads)
    assert [found.basis(0, 0), found.basis(0, 1)] == [HaulBasis.NOT_JOINED, HaulBasis.ROAD]
    assert [found.basis(1, 0), found.basis(1, 1)] == [HaulBasis.TOO_FAR, HaulBasis.TOO_FAR]
    assert found.km[0, 0] == pytest.approx(6 * 1.35, rel=1e-3)


def test_areas_and_empty_lines_make_no_road():
    area = Polygon(lonlat((0, 0), (100, 0), (100, 100)))
    assert network([area, LineString()], EPSG) is None
    both = MultiLineString([road((0, 0), (1000, 0)), road((1000, 0), (2000, 0))])
    assert len(network([both], EPSG).edges) == 2


def test_a_road_is_never_shorter_than_the_straight_line():
    chance = np.random.default_rng(1)
    ways = [road(*chance.uniform(0, 5000, (4, 2))) for _ in range(12)]
    piles, pits = chance.uniform(0, 5000, (9, 2)), chance.uniform(0, 5000, (7, 2))
    found = measured(piles, pits, ways, snap_m=5000)
    straight = measured(piles, pits, [], factor=1.0)
    assert (found.km >= straight.km - 1e-9).all() and np.isfinite(found.km).all()
