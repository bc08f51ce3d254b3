"""River, reach, chainage and bank of places, on lines drawn by hand."""

import itertools
from uuid import UUID

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from shapely import LineString
from shapely.geometry import box

from gis.domain.terms import ReachBasis
from gis.rules.reaches import reach_rules
from gis.spatial.confluences import RiverLine
from gis.spatial.crs import as_multipolygon
from gis.spatial.feature_index import as_shapes
from gis.spatial.reaches import cut, spans_by_rule
from gis.spatial.rivers import Rivers
from tests.makers import NOON

EPSG = 4546
EAST, NORTH = 390_000.0, 4_505_000.0
"""Where the hand-drawn rivers begin, in metres."""
RULES = reach_rules()


def river(*corners, name="黄河", is_main_stem=True, sides=(), joins=None):
    lines = [LineString([(EAST + x, NORTH + y) for x, y in one]) for one in (corners, *sides)]
    return RiverLine(
        name, name, is_main_stem, lines[0], tuple(lines[1:]), UUID(int=1), joins, None, 1
    )


def reaches_of(*rivers, spans=None):
    return [
        reach
        for number, one in enumerate(rivers, start=1)
        for reach in cut(
            one,
            spans or spans_by_rule(one, RULES),
            ReachBasis.RULE,
            district_code="150203",
            number=number,
            metric_epsg=EPSG,
            at=NOON,
        )
    ]


def place(x, y, size=40.0):
    half = size / 2
    return as_multipolygon(
        box(EAST + x - half, NORTH + y - half, EAST + x + half, NORTH + y + half)
    )


def locate(x, y, *rivers, **how):
    found = Rivers(reaches_of(*rivers, **how), EPSG, RULES).locate(as_shapes([place(x, y)]))
    return found[0]


STEM = river((0, 0), (20_000, 0))
"""It flows east for 20 km, so its left bank is the northern one."""
BROOK = river((8_000, 12_000), (8_000, 0), name="东沟", is_main_stem=False, joins="黄河")
"""It flows south into the stem at 8 km."""


def test_chainage_is_counted_from_the_source():
    found = locate(7_300, 500, STEM)
    assert found.chainage_m == pytest.approx(7_300, abs=0.2)
    assert found.river_distance_m == pytest.approx(480, abs=0.2)
    assert (found.river, found.reach.name_zh) == ("黄河", "黄河 5–10 km")


@pytest.mark.parametrize(("y", "bank"), [(800, "LEFT"), (-800, "RIGHT")])
def test_the_bank_is_seen_looking_downstream(y, bank):
    assert locate(7_300, y, STEM).bank == bank
    assert locate(7_300, y, river((20_000, 0), (0, 0))).bank != bank


@pytest.mark.parametrize(
    ("x", "y", "bank"), [(5_200, 5_000, "RIGHT"), (4_800, 5_000, "LEFT"), (4_000, -300, "RIGHT")]
)
def test_the_bank_follows_the_bend(x, y, bank):
    assert locate(x, y, river((0, 0), (5_000, 0), (5_000, 10_000))).bank == bank


@given(st.floats(0, 20_000), st.floats(50, 3_000), st.booleans())
def test_a_reversed_line_swaps_banks_and_counts_from_the_other_end(x, y, is_north):
    down = locate(x, y if is_north else -y, STEM)
    up = locate(x, y if is_north else -y, river((20_000, 0), (0, 0)))
    assert down.bank == ("LEFT" if is_north else "RIGHT") != up.bank
    assert down.chainage_m + up.chainage_m == pytest.approx(20_000, abs=0.5)


@pytest.mark.parametrize(
    ("x", "name"),
    [
        (4_999.8, "黄河 0–5 km"),
        (5_000, "黄河 5–10 km"),
        (9_999.8, "黄河 5–10 km"),
        (10_000, "黄河 10–15 km"),
        (20_000, "黄河 15–20 km"),
    ],
)
def test_a_place_on_a_boundary_is_of_the_reach_that_begins_there(x, name):
    assert locate(x, 300, STEM).reach.name_zh == name


