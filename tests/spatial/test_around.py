"""Receptors of outlines: measured from layers, unknown without them."""

import itertools
import time
from dataclasses import replace

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from shapely import Point, Polygon
from shapely.geometry import LineString, box

from gis.domain.terms import LayerKind, ReachBasis, SourceLevel
from gis.rules.reaches import reach_rules
from gis.rules.surroundings import nearness
from gis.spatial.around import Around, Layer
from gis.spatial.crs import to_metric, transform
from gis.spatial.findings import FACTS
from gis.spatial.network import Drawn, build
from gis.spatial.reaches import cut, spans_by_rule
from gis.spatial.rivers import Rivers
from tests.makers import NOON, a_layer, square


def around(*layers):
    return prepared(*layers).of("150203-W00001-D", square(), NOON)


def prepared(*layers):
    return Around([Layer(*layer) for layer in layers], 4546, nearness(), rivers_of(*layers))


def rivers_of(*layers):
    """The rivers that the layers draw, cut by the rules."""
    drawn = [
        Drawn(f.name_zh, f.name_en, about.kind is LayerKind.MAIN_STEM, f.geometry, about.id)
        for about, features in layers
        if about.kind in (LayerKind.MAIN_STEM, LayerKind.TRIBUTARY)
        for f in features
    ]
    network = build(drawn, reach_rules(), 4546, square())
    place = {"district_code": "150203", "metric_epsg": 4546, "at": NOON}
    reaches = [
        reach
        for number, river in enumerate(network.rivers, start=1)
        for reach in cut(
            river, spans_by_rule(river, reach_rules()), ReachBasis.RULE, number=number, **place
        )
    ]
    return Rivers(reaches, 4546, reach_rules())


def east_of_the_square(metres: float, width: float = 100) -> Polygon:
    """Ground whose western edge is so many metres east of the square's eastern edge."""
    _, south, east, north = to_metric(square(), 4546).bounds
    field = box(east + metres, south - 500, east + metres + width, north + 500)
    return transform(field, 4546, 4490)


def with_features(layer, *changes):
    """The layer's features, each with its changes."""
    about, features = layer
    return about, [replace(f, **c) for f, c in zip(features, changes, strict=True)]


def test_without_layers_everything_is_unknown_and_nothing_is_zero():
    measured = around()
    assert {getattr(measured, fact) for fact in FACTS} == {None}
    assert measured.layers == measured.layer_ids == {}


def test_an_empty_layer_answers_nothing():
    assert around(a_layer(LayerKind.DWELLING)).dwelling_distance_m is None


def test_nobody_to_measure_is_no_work():
    assert prepared().of_many([], [], NOON) == []


def test_distances_run_from_the_edge():
    measured = around(a_layer(LayerKind.DWELLING, east_of_the_square(250)))
    # The square's eastern edge leans in the metric grid: a metre and a half in 222.
    assert measured.dwelling_distance_m == pytest.approx(250, abs=5)
    assert measured.tributary_distance_m is None


def test_the_nearest_of_several_counts_and_one_inside_is_at_no_distance():
    near, far = Point(109.7021, 40.701), Point(109.75, 40.75)
    layer = a_layer(LayerKind.DWELLING, far, near)
    measured = around(with_features(layer, {"name_zh": "远村"}, {"name_zh": "近村"}))
    assert measured.dwelling_distance_m < 10
    assert measured.dwelling_name == "近村"
    inside = Point(109.701, 40.701)
    assert around(a_layer(LayerKind.DWELLING, inside)).dwelling_distance_m == 0


def test_a_site_wholly_inside_an_area_is_at_no_distance_from_it():
    measured = around(a_layer(LayerKind.RED_LINE, box(109.6, 40.6, 109.9, 40.9)))
    assert measured.red_line_distance_m == 0
    assert measured.protected_land == "INSIDE"


def test_a_hole_in_an_area_is_outside_it():
    ring = box(109.6, 40.6, 109.9, 40.9).difference(box(109.69, 40.69, 109.72, 40.72))
    measured = around(a_layer(LayerKind.RED_LINE, ring))
    assert measured.red_line_distance_m == pytest.approx(845, abs=10)


