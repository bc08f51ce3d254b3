"""Label outlines as people draw them: crossing themselves, too, and never a raw GEOS error."""

import json
import time

import numpy as np
import pytest
import shapely

from remote_sensing.errors import LabelOutlineInvalid
from remote_sensing.quality import truth


def write(path, *rings):
    features = [
        {
            "type": "Feature",
            "properties": {},
            "geometry": {"type": "Polygon", "coordinates": [ring]},
        }
        for ring in rings
    ]
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    return path


BOW_TIE = [[0, 0], [2, 2], [2, 0], [0, 2], [0, 0]]


def test_a_bow_tie_counts_as_the_ground_that_it_shows(tmp_path):
    known = truth.read(write(tmp_path / "bow.geojson", BOW_TIE), None, None)
    assert all(place.is_valid for place in known.places)
    assert shapely.union_all(known.places).area == pytest.approx(2.0)


def test_a_hostile_outline_is_refused_at_once(tmp_path):
    draw = np.random.default_rng(7)
    ring = draw.uniform(0, 1, (2_500, 2)).tolist()
    began = time.perf_counter()
    with pytest.raises(LabelOutlineInvalid) as told:
        truth.read(write(tmp_path / "hostile.geojson", [*ring, ring[0]]), None, None)
    assert time.perf_counter() - began < 5
    assert "自相交" in told.value.sentence()
