"""The COGs of a run: their sizes made by us, and what GDAL would have made of the same pixels."""

import numpy as np
import pytest
import rasterio
import rasterio.shutil
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from remote_sensing import cog, pyramid
from remote_sensing.compiled import deciding, halving
from remote_sensing.errors import OutputUnwritable
from remote_sensing.pyramid import Look

PLACE = {"crs": "EPSG:32649", "transform": rasterio.Affine(10, 0, 400_000, 0, -10, 4_500_000)}
COLOURS = {1: (215, 25, 28, 255), 7: (0, 90, 0, 255)}


class Grid:
    """What `pyramid.write` asks of a scene."""

    def __init__(self, height, width):
        self.height, self.width = height, width
        self.crs, self.transform = rasterio.CRS.from_string(PLACE["crs"]), PLACE["transform"]


def percents(height, width, bands=3):
    draw = np.random.default_rng([height, width])
    made = draw.integers(0, 101, (bands, height, width), np.uint8)
    made[:, draw.random((height, width)) < 0.2] = 255
    made[:, : height // 3, : width // 3] = 255
    return made


def write(folder, pixels, *, rows=512, look=None, name="out.tif"):
    look = look or Look(tuple("abcdefgh"[: len(pixels)]), {"UNIT": "percent"}, halving.means)

    def strips():
        return (pixels[:, top : top + rows] for top in range(0, pixels.shape[1], rows))

    pyramid.write(folder / name, folder / "aside", Grid(*pixels.shape[1:]), look, strips)
    assert not list((folder / "aside").iterdir())
    return folder / name


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "aside").mkdir()
    return tmp_path


def sizes(path):
    with rasterio.open(path) as raster:
        yield raster.read()
        count = len(raster.overviews(1))
    for number in range(count):
        with rasterio.open(path, overview_level=number) as raster:
            yield raster.read()


def gdal_cog(folder, pixels, resampling):
    """Let GDAL make a COG of its own."""
    profile = {"driver": "GTiff", "count": len(pixels), "dtype": "uint8", "nodata": 255}
    place = {**PLACE, "height": pixels.shape[1], "width": pixels.shape[2]}
    with rasterio.open(folder / "plain.tif", "w", **profile, **place) as raster:
        raster.write(pixels)
    options = {"blocksize": 512, "overviews": "IGNORE_EXISTING", "resampling": resampling}
    rasterio.shutil.copy(folder / "plain.tif", folder / "gdal.tif", driver="COG", **options)
    return folder / "gdal.tif"


@pytest.mark.parametrize("shape", [(3, 2), (512, 512), (1100, 1536)])
def test_pixels_and_overviews_are_those_of_gdals_own_cog(folder, shape):
    pixels = percents(*shape)
    ours, theirs = (
        list(sizes(path)) for path in (write(folder, pixels), gdal_cog(folder, pixels, "AVERAGE"))
    )
    assert len(ours) == len(theirs)
    assert all(np.array_equal(one, other) for one, other in zip(ours, theirs, strict=True))
    assert np.array_equal(ours[0], pixels)


def test_an_odd_row_or_column_is_averaged_with_nothing(folder):
    pixels = percents(1023, 513)
    whole, half = sizes(write(folder, pixels))
    assert np.array_equal(whole, pixels)
    framed = np.pad(pixels, ((0, 0), (0, 1), (0, 1)), constant_values=255)
    expected = np.empty((3, 512, 257), np.uint8)
    halving.means(framed, expected)
    assert np.array_equal(half, expected)