def test_layers_of_one_kind_live_side_by_side():
    near = a_layer(LayerKind.DWELLING, east_of_the_square(100), title_zh="村庄", series="村庄")
    far = a_layer(LayerKind.DWELLING, east_of_the_square(900), title_zh="学校", series="学校")
    measured = around(far, near)
    assert measured.dwelling_distance_m == pytest.approx(100, abs=5)
    assert measured.layers["dwelling_distance_m"] == "村庄（2025-01-01）"
    assert measured.layer_ids["dwelling_distance_m"] == [str(near[0].id)]


# Drinking water


@pytest.mark.parametrize(
    ("metres", "level", "zone", "named"),
    [
        (-50, SourceLevel.LEVEL_1, "LEVEL_1_2", "LEVEL_1"),
        (-50, SourceLevel.LEVEL_2, "LEVEL_1_2", "LEVEL_2"),
        (-50, SourceLevel.QUASI, "QUASI_OR_NEAR", "QUASI"),
        (-50, None, "LEVEL_1_2", None),
        (300, SourceLevel.LEVEL_1, "QUASI_OR_NEAR", "NONE"),
        (1_200, SourceLevel.LEVEL_1, "NONE", "NONE"),
    ],
)
def test_source_zones_by_level_and_nearness(metres, level, zone, named):
    layer = a_layer(LayerKind.SOURCE_ZONE, east_of_the_square(metres))
    measured = around(with_features(layer, {"level": level}))
    assert (measured.source_zone, measured.source_level) == (zone, named)
    assert measured.source_distance_m == pytest.approx(max(metres, 0), abs=6)


def test_the_strictest_of_overlapping_zones_counts():
    ground = east_of_the_square(-50)
    layer = a_layer(LayerKind.SOURCE_ZONE, ground, ground, ground)
    levels = [{"level": level} for level in reversed(SourceLevel)]
    assert around(with_features(layer, *levels)).source_level == "LEVEL_1"


def zone_file(level, metres):
    layer = a_layer(LayerKind.SOURCE_ZONE, east_of_the_square(metres), level=level, series=level.zh)
    return with_features(layer, {"level": level})


def test_quasi_zones_alone_do_not_say_that_no_strict_zone_is_there():
    quasi = zone_file(SourceLevel.QUASI, 3_000)
    measured = around(quasi)
    assert (measured.source_zone, measured.source_level) == (None, None)
    assert around(quasi, zone_file(SourceLevel.LEVEL_1, 4_000)).source_zone is None
    both = [zone_file(SourceLevel.LEVEL_1, 4_000), zone_file(SourceLevel.LEVEL_2, 4_000)]
    assert around(quasi, *both).source_zone == "NONE"


# Protected land


@pytest.mark.parametrize(("metres", "said"), [(-50, "INSIDE"), (300, "NEAR"), (800, "NONE")])
def test_protected_land_is_all_three_kinds_together(metres, said):
    far = east_of_the_square(5_000)
    for kind in (LayerKind.RED_LINE, LayerKind.FARMLAND, LayerKind.RESERVE):
        others = {LayerKind.RED_LINE, LayerKind.FARMLAND, LayerKind.RESERVE} - {kind}
        layers = [a_layer(other, far) for other in others]
        measured = around(a_layer(kind, east_of_the_square(metres)), *layers)
        assert measured.protected_land == said
        assert len(measured.layer_ids["protected_land"]) == 3


def test_without_one_of_the_three_kinds_only_inside_is_known():
    near = east_of_the_square(300)
    assert around(a_layer(LayerKind.RED_LINE, near)).protected_land is None
    measured = around(
        a_layer(LayerKind.RED_LINE, near), a_layer(LayerKind.FARMLAND, east_of_the_square(-50))
    )
    assert measured.protected_land == "INSIDE"
    assert measured.red_line_distance_m == pytest.approx(300, abs=5)
    assert measured.reserve_distance_m is None


