"""What a run saw of an outline, and what of it may be a target."""

import numpy as np
import pytest
from shapely import box

from remote_sensing.class_shares import shares_within
from remote_sensing.classes import class_of
from remote_sensing.quality.truth import moved
from tests.remote_sensing.made_runs import CLOUD, GRID, ground, make_run

PIT = (10, 10, 40, 50)


@pytest.fixture
def path(tmp_path):
    codes = ground(PIT)
    codes[60:90, 10:50], codes[60:75, 60:100] = CLOUD, 255
    weak = np.where(codes == class_of("open_pit").code, 90, 2)
    weak[95:110, 10:30] = 40
    return make_run(tmp_path / "run", codes, "2022-06-19", pit_percent=weak)


def asked(path, top, left, bottom, right):
    west, north = GRID @ (left + 0.1, top + 0.1)
    east, south = GRID @ (right - 0.1, bottom - 0.1)
    outline = moved(box(west, south, east, north), "EPSG:32649", "EPSG:4326")
    return shares_within(path, outline)


def test_shares_are_of_the_outlines_pixels(path):
    assert asked(path, *PIT) == (1, 1)
    assert asked(path, 10, 10, 40, 90) == (1, pytest.approx(0.5, abs=0.02))


def test_what_may_be_a_target_is_told_apart_from_what_surely_is_none(path):
    assert asked(path, 95, 10, 110, 30) == (1, 1)
    assert asked(path, 95, 40, 110, 60) == (1, 0)


def test_cloud_and_nodata_were_not_seen(path):
    assert asked(path, 60, 10, 90, 50) == (0, 0)
    assert asked(path, 60, 60, 90, 100) == (pytest.approx(0.5, abs=0.04), 0)


def test_what_sticks_out_of_the_map_was_not_seen(path):
    assert asked(path, 10, 120, 40, 200)[0] == pytest.approx(0.5, abs=0.02)
    assert asked(path, 300, 300, 310, 310) == (0, 0)


def test_a_speck_has_its_pixels_shares(path):
    assert asked(path, 12.3, 12.3, 12.6, 12.6) == (1, 1)
