"""The same ground in another file gives the same outlines, or a clear error."""

import pytest

from remote_sensing.quality.robustness import Variant, check
from remote_sensing.scene import open_scene


@pytest.fixture(scope="module")
def found(made, model, model_path, tmp_path_factory):
    work = tmp_path_factory.mktemp("robust")
    return {one.name: one for one in check(open_scene(made.path), model, model_path, work)}


def test_every_way_that_the_protocol_names_is_tried(found):
    assert list(found) == [
        "again", "EPSG:4326", "EPSG:3857", "EPSG:32650", "four files", "nodata frame",
        "another offset", "without B12",
    ]  # fmt: skip


def test_the_same_file_gives_the_same_outlines_to_the_last_corner(found):
    assert found["again"].iou == 1 and found["again"].outlines == 2


@pytest.mark.parametrize("name", ["nodata frame", "another offset", "four files"])
def test_what_changes_no_pixel_changes_hardly_an_outline(found, name):
    assert found[name].iou > 0.95 and found[name].found == 1


@pytest.mark.parametrize("name", ["EPSG:4326", "EPSG:3857", "EPSG:32650"])
def test_another_crs_finds_the_same_places(found, name):
    assert found[name].found == 1 and found[name].iou > 0.75


def test_a_missing_band_is_refused_with_its_name(found):
    assert found["without B12"].refused == "model_lacks_bands"
    assert found["without B12"].is_sound


def test_a_variant_is_sound_when_it_agrees_or_had_to_be_refused():
    nan = float("nan")
    assert Variant("four files", 0.95, 1.0, 3).is_sound
    assert not Variant("four files", 0.5, 1.0, 3).is_sound
    assert not Variant("four files", nan, nan, 0, "bands_unknown").is_sound
    assert not Variant("without B12", 0.99, 1.0, 3).is_sound
    assert Variant("four files", 1.0, 1.0, 0).is_sound, "nothing here and nothing there"
