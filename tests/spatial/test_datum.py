"""The shifts of web maps have the size that STANDARDS 7.2 measured, and are undone to a hair."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gis.domain.terms import Datum
from gis.spatial import datum
from gis.spatial.crs import GEOD

KUNDULUN = np.meshgrid(np.linspace(109.65, 109.85, 7), np.linspace(40.6, 40.7, 7))
LON, LAT = (axis.ravel() for axis in KUNDULUN)


def shift(forward):
    lon, lat = forward(LON, LAT)
    azimuth, _, metres = GEOD.inv(LON, LAT, lon, lat)
    return np.array(metres), np.array(azimuth)


def test_gcj02_lies_some_500_m_to_the_east_north_east():
    metres, azimuth = shift(datum.gcj02_from_wgs84)
    assert 480 < metres.min() and metres.max() < 520
    assert 70 < azimuth.min() and azimuth.max() < 80


def test_a_place_that_others_published_is_met():
    lon, lat = datum.gcj02_from_wgs84(np.array([116.404]), np.array([39.915]))
    assert (lon[0], lat[0]) == pytest.approx((116.41024449916938, 39.91640428150164), abs=1e-6)


def test_bd09_lies_some_1300_m_away():
    metres, _ = shift(datum.bd09_from_wgs84)
    assert 1_265 < metres.min() and metres.max() < 1_340


@pytest.mark.parametrize("which", datum.SHIFTS)
@given(lon=st.floats(75, 135), lat=st.floats(4, 53))
@settings(max_examples=60)
def test_the_way_back_ends_where_it_began(which, lon, lat):
    shown = datum.SHIFTS[which](np.array([lon]), np.array([lat]))
    back = datum.to_store(*shown, which)
    metres = GEOD.inv(lon, lat, float(back[0][0]), float(back[1][0]))[2]
    assert metres < 0.1


def test_outside_china_nothing_is_shifted():
    lon, lat = datum.gcj02_from_wgs84(np.array([16.3]), np.array([50.96]))
    assert (lon[0], lat[0]) == (16.3, 50.96)


@pytest.mark.parametrize("which", [Datum.CGCS2000, Datum.WGS84])
def test_satellite_datums_stay_as_they_are(which):
    assert datum.to_store(LON, LAT, which)[0] is LON


@pytest.mark.parametrize("which", [Datum.XIAN80, Datum.BEIJING54])
def test_the_old_systems_are_sent_to_the_survey_office(which):
    with pytest.raises(datum.DatumUnconvertible, match="survey office"):
        datum.to_store(LON, LAT, which)