def test_it_says_what_it_is(folder):
    path = write(folder, percents(1100, 700))
    with rasterio.open(path) as raster:
        assert raster.tags(ns="IMAGE_STRUCTURE")["LAYOUT"] == "COG"
        assert (raster.nodata, raster.descriptions) == (255, ("a", "b", "c"))
        assert (raster.crs.to_string(), raster.transform) == tuple(PLACE.values())
        assert raster.tags()["UNIT"] == "percent"
        assert raster.block_shapes[0] == (512, 512)
    look = Look(("class",), {}, halving.commonest, COLOURS)
    path = write(folder, percents(1100, 700, 1), look=look, name="classes.tif")
    for level in ({}, {"overview_level": 1}):
        with rasterio.open(path, **level) as raster:
            assert raster.colormap(1)[7] == COLOURS[7]
            assert raster.nodata == 255


@pytest.mark.parametrize("rows", [1, 40, 700, 2000])
def test_the_height_of_strips_does_not_change_a_byte(folder, rows):
    pixels = percents(1100, 130, 2)
    whole = write(folder, pixels).read_bytes()
    assert write(folder, pixels, rows=rows, name="other.tif").read_bytes() == whole


def test_overviews_stand_before_the_whole_and_every_size_before_its_pixels(folder):
    path = write(folder, percents(1100, 1100, 2))
    places = []
    for level in ({"overview_level": 1}, {"overview_level": 0}, {}):
        with rasterio.open(path, **level) as raster:
            blocks = [window for window, _ in raster.block_windows(1)]
            places += [
                int(raster.get_tag_item(f"BLOCK_OFFSET_{col}_{row}", "TIFF", 1))
                for row, col in blocks
            ]
    assert places == sorted(places) and places[0] > 8


def test_a_block_that_never_arrived_is_not_passed_over(folder, monkeypatch):
    new = pyramid._new

    def lossy(*about):
        raster = new(*about)
        monkeypatch.setattr(raster, "write", lambda *what, **where: None)
        return raster

    monkeypatch.setattr(pyramid, "_new", lossy)
    with pytest.raises(OutputUnwritable):
        write(folder, percents(600, 600))
    assert not (folder / "out.tif").exists()


def test_other_pixels_than_were_written_are_not_kept(folder, monkeypatch):
    join = cog.join

    def spoil(drafts, to):
        join(drafts, to)
        content = bytearray(to.read_bytes())
        first = content.index(b"\x78\x01", 200)  # the smallest overview's first block
        content[first + 6] ^= 0xFF
        to.write_bytes(content)

    monkeypatch.setattr(cog, "join", spoil)
    with pytest.raises(OutputUnwritable):
        write(folder, percents(600, 600))
    assert not (folder / "out.tif").exists()


quads = st.tuples(st.integers(1, 4), st.integers(1, 4)).flatmap(
    lambda half: arrays(
        np.uint8, (1, 2 * half[0], 2 * half[1]), elements=st.sampled_from([0, 1, 2, 99, 100, 255])
    )
)


@settings(max_examples=60)
@given(quads)
def test_of_four_pixels_the_mean_and_the_commonest(wide):
    mean, mode = (np.empty((1, wide.shape[1] // 2, wide.shape[2] // 2), np.uint8) for _ in "ab")
    halving.means(wide, mean)
    halving.commonest(wide, mode)
    for (row, col), one in np.ndenumerate(mean[0]):
        four = wide[0, 2 * row : 2 * row + 2, 2 * col : 2 * col + 2].ravel().tolist()
        valid = [value for value in four if value != 255]
        assert one == (int(sum(valid) / len(valid) + 0.5) if valid else 255)
        assert mode[0, row, col] == (max(valid, key=valid.count) if valid else 255)


@settings(max_examples=60)
@given(
    arrays(np.uint8, (5, 3, 4), elements=st.integers(0, 4)), st.sets(st.integers(0, 4), min_size=1)
)
def test_the_highest_is_the_first_of_the_highest(scores, counted):
    places, codes = np.array(sorted(counted)), np.array([9, 7, 5, 3, 1], np.uint8)
    out = np.empty((3, 4), np.uint8)
    deciding.highest(scores, places, codes[places], out)
    assert np.array_equal(out, codes[places][scores[places].argmax(axis=0)])
