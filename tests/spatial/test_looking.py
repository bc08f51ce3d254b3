"""How far a picture was taken from an outline, and whether the camera pointed there."""

import math

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from shapely import MultiPolygon, Polygon
from shapely.affinity import rotate
from shapely.geometry import Point, box

from gis.spatial import crs
from gis.spatial.crs import as_multipolygon
from gis.spatial.looking import degrees_off, metres_between, metres_to, without_shift

SQUARE = as_multipolygon(box(109.70, 40.70, 109.702, 40.702))
BEARINGS = st.floats(0, 359.99)
NEAR_LON, NEAR_LAT = st.floats(109.66, 109.74), st.floats(40.66, 40.74)


@pytest.mark.parametrize(
    ("lon", "lat", "metres"),
    [
        (109.701, 40.701, 0),
        (109.70, 40.70, 0),
        (109.701, 40.703, 111.0),
        (109.703, 40.701, 84.5),
        (109.701, 40.20, 55_520),
        (-70.3, 40.701, 8_000_000),
    ],
    ids=["inside", "corner", "north", "east", "far", "other-side"],
)
def test_distance_in_metres(lon, lat, metres):
    found = metres_to(lon, lat, SQUARE)
    if metres < 8_000_000:
        assert found == pytest.approx(metres, rel=0.005, abs=0.5)
    else:
        assert found > metres


@given(NEAR_LON, NEAR_LAT)
def test_distance_agrees_with_the_metric_grid(lon, lat):
    grid = crs.to_metric(Point(lon, lat), 4546).distance(crs.to_metric(SQUARE, 4546))
    assert metres_to(lon, lat, SQUARE) == pytest.approx(grid, rel=0.002, abs=0.5)


HALF = math.degrees(math.atan2(1, math.cos(math.radians(40.701))))
"""From as far west of a square as it is half wide, its corners stand so far either side of east."""


@pytest.mark.parametrize(
    ("bearing", "off"),
    [
        *((90, 0), (90 - HALF + 0.01, 0), (90 + HALF - 0.01, 0), (270, 180 - HALF)),
        *((0, 90 - HALF), (180, 90 - HALF), (90 - HALF - 20, 20), (90 + HALF + 20, 20)),
    ],
)
def test_degrees_past_a_square_to_the_east(bearing, off):
    assert degrees_off(109.699, 40.701, bearing, SQUARE) == pytest.approx(off, abs=0.005)


def test_inside_and_on_the_edge_every_bearing_meets_it():
    for bearing in range(0, 360, 30):
        assert degrees_off(109.701, 40.701, bearing, SQUARE) == 0
        assert degrees_off(109.70, 40.701, bearing, SQUARE) == 0


def bearing_to(lon, lat, x, y):
    return math.degrees(math.atan2((x - lon) * math.cos(math.radians(lat)), y - lat)) % 360


@given(NEAR_LON, NEAR_LAT, st.floats(0, 1), st.floats(0, 1), st.floats(0, 360))
def test_whoever_looks_at_a_point_of_it_does_not_miss_it(lon, lat, east, north, turn):
    inside = (109.70 + 0.002 * east, 40.70 + 0.002 * north)
    place = as_multipolygon(rotate(SQUARE, turn, origin=inside))
    assert degrees_off(lon, lat, bearing_to(lon, lat, *inside), place) == pytest.approx(0, abs=1e-6)


@given(NEAR_LON, NEAR_LAT, BEARINGS, st.floats(-180, 180))
def test_turning_away_adds_no_more_than_the_turn(lon, lat, bearing, turn):
    first = degrees_off(lon, lat, bearing, SQUARE)
    second = degrees_off(lon, lat, (bearing + turn) % 360, SQUARE)
    assert 0 <= first <= 180 and abs(first - second) <= abs(turn) + 1e-6


@given(NEAR_LON, NEAR_LAT, BEARINGS)
def test_of_several_parts_the_nearest_in_view_counts(lon, lat, bearing):
    other = Polygon(rotate(SQUARE, 30, origin=(109.69, 40.69)).geoms[0])
    assume(not other.intersects(SQUARE))
    both = MultiPolygon([SQUARE.geoms[0], other])
    alone = [degrees_off(lon, lat, bearing, as_multipolygon(part)) for part in both.geoms]
    inside = any(part.intersects(Point(lon, lat)) for part in both.geoms)
    assert degrees_off(lon, lat, bearing, both) == pytest.approx(0 if inside else min(alone))


def test_from_the_mouth_of_a_horseshoe_all_but_the_opening_is_it():
    outer, inner = box(109.70, 40.70, 109.71, 40.71), box(109.703, 40.703, 109.707, 40.72)
    horseshoe = as_multipolygon(outer.difference(inner))
    for bearing in (90, 180, 270):
        assert degrees_off(109.705, 40.705, bearing, horseshoe) == 0
    assert degrees_off(109.705, 40.705, 0, horseshoe) > 10


def test_the_shift_of_web_maps_is_some_hundred_metres_here():
    straight = without_shift(109.701, 40.701)
    assert 300 < metres_between(109.701, 40.701, *straight) < 800
    assert without_shift(-70.0, -30.0) == (-70.0, -30.0)
