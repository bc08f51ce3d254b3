"""Ignore zones are read from vector files; what is none is refused in one sentence."""

import json

import pytest
from shapely import box

from remote_sensing.errors import ZonesUnreadable
from remote_sensing.ignored import read_zones


def write(path, *geometries):
    features = [{"type": "Feature", "properties": {}, "geometry": one} for one in geometries]
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    return path


def test_zones_are_joined(tmp_path):
    shapes = [box(110, 40, 110.1, 40.1), box(110.05, 40, 110.2, 40.1)]
    zones = read_zones(write(tmp_path / "z.geojson", *(s.__geo_interface__ for s in shapes)))
    assert zones.area == pytest.approx(0.02)


@pytest.mark.parametrize("content", ["", "{}", "[1]", '{"features": []}'])
def test_what_is_none_is_refused(tmp_path, content):
    path = tmp_path / "z.geojson"
    path.write_text(content)
    with pytest.raises(ZonesUnreadable, match=r"z\.geojson"):
        read_zones(path)


def test_points_and_images_are_no_zones(tmp_path):
    with pytest.raises(ZonesUnreadable):
        read_zones(write(tmp_path / "p.json", {"type": "Point", "coordinates": [110, 40]}))
    with pytest.raises(ZonesUnreadable):
        read_zones(tmp_path / "z.tif")
    with pytest.raises(ZonesUnreadable):
        read_zones(tmp_path / "missing.geojson")