@pytest.mark.parametrize(("metres", "inside"), [(-50, True), (20, False)])
def test_zones_are_in_or_out(metres, inside):
    ground = east_of_the_square(metres)
    measured = around(
        a_layer(LayerKind.RIVER_ZONE, ground), a_layer(LayerKind.PRIORITY_AREA, ground)
    )
    assert measured.in_river_zone is inside
    assert measured.in_priority_area is inside
    assert measured.priority_area_distance_m == pytest.approx(max(metres, 0), abs=5)


# Rivers


def test_only_a_tributary_known_to_be_unimportant_is_no_important_one():
    near, far = (east_of_the_square(metres) for metres in (200, 700))
    layer = a_layer(LayerKind.TRIBUTARY, near, far)
    measured = around(with_features(layer, {"is_important": False}, {"is_important": None}))
    assert measured.any_tributary_distance_m == pytest.approx(200, abs=5)
    assert measured.tributary_distance_m == pytest.approx(700, abs=5)
    small = a_layer(LayerKind.TRIBUTARY, near)
    assert around(with_features(small, {"is_important": False})).tributary_distance_m is None


def test_every_measured_value_names_its_layer_and_date():
    layer = a_layer(LayerKind.MAIN_STEM, LineString([(109.6, 40.6), (109.9, 40.6)]))
    undated = a_layer(LayerKind.DWELLING, Point(109.8, 40.8), dated_on=None, title_zh="居民点")
    measured = around(layer, undated)
    assert measured.layers == {
        "main_stem_distance_m": "黄河干流（2025-01-01）",
        "reach": "黄河干流（2025-01-01）",
        "dwelling_distance_m": "居民点（日期不详）",
        "dwelling_name": "居民点（日期不详）",
    }
    assert (measured.bank, measured.reach) == ("LEFT", "甲 5–10 km")
    assert measured.main_stem_distance_m == pytest.approx(11_105, abs=20)


def test_a_bank_line_as_an_area_gives_a_distance_but_no_chainage():
    measured = around(a_layer(LayerKind.MAIN_STEM, east_of_the_square(400)))
    assert measured.main_stem_distance_m == pytest.approx(400, abs=5)
    assert measured.reach is None and measured.bank is None


# Town, village, land


def test_town_village_and_land_are_those_under_the_largest_part():
    west, east = box(109.6, 40.6, 109.7005, 40.9), box(109.7005, 40.6, 109.9, 40.9)
    towns = with_features(
        a_layer(LayerKind.TOWN, west, east), {"name_zh": "昆河镇"}, {"name_zh": "卜尔汉图镇"}
    )
    parcels = with_features(
        a_layer(LayerKind.LAND_USE, west, east),
        {"land_class": "0602 采矿用地", "ownership": "国有"},
        {"land_class": "0301 乔木林地", "ownership": None},
    )
    measured = around(towns, parcels)
    assert measured.measured_town == "卜尔汉图镇"
    assert (measured.land_class, measured.land_ownership) == ("0301 乔木林地", None)
    assert measured.measured_village is None
    assert "land_ownership" not in measured.layers


def test_parts_of_one_parcel_count_together():
    halves = shapely.MultiPolygon(
        [box(109.700, 40.70, 109.7006, 40.702), box(109.7014, 40.70, 109.702, 40.702)]
    )
    middle = box(109.7006, 40.70, 109.7014, 40.702)
    towns = with_features(
        a_layer(LayerKind.TOWN, middle, halves), {"name_zh": "中"}, {"name_zh": "两边"}
    )
    assert around(towns).measured_town == "两边"


def test_ground_that_no_parcel_covers_is_unknown():
    towns = a_layer(LayerKind.TOWN, box(109.8, 40.8, 109.9, 40.9))
    measured = around(towns)
    assert measured.measured_town is None and measured.layers == {}


# Many at a time


