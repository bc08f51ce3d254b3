"""Ground that two outlines share, and ground outside the district."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gis.spatial.crs import as_multipolygon, to_metric
from gis.spatial.topology import outside, overlaps
from tests.makers import a_district, square


def test_shared_ground_is_measured_and_said_of_both():
    one, half, apart = square(), square(109.701), square(109.8)
    (pair,) = overlaps(["甲", "乙", "丙"], [one, half, apart], 4546)
    assert (pair.one, pair.other) == ("甲", "乙")
    assert pair.share_of_one == pytest.approx(0.5, abs=1e-3)
    assert pair.shared_m2 == pytest.approx(to_metric(one, 4546).area / 2, rel=1e-3)


def test_a_small_outline_inside_a_large_one_is_shared_whole():
    large, small = square(), square(109.7005, 40.7005, 0.0005)
    (pair,) = overlaps(["大", "小"], [large, small], 4546)
    assert pair.share_of_other == 1 and pair.share_of_one == pytest.approx(1 / 16, abs=1e-3)


def test_neighbours_share_an_edge_and_no_ground():
    assert overlaps(["甲", "乙"], [square(), square(109.702)], 4546) == []
    assert overlaps([], [], 4546) == []


@given(st.floats(-0.004, 0.004), st.floats(-0.004, 0.004))
def test_it_does_not_matter_who_is_asked_first(east, north):
    one, other = square(), square(109.7 + east, 40.7 + north)
    there = overlaps(["甲", "乙"], [one, other], 4546)
    back = overlaps(["乙", "甲"], [other, one], 4546)
    assert [(p.shared_m2, p.share_of_one) for p in there] == [
        (p.shared_m2, p.share_of_other) for p in back
    ]


@pytest.mark.parametrize(("lon", "share"), [(109.7, 0.0), (109.599, 0.5), (109.5, 1.0)])
def test_the_part_outside_the_district_is_said(lon, share):
    assert outside(square(lon), a_district()).share == pytest.approx(share, abs=5e-3)


def test_its_area_too():
    across = as_multipolygon(square(109.599))
    whole = to_metric(across, 4546).area
    assert outside(across, a_district()).area_m2 == pytest.approx(whole / 2, rel=1e-2)
