"""Slope and relief beside a scene's bands: right on a plane, the same in every window."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from affine import Affine
from rasterio.warp import transform

from remote_sensing import features
from remote_sensing.errors import DemDoesNotReach
from remote_sensing.relief.elevation import open_elevation
from remote_sensing.relief.slope import LEVEL
from remote_sensing.scene import TERRAIN, Scene, open_scene
from remote_sensing.windows import Window
from tests.remote_sensing.make_scene import make_scene, write_raster

WEST, NORTH = 398_000, 4_501_000


def a_dem(path: Path, heights: np.ndarray, pixel_m: float, **options: object) -> Path:
    """Write heights round the made scene, 300 m further on every side."""
    grid = Affine(pixel_m, 0, WEST - 300, 0, -pixel_m, NORTH + 300)
    return write_raster(path, heights[None].astype(np.float32), transform=grid, **options)


def plane(pixel_m: float, rise: float) -> np.ndarray:
    """Heights that rise by ``rise`` per metre eastwards."""
    rows, cols = int(1_400 / pixel_m), int(1_560 / pixel_m)
    return np.tile(1_000 + rise * pixel_m * (np.arange(cols) + 0.5), (rows, 1))


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Scene:
    return open_scene(make_scene(tmp_path_factory.mktemp("slope") / "s_20220619.tif").path)


@pytest.mark.parametrize("pixel_m", [30, 10, 2.5])
def test_a_plane_has_its_slope_and_no_relief(scene: Scene, tmp_path: Path, pixel_m: float) -> None:
    dem = open_elevation(a_dem(tmp_path / "dem.tif", plane(pixel_m, 0.2), pixel_m))
    chip = scene.with_dem(dem).read(Window(20, 20, 30, 20))
    assert chip.band_names[-2:] == TERRAIN
    slope, relief = chip.reflectance[-2:]
    assert np.abs(slope - 100 * np.degrees(np.arctan(0.2))).max() <= 3
    assert np.abs(relief - LEVEL).max() <= 10  # a sixty-fourth of 30 m on this plane


def test_a_heap_stands_out_and_a_hole_counts_as_level(scene: Scene, tmp_path: Path) -> None:
    heights = np.full((140, 156), 1_000.0)
    heights[60:66, 60:66] += 12  # a heap of 60 m
    heights[80:84, 80:84] = -9_999
    dem = open_elevation(a_dem(tmp_path / "dem.tif", heights, 10, nodata=-9_999))
    _, relief = scene.with_dem(dem).read(Window(0, 0, 96, 80)).reflectance[-2:]
    assert relief[33, 33] - LEVEL > 1_000
    assert relief[52, 52] == LEVEL


def test_every_window_gives_a_pixel_the_same(scene: Scene, tmp_path: Path) -> None:
    rough = np.random.default_rng(3).normal(1_200, 30, (60, 70))
    x, y = transform("EPSG:32649", "EPSG:4326", [WEST - 500], [NORTH + 500])
    degrees = 1 / 2_000
    path = write_raster(
        tmp_path / "dem.tif",
        rough[None].astype(np.float32),
        crs="EPSG:4326",
        transform=Affine(degrees, 0, x[0], 0, -degrees, y[0]),
    )
    joined = scene.with_dem(open_elevation(path))
    whole = joined.read(Window(0, 0, 96, 80)).reflectance
    for window in (Window(7, 3, 31, 29), Window(60, 50, 36, 30)):
        part = whole[:, window.row : window.row_end, window.col : window.col_end]
        assert (joined.read(window).reflectance == part).all()
    assert len(np.unique(whole[-2])) > 100


def test_slope_is_a_feature_where_it_is_joined_only(scene: Scene, tmp_path: Path) -> None:
    dem = open_elevation(a_dem(tmp_path / "dem.tif", plane(10, 0.1), 10))
    joined = scene.with_dem(dem)
    names = features.names_for(joined.band_names)
    assert set(TERRAIN) <= set(names) and not set(TERRAIN) & set(
        features.names_for(scene.band_names)
    )
    chip = joined.read(Window(0, 0, 40, 40))
    figures = features.stack(chip, names)
    assert (figures[names.index("slope")] == chip.reflectance[-2]).all()
    assert scene.lacking(TERRAIN) == TERRAIN


def test_a_model_that_does_not_cover_the_scene_is_refused(scene: Scene, tmp_path: Path) -> None:
    dem = open_elevation(a_dem(tmp_path / "dem.tif", np.ones((20, 20)), 10))
    with pytest.raises(DemDoesNotReach):
        scene.with_dem(dem)


def test_the_plain_scene_is_as_before(scene: Scene) -> None:
    assert replace(scene, dem=None) == scene and scene.mask is None
