"""Volumes on solids whose volume a formula gives: off by less than 1 % at 1 m, on any grid."""

import math

import numpy as np
import pytest
import rasterio
import shapely
from rasterio.crs import CRS

from gis.domain.terms import RimBasis, SurveyBasis
from remote_sensing.errors import NotARaster, RasterTooLarge, TruncatedRaster
from remote_sensing.relief.coverage import fractions
from remote_sensing.relief.elevation import open_elevation
from remote_sensing.relief.errors import (
    HeightsUnlikely,
    HolesTooLarge,
    LevelAboveRim,
    LevelBelowBottom,
    NoHollow,
    NotElevation,
    OutlineOffModel,
    OutlineTooLarge,
    OutlineTooSmall,
    UnitNotMetre,
)
from remote_sensing.relief.notes import is_lower_bound
from remote_sensing.relief.volume import measure_heap, measure_hollow
from tests.remote_sensing.made_solids import (
    CENTRE,
    GROUND,
    cone,
    hemisphere,
    pyramid,
    square_of,
    write,
)

METRIC = CRS.from_epsg(4546)
CONE_M3 = math.pi * 80**2 * 30 / 3
SOLIDS = {
    "cone": (cone(), shapely.Point(*CENTRE).buffer(80, 128), CONE_M3),
    "half ball": (hemisphere(), shapely.Point(*CENTRE).buffer(60, 128), 2 / 3 * math.pi * 60**3),
    "pyramid": (pyramid(), square_of(120), 24 / 3 * (120**2 + 40**2 + 120 * 40)),
    "turned": (pyramid(turn=30), square_of(120, 30), 24 / 3 * (120**2 + 40**2 + 120 * 40)),
}


def measured(tmp_path, heights, outline, level=RimBasis.LOW_POINT, **written):
    model = open_elevation(write(tmp_path / "pit.tif", heights, **written))
    return measure_hollow(model, outline, METRIC, level)


@pytest.mark.parametrize("off", [(0.0, 0.0), (0.37, 0.61)])
@pytest.mark.parametrize("name", SOLIDS)
def test_a_solids_volume_is_exact_to_a_thousandth_at_one_metre(tmp_path, name, off):
    heights, outline, volume = SOLIDS[name]
    found = measured(tmp_path, heights, outline, off=off)
    assert found.volume_m3 == pytest.approx(volume, rel=1e-3)
    assert abs(found.volume_m3 - volume) <= 3 * found.doubt.sigma_m3 + 1
    assert found.rim_m == pytest.approx(GROUND, abs=1e-3)
    assert found.curve[-1][2] == pytest.approx(found.volume_m3, rel=1e-6)
    volumes = [row[2] for row in found.curve]
    assert volumes == sorted(volumes) and volumes[0] == 0


def test_a_coarse_model_says_that_it_is_less_sure(tmp_path):
    fine, coarse = (
        measured(tmp_path, cone(), SOLIDS["cone"][1], pixel=pixel, off=(0.3, 0.7))
        for pixel in (1.0, 10.0)
    )
    assert coarse.volume_m3 == pytest.approx(CONE_M3, rel=0.01)
    assert coarse.doubt.sigma_m3 > 10 * fine.doubt.sigma_m3
    assert "few_pixels" in {note.code for note in coarse.notes}


def test_below_a_chosen_level_the_cone_is_a_smaller_cone(tmp_path):
    found = measured(tmp_path, cone(), SOLIDS["cone"][1], GROUND - 15.0)
    assert found.volume_m3 == pytest.approx(CONE_M3 / 8, rel=0.01)
    assert found.filled_area_m2 == pytest.approx(math.pi * 40**2, rel=0.02)
    assert found.depth_m == pytest.approx(30, abs=0.5)
    assert found.slope_deg == pytest.approx(math.degrees(math.atan(30 / 80)), abs=0.5)


def test_on_a_hillside_the_rim_is_its_low_point_or_its_plane(tmp_path):
    def hillside(x, y):
        return cone()(x, y) + 0.05 * x

    outline = SOLIDS["cone"][1]
    low = measured(tmp_path, hillside, outline)
    plane = measured(tmp_path, hillside, outline, RimBasis.PLANE)
    assert plane.volume_m3 == pytest.approx(CONE_M3, rel=1e-3)
    assert plane.rim_m == pytest.approx(GROUND, abs=0.05)
    assert low.rim_m == pytest.approx(GROUND - 0.05 * 81.4, abs=0.1)
    assert low.volume_m3 < plane.volume_m3


def test_a_box_with_a_tilted_floor_is_a_box_of_its_mean_depth(tmp_path):
    def trench(x, y):
        inside = (np.abs(x) < 50) & (np.abs(y) < 30)
        return GROUND - np.where(inside, 10 + 0.1 * x - 0.05 * y, 0)

    outline = shapely.box(CENTRE[0] - 50, CENTRE[1] - 30, CENTRE[0] + 50, CENTRE[1] + 30)
    found = measured(tmp_path, trench, outline)
    assert found.volume_m3 == pytest.approx(100 * 60 * 10, rel=1e-4)


