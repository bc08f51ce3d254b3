import os
import pickle
from datetime import date
from pathlib import Path

import numpy as np
import pytest
import rasterio
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rasterio.enums import ColorInterp
from rasterio.transform import Affine

from gis.errors import BadInput
from remote_sensing import errors
from remote_sensing.intake import geotiff
from remote_sensing.intake.bands import CANONICAL
from remote_sensing.safe_files import sha256_of
from remote_sensing.scene import open_scene
from remote_sensing.windows import Window
from tests.remote_sensing.make_scene import Made, make_scene, write_raster


def some(count: int = 3, side: int = 32) -> np.ndarray:
    values: np.ndarray = np.random.default_rng(0).integers(300, 4_000, (count, side, side))
    return values.astype(np.uint16)


RGB = ("B02", "B03", "B04")


def test_a_scene_knows_what_it_is(made: Made) -> None:
    scene = open_scene(made.path)
    assert (scene.width, scene.height) == (96, 80)
    assert scene.band_names == CANONICAL
    assert scene.crs.to_epsg() == 32649
    assert scene.acquired_on == date(2023, 6, 19)
    assert scene.sha256 == sha256_of(made.path)
    assert scene.pixel_m == 10
    assert scene.nodata == 0
    lon, lat = scene.footprint_lonlat.centroid.coords[0]
    assert (lon, lat) == pytest.approx((109.80, 40.65), abs=0.01)


def test_reading_gives_the_reflectance_that_was_written(made: Made) -> None:
    chip = open_scene(made.path).read(Window(10, 20, 30, 25))
    assert chip.reflectance.dtype == np.int16
    assert (chip.reflectance == made.reflectance[:, 20:45, 10:40]).all()
    assert chip.valid.all()
    assert chip.transform @ (0, 0) == (398_100, 4_500_800)


def test_a_window_that_sticks_out_is_filled_with_pixels_that_are_not_valid(made: Made) -> None:
    chip = open_scene(made.path).read(Window(-5, -4, 20, 12))
    assert not chip.valid[:5].any()
    assert not chip.valid[:, :6].any()
    assert chip.valid[5:, 6:].all()
    assert (chip.reflectance[:, ~chip.valid] == 0).all()
    assert (chip.reflectance[:, 5:, 6:] == made.reflectance[:, 1:8, 1:15]).all()
    assert chip.transform @ (5, 4) == (398_000, 4_501_000)
    nowhere = open_scene(made.path).read(Window(500, 500, 4, 3))
    assert nowhere.valid.shape == (3, 4)
    assert not nowhere.valid.any()


def test_an_image_that_went_away_is_said_to_be_damaged(tmp_path: Path) -> None:
    made = make_scene(tmp_path / "gone.tif")
    scene = open_scene(made.path)
    made.path.unlink()
    with pytest.raises(errors.TruncatedRaster):
        scene.read(Window(0, 0, 4, 4))


def test_a_scene_can_be_sent_to_another_process(made: Made) -> None:
    scene = open_scene(made.path)
    again = pickle.loads(pickle.dumps(scene))
    assert again == scene
    assert (
        again.read(Window(0, 0, 9, 9)).reflectance == scene.read(Window(0, 0, 9, 9)).reflectance
    ).all()


def test_bands_are_found_by_name_in_any_order(tmp_path: Path) -> None:
    backwards = tuple(reversed(CANONICAL))
    one = open_scene(make_scene(tmp_path / "one.tif").path)
    other = open_scene(make_scene(tmp_path / "other.tif", bands=backwards).path)
    whole = Window(0, 0, 96, 80)
    assert other.band_names == CANONICAL
    assert (one.read(whole).reflectance == other.read(whole).reflectance).all()


def test_bands_can_be_named_by_option(tmp_path: Path) -> None:
    made = make_scene(tmp_path / "nameless.tif", bands=RGB, named=False)
    with pytest.raises(errors.BandsUnknown):
        open_scene(made.path)
    assert open_scene(made.path, bands=("B02", "-", "B04")).band_names == ("B02", "B04")
    with pytest.raises(errors.BandsMiscounted):
        open_scene(made.path, bands=("B02", "B04"))


