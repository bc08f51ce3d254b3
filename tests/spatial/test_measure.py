"""Areas that agree with the ellipsoid, and outlines that are refused."""

import time

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from shapely import MultiPolygon, Point, Polygon
from shapely.geometry import LineString, box

from api.places import read_place
from api.settings import ROOT
from gis.domain.errors import GeometryInvalid, MetricCrsUnfit, OutsideDistrict
from gis.spatial.crs import as_multipolygon, to_metric, transform
from gis.spatial.measure import extent, require_fit
from tests.makers import a_district, square

KUNDULUN_METRIC_EPSG = read_place(ROOT / "data" / "demo" / "kundulun")["metric_epsg"]

DISTRICT = a_district()
STRZEGOM = as_multipolygon(box(16.30, 50.95, 16.35, 50.98))


@given(st.floats(109.6, 109.9), st.floats(40.5, 40.9), st.floats(1e-4, 2e-2))
def test_metric_and_geodesic_area_agree_in_kundulun(lon, lat, size):
    measured = extent(square(lon, lat, size), KUNDULUN_METRIC_EPSG)
    assert measured.area_m2 == pytest.approx(measured.area_geodesic_m2, rel=0.005)


def test_an_area_worked_by_hand():
    # On the ellipsoid at 40.701 N a degree is 84 510 m of parallel and 111 045 m of meridian.
    measured = extent(square(size=0.002), KUNDULUN_METRIC_EPSG)
    assert measured.area_m2 == pytest.approx(169.02 * 222.09, rel=0.002)
    assert measured.perimeter_m == pytest.approx(2 * (169.02 + 222.09), rel=0.002)


def test_a_hole_is_not_area():
    outer, hole = box(109.70, 40.70, 109.71, 40.71), box(109.703, 40.703, 109.705, 40.705)
    whole = extent(as_multipolygon(outer), 4546)
    pierced = extent(as_multipolygon(outer.difference(hole)), 4546)
    lost = extent(as_multipolygon(hole), 4546)
    assert pierced.area_m2 == pytest.approx(whole.area_m2 - lost.area_m2, abs=0.3)
    assert pierced.area_geodesic_m2 == pytest.approx(
        whole.area_geodesic_m2 - lost.area_geodesic_m2, abs=0.3
    )
    assert pierced.perimeter_m == pytest.approx(whole.perimeter_m + lost.perimeter_m, abs=0.3)


def test_the_direction_of_a_ring_changes_nothing():
    ring = list(square().geoms[0].exterior.coords)
    clockwise = MultiPolygon([Polygon(ring[::-1])])
    assert extent(clockwise, 4546) == extent(square(), 4546)


def test_two_parts_count_together():
    parts = MultiPolygon([square().geoms[0], square(109.8).geoms[0]])
    alone = extent(square(), 4546).area_m2
    assert extent(parts, 4546).area_m2 == pytest.approx(2 * alone, rel=0.001)


def test_the_zone_of_another_place_is_refused_in_words():
    with pytest.raises(MetricCrsUnfit) as caught:
        extent(square(), 4527)  # Gauss-Krueger zone 39, 117 E
    assert caught.value.facts["epsg"] == 4527
    assert float(str(caught.value.facts["error_percent"])) > 0.5
    assert "4527" in caught.value.sentence("zh-CN")


def test_utm_33n_fits_strzegom_and_kunduluns_zone_does_not():
    measured = extent(STRZEGOM, 32633)
    assert measured.area_m2 == pytest.approx(measured.area_geodesic_m2, rel=0.005)
    with pytest.raises(MetricCrsUnfit):
        extent(STRZEGOM, 4546)


def test_there_and_back_moves_nothing():
    back = transform(to_metric(square(), 4546), 4546, 4490)
    assert shapely.equals_exact(back, square(), tolerance=1e-9)


def test_x_is_east_and_y_is_north():
    x, y = to_metric(Point(109.75, 40.65), 4546).coords[0]
    assert 390_000 < x < 400_000  # west of the central meridian 111 E, false easting 500 km
    assert 4_490_000 < y < 4_510_000