def test_noise_widens_the_error_and_the_truth_stays_within_it(tmp_path):
    rng = np.random.default_rng(4)
    found = measured(
        tmp_path,
        cone(),
        SOLIDS["cone"][1],
        GROUND - 1,
        change=lambda z: z + rng.normal(0, 0.3, z.shape),
    )
    truth = CONE_M3 * (29 / 30) ** 3
    assert found.doubt.noise_m == pytest.approx(0.3, rel=0.1)
    assert abs(found.volume_m3 - truth) < 3 * found.doubt.sigma_m3
    assert found.doubt.sigma_m3 < 0.05 * truth


def test_a_stated_accuracy_counts_where_the_level_is_a_number(tmp_path):
    model = open_elevation(write(tmp_path / "pit.tif", cone()))
    outline = SOLIDS["cone"][1]
    stated = measure_hollow(model, outline, METRIC, GROUND - 0.01, accuracy_m=0.5)
    assert stated.doubt.systematic_m3 == pytest.approx(0.5 * stated.filled_area_m2, rel=1e-6)


def test_the_highwall_is_the_steep_face(tmp_path):
    found = measured(tmp_path, pyramid(top=120, floor=100, depth=16), square_of(120))
    assert found.highwall is not None
    assert found.highwall.height_m == pytest.approx(16, abs=1.6)
    assert found.highwall.slope_deg == pytest.approx(58, abs=4)
    assert found.highwall.length_m == pytest.approx(120, abs=4)
    gentle = measured(tmp_path, cone(), SOLIDS["cone"][1])
    assert gentle.highwall is None


def test_a_small_hole_is_bridged_a_large_one_widens_the_error_a_larger_is_refused(tmp_path):
    def without(radius):
        def change(z):
            rows, cols = np.mgrid[: z.shape[0], : z.shape[1]]
            return np.where(np.hypot(rows - 150, cols - 150) < radius, -9_999, z)

        return change

    small, large = (
        measured(tmp_path, cone(), SOLIDS["cone"][1], change=without(radius)) for radius in (4, 30)
    )
    assert {n.code for n in small.notes} >= {"holes_bridged"} and not is_lower_bound(small.notes)
    assert small.volume_m3 == pytest.approx(CONE_M3, rel=0.005)
    assert is_lower_bound(large.notes)
    assert abs(large.volume_m3 - CONE_M3) < 2 * large.doubt.sigma_m3
    with pytest.raises(HolesTooLarge):
        measured(tmp_path, cone(), SOLIDS["cone"][1], change=without(60))


def test_a_floor_of_one_height_may_be_deeper_than_its_model(tmp_path):
    found = measured(
        tmp_path, cone(), SOLIDS["cone"][1], change=lambda z: np.maximum(z, GROUND - 15)
    )
    assert is_lower_bound(found.notes)


def test_a_model_in_degrees_or_feet_of_length_is_interpolated_onto_metres(tmp_path):
    def valley(x, y):  # x and y in degrees of the model's own grid
        return GROUND - 30 * np.clip(1 - np.hypot(x * 84_000, y * 111_000) / 400, 0, None)

    path = write(
        tmp_path / "degrees.tif", valley, crs="EPSG:4326", pixel=0.0001, side=0.03,
        centre=(109.7, 40.7),
    )  # fmt: skip
    model = open_elevation(path)
    assert not model.is_metric
    from remote_sensing.relief.outline import moved

    outline = moved(shapely.Point(109.7, 40.7).buffer(0.006), CRS.from_epsg(4490), METRIC)
    found = measure_hollow(model, outline, METRIC, RimBasis.PLANE)
    assert "resampled" in {note.code for note in found.notes}
    # A cone with axes of 400 m in this scale: its ground area follows from the true degree.
    assert found.volume_m3 == pytest.approx(math.pi * 400**2 * 30 / 3, rel=0.02)


def test_a_heap_stands_above_the_plane_of_the_ground_round_it(tmp_path):
    model = open_elevation(
        write(tmp_path / "heap.tif", lambda x, y: 2 * GROUND - cone()(x, y) + 0.03 * y)
    )
    found = measure_heap(model, SOLIDS["cone"][1], METRIC)
    assert found.volume_m3 == pytest.approx(CONE_M3, rel=2e-3)
    assert found.below_m3 < 10 and found.height_m == pytest.approx(30, abs=0.5)