def test_a_photograph_says_its_bands_by_colour(tmp_path: Path) -> None:
    path = write_raster(tmp_path / "p.tif", (some() // 20).astype(np.uint8), photometric="RGB")
    assert open_scene(path).band_names == RGB


@pytest.mark.parametrize(
    ("crs", "grid", "pixel_m"),
    [
        ("EPSG:4326", Affine(1e-4, 0, 109.8, 0, -1e-4, 40.7), 9.686),
        ("EPSG:4490", Affine(1e-4, 0, 109.8, 0, -1e-4, 40.7), 9.686),
        ("EPSG:3857", Affine(10, 0, 12_222_000, 0, -10, 4_964_000), 7.59),
        ("EPSG:4546", Affine(2, 0, 398_000, 0, -2, 4_501_000), 2),
    ],
)
def test_other_crs_are_taken_with_the_true_size_of_a_pixel(
    tmp_path: Path, crs: str, grid: Affine, pixel_m: float
) -> None:
    path = write_raster(tmp_path / "any.tif", some(), crs=crs, transform=grid, names=RGB)
    scene = open_scene(path)
    assert scene.pixel_m == pytest.approx(pixel_m, rel=2e-3)
    assert scene.footprint_lonlat.is_valid
    assert scene.footprint_lonlat.bounds[0] == pytest.approx(109.8, abs=2.5)


@pytest.mark.parametrize(
    ("grid", "error"),
    [
        (Affine(10, 2, 398_000, 0, -10, 4_501_000), errors.RotatedRaster),
        (Affine(10, 0, 398_000, 3, -10, 4_501_000), errors.RotatedRaster),
        (Affine(10, 0, 398_000, 0, 10, 4_501_000), errors.MirroredRaster),
        (Affine(-10, 0, 398_000, 0, -10, 4_501_000), errors.MirroredRaster),
        (Affine(0, 0, 398_000, 0, 0, 4_501_000), errors.ZeroPixelSize),
        (Affine(10, 0, 398_000, 0, 0, 4_501_000), errors.ZeroPixelSize),
    ],
)
def test_grids_that_are_not_north_up_are_refused(
    tmp_path: Path, grid: Affine, error: type[BadInput]
) -> None:
    path = write_raster(tmp_path / "grid.tif", some(), transform=grid, names=RGB)
    with pytest.raises(error):
        open_scene(path)


def test_a_place_is_needed(tmp_path: Path) -> None:
    path = write_raster(tmp_path / "nowhere.tif", some(), crs=None, names=RGB)
    with pytest.raises(errors.NoCrs):
        open_scene(path)


def test_metres_called_degrees_are_refused(tmp_path: Path) -> None:
    path = write_raster(tmp_path / "wrong.tif", some(), crs="EPSG:4326", names=RGB)
    with pytest.raises(errors.CrsDoesNotFit):
        open_scene(path)


@pytest.mark.parametrize(
    "fill", [np.zeros((3, 8, 8), np.uint16), np.full((3, 8, 8), np.nan, np.float32)]
)
def test_an_image_of_nothing_is_refused(tmp_path: Path, fill: np.ndarray) -> None:
    path = write_raster(tmp_path / "empty.tif", fill, names=RGB)
    with pytest.raises(errors.NoValidPixels):
        open_scene(path)


def test_what_is_not_there_or_no_raster_is_refused(tmp_path: Path) -> None:
    with pytest.raises(errors.ImageMissing):
        open_scene(tmp_path / "none.tif")
    text = tmp_path / "text.tif"
    text.write_text("no raster")
    with pytest.raises(errors.NotARaster):
        open_scene(text)
    text.write_bytes(b"")
    with pytest.raises(errors.NotARaster):
        open_scene(text)


def test_a_disguised_file_cannot_read_other_files(tmp_path: Path) -> None:
    secret = tmp_path / "secret.bin"
    secret.write_bytes(bytes(range(64)))
    disguised = tmp_path / "scene.tif"
    disguised.write_text(
        '<VRTDataset rasterXSize="8" rasterYSize="8">'
        '<VRTRasterBand dataType="Byte" band="1" subClass="VRTRawRasterBand">'
        f'<SourceFilename relativeToVRT="0">{secret}</SourceFilename>'
        "<ImageOffset>0</ImageOffset><PixelOffset>1</PixelOffset><LineOffset>8</LineOffset>"
        "</VRTRasterBand></VRTDataset>"
    )
    with rasterio.Env(GDAL_VRT_RAWRASTERBAND_ALLOWED_SOURCE="ALL"):
        with pytest.raises(errors.NotARaster):
            open_scene(disguised, bands=("B02",))


def test_a_file_lying_beside_changes_nothing(tmp_path: Path) -> None:
    made = make_scene(tmp_path / "plain.tif")
    before = open_scene(made.path)
    (tmp_path / "plain.tif.aux.xml").write_text(
        "<PAMDataset><SRS>EPSG:4326</SRS><PAMRasterBand band='1'><NoDataValue>1450</NoDataValue>"
        "</PAMRasterBand></PAMDataset>"
    )
    (tmp_path / "plain.tfw").write_text("20\n0\n0\n-20\n0\n0\n")
    assert open_scene(made.path) == before


@pytest.mark.parametrize("compress", [None, "DEFLATE", "ZSTD"])
@pytest.mark.parametrize("kept", [0.5, 0.97])
def test_a_file_cut_short_is_found_at_intake(
    tmp_path: Path, compress: str | None, kept: float
) -> None:
    options = {"compress": compress, "blockysize": 16} if compress else {}
    path = write_raster(tmp_path / "cut.tif", some(3, 256), names=RGB, **options)
    os.truncate(path, int(path.stat().st_size * kept))
    with pytest.raises((errors.TruncatedRaster, errors.NotARaster)):
        open_scene(path)


def test_a_file_that_declares_far_more_than_it_holds_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "bomb.tif"
    with rasterio.open(
        path, "w", driver="GTiff", width=60_000, height=60_000, count=3, dtype="uint16",
        crs="EPSG:32649", transform=Affine(10, 0, 398_000, 0, -10, 4_501_000),
        tiled=True, sparse_ok=True, bigtiff="YES", compress="ZSTD",
    ):  # fmt: skip
        pass
    with pytest.raises(errors.RasterTooLarge, match="compression"):
        open_scene(path)


@pytest.mark.parametrize(
    ("limit", "value", "said"),
    [("MOST_BYTES", 100, "GiB"), ("MOST_BANDS", 2, "bands"), ("MOST_BLOCK_BYTES", 10, "blocks")],
)
def test_each_limit_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: str, value: int, said: str
) -> None:
    path = write_raster(tmp_path / "large.tif", some(), names=RGB)
    monkeypatch.setattr(geotiff, limit, value)
    with pytest.raises(errors.RasterTooLarge, match=said):
        open_scene(path)


def test_numbers_that_are_not_real_are_no_image(tmp_path: Path) -> None:
    path = write_raster(tmp_path / "complex.tif", np.ones((1, 8, 8), np.complex64), names=("B02",))
    with pytest.raises(errors.NotARaster):
        open_scene(path)


def test_a_lone_zero_is_dark_water_but_a_zero_of_several_bands_is_nodata(tmp_path: Path) -> None:
    values = some(10)
    values[3, 5, 5] = 0
    values[:4, 9, 9] = 0
    path = write_raster(tmp_path / "dark.tif", values, nodata=0, names=CANONICAL)
    chip = open_scene(path).read(Window(0, 0, 32, 32))
    assert chip.valid[5, 5]
    assert chip.reflectance[3, 5, 5] == 0
    assert np.argwhere(~chip.valid).tolist() == [[9, 9]]


def test_an_alpha_band_and_undeclared_fill_are_not_valid(tmp_path: Path) -> None:
    values = np.concatenate([some(), np.full((1, 32, 32), 65_535, np.uint16)])
    values[3, :, :7] = 0
    path = write_raster(tmp_path / "alpha.tif", values, names=(*RGB, "alpha"))
    with rasterio.open(path, "r+") as dataset:
        dataset.colorinterp = (*[ColorInterp.gray] * 3, ColorInterp.alpha)
    assert open_scene(path).read(Window(0, 0, 32, 32)).valid.sum() == 32 * 25
    fill = some()
    fill[:, :, :3] = 0
    fill[0, 4, 10] = 0
    path = write_raster(tmp_path / "fill.tif", fill, names=RGB)
    assert open_scene(path).read(Window(0, 0, 32, 32)).valid.sum() == 32 * 29


@pytest.mark.parametrize(
    ("name", "tags", "day"),
    [
        ("s2_20220619_x.tif", {}, date(2022, 6, 19)),
        ("s2_2022-06-19.tif", {}, date(2022, 6, 19)),
        ("s2.tif", {"ACQUIRED": "20210102"}, date(2021, 1, 2)),
        ("s2_20221399.tif", {}, None),
        ("s2_1202206191.tif", {}, None),
    ],
)
def test_the_day_is_read_from_tag_or_name(
    tmp_path: Path, name: str, tags: dict[str, str], day: date | None
) -> None:
    path = make_scene(tmp_path / name, tags=tags).path
    assert open_scene(path).acquired_on == day
    assert open_scene(path, acquired_on=date(2020, 2, 2)).acquired_on == date(2020, 2, 2)


def test_scales_of_the_file_are_used_and_must_agree(tmp_path: Path) -> None:
    path = make_scene(tmp_path / "scaled.tif", bands=RGB).path
    with rasterio.open(path, "r+") as dataset:
        dataset.scales, dataset.offsets = (2e-4,) * 3, (-0.1,) * 3
    found = open_scene(path).radiometry
    assert (found.scale, found.offset, found.source) == (2e-4, -0.1, "tags")
    with rasterio.open(path, "r+") as dataset:
        dataset.scales = (2e-4, 1e-4, 2e-4)
    with pytest.raises(errors.RadiometryUnclear):
        open_scene(path)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(place=st.floats(0, 1, exclude_max=True), byte=st.integers(0, 255))
def test_a_damaged_byte_is_harmless_or_refused_in_words(
    made: Made, tmp_path: Path, place: float, byte: int
) -> None:
    content = bytearray(made.path.read_bytes())
    # The head holds the directory, where a changed byte does most.
    content[int(place**3 * len(content))] = byte
    path = tmp_path / "damaged.tif"
    path.write_bytes(bytes(content))
    try:
        scene = open_scene(path)
    except BadInput as refused:
        assert refused.sentence()
    else:
        assert scene.read(Window(0, 0, 8, 8)).valid.shape == (8, 8)
