"""River lines as they come: in pieces, backwards, with gaps and braids, and what is refused."""

import itertools
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely import LineString, MultiLineString
from shapely.geometry import box

from gis.domain.reach import Finding
from gis.domain.river_errors import (
    QuarterUnknown,
    RiverClosed,
    RiverCrossesItself,
    RiverDirectionOpen,
    RiverGap,
)
from gis.rules.reaches import reach_rules
from gis.spatial.crs import as_multipolygon, transform
from gis.spatial.network import Drawn, build, river_name

EPSG = 4546
EAST, NORTH = 390_000.0, 4_505_000.0


def moved(shape):
    return transform(shape, EPSG, 4490)


HOME = as_multipolygon(moved(box(EAST, NORTH, EAST + 20_000, NORTH + 20_000)))


def metric(*corners):
    return LineString([(EAST + x, NORTH + y) for x, y in corners])


def drawn(*corners, name="甲河", is_main_stem=True, towards=None):
    return Drawn(name, "", is_main_stem, moved(metric(*corners)), UUID(int=1), towards)


def brook(*corners, name="东沟"):
    return drawn(*corners, name=name, is_main_stem=False)


def network(*lines):
    return build(lines, reach_rules(), EPSG, HOME)


def only(*lines):
    (river,) = network(*lines).rivers
    return river


def kinds(found):
    return [finding.kind for finding in found.findings]


def begins(river):
    x, y = river.line.coords[0]
    return round(x - EAST), round(y - NORTH)


STEM = drawn((0, 0), (20_000, 0))
PIECES = [drawn((k * 2_000, 0), (k * 2_000 + 2_000, 0)) for k in range(6)]


@given(st.permutations(PIECES))
def test_pieces_in_any_order_are_one_river(pieces):
    river = only(*pieces)
    assert river.line.length == pytest.approx(12_000, abs=0.5)
    assert begins(river) == (0, 0)


@given(st.lists(st.booleans(), min_size=6, max_size=6).filter(lambda turns: sum(turns) <= 1))
def test_a_piece_against_the_flow_is_turned_and_said(turns):
    pieces = [
        one._replace(shape=one.shape.reverse()) if turn else one
        for one, turn in zip(PIECES, turns, strict=True)
    ]
    found = network(*pieces)
    assert begins(found.rivers[0]) == (0, 0)
    assert kinds(found) == ["TURNED"] * sum(turns)


def test_the_finding_names_river_chainage_and_place():
    (finding,) = network(PIECES[0], PIECES[1], PIECES[2], PIECES[3], turned(PIECES[4])).findings
    assert "“甲河” 8.0–10.0 km（起于 109." in finding.zh and "已掉转" in finding.zh
    assert "8.0–10.0 km (from 109." in finding.en


def turned(one):
    return one._replace(shape=one.shape.reverse())


def test_a_whole_line_that_runs_backwards_is_turned_where_the_flow_is_known():
    backwards = turned(STEM)._replace(name_zh="黄河（包头段）")
    found = network(backwards)  # reaches.toml: the Yellow River flows east here
    assert begins(found.rivers[0]) == (0, 0) and found.rivers[0].name == "黄河"
    assert kinds(found) == ["TURNED_WHOLE"]
    stated = network(turned(STEM)._replace(towards="e"))
    assert begins(stated.rivers[0]) == (0, 0)
    assert begins(only(turned(STEM))) == (20_000, 0)  # nothing says that it is wrong


def test_where_half_runs_one_way_and_half_the_other_it_is_refused():
    halves = [drawn((0, 0), (6_000, 0)), turned(drawn((6_000, 0), (11_000, 0)))]
    with pytest.raises(RiverDirectionOpen) as refused:
        network(*halves)
    facts = refused.value.facts
    assert sorted((facts["with_km"], facts["against_km"])) == pytest.approx([5, 6], abs=0.01)
    assert begins(only(*(half._replace(towards="E") for half in halves))) == (0, 0)


def test_a_word_that_is_no_quarter_is_refused():
    with pytest.raises(QuarterUnknown):
        network(STEM._replace(towards="下游"))


def test_a_small_gap_is_bridged_and_said():
    found = network(drawn((0, 0), (6_000, 0)), drawn((6_320, 0), (12_000, 0)))
    assert found.rivers[0].line.length == pytest.approx(12_000, abs=0.5)
    (finding,) = found.findings
    assert finding.kind == "GAP_BRIDGED" and "320 m 的缺口" in finding.zh


