"""A Sentinel-2 product becomes one image of ten bands; what is spoiled is refused in a sentence."""

import stat
import zipfile
from datetime import date
from pathlib import Path

import numpy as np
import pytest
import rasterio

from remote_sensing.errors import BandsUnknown, TruncatedRaster
from remote_sensing.intake import sentinel, unzip
from remote_sensing.masks.classes import Hides
from remote_sensing.scene import MASK_NODATA, open_scene
from remote_sensing.scene_errors import (
    ArchiveDamaged,
    ArchiveUnsafe,
    BandsDisagree,
    SafeIncomplete,
    SafeNotL2A,
    SafeUnreadable,
    SceneToConvert,
)
from remote_sensing.windows import Window
from tests.remote_sensing.make_product import GRANULE, jp2, make_product, moved, zipped
from tests.remote_sensing.make_scene import Made, make_scene

COARSE = f"{GRANULE}/IMG_DATA/R20m/T49TCF_20230619T030529"


@pytest.fixture(scope="module")
def ten(tmp_path_factory: pytest.TempPathFactory) -> Made:
    return make_scene(tmp_path_factory.mktemp("ten") / "ten.tif", width=1_100, height=80, frame=2)


@pytest.fixture(scope="module")
def product(ten: Made, tmp_path_factory: pytest.TempPathFactory) -> Path:
    scl = np.full((40, 550), 4, np.uint8)
    scl[5:10, 5:10], scl[20:25, 30:40], scl[30:33, 8:16], scl[0] = 9, 3, 11, 0
    return make_product(tmp_path_factory.mktemp("safe"), ten.path, scl=scl)


def stacked(path: Path, tmp_path: Path, **options: object) -> Path:
    aside = tmp_path / "aside"
    aside.mkdir()
    out = tmp_path / "stack_20230619.tif"
    sentinel.write_stack(sentinel.open_product(path, aside, **options), out)  # type: ignore[arg-type]
    return out


def test_ten_bands_with_what_the_metadata_says(product: Path, ten: Made, tmp_path: Path) -> None:
    out = stacked(product, tmp_path)
    scene = open_scene(out)
    assert scene.acquired_on == date(2023, 6, 19)
    assert (scene.radiometry.scale, scene.radiometry.offset) == (1e-4, -0.1)
    assert scene.radiometry.source == "tags"
    with rasterio.open(out) as dataset, rasterio.open(ten.path) as source:
        found, own = dataset.read(), source.read()
        assert dataset.tags()["PROCESSING_BASELINE"] == "05.09"
    fine = [0, 1, 2, 6]
    assert (found[fine] == own[fine]).all()
    # The coarse bands go through their means, so single pixels differ, but not the ground.
    assert abs(found[8][own[8] > 0].mean() - own[8][own[8] > 0].mean()) < 5
    assert ((found[8] == 0) == (own[8] == 0)).all()


