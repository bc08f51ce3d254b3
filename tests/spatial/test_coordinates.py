"""Every written form of a coordinate is read, and the likeliest reading of a pair comes first."""

import numpy as np
import pytest

from gis.domain.inventory import dms
from gis.domain.terms import Axes, Datum
from gis.spatial import coordinates, crs
from gis.spatial.coordinates import Reading, readings
from tests.makers import a_district

LON = np.array([109.70, 109.75, 109.80])
LAT = np.array([40.70, 40.72, 40.75])


@pytest.mark.parametrize(
    "written",
    [
        109.8,
        "109.8",
        "109.8°",
        "１０９．８",
        "109°48′",
        "109°48′00.00″",
        "109°48'0\"",
        "109° 48' 0'' E",
        "E109°48′0″",
        "东经109°48′0″",
        "东经：109度48分0秒",
        "109º48’00”",
        "109 48 00",
        "109-48-00",
        "109:48:0.0",
        "109度48分",
        "109°48.0′",
    ],
    ids=repr,
)
def test_an_angle_is_read_in_every_form(written):
    assert coordinates.angle(written) == pytest.approx(109.8)


@pytest.mark.parametrize(
    "written", ["", "昆河镇", "109°75′", "109°10′61″", "109,,8x", "=1+1", float("nan"), "1094800E5"]
)
def test_what_is_no_angle_is_none(written):
    assert coordinates.angle(written) is None


@pytest.mark.parametrize("degrees", [0.0, 40.655555, 109.999999, -16.5])
def test_what_the_list_writes_is_read_back(degrees):
    assert coordinates.angle(dms(degrees)) == pytest.approx(degrees, abs=1e-5)


@pytest.mark.parametrize("written", ["109.75,40.7", "109.75， 40.7", "109.75 40.7", "109.75；40.7"])
def test_both_halves_of_a_cell_are_found(written):
    assert coordinates.pair(written) == ("109.75", "40.7")


def best(first, second) -> Reading:
    found = readings(first, second, a_district())
    assert found[0][1].inside == len(first), found
    return found[0][0]


def test_swapped_axes_are_noticed():
    assert best(LON, LAT).axes is Axes.LON_LAT
    assert best(LAT, LON).axes is Axes.LAT_LON


def test_swapped_axes_are_noticed_where_both_are_below_90():
    from shapely.geometry import box

    from gis.spatial.crs import as_multipolygon

    place = a_district(outline=as_multipolygon(box(16.2, 50.9, 16.5, 51.1)), metric_epsg=32633)
    lon, lat = np.array([16.3, 16.4]), np.array([50.95, 51.0])
    assert readings(lat, lon, place)[0][0].axes is Axes.LAT_LON


@pytest.mark.parametrize("epsg", [4546, 4525, 4545, 4497])
def test_metres_are_read_with_and_without_their_zone(epsg):
    east, north = crs.move_points(LON, LAT, 4490, epsg)
    assert best(north, east).axes is Axes.NORTH_EAST
    reading = best(east, north)
    assert (reading.axes, reading.epsg) == (Axes.EAST_NORTH, epsg)
    lon, lat = reading.locate(east, north)
    assert lon == pytest.approx(LON, abs=1e-8) and lat == pytest.approx(LAT, abs=1e-8)


def test_a_datum_is_undone():
    from gis.spatial import datum

    shown = datum.bd09_from_wgs84(LON, LAT)
    lon, lat = Reading(Axes.LON_LAT, 4490, Datum.BD09).locate(*shown)
    assert lon == pytest.approx(LON, abs=1e-8) and lat == pytest.approx(LAT, abs=1e-8)


def test_no_reading_is_made_of_nothing():
    assert readings(np.array([np.nan]), np.array([np.nan]), a_district()) == []
    lon, lat = Reading(Axes.LON_LAT, 4490, Datum.WGS84).locate(np.array([400.0]), np.array([1.0]))
    assert np.isnan(lon[0]) and np.isnan(lat[0])


def test_a_reading_is_named_by_its_code():
    reading = Reading(Axes.NORTH_EAST, 4546, Datum.CGCS2000)
    assert coordinates.reading_of(reading.code, Datum.CGCS2000) == reading
