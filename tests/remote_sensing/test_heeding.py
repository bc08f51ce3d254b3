"""Long work can be ended from outside wherever seconds pass; undisturbed it is what it was."""

import numpy as np
import pytest
from sklearn.ensemble import ExtraTreesClassifier, RandomForestClassifier

from remote_sensing import heeding, packing
from remote_sensing.heeding import grown, heed
from remote_sensing.training import manifest, train
from tests.remote_sensing.make_scene import make_manifest


class Enough(Exception):
    """What ends the work in these tests."""


class Patience:
    """Allows so many questions."""

    def __init__(self, left: int) -> None:
        self.left = left

    def __call__(self) -> None:
        self.left -= 1
        if self.left < 0:
            raise Enough


@pytest.mark.parametrize("kind", [ExtraTreesClassifier, RandomForestClassifier])
@pytest.mark.parametrize("trees", [1, 7, 12])
def test_trees_grown_a_few_at_a_time_are_those_grown_at_once(kind, trees, monkeypatch):
    monkeypatch.setattr(heeding, "cpu_count", lambda: 2)
    draw = np.random.default_rng(0)
    x, y = draw.random((120, 5)).astype(np.float32), draw.integers(0, 3, 120)
    options = {"sample_weight": draw.random(120)}
    at_once = kind(n_estimators=trees, random_state=3).fit(x, y, **options)
    asked = Patience(100)
    with heeding.heeding(asked):
        ours = grown(kind(n_estimators=trees, random_state=3), x, y, **options)
    assert packing.dump_forest(ours) == packing.dump_forest(at_once)
    assert 100 - asked.left == -(-trees // 4)


def test_nobody_asks_outside():
    with pytest.raises(Enough), heeding.heeding(Patience(0)):
        heed()
    heed()


def test_training_is_asked_before_every_few_trees_folds_and_windows(tmp_path):
    read = manifest.read(make_manifest(tmp_path, count=1))
    with pytest.raises(Enough), heeding.heeding(Patience(20)):
        train.train(read)