def test_a_large_gap_is_refused_with_where_and_how_long():
    with pytest.raises(RiverGap) as refused:
        network(drawn((0, 0), (6_000, 0)), drawn((8_500, 0), (12_000, 0)))
    facts = refused.value.facts
    assert facts["km"] == pytest.approx(2.5, abs=0.001)
    here = moved(metric((6_000, 0), (6_001, 0))).coords[0]
    there = moved(metric((8_500, 0), (8_501, 0))).coords[0]
    assert any(
        (facts["lon"], facts["lat"]) == pytest.approx(place, abs=1e-5) for place in (here, there)
    )
    assert "2.5 km" in refused.value.sentence("zh-CN")


@pytest.mark.parametrize(
    ("corners", "where"),
    [
        ([(0, 0), (6_000, 0), (6_000, 3_000), (3_000, 3_000), (3_000, -3_000)], (3_000, 0)),
        ([(0, 0), (6_000, 0), (6_000, 3_000), (3_000, 0)], (3_000, 0)),
    ],
)
def test_a_line_that_crosses_itself_is_refused_with_the_place(corners, where):
    with pytest.raises(RiverCrossesItself) as refused:
        network(drawn(*corners))
    lon, lat = moved(metric(where, (where[0] + 1, where[1]))).coords[0]
    facts = refused.value.facts
    assert (facts["lon"], facts["lat"]) == pytest.approx((lon, lat), abs=1e-5)


def test_pieces_of_one_river_that_cross_are_refused_too():
    with pytest.raises(RiverCrossesItself):
        network(STEM, drawn((5_000, -2_000), (5_000, 2_000)))


def test_a_ring_has_no_upper_end():
    with pytest.raises(RiverClosed):
        network(drawn((0, 0), (5_000, 0), (5_000, 5_000), (0, 0)))


def test_duplicates_and_lines_of_no_length_are_left_out_and_said():
    nothing = Drawn("甲河", "", True, LineString([(109.7, 40.7), (109.7, 40.7)]), UUID(int=1))
    found = network(STEM, turned(STEM), nothing)
    assert found.rivers[0].line.length == pytest.approx(20_000, abs=1)
    assert sorted(kinds(found)) == ["DUPLICATE", "ZERO_LENGTH"]


def test_a_stretch_drawn_twice_within_a_longer_line_is_left_out():
    again = drawn((4_000, 0), (6_000, 0.3))
    found = network(STEM, again)
    assert found.rivers[0].sides == () and kinds(found) == ["DUPLICATE"]


# Braids


def test_the_longest_channel_is_the_main_one_and_the_other_is_kept_beside_it():
    short = drawn((6_000, 0), (8_000, 0))
    long_ = [drawn((6_000, 0), (7_000, 2_000)), drawn((7_000, 2_000), (8_000, 0))]
    found = network(drawn((0, 0), (6_000, 0)), short, *long_, drawn((8_000, 0), (12_000, 0)))
    (river,) = found.rivers
    assert river.line.length == pytest.approx(10_000 + 2 * 2_236.07, abs=1)
    assert [side.length for side in river.sides] == [pytest.approx(2_000, abs=0.5)]
    assert kinds(found) == ["BRAIDED"]


def test_a_side_channel_that_meets_the_middle_of_a_line_is_joined_there():
    found = network(STEM, drawn((5_000, 0), (6_000, 400), (7_000, 2)))
    (river,) = found.rivers
    lengths = sorted([river.line.length, *(side.length for side in river.sides)])
    assert lengths == [pytest.approx(2_000, abs=3), pytest.approx(20_154, abs=5)]


def test_channels_that_cross_over_are_taken_apart():
    ladder = [
        *(drawn((0, 0), (2_000, 0)), drawn((2_000, 0), (4_000, 1_000))),
        *(drawn((2_000, 0), (4_000, -1_000)), drawn((4_000, 1_000), (4_000, -1_000))),
        *(drawn((4_000, 1_000), (6_000, 0)), drawn((4_000, -1_000), (6_000, 0))),
        drawn((6_000, 0), (12_000, 0)),
    ]
    for some in itertools.islice(itertools.permutations(ladder), 0, 5_000, 700):
        river = only(*some)
        assert river.line.is_simple
        assert begins(river) == (0, 0)
        assert river.line.length + sum(s.length for s in river.sides) == pytest.approx(
            18_944.3, abs=2
        )


def test_a_side_channel_that_touches_nothing_is_kept_and_said():
    found = network(STEM, drawn((5_000, 200), (7_000, 200)))
    assert kinds(found) == ["SIDE_LOOSE", "BRAIDED"]
    assert len(found.rivers[0].sides) == 1


# Tributaries


def test_a_tributary_joins_the_stem_where_it_meets_it_however_it_was_drawn():
    for line in (brook((8_000, 6_000), (8_000, 0)), brook((8_000, 0), (8_000, 6_000))):
        stem, found = network(STEM, line).rivers
        assert (found.joins, found.joins_at_m) == ("甲河", pytest.approx(8_000, abs=0.5))
        assert begins(found) == (8_000, 6_000)
        assert (stem.stream_order, found.stream_order) == (2, 1)