@given(st.lists(st.floats(0, 20_000), min_size=1, max_size=20))
def test_every_place_is_of_one_reach_whatever_stands_beside_it(xs):
    rivers = Rivers(reaches_of(STEM), EPSG, RULES)
    together = rivers.locate(as_shapes([place(x, 200) for x in xs]))
    for x, found in zip(xs, together, strict=True):
        (alone,) = rivers.locate(as_shapes([place(x, 200)]))
        assert alone == found and found.reach is not None
        assert found.reach.from_m <= found.chainage_m <= found.reach.to_m


@pytest.mark.parametrize(
    ("x", "y", "has_reach"),
    [
        (-900, 400, True),
        (-1_100, 400, False),
        (20_900, 400, True),
        (21_100, -400, False),
        (10_000, 19_900, True),
        (10_000, 20_100, False),
    ],
)
def test_beyond_the_ends_and_far_away_there_is_no_reach(x, y, has_reach):
    found = locate(x, y, STEM)
    assert (found.reach is not None, found.bank is not None) == (has_reach, has_reach)
    assert found.river == "黄河" and found.river_distance_m > 0


def test_a_place_far_off_but_beside_the_end_is_still_of_the_last_reach():
    assert locate(20_000, 15_000, STEM).reach.name_zh == "黄河 15–20 km"


@pytest.mark.parametrize(
    ("x", "y", "name"),
    [
        (8_100, 2_900, "黄河"),  # 3 km of the main stem: the stem's, although the brook is nearer
        (8_100, 3_200, "东沟"),
        (14_000, 5_000, "黄河"),
        (8_000, 12_900, "东沟"),
        (19_900, 12_000, "黄河"),  # past 10 km of the brook, within 20 km of the stem
    ],
)
def test_the_main_stem_comes_first_where_it_is_near(x, y, name):
    found = locate(x, y, STEM, BROOK)
    assert (found.river, found.reach.river) == (name, name)


def test_the_order_of_rivers_changes_nothing():
    spots = as_shapes(
        [place(x, y) for x, y in itertools.product(range(0, 20_000, 1_700), (900, 6_000))]
    )
    one, other = (
        Rivers(some, EPSG, RULES).locate(spots)
        for some in (reaches_of(STEM, BROOK), reaches_of(STEM, BROOK)[::-1])
    )
    assert one == other


def test_a_side_channel_counts_for_the_distance_and_the_main_channel_for_the_chainage():
    braided = river((0, 0), (20_000, 0), sides=[[(6_000, 0), (7_000, 900), (8_000, 0)]])
    found = locate(7_000, 1_000, braided)
    assert found.river_distance_m == pytest.approx(80, abs=0.5)
    assert (found.chainage_m, found.bank) == (pytest.approx(7_000, abs=0.5), "LEFT")
    assert found.reach.sides is not None and found.reach.name_zh == "黄河 5–10 km"


def test_without_rivers_nothing_is_to_be_asked():
    assert not Rivers([], EPSG, RULES)


@pytest.mark.parametrize(
    ("length", "names"),
    [
        (4_000, ["黄河 0–4 km"]),
        (5_000, ["黄河 0–5 km"]),
        (12_400, ["黄河 0–5 km", "黄河 5–12.4 km"]),
        (12_600, ["黄河 0–5 km", "黄河 5–10 km", "黄河 10–12.6 km"]),
    ],
)
def test_reaches_are_named_by_their_kilometres_and_a_short_rest_is_joined(length, names):
    found = reaches_of(river((0, 0), (length, 0)))
    assert [reach.name_zh for reach in found] == names
    assert found[-1].to_m == length
    lengths = [shapely.length(reach.line) for reach in found]
    assert all(lengths)
    assert [reach.code for reach in found][0] == "150203-R01-001"


def test_reaches_of_tributaries_are_shorter():
    assert [reach.to_m for reach in reaches_of(BROOK)] == [2_000 * k for k in range(1, 7)]
