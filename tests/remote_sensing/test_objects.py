"""Areas over a whole mosaic: any strip height gives what a whole-array labelling gives."""

import numpy as np
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays
from rasterio.features import shapes
from scipy import ndimage
from shapely import box
from shapely.geometry import shape

from remote_sensing import objects
from remote_sensing.windows import Window

TARGETS = (1, 2)
maps = array_shapes(min_dims=2, max_dims=2, min_side=1, max_side=14).flatmap(
    lambda shape: arrays(np.uint8, shape, elements=st.sampled_from([1, 1, 1, 2, 7, 255]))
)


def find(codes, strip_rows=256, min_pixels=1):
    scores = (np.arange(codes.size, dtype=np.uint64) * 37 % 101).astype(np.uint8)
    scores = scores.reshape(codes.shape)

    def read(row, rows):
        return codes[row : row + rows], scores[row : row + rows]

    found = objects.find(
        read,
        codes.shape[1],
        codes.shape[0],
        TARGETS,
        min_pixels=min_pixels,
        strip_rows=strip_rows,
    )
    return found, scores


def trace(codes, patch):
    def read(w: Window):
        return codes[w.row : w.row_end, w.col : w.col_end]

    return objects.trace(read, patch)


def whole(codes):
    """Return code, seed, mask of each area, labelled on the whole array at once."""
    for code in TARGETS:
        labels, n = ndimage.label(codes == code)
        for k in range(1, n + 1):
            mask = labels == k
            yield code, np.unravel_index(np.argmax(mask), mask.shape), mask


@settings(max_examples=120)
@given(maps, st.integers(1, 15))
def test_any_strip_height_finds_the_areas_of_the_whole_array(codes, strip_rows):
    found, scores = find(codes, strip_rows)
    expected = sorted(whole(codes), key=lambda area: tuple(area[1]))
    assert len(found) == len(expected)
    for patch, (code, seed, mask) in zip(found, expected, strict=True):
        assert (patch.code, patch.row, patch.col) == (code, *seed)
        inside = scores[mask].astype(int)
        assert patch.pixels == mask.sum()
        assert (patch.score_sum, patch.score_min, patch.score_max) == (
            inside.sum(),
            inside.min(),
            inside.max(),
        )
        rows, cols = np.nonzero(mask)
        assert (patch.box.row, patch.box.row_end) == (rows.min(), rows.max() + 1)
        assert (patch.box.col, patch.box.col_end) == (cols.min(), cols.max() + 1)


@settings(max_examples=80)
@given(maps)
def test_outlines_are_the_union_of_their_pixels_with_holes(codes):
    found, _ = find(codes, 3)
    masks = {tuple(seed): mask for _, seed, mask in whole(codes)}
    for patch in found:
        outline = trace(codes, patch)
        mask = masks[patch.row, patch.col]
        pixels = shapely.union_all([box(c, r, c + 1, r + 1) for r, c in np.argwhere(mask)])
        assert outline.is_valid
        assert outline.area == patch.pixels
        assert outline.equals(pixels)
        assert outline.equals_exact(by_gdal(mask), 0)


def by_gdal(mask):
    ((found, _),) = shapes(mask.astype(np.uint8), mask=mask, connectivity=4)
    return shapely.normalize(shape(found))


def test_small_areas_are_dropped_and_strips_agree():
    codes = np.zeros((40, 30), np.uint8)
    codes[2:30, 3] = 1  # 28 pixels over many seams
    codes[5, 10:14] = 1
    codes[39, 0:6] = 2
    found, _ = find(codes, 4, min_pixels=5)
    assert [(p.code, p.pixels) for p in found] == [(1, 28), (2, 6)]
    assert find(codes, 40, min_pixels=5)[0] == found


def test_a_u_shape_that_joins_below_is_one_area():
    codes = np.zeros((6, 5), np.uint8)
    codes[:, 0] = codes[:, 4] = codes[5, :] = 1
    (patch,), _ = find(codes, 2)
    assert patch.pixels == 15


def test_smoothing_keeps_shared_borders_shared_and_removes_stairs():
    rows, cols = np.mgrid[0:60, 0:60]
    codes = np.where(rows > cols, 1, 2).astype(np.uint8)
    found, _ = find(codes)
    sharp = [trace(codes, patch) for patch in found]
    smooth = objects.smooth(sharp)
    assert all(outline.is_valid for outline in smooth)
    assert shapely.get_num_coordinates(smooth).sum() < shapely.get_num_coordinates(sharp).sum() / 4
    assert shapely.union_all(smooth).area == sum(o.area for o in smooth) == 3600
    assert smooth == objects.smooth(sharp)


def test_nothing_found_is_an_empty_answer():
    assert find(np.full((5, 5), 7, np.uint8))[0] == ()
    assert objects.smooth([]) == []