@pytest.mark.parametrize(
    ("level", "error"),
    [
        (GROUND + 1, LevelAboveRim),
        (GROUND - 31, LevelBelowBottom),
        (GROUND - 500, LevelBelowBottom),
    ],
)
def test_a_level_outside_the_pit_is_refused(tmp_path, level, error):
    with pytest.raises(error):
        measured(tmp_path, cone(), SOLIDS["cone"][1], level)


@pytest.mark.parametrize(
    ("written", "outline", "error"),
    [
        ({"heights": lambda x, y: 0 * x + GROUND}, square_of(100), NoHollow),
        ({"heights": cone(), "unit": "ft"}, square_of(100), UnitNotMetre),
        ({"heights": lambda x, y: cone()(x, y) * 100}, square_of(100), HeightsUnlikely),
        ({"heights": cone()}, shapely.Point(*CENTRE).buffer(1.2), OutlineTooSmall),
        ({"heights": cone()}, square_of(500), OutlineOffModel),
        ({"heights": cone(), "centre": (399_000.0, 4_500_000.0)}, square_of(100), OutlineOffModel),
        (
            {"heights": cone(), "crs": "EPSG:32720", "centre": (300_000.0, 7_500_000.0)},
            square_of(100),
            OutlineOffModel,
        ),
    ],
)
def test_a_model_that_does_not_fit_is_refused_in_one_sentence(tmp_path, written, outline, error):
    with pytest.raises(error) as caught:
        measured(tmp_path, **written, outline=outline)
    assert caught.value.sentence("zh-CN").endswith("。")


def test_files_that_are_no_elevation_model_are_refused(tmp_path):
    path = write(tmp_path / "pit.tif", cone())
    cut = tmp_path / "cut.tif"
    cut.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    with pytest.raises((TruncatedRaster, NotARaster)):
        measure_hollow(open_elevation(cut), square_of(100), METRIC)
    text = tmp_path / "text.tif"
    text.write_text("<VRTDataset/>")
    with pytest.raises(NotARaster):
        open_elevation(text)
    colours = tmp_path / "rgb.tif"
    with rasterio.open(path) as file:
        profile = file.profile | {"count": 3}
        pixels = file.read(1)
    with rasterio.open(colours, "w", **profile) as file:
        file.write(np.stack([pixels] * 3))
    with pytest.raises(NotElevation):
        open_elevation(colours)


def test_a_bomb_of_sixty_thousand_squared_is_refused_before_a_pixel_is_read(tmp_path):
    path = tmp_path / "bomb.tif"
    profile = {
        "driver": "GTiff", "width": 60_000, "height": 60_000, "count": 1, "dtype": "float32",
        "crs": "EPSG:4546", "compress": "deflate", "tiled": True, "sparse_ok": True,
        "transform": rasterio.Affine(1, 0, CENTRE[0] - 30_000, 0, -1, CENTRE[1] + 30_000),
    }  # fmt: skip
    with rasterio.open(path, "w", **profile):
        pass
    if path.stat().st_size * 10_000 < 60_000**2 * 4:
        with pytest.raises(RasterTooLarge):
            open_elevation(path)
    else:  # many empty tiles make the file itself large: then the window is what is refused
        with pytest.raises(OutlineTooLarge):
            measure_hollow(open_elevation(path), square_of(50_000), METRIC)


def test_a_large_outline_is_read_in_averaged_blocks(tmp_path, monkeypatch):
    monkeypatch.setattr("remote_sensing.relief.heights.MOST_KEPT", 10_000)
    found = measured(tmp_path, cone(), SOLIDS["cone"][1])
    assert found.pixel_m == 2.0 and "averaged" in {note.code for note in found.notes}
    assert found.volume_m3 == pytest.approx(CONE_M3, rel=2e-3)


def test_the_files_name_says_what_kind_of_model_it_is(tmp_path):
    model = open_elevation(write(tmp_path / "pit_dsm.tif", cone()))
    assert model.basis is SurveyBasis.DSM
    found = measure_hollow(model, SOLIDS["cone"][1], METRIC)
    assert "surface_model" in {note.code for note in found.notes}


def test_shares_of_pixels_add_up_to_the_polygon_with_its_holes():
    grid = rasterio.Affine(2, 0, 100, 0, -2, 300)
    ring = shapely.Point(150.3, 250.7).buffer(31.1).difference(shapely.Point(151, 251).buffer(10))
    both = shapely.MultiPolygon(
        [shapely.box(104, 204, 110, 210), shapely.box(120.1, 220.3, 133, 239)]
    )
    for outline in (ring, both):
        found = fractions(outline, grid, (60, 70))
        cells = [
            [shapely.box(100 + 2 * c, 298 - 2 * r, 102 + 2 * c, 300 - 2 * r) for c in range(70)]
            for r in range(60)
        ]
        brute = shapely.area(shapely.intersection(outline, np.array(cells, dtype=object))) / 4
        assert np.abs(found - brute).max() < 1e-9
        assert found.sum() * 4 == pytest.approx(outline.area)