@given(st.integers(0, 10_000))
def test_pieces_of_a_line_are_as_near_as_the_whole(seed):
    chance = np.random.default_rng(seed)
    line = LineString(np.cumsum(chance.normal(0, 0.002, (150, 2)), axis=0) + (109.7, 40.7))
    place = square(*(chance.uniform(-0.03, 0.03, 2) + (109.7, 40.7)))
    measured = prepared(a_layer(LayerKind.DWELLING, line)).of("甲", place, NOON)
    whole = to_metric(place, 4546).distance(to_metric(line, 4546))
    assert measured.dwelling_distance_m == pytest.approx(whole, abs=0.06)


def star(chance, lon, lat, corners=40):
    """A ragged polygon round a place."""
    turn = np.sort(chance.uniform(0, 2 * np.pi, corners))
    reach = chance.uniform(0.002, 0.02, corners)
    return Polygon(np.column_stack([lon + reach * np.cos(turn), lat + reach * np.sin(turn)]))


@given(st.integers(0, 10_000))
def test_an_area_is_as_near_as_it_is_whole_and_nothing_when_touched(seed):
    chance = np.random.default_rng(seed)
    areas = [star(chance, *chance.uniform((109.68, 40.68), (109.72, 40.72))) for _ in range(3)]
    areas = [area for area in areas if area.is_valid]
    place = square(*chance.uniform((109.67, 40.67), (109.73, 40.73)))
    measured = prepared(a_layer(LayerKind.RED_LINE, *areas)).of("甲", place, NOON)
    if not areas:
        assert measured.red_line_distance_m is None
        return
    whole = min(to_metric(place, 4546).distance(to_metric(area, 4546)) for area in areas)
    assert measured.red_line_distance_m == pytest.approx(whole, abs=0.06)


@given(st.integers(0, 10_000))
def test_the_town_is_the_one_that_holds_most_of_it(seed):
    chance = np.random.default_rng(seed)
    cuts = [109.69, *np.sort(chance.uniform(109.70, 109.702, 3)), 109.72]
    strips = [box(a, 40.6, b, 40.9) for a, b in itertools.pairwise(cuts)]
    layer = a_layer(LayerKind.TOWN, *strips)
    names = [{"name_zh": str(k)} for k in range(len(strips))]
    found = prepared(with_features(layer, *names)).of("甲", square(), NOON).measured_town
    place = to_metric(square(), 4546)
    shares = [to_metric(strip, 4546).intersection(place).area for strip in strips]
    assert shares[int(found)] == pytest.approx(max(shares), rel=1e-6)


def test_ten_thousand_sites_among_heavy_layers_take_seconds():
    chance = np.random.default_rng(7)
    turn = np.linspace(0, 2 * np.pi, 50_000, endpoint=False)
    coast = 0.1 * (1 + 0.05 * np.sin(40 * turn))
    blob = Polygon(np.column_stack([109.75 + coast * np.cos(turn), 40.75 + coast * np.sin(turn)]))
    river = LineString(np.column_stack([np.linspace(109, 110.5, 20_000), np.full(20_000, 40.5)]))
    homes = [Point(*xy) for xy in chance.uniform((109.6, 40.6), (109.9, 40.9), (5_000, 2))]
    grid = [
        box(x, y, x + 0.005, y + 0.005)
        for x in np.arange(109.6, 109.9, 0.005)
        for y in np.arange(40.6, 40.9, 0.005)
    ]
    ready = prepared(
        *(a_layer(k, blob) for k in (LayerKind.RED_LINE, LayerKind.FARMLAND, LayerKind.RESERVE)),
        *(a_layer(k, blob) for k in (LayerKind.SOURCE_ZONE, LayerKind.TOWN, LayerKind.RIVER_ZONE)),
        a_layer(LayerKind.MAIN_STEM, river),
        a_layer(LayerKind.DWELLING, *homes),
        a_layer(LayerKind.LAND_USE, *grid),
    )
    places = [square(*xy) for xy in chance.uniform((109.6, 40.6), (109.9, 40.9), (10_000, 2))]
    started = time.process_time()
    many = ready.of_many([str(k) for k in range(len(places))], places, NOON)
    assert time.process_time() - started < 20  # some four seconds
    for k in (0, 17, 9_999):
        assert ready.of(str(k), places[k], NOON) == many[k]