def test_no_seam_between_strips(
    product: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    whole = stacked(product, tmp_path / "a")
    monkeypatch.setattr(sentinel, "STRIP_ROWS", 14)
    strips = stacked(product, tmp_path / "b")
    with rasterio.open(whole) as first, rasterio.open(strips) as second:
        assert (first.read() == second.read()).all()


def test_a_zip_gives_the_same_and_older_products_have_no_offset(ten: Made, tmp_path: Path) -> None:
    root = make_product(tmp_path, ten.path, baseline="03.01", added=0)
    scene = open_scene(stacked(zipped(root), tmp_path))
    assert scene.radiometry.offset == 0.0 and scene.radiometry.source == "tags"


def test_the_scene_classification_is_the_mask(product: Path, tmp_path: Path) -> None:
    read = sentinel.scl_reader(sentinel.open_product(product, tmp_path))
    assert read is not None
    codes = read(Window(3, 5, 90, 70))
    assert codes[10 - 5, 10 - 3] == Hides.CLOUD and codes[19 - 5, 19 - 3] == Hides.CLOUD
    assert codes[61 - 5, 20 - 3] == Hides.SNOW and codes[45 - 5, 62 - 3] == Hides.SHADOW
    assert (read(Window(0, 0, 10, 2)) == MASK_NODATA).all()


def test_a_band_that_is_missing_is_named_or_left_out_by_wish(ten: Made, tmp_path: Path) -> None:
    root = make_product(tmp_path, ten.path, without=("B11", "B12"))
    with pytest.raises(SafeIncomplete, match="B11, B12"):
        sentinel.open_product(root, tmp_path)
    stack = sentinel.open_product(root, tmp_path, ["B02", "B03", "B04", "B08"])
    assert tuple(stack.files) == ("B02", "B03", "B04", "B08") and stack.scl is None
    with pytest.raises(BandsUnknown):
        sentinel.open_product(root, tmp_path, ["B02", "B99"])


def test_a_band_of_another_footprint_or_cut_short(product: Path, tmp_path: Path) -> None:
    spoiled = moved(product, tmp_path)
    band = spoiled / f"{COARSE}_B11_20m.jp2"
    content = band.read_bytes()
    jp2(band, np.ones((40, 550), np.uint16), 20, 300_000, 4_501_000)
    with pytest.raises(BandsDisagree, match="B11"):
        stacked(spoiled, tmp_path)
    band.write_bytes(content[: len(content) // 2])
    (tmp_path / "again").mkdir()
    with pytest.raises(TruncatedRaster, match="B11"):
        stacked(spoiled, tmp_path / "again")


@pytest.mark.parametrize(
    "text",
    [
        "<a/>",
        "not xml",
        '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>',
        "<a><PRODUCT_START_TIME>soon</PRODUCT_START_TIME></a>",
    ],
)
def test_metadata_that_cannot_be_read(product: Path, tmp_path: Path, text: str) -> None:
    spoiled = moved(product, tmp_path)
    (spoiled / "MTD_MSIL2A.xml").write_text(text, encoding="utf-8")
    with pytest.raises(SafeUnreadable):
        sentinel.open_product(spoiled, tmp_path)


def test_what_is_no_level_2a_product(product: Path, tmp_path: Path) -> None:
    spoiled = moved(product, tmp_path)
    (spoiled / "MTD_MSIL2A.xml").rename(spoiled / "MTD_MSIL1C.xml")
    with pytest.raises(SafeNotL2A):
        sentinel.open_product(spoiled, tmp_path)
    with pytest.raises(SceneToConvert):
        open_scene(spoiled)


def entry(name: str, mode: int = 0) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name)
    info.external_attr = mode << 16
    info.compress_type = zipfile.ZIP_DEFLATED
    return info


@pytest.mark.parametrize(
    ("info", "content"),
    [
        (entry("../../etc/MTD_MSIL2A.xml"), b"x"),
        (entry("/tmp/MTD_MSIL2A.xml"), b"x"),
        (entry("a\\..\\MTD_MSIL2A.xml"), b"x"),
        (entry("link/MTD_MSIL2A.xml", stat.S_IFLNK | 0o777), b"/etc/passwd"),
        (entry("a.SAFE/MTD_MSIL2A.xml"), bytes(20 * 2**20)),
    ],
)
def test_a_hostile_zip_writes_nothing(
    tmp_path: Path, info: zipfile.ZipInfo, content: bytes
) -> None:
    path, aside = tmp_path / "bad.zip", tmp_path / "aside"
    aside.mkdir()
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(info, content)
    with pytest.raises(ArchiveUnsafe):
        sentinel.open_product(path, aside)
    assert not list(aside.iterdir())


def test_a_zip_that_is_cut_or_none(product: Path, tmp_path: Path) -> None:
    path = tmp_path / "cut.zip"
    content = zipped(moved(product, tmp_path)).read_bytes()
    for spoiled in (content[:-500], b"no zip", content[:3_000] + b"spoilt" + content[3_006:]):
        path.write_bytes(spoiled)
        aside = tmp_path / f"aside{len(spoiled)}"
        aside.mkdir()
        with pytest.raises(ArchiveDamaged):
            unzip.unpack(path, aside, lambda name: True)


def test_a_link_out_of_the_product_is_no_band_of_it(product: Path, tmp_path: Path) -> None:
    spoiled = moved(product, tmp_path)
    band = spoiled / f"{COARSE}_B05_20m.jp2"
    outside = tmp_path / "elsewhere.jp2"
    band.rename(outside)
    band.symlink_to(outside)
    with pytest.raises(SafeIncomplete, match="B05"):
        sentinel.open_product(spoiled, tmp_path)
