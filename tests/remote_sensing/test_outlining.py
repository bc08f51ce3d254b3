"""Which pixels are a target: those of the best class, or above a cut that was learnt."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from remote_sensing.classes import class_of
from remote_sensing.second_stage import outlining
from remote_sensing.second_stage.outlining import CUTS, RADII, Outlining

INFOS = tuple(map(class_of, ("tailings", "waste_rock", "bare_soil", "forest")))
CODES = np.array([info.code for info in INFOS])


def made(seed: int = 0) -> np.ndarray:
    percents = np.random.default_rng(seed).integers(0, 60, (4, 20, 30)).astype(np.uint8)
    percents[:, :3, :4] = 255
    return percents


def test_without_a_cut_a_pixel_is_what_it_scores_highest_as():
    percents = made()
    codes = Outlining().decide(percents, INFOS)
    assert (codes[:3, :4] == 255).all()
    assert (codes[5:] == CODES[percents[:, 5:].argmax(axis=0)]).all()


def test_with_a_cut_all_targets_together_decide():
    percents = made()
    codes = Outlining(cut=60).decide(percents, INFOS)
    total = percents[:2].astype(int).sum(axis=0)
    inside = (total >= 60) & (percents[0] != 255)
    assert (np.isin(codes, CODES[:2]) == inside).all()
    assert (codes[inside] == CODES[percents[:2].argmax(axis=0)][inside]).all()
    others = ~inside & (percents[0] != 255)
    assert (codes[others] == CODES[2:][percents[2:].argmax(axis=0)][others]).all()
    assert not np.isin(outlining.without_targets(percents, INFOS), CODES[:2]).any()


@settings(max_examples=20)
@given(
    radius=st.sampled_from(RADII),
    row=st.integers(0, 12),
    col=st.integers(0, 20),
    seed=st.integers(),
)
def test_a_window_decides_what_the_whole_decides(radius, row, col, seed):
    percents = made(abs(seed) % 1_000)
    how = Outlining(cut=55, radius=radius)
    framed = outlining.with_margin(percents, radius)
    whole = how.decide(framed, INFOS)
    assert whole.shape == percents.shape[1:]
    part = framed[:, row : row + 8 + 2 * radius, col : col + 10 + 2 * radius]
    assert (how.decide(part, INFOS) == whole[row : row + 8, col : col + 10]).all()


def test_only_pixels_with_scores_are_averaged():
    percents = np.full((4, 9, 9), 255, np.uint8)
    percents[:, 4, 4] = (80, 10, 5, 5)
    assert outlining.averaged(percents, INFOS, 2)[4, 4] == 90


def test_a_wide_square_speaks_for_half_beside_a_narrow_one():
    percents = np.zeros((4, 120, 120), np.uint8)
    percents[0, 60:, :], percents[2, :60, :] = 90, 100
    percents[:, :, 100:] = 255
    wide, narrow = outlining.RADII[-1], outlining.RADII[-1] // outlining.PART
    score = percents[0, :, 50].astype(int)
    for row in (50, 58, 61, 70):
        near = score[row - narrow : row + narrow + 1].mean()
        far = score[row - wide : row + wide + 1].mean()
        assert outlining.averaged(percents, INFOS, wide)[row, 50] == np.floor(
            (near + far) / 2 + 0.5
        )


def test_the_cut_is_the_one_that_fits_best():
    counts = np.zeros((len(RADII), 2, 101), np.int64)
    counts[:, 0, 90] = 100
    counts[:, 1, 10] = 1_000
    counts[:, 1, 70] = 50
    counts[2, 1, 70] = 0
    counts[2, 1, 62] = 50
    found = outlining.best(counts)
    assert found == Outlining(75, RADII[0])
    counts[[0, 1, 3, 4], 1, 95] = 40
    assert outlining.best(counts) == Outlining(65, RADII[2])
    assert outlining.best(counts, RADII[1]).radius in RADII[:2]
    assert found.cut in CUTS


def test_a_share_is_the_same_part_of_a_bright_scene_and_a_dim_one():
    draw = np.random.default_rng(5)
    dim = np.bincount(draw.integers(0, 40, 20_000), minlength=101)
    bright = np.roll(dim, 50)
    asked = Outlining(share=100)
    cuts = [asked.in_scene(counts).cut for counts in (dim, bright)]
    assert cuts[1] == cuts[0] + 50
    for counts, cut in zip((dim, bright), cuts, strict=True):
        assert counts[cut:].sum() <= 200 < counts[cut - 1 :].sum()


def test_a_scene_that_is_all_alike_or_empty_has_no_share():
    alike = np.zeros(101, np.int64)
    assert Outlining(share=100).in_scene(alike).cut >= 1
    alike[30] = 500
    assert Outlining(share=100).in_scene(alike).cut == 31
    alike[30], alike[100] = 0, 500
    assert Outlining(share=100).in_scene(alike).cut == 101
    assert Outlining(60, 4).in_scene(alike) == Outlining(60, 4)


def test_the_share_is_the_one_that_fits_all_scenes_best():
    scenes = []
    for level in (20, 70):  # of each the highest 60 of 10,000 are targets, from another percent on
        counts = np.zeros((len(RADII), 2, 101), np.int64)
        counts[:, 1, 5] = 9_000
        counts[:, 1, level] = 940
        counts[3, 0, level + 1] = 60
        counts[[0, 1, 2, 4], 0, 5] = 60
        scenes.append(counts)
    found, iou = outlining.best_share(scenes)
    assert (found.share, found.radius, found.cut, iou) == (60, RADII[3], None, 1.0)
