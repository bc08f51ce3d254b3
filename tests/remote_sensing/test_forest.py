"""The compiled walk says what scikit-learn says of every pixel, to the last bit."""

from typing import Any

import numpy as np
import pytest
from sklearn.ensemble import ExtraTreesClassifier, RandomForestClassifier
from sklearn.tree import DecisionTreeClassifier

from remote_sensing import binning, forest

KINDS: dict[str, Any] = {
    "plain": RandomForestClassifier(30, random_state=1),
    "weighted": RandomForestClassifier(
        25, class_weight="balanced_subsample", min_samples_leaf=2, max_samples=0.5, random_state=2
    ),
    "extra": ExtraTreesClassifier(20, max_depth=9, random_state=3),
    "one leaf": RandomForestClassifier(3, max_depth=1, min_samples_leaf=400, random_state=4),
}


def ground(count: int, seed: int, classes: int = 5) -> tuple[np.ndarray, np.ndarray]:
    """Return figures (pixels, 6) of every habit, and classes that cannot be told apart wholly."""
    draw = np.random.default_rng(seed)
    target = draw.integers(0, classes, count)
    x = np.zeros((count, 6), np.int16)
    x[:, 0] = target * 900 + draw.normal(0, 700, count)
    x[:, 1] = draw.integers(-32_768, 32_767, count)
    x[:, 2] = np.clip(target * 4_000 - 9_000 + draw.normal(0, 6_000, count), -32_768, 32_767)
    x[:, 3] = draw.integers(0, 3, count) + target
    x[:, 4] = 7
    x[:, 5] = -target * draw.integers(0, 300, count)
    return x, target.astype(np.int32)


@pytest.fixture(scope="module", params=KINDS)
def fitted(request: pytest.FixtureRequest) -> Any:
    return binning.fit(KINDS[request.param], *ground(800, 0))


def test_probabilities_are_scikit_learns_to_the_last_bit(fitted: Any) -> None:
    packed = forest.packed(fitted)
    assert packed
    assert forest.packed(fitted) is packed
    for count in (1, 7, 8, 5_000):
        x = ground(count, 10)[0]
        expected = fitted.predict_proba(x.astype(np.float32))
        assert (packed.probabilities(x) == expected).all()


def test_the_ends_of_the_range_go_where_scikit_learn_sends_them(fitted: Any) -> None:
    packed = forest.packed(fitted)
    assert packed
    at = np.unique(np.concatenate([*packed.cuts, [-(2**15), 2**15 - 1]]))
    near = np.clip(np.concatenate([at - 1, at, at + 1]), -(2**15), 2**15 - 1)
    x = np.repeat(near[:, np.newaxis], 6, axis=1).astype(np.int16)
    assert (packed.probabilities(x) == fitted.predict_proba(x.astype(np.float32))).all()


def test_leaving_early_changes_no_class(fitted: Any) -> None:
    packed = forest.packed(fitted)
    assert packed
    x = ground(6_000, 11)[0]
    expected = fitted.predict_proba(x.astype(np.float32)).argmax(axis=1)
    index = np.flatnonzero(np.arange(len(x)) % 3).astype(np.int32)
    found, share = packed.labels(packed.codes(x), index, forest.exact(packed.trees))
    assert (found == expected[index]).all()
    assert 0.5 <= share <= 1
    guessed, less = packed.labels(packed.codes(x), index, forest.statistical(packed.trees))
    assert (guessed != expected[index]).mean() < 0.05
    assert 0 < less <= 1


def test_equal_shares_go_to_the_class_that_stands_first() -> None:
    x = np.array([[1], [2], [3], [4]] * 10, np.int16)
    forest_of_two = RandomForestClassifier(2, bootstrap=False, max_depth=1, random_state=0)
    fitted = binning.fit(forest_of_two, x, np.tile([0, 0, 1, 1], 10).astype(np.int32))
    # The second tree says the opposite of the first, so that all is a tie.
    fitted.estimators_[1].tree_.value[:] = fitted.estimators_[1].tree_.value[:, :, ::-1]
    packed = forest.packed(fitted)
    assert packed
    index = np.arange(4, dtype=np.int32)
    assert (packed.probabilities(x[:4]) == 0.5).all()
    assert not packed.labels(packed.codes(x[:4]), index, forest.exact(2))[0].any()


def test_only_pixels_that_are_asked_for_are_walked(fitted: Any) -> None:
    packed = forest.packed(fitted)
    assert packed
    planes = packed.codes(ground(100, 12)[0])
    sums = packed.sums(planes, np.array([3, 50], np.int32))
    assert np.flatnonzero(sums.any(axis=1)).tolist() == [3, 50]
    found, share = packed.labels(planes, np.zeros(0, np.int32), forest.exact(packed.trees))
    assert (len(found), share) == (0, 0.0)


def test_a_forest_of_too_many_thresholds_is_left_to_scikit_learn() -> None:
    x, target = ground(3_000, 0)
    own = RandomForestClassifier(40, random_state=0).fit(x.astype(np.float32), target)
    assert forest.packed(own) is None
    assert forest.packed(DecisionTreeClassifier().fit(x, target)) is None


def test_a_large_tree_gets_wide_nodes() -> None:
    draw = np.random.default_rng(0)
    x = draw.integers(0, 250, (90_000, 6)).astype(np.int16)
    one = ExtraTreesClassifier(1, random_state=0, max_features=1)
    fitted = binning.fit(one, x, draw.integers(0, 3, len(x)).astype(np.int32))
    packed = forest.packed(fitted)
    assert packed
    assert packed.packed.nodes.dtype == np.uint64
    assert (packed.probabilities(x) == fitted.predict_proba(x.astype(np.float32))).all()