def test_stream_orders_are_strahlers():
    lines = [
        STEM,
        brook((8_000, 9_000), (8_000, 0), name="东沟"),
        brook((5_000, 6_000), (8_000, 6_000), name="小沟"),
        brook((15_000, 9_000), (15_000, 0), name="西沟"),
    ]
    found = {river.name: river for river in network(*lines).rivers}
    assert found["小沟"].joins == "东沟"
    assert found["小沟"].joins_at_m == pytest.approx(3_000, abs=0.5)
    orders = {name: river.stream_order for name, river in found.items()}
    assert orders == {"甲河": 2, "东沟": 2, "小沟": 1, "西沟": 1}


def test_a_tributary_finds_its_own_river_not_the_stem_behind_a_watershed():
    source_near_the_stem = brook((10_000, 1_500), (10_000, 6_000), (12_000, 6_000), name="小沟")
    its_river = brook((12_000, 9_000), (12_000, 0), name="东沟")
    found = {river.name: river for river in network(STEM, source_near_the_stem, its_river).rivers}
    assert found["小沟"].joins == "东沟"


def test_an_end_short_of_the_confluence_or_beyond_it_is_said():
    short = network(STEM, brook((8_000, 6_000), (8_000, 800)))
    assert kinds(short) == ["SHORT_OF_CONFLUENCE"] and "800 m" in short.findings[0].zh
    beyond = network(STEM, brook((8_000, 6_000), (8_000, -300)))
    assert kinds(beyond) == ["BEYOND_CONFLUENCE"]
    assert beyond.rivers[1].line.length == pytest.approx(6_000, abs=0.5)


def test_a_tributary_that_meets_nothing_is_kept_and_said():
    found = network(STEM, brook((8_000, 19_000), (8_000, 9_000)))
    assert found.rivers[1].joins is None
    assert kinds(found) == ["NOT_JOINED"] and "9.0 km" in found.findings[0].zh


def test_two_rivers_of_one_name_far_apart_are_told_apart():
    found = network(STEM, brook((2_000, 4_000), (2_000, 0)), brook((18_000, 5_000), (18_000, 0)))
    assert {river.name for river in found.rivers} == {"甲河", "东沟（1）", "东沟（2）"}
    assert kinds(found) == ["NAMESAKES"]


def test_two_pieces_of_a_tributary_too_near_for_two_rivers_are_a_gap():
    with pytest.raises(RiverGap, match="东沟"):
        network(STEM, brook((8_000, 9_000), (8_000, 6_000)), brook((8_000, 3_000), (8_000, 0)))


def test_lines_without_names_are_given_one_and_that_is_said():
    nameless = [brook((x, 5_000), (x, 0), name=" ") for x in (4_000, 12_000)]
    found = network(STEM._replace(name_zh=""), *nameless)
    assert [river.name for river in found.rivers] == ["黄河", "无名支流1", "无名支流2"]
    assert kinds(found) == ["NAMELESS", "NAMELESS"]


def test_a_river_far_from_the_district_is_left_out_and_said():
    found = network(STEM, brook((200_000, 0), (210_000, 0), name="远河"))
    assert [river.name for river in found.rivers] == ["甲河"]
    assert kinds(found) == ["OUT_OF_VIEW"]


def test_areas_are_passed_over_and_many_lines_in_one_feature_are_taken():
    area = Drawn("甲河", "", True, HOME, UUID(int=1))
    both = MultiLineString([PIECES[1].shape, PIECES[0].shape])
    found = network(area, Drawn("甲河", "", True, both, UUID(int=1)))
    assert found.rivers[0].line.length == pytest.approx(4_000, abs=0.5)
    assert network(area).rivers == () == network().rivers


def test_a_stem_named_among_the_tributaries_too_is_one_river():
    found = network(PIECES[0], PIECES[1]._replace(is_main_stem=False))
    (river,) = found.rivers
    assert river.is_main_stem and river.line.length == pytest.approx(4_000, abs=0.5)


@pytest.mark.parametrize(
    ("name", "river"),
    [("黄河（包头段）", "黄河"), ("西沟（二）", "西沟（二）"), (" 东沟 ", "东沟")],
)
def test_a_stretch_is_named_by_its_river(name, river):
    assert river_name(name) == river


def test_every_finding_has_both_languages():
    found = network(
        *(STEM, turned(STEM), drawn((5_000, 200), (7_000, 200))),
        *(brook((8_000, 6_000), (8_000, 800)), brook((2_000, 5_000), (2_000, 0), name="")),
    )
    assert all(isinstance(one, Finding) and one.zh and one.en for one in found.findings)