def test_a_line_is_no_area():
    with pytest.raises(TypeError, match="LineString"):
        as_multipolygon(LineString([(0, 0), (1, 1)]))


# What may become an outline


def test_a_good_outline_is_stored_as_it_is():
    assert require_fit(square(), "甲", DISTRICT) == square()
    assert require_fit(square().geoms[0], "甲", DISTRICT) == square()


def test_an_outline_over_the_boundary_is_taken_whole():
    across = square(109.599, 40.7, 0.002)
    assert require_fit(across, "甲", DISTRICT) == across


def test_heights_are_dropped():
    flat = require_fit(shapely.force_3d(square(), 1_050.0), "甲", DISTRICT)
    assert not flat.has_z
    assert flat == square()


bow_tie = Polygon([(109.7, 40.7), (109.8, 40.8), (109.8, 40.7), (109.7, 40.8)])


@pytest.mark.parametrize(
    ("outline", "reason"),
    [
        (bow_tie, "Self-intersection"),
        (MultiPolygon([bow_tie]), "Self-intersection"),
        (Polygon(), "empty"),
        (MultiPolygon(), "empty"),
        (Point(109.7, 40.7), "not a polygon"),
        (LineString([(109.7, 40.7), (109.8, 40.8)]), "not a polygon"),
        (MultiPolygon([square().geoms[0], square().geoms[0]]), "Self-intersection"),
    ],
)
def test_a_bad_outline_is_refused_with_its_name_and_reason(outline, reason):
    with pytest.raises(GeometryInvalid, match=reason) as caught:
        require_fit(outline, "甲堆", DISTRICT)
    assert "甲堆" in caught.value.sentence("zh-CN")


@pytest.mark.parametrize("number", ["NaN", "Inf"])
def test_what_is_no_number_is_refused(number):
    with np.errstate(invalid="ignore"):  # GEOS raises the processor's flag, numpy reports it
        text = f"POLYGON ((109.7 40.7, 109.8 {number}, 109.8 40.7, 109.7 40.7))"
        outline = shapely.from_wkt(text)
        with pytest.raises(GeometryInvalid, match="Invalid Coordinate"):
            require_fit(outline, "甲堆", DISTRICT)


@pytest.mark.parametrize(
    "outline",
    [
        square(110.5, 41.5),
        shapely.transform(square(), lambda lon_lat: lon_lat[:, ::-1]),  # lat, lon
        to_metric(square(), 4546),  # metres taken for degrees
    ],
)
def test_an_outline_elsewhere_is_refused_with_the_likely_cause(outline):
    with pytest.raises(OutsideDistrict, match="coordinate system") as caught:
        require_fit(outline, "甲堆", DISTRICT)
    assert "昆都仑区" in caught.value.sentence("zh-CN")


def test_a_hostile_polygon_is_refused_in_less_than_a_second():
    # 400 vertices whose edges all cross: make_valid works on such a one for half a minute.
    turn = np.random.default_rng(3).uniform(0, 2 * np.pi, 400)
    reach = np.random.default_rng(4).uniform(0.01, 0.1, 400)
    hostile = Polygon(
        np.column_stack([109.75 + reach * np.cos(turn), 40.75 + reach * np.sin(turn)])
    )
    started = time.monotonic()
    with pytest.raises(GeometryInvalid):
        require_fit(hostile, "敌意边界", DISTRICT)
    assert time.monotonic() - started < 1


@pytest.mark.parametrize("size", [1e-6, 1e-8, 1e-10])
def test_an_outline_smaller_than_a_hand_is_measured_or_refused_in_words(size):
    outline = require_fit(square(109.75, 40.75, size), "针尖", DISTRICT)
    try:
        assert extent(outline, 4546).area_m2 <= 0.1
    except (GeometryInvalid, MetricCrsUnfit) as refused:
        assert refused.sentence("zh-CN")


def test_kundulun_is_measured_in_its_own_zone():
    assert KUNDULUN_METRIC_EPSG == 4546
