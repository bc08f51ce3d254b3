import json
from pathlib import Path

import numpy as np
import pytest
import rasterio

from gis.errors import DiskFull
from remote_sensing.maps.display import stretched, views_of, write_display_copy
from remote_sensing.scene import Scene, open_scene, opened
from tests.remote_sensing.make_scene import Made, make_scene, write_raster


@pytest.fixture(scope="module")
def scene(made: Made) -> Scene:
    return open_scene(made.path)


def test_the_copy_is_a_web_mercator_cog_with_named_views(tmp_path: Path, scene: Scene) -> None:
    out = tmp_path / "new" / "copy.tif"
    write_display_copy(scene, out)
    assert list(out.parent.iterdir()) == [out]
    with opened(out) as dataset:
        assert dataset.crs.to_epsg() == 3857
        assert dataset.dtypes == ("uint8",) * 6
        assert dataset.nodata == 0
        assert dataset.tags(ns="IMAGE_STRUCTURE")["LAYOUT"] == "COG"
        assert json.loads(dataset.tags()["VIEWS"]) == {"natural": [1, 2, 3], "swir": [4, 5, 6]}
        assert dataset.descriptions[:3] == ("natural B04", "natural B03", "natural B02")
        # No coarser than the pixels, on the ground.
        assert dataset.transform.a * np.cos(np.radians(40.65)) <= scene.pixel_m


def test_valid_ground_is_drawn_and_nothing_else(tmp_path: Path, scene: Scene) -> None:
    write_display_copy(scene, tmp_path / "copy.tif")
    with opened(tmp_path / "copy.tif") as dataset:
        drawn = dataset.read_masks() > 0
        pixel_m2 = (dataset.transform.a * np.cos(np.radians(40.65))) ** 2
    assert (drawn == drawn[0]).all()
    assert drawn[0].sum() * pixel_m2 == pytest.approx(94 * 78 * 100, rel=0.03)


def test_two_dates_of_the_same_ground_look_the_same(tmp_path: Path) -> None:
    looks = []
    for added in (0, 1_000):
        scene = open_scene(make_scene(tmp_path / f"s{added}.tif", added=added).path)
        write_display_copy(scene, tmp_path / f"d{added}.tif")
        with opened(tmp_path / f"d{added}.tif") as dataset:
            looks.append(dataset.read())
    assert (looks[0] == looks[1]).all()


def test_views_follow_from_bands(tmp_path: Path) -> None:
    rgb = open_scene(make_scene(tmp_path / "rgb.tif", bands=("B02", "B03", "B04")).path)
    assert list(views_of(rgb)) == ["natural"]
    five = ("B02", "B03", "B04", "B08", "B11")
    assert views_of(open_scene(make_scene(tmp_path / "five.tif", bands=five).path)) == {
        "natural": ("B04", "B03", "B02"),
        "swir": ("B11", "B08", "B04"),
    }


def test_a_display_stretch_is_drawn_as_it_came(tmp_path: Path) -> None:
    values = np.full((3, 64, 64), 90, np.uint8)
    path = write_raster(tmp_path / "eight.tif", values, names=("B04", "B03", "B02"))
    write_display_copy(open_scene(path), tmp_path / "copy.tif")
    with opened(tmp_path / "copy.tif") as dataset:
        drawn = dataset.read(masked=True).compressed()
    assert len(drawn) > 3 * 64 * 64
    assert np.abs(drawn.astype(int) - 90).max() <= 1


def test_the_stretch_is_never_nodata_where_valid() -> None:
    found = stretched(
        np.array([[0, 1, 3_200, 20_000]], np.int16), np.array([[True, False, True, True]]), 3_200, 1
    )
    assert found.tolist() == [[1, 0, 255, 255]]


def test_a_full_disk_leaves_the_old_copy(
    tmp_path: Path, scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "copy.tif"
    write_display_copy(scene, out)
    before = out.read_bytes()

    def full(*args: object, **kwargs: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(rasterio.shutil, "copy", full)
    with pytest.raises(DiskFull):
        write_display_copy(scene, out)
    assert out.read_bytes() == before
    assert list(tmp_path.iterdir()) == [out]
