"""What an object is like, from scores and a chip that are made up."""

import numpy as np
import pytest
from affine import Affine

from remote_sensing import objects
from remote_sensing.classes import class_of
from remote_sensing.scene import Chip
from remote_sensing.second_stage import describing
from remote_sensing.second_stage.describing import Reader, describe, names_of
from remote_sensing.second_stage.outlining import Outlining
from remote_sensing.windows import Window

INFOS = tuple(map(class_of, ("tailings", "bare_soil")))
LAYERS = ("bright",)


def disc(row, col, radius, shape):
    rows, cols = np.mgrid[: shape[0], : shape[1]]
    return (rows - row) ** 2 + (cols - col) ** 2 <= radius**2


def look(mask, bright):
    """Return the objects of a mask and their figures by name."""
    score = np.where(mask, 80, 10).astype(np.uint8)
    percents = np.stack([score, 100 - score])
    codes = Outlining(50).decide(percents, INFOS)
    height, width = mask.shape

    def part(array, w):
        return array[..., w.row : w.row_end, w.col : w.col_end]

    def chip(w: Window) -> Chip:
        seen = part(bright, w).astype(np.int16)[None]
        return Chip(seen, np.ones(seen.shape[1:], bool), Affine.identity(), None, LAYERS, 10.0)

    reader = Reader(chip, lambda w: part(percents, w), lambda w: part(codes, w),
                    lambda c: c.reflectance, LAYERS, INFOS, width, height, 10.0)  # fmt: skip
    patches = objects.find(lambda row, rows: (codes[row : row + rows], score[row : row + rows]),
                           width, height, {INFOS[0].code})  # fmt: skip
    table = describe(patches, reader, mask.size)
    names = names_of(LAYERS, INFOS)
    assert table.shape == (len(patches), len(names))
    return patches, [dict(zip(names, row, strict=True)) for row in table.tolist()]


def test_a_disc_and_a_strip_are_told_apart():
    mask = disc(40, 40, 12, (160, 160))
    mask[100:103, 30:130] = True
    mask[36:44, 38:42] = False
    bright = np.where(mask, 3_000, 1_000)
    _, (round_one, strip) = look(mask, bright)
    assert round_one["elongation"] < 1.2 < 20 < strip["elongation"]
    assert round_one["compactness"] > 2 * strip["compactness"]
    assert round_one["holes"] > 0.05 and strip["holes"] == 0
    assert strip["extent"] == 1
    assert strip["log_area"] == pytest.approx(np.log(300), abs=1e-5)
    assert round_one["score"] == 80 and round_one["score_ring"] == 10
    assert (round_one["bright_in"], round_one["bright_ring"]) == (3_000, 1_000)
    assert (round_one["bright_step"], round_one["bright_dev"]) == (2_000, 0)
    assert round_one["bare_soil_in"] == 20


def test_neighbours_are_counted_by_distance():
    mask = disc(30, 30, 5, (500, 300)) | disc(60, 30, 5, (500, 300)) | disc(470, 270, 5, (500, 300))
    _, (first, second, far) = look(mask, np.where(mask, 3_000, 1_000))
    assert first["near_count"] == second["near_count"] == 1
    assert first["nearest"] == second["nearest"] == pytest.approx(190)
    assert far["near_count"] == 0 and far["nearest"] == describing.WIDE_M
    figures = np.array([list(one.values()) for one in (first, second, far)])
    assert describing.isolated(figures, list(first)).tolist() == [False, False, True]


def test_a_very_large_one_is_looked_at_by_every_second_pixel(monkeypatch):
    mask = disc(60, 60, 40, (150, 140))
    bright = np.where(mask, 3_000, 1_000)
    _, (plain,) = look(mask, bright)
    monkeypatch.setattr(describing, "MOST_SIDE", 50)
    _, (thinned,) = look(mask, bright)
    for name in ("log_area", "compactness", "elongation", "depth", "score", "bright_step"):
        assert thinned[name] == pytest.approx(plain[name], rel=0.08, abs=0.02), name


def test_one_at_the_scenes_edge_has_a_ring_all_the_same():
    mask = np.ones((6, 6), bool)
    _, (only,) = look(mask, np.full((6, 6), 2_000))
    assert only["bright_ring"] == only["bright_in"] == 2_000
