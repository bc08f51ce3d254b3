"""Chainage, bank and reach on lines drawn by hand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely import LineString, MultiLineString, Point
from shapely.geometry import box

from gis.spatial.crs import as_multipolygon, transform
from gis.spatial.rivers import REACH_LENGTH_M, locate, one_line, reach_name

EPSG = 4546
EAST, NORTH = 390_000.0, 4_505_000.0
"""Where the hand-drawn river begins, in metres."""


def line(*corners):
    metric = LineString([(EAST + x, NORTH + y) for x, y in corners])
    return transform(metric, EPSG, 4490)


def place(x, y, size=40.0):
    half = size / 2
    metric = box(EAST + x - half, NORTH + y - half, EAST + x + half, NORTH + y + half)
    return as_multipolygon(transform(metric, EPSG, 4490))


RIVER = line((0, 0), (20_000, 0))
"""It flows east for 20 km, so its left bank is the northern one."""


def reversed_line(river):
    return LineString(river.coords[::-1])


def test_chainage_is_counted_from_the_source():
    assert locate(place(7_300, 500), [RIVER], EPSG).chainage_m == pytest.approx(7_300, abs=0.2)


@pytest.mark.parametrize(("y", "bank"), [(800, "LEFT"), (-800, "RIGHT")])
def test_the_bank_is_seen_looking_downstream(y, bank):
    here = place(7_300, y)
    assert locate(here, [RIVER], EPSG).bank == bank
    other = locate(here, [reversed_line(RIVER)], EPSG)
    assert other.bank == {"LEFT": "RIGHT", "RIGHT": "LEFT"}[bank]
    assert other.chainage_m == pytest.approx(20_000 - 7_300, abs=0.2)


@pytest.mark.parametrize(
    ("x", "y", "bank"), [(5_200, 5_000, "RIGHT"), (4_800, 5_000, "LEFT"), (4_000, -300, "RIGHT")]
)
def test_the_bank_follows_the_bend(x, y, bank):
    bend = line((0, 0), (5_000, 0), (5_000, 10_000))  # east, then north
    assert locate(place(x, y), [bend], EPSG).bank == bank


@given(st.floats(0, 20_000), st.floats(50, 3_000), st.booleans())
def test_a_reversed_line_swaps_banks_and_counts_from_the_other_end(x, y, is_north):
    here = place(x, y if is_north else -y)
    down, up = locate(here, [RIVER], EPSG), locate(here, [reversed_line(RIVER)], EPSG)
    assert down.bank == ("LEFT" if is_north else "RIGHT") != up.bank
    assert down.chainage_m + up.chainage_m == pytest.approx(20_000, abs=0.5)


@pytest.mark.parametrize(("x", "chainage_m"), [(-3_000, 0), (26_000, 20_000)])
def test_beyond_the_ends_the_ends_count(x, chainage_m):
    found = locate(place(x, 400), [RIVER], EPSG)
    assert found.chainage_m == pytest.approx(chainage_m, abs=0.2)
    assert found.bank == "LEFT"


def test_pieces_in_any_order_are_one_river():
    corners = [
        line((0, 0), (6_000, 0)),
        line((6_000, 0), (11_000, 0)),
        line((11_000, 0), (20_000, 0)),
    ]
    scrambled = [corners[2], MultiLineString([corners[1], corners[0]])]
    assert one_line(scrambled, EPSG).length == pytest.approx(20_000, abs=0.5)
    found = locate(place(12_500, 500), scrambled, EPSG)
    assert found.chainage_m == pytest.approx(12_500, abs=0.5)
    assert (found.reach, found.bank) == ("黄河 10–15 km", "LEFT")


def test_of_a_river_with_a_gap_the_longest_run_counts():
    pieces = [line((0, 0), (2_000, 0)), line((3_000, 0), (12_000, 0))]
    assert one_line(pieces, EPSG).length == pytest.approx(9_000, abs=0.5)


def test_pieces_are_never_joined_against_the_flow():
    against = [line((0, 0), (9_000, 0)), reversed_line(line((9_000, 0), (12_000, 0)))]
    assert one_line(against, EPSG).length == pytest.approx(9_000, abs=0.5)


def test_one_single_line_is_taken_as_it_is():
    assert one_line([RIVER], EPSG).length == pytest.approx(20_000, abs=0.5)
    assert Point(one_line([RIVER], EPSG).coords[0]).distance(Point(EAST, NORTH)) < 0.1


@pytest.mark.parametrize(
    ("chainage_m", "name"),
    [
        (0, "黄河 0–5 km"),
        (4_999.9, "黄河 0–5 km"),
        (5_000, "黄河 5–10 km"),
        (172_300, "黄河 170–175 km"),
    ],
)
def test_reaches_are_named_by_their_kilometres(chainage_m, name):
    assert reach_name(chainage_m) == name
    assert REACH_LENGTH_M == 5_000
