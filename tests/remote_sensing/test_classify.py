"""One window's scores: whole percents that depend on the ground alone."""

import pickle
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from remote_sensing import classify
from remote_sensing.errors import SceneChanged
from remote_sensing.scene import open_scene
from remote_sensing.windows import Tile, Window


@pytest.fixture(scope="module")
def scene(made):
    return open_scene(made.path)


def tile(col, row, width, height):
    inner = Window(col, row, width, height)
    return Tile(0, inner, inner)


@pytest.fixture(scope="module")
def whole(scene, model):
    return classify.classify(scene, model, tile(0, 0, scene.width, scene.height))


@settings(max_examples=12)
@given(st.data())
def test_a_window_gets_what_the_whole_scene_gets_there(scene, model, whole, data):
    col = data.draw(st.integers(0, scene.width - 1))
    row = data.draw(st.integers(0, scene.height - 1))
    width = data.draw(st.integers(1, min(24, scene.width - col)))
    height = data.draw(st.integers(1, min(24, scene.height - row)))
    part = classify.classify(scene, model, tile(col, row, width, height))
    assert (part == whole[:, row : row + height, col : col + width]).all()


def test_ground_without_pixels_is_nodata(scene, model, whole):
    assert whole.dtype == np.uint8
    assert (whole[:, 0] == 255).all()
    assert (whole[:, 1:-1, 1:-1] <= 100).all()
    assert (classify.classify(scene, model, tile(0, 0, scene.width, 1)) == 255).all()


def test_smoothing_is_the_mean_of_valid_neighbours():
    points = np.array(
        [[[0, 0, 0, 0], [0, 9_000, 4_000, 0], [0, 1_000, 7_777, 0], [0] * 4]], np.int32
    )
    valid = np.ones((4, 4), bool)
    valid[2, 2] = False
    smooth = classify.smoothed(points, valid)
    # 14,000 over the eight valid pixels of each square of nine is 17.5 percent, rounded up.
    assert smooth.tolist() == [[[18, 18], [18, 255]]]


@pytest.mark.parametrize("share_valid", [1.0, 0.5, 0.02])
def test_smoothing_is_exact(share_valid):
    draw = np.random.default_rng(3)
    points = draw.integers(0, 10_001, (3, 30, 41)).astype(np.int32)
    valid = draw.random((30, 41)) < share_valid
    views = np.lib.stride_tricks.sliding_window_view
    total = views(np.where(valid, points, 0), (3, 3), axis=(1, 2)).sum(axis=(3, 4))
    count = np.maximum(views(valid, (3, 3)).sum(axis=(2, 3)), 1) * 100
    expected = np.where(valid[1:-1, 1:-1], (total + count // 2) // count, 255)
    assert (classify.smoothed(points, valid) == expected).all()


def test_scikit_learn_itself_gives_the_same_scores(scene, model, whole, monkeypatch):
    monkeypatch.setattr("remote_sensing.forest.packed", lambda estimator: None)
    assert (classify.classify(scene, model, tile(10, 8, 40, 30)) == whole[:, 8:38, 10:50]).all()


def test_a_task_that_travels_brings_paths_and_checks_the_files(scene, model, model_path, whole):
    task = classify.TileTask(scene, model, model_path)
    sent = pickle.dumps(task)
    assert len(sent) < 10_000
    there = pickle.loads(sent)
    asked = tile(3, 5, 20, 20)
    assert (there(asked)[1] == whole[:, 5:25, 3:23]).all()
    assert pickle.loads(sent) is there  # once per process


def test_a_worker_that_sees_another_image_says_so(scene, model, model_path):
    task = classify.TileTask(replace(scene, sha256="0" * 64), model, model_path)
    with pytest.raises(SceneChanged, match="restore it"):
        pickle.loads(pickle.dumps(task))
