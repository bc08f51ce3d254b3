import numpy as np
import pytest
from affine import Affine

from remote_sensing.scene import Scene, open_scene
from remote_sensing.training.estimators import FORESTS, Columns
from remote_sensing.training.heldout import (
    LEAST_COMPARED,
    calibration,
    compare,
    folds,
    judge,
    kind_of,
)
from tests.remote_sensing.make_scene import make_scene


@pytest.fixture(scope="module")
def scenes(tmp_path_factory: pytest.TempPathFactory) -> list[Scene]:
    folder = tmp_path_factory.mktemp("places")
    found = []
    for index, east in enumerate((0, 400, 20_000, 40_000)):
        grid = Affine(10, 0, 398_000 + east, 0, -10, 4_501_000)
        made = make_scene(folder / f"{index}.tif", transform=grid, bands=("B02", "B03", "B04"))
        found.append(open_scene(made.path))
    return found


def test_images_that_overlap_are_one_place(scenes: list[Scene]) -> None:
    of = np.array([0, 1, 2, 3, 1])
    fold, held_out = folds(of.astype(np.int32), np.zeros((5, 2)), scenes)
    assert held_out == "place"
    assert fold[0] == fold[1] == fold[4]
    assert len(set(fold[:4])) == 3


def test_a_single_place_is_held_out_by_stripes_across_its_longer_side(
    scenes: list[Scene],
) -> None:
    lon, lat = np.meshgrid(109.8 + np.arange(90) * 1e-4, 40.6 + np.arange(30) * 1e-4)
    spots = np.column_stack([lon.ravel(), lat.ravel()])
    fold, held_out = folds(np.zeros(len(spots), np.int32), spots, scenes[:2])
    assert held_out == "stripe"
    assert (fold.reshape(lon.shape) == np.repeat([0, 1, 2], 30)).all()


def test_figures_are_of_ground_that_was_not_seen() -> None:
    # In each fold the classes look the other way round: seen ground would be judged right.
    x = np.array([[0], [9]] * 40, np.int16)
    fold = np.repeat(np.arange(2, dtype=np.int32), 40)
    target = np.where(fold == 0, x[:, 0] > 4, x[:, 0] < 4).astype(np.int32)
    found = judge(x, target, fold, "place", ("forest", "open_pit"), 0)
    assert found["accuracy"] == 0
    assert found["classes"]["open_pit"] == {
        "precision": 0.0, "recall": 0.0, "f1": 0.0, "iou": 0.0,
    }  # fmt: skip


def test_figures_are_those_of_the_confusion(monkeypatch: pytest.MonkeyPatch) -> None:
    x = np.array([[0]] * 6 + [[9]] * 4 + [[0]] * 5 + [[9]] * 5, np.int16)
    fold = np.repeat(np.arange(2, dtype=np.int32), 10)
    target = (x[:, 0] > 4).astype(np.int32)
    target[0] = 1
    found = judge(x, target, fold, "place", ("forest", "open_pit"), 0)
    assert found["accuracy"] == pytest.approx(19 / 20)
    assert found["classes"]["open_pit"]["recall"] == pytest.approx(9 / 10)
    assert found["classes"]["open_pit"]["iou"] == pytest.approx(9 / 10)
    assert found["classes"]["forest"]["precision"] == pytest.approx(10 / 11, abs=1e-4)


def test_without_two_classes_outside_there_is_no_figure() -> None:
    x, target = np.array([[0], [9]] * 4, np.int16), np.array([0, 1] * 4, np.int32)
    assert judge(x, target, np.zeros(8, np.int32), "stripe", ("a", "b"), 0)["folds"] == 0


def test_scores_are_held_against_how_often_they_are_right() -> None:
    score = np.array([0.95] * 10 + [0.55] * 10)
    right = np.array([True] * 9 + [False] + [True] * 2 + [False] * 8)
    found = calibration(score, right)
    assert [(row["from"], row["pixels"], row["right"]) for row in found["bins"]] == [
        (0.5, 10, 0.2), (0.9, 10, 0.9),
    ]  # fmt: skip
    assert found["error"] == pytest.approx((0.05 + 0.35) / 2)
    assert found["brier"] == pytest.approx(((score - right) ** 2).mean(), abs=1e-4)


def test_a_class_of_one_fold_is_judged_as_never_found_there() -> None:
    x = np.array([[0], [9]] * 20 + [[5]] * 3, np.int16)
    target = np.array([0, 1] * 20 + [2] * 3, np.int32)
    fold = np.array([0, 0, 1, 1] * 10 + [1] * 3, np.int32)
    found = judge(x, target, fold, "place", ("forest", "open_pit", "road"), 0)
    assert found["classes"]["road"]["recall"] == 0
    assert found["worst_fold"] < found["accuracy"] < 1


def test_kinds_are_compared_on_the_same_folds_and_a_clear_win_counts() -> None:
    draw = np.random.default_rng(0)
    target = draw.integers(0, 2, LEAST_COMPARED).astype(np.int32)
    x = (target[:, None] * 900 + draw.normal(0, 200, (LEAST_COMPARED, 3))).astype(np.int16)
    fold = (np.arange(LEAST_COMPARED) % 3).astype(np.int32)
    told = compare(x, target, fold, ("forest", "open_pit"), 0, columns=Columns(near=(0,)))
    assert set(told) == {*FORESTS, "boosting"}
    told.pop("near_and_far")  # as without near figures
    assert all(row["accuracy"] > 0.9 for row in told.values())
    assert kind_of(told, "extra_trees") == "extra_trees"
    won = {**told, "random_forest": {"accuracy": 1.0, "mean_f1": told["extra_trees"]["mean_f1"]}}
    assert kind_of(won, "extra_trees") == "extra_trees"
    won["random_forest"]["mean_f1"] += 0.05
    assert kind_of(won, "extra_trees") == "random_forest"
    won["random_forest"]["accuracy"] = told["extra_trees"]["accuracy"] - 0.001
    assert kind_of(won, "extra_trees") == "extra_trees"
    assert compare(x, target, fold * 0, ("forest", "open_pit"), 0) == {}
    assert compare(x[:-1], target[:-1], fold[:-1], ("forest", "open_pit"), 0) == {}
    assert kind_of({}, "random_forest") == "random_forest"
