import numpy as np
import pytest
from affine import Affine

from remote_sensing.heldout import folds, judge
from remote_sensing.scene import Scene, open_scene
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
