import numpy as np
import pytest

from remote_sensing import forest, packing
from remote_sensing.heeding import heeding
from remote_sensing.training import estimators


def quilt(seed: int, count: int = 600) -> tuple[np.ndarray, np.ndarray]:
    """Figures of three classes, the last of them rare."""
    draw = np.random.default_rng(seed)
    target = np.where(draw.random(count) < 0.02, 2, draw.integers(0, 2, count)).astype(np.int32)
    middle = np.array([[0, 0], [2_000, 0], [1_000, 3_000]])[target]
    return (middle + draw.normal(0, 600, middle.shape)).astype(np.int16), target


@pytest.mark.parametrize("kind", estimators.KINDS)
def test_every_kind_is_walked_by_compiled_code_and_repeats_itself(kind: str) -> None:
    x, target = quilt(0)
    one, other = (estimators.fit(x, target, 3, 8, kind) for _ in range(2))
    found = one.predict_proba(x.astype(np.float32))
    assert (found == other.predict_proba(x.astype(np.float32))).all()
    packed = forest.packed(one)
    assert packed
    assert (packed.probabilities(x) == found).all()


@pytest.mark.parametrize("kind", estimators.KINDS)
def test_a_rare_class_is_found_on_pixels_that_were_not_seen(kind: str) -> None:
    x, target = quilt(0)
    ours, truth = quilt(1)
    fitted = estimators.fit(x, target, 0, 20, kind)
    found = fitted.predict_proba(ours.astype(np.float32)).argmax(axis=1)
    assert (found == truth).mean() > 0.9
    assert (found[truth == 2] == 2).mean() > 0.5


def test_boosted_trees_know_a_class_of_one_pixel_however_few_they_learn_from() -> None:
    x, target = quilt(0)
    target = np.where(target == 2, 0, target)
    target[7] = 2
    for seed in range(3):
        found = estimators.boosted(x, target, seed, most=20)
        assert len(found.start) == 3
        assert found.predict_proba(x).shape == (len(x), 3)


def test_some_trees_are_shown_near_figures_alone_and_stand_evenly_among_the_rest() -> None:
    x, target = quilt(0)
    fitted = estimators.fit(x, target, 3, 10, "near_and_far", columns=estimators.Columns(near=(1,)))
    asked = [set(tree.tree_.feature[tree.tree_.feature >= 0]) for tree in fitted.estimators_]
    is_near = [one == {1} for one in asked]
    assert len(asked) == fitted.n_estimators == 10
    assert sum(is_near) == 4
    assert all(sum(is_near[start : start + 5]) == 2 for start in (0, 5))
    assert set().union(*asked) == {0, 1}
    packed = forest.packed(fitted)
    assert packed
    assert (packed.probabilities(x) == fitted.predict_proba(x.astype(np.float32))).all()
    packing.require_sound(packing.load_forest(packing.dump_forest(fitted)), 2, 3)


def test_without_near_figures_all_trees_are_alike() -> None:
    x, target = quilt(0)
    mixed = estimators.fit(x, target, 3, 8, "near_and_far").predict_proba(x.astype(np.float32))
    plain = estimators.fit(x, target, 3, 8, "extra_trees").predict_proba(x.astype(np.float32))
    assert (mixed == plain).all()


def test_pixels_are_learnt_in_other_light_too() -> None:
    # One class is brighter by what another day's light makes of both: only the ratio tells.
    draw = np.random.default_rng(0)
    target = draw.integers(0, 2, 600).astype(np.int32)
    x = np.array([[1_000, -200], [1_150, 200]])[target] + draw.normal(0, 60, (600, 2))
    ours = (x * [1.15, 1.0]).astype(np.int16)
    right = []
    for lit in ((), (0,)):
        columns = estimators.Columns(lit=lit)
        fitted = estimators.fit(x.astype(np.int16), target, 0, 20, "near_and_far", columns)
        right.append((fitted.predict(ours.astype(np.float32)) == target).mean())
    assert right[1] > max(right[0], 0.97)


def test_classes_count_the_same_together() -> None:
    _, target = quilt(0)
    weights = estimators.weights(target)
    sums = np.bincount(target, weights)
    assert np.allclose(sums, len(target) / 3)


def test_a_class_of_three_pixels_can_be_learnt() -> None:
    x = np.array([[0]] * 50 + [[900]] * 3, np.int16)
    target = np.repeat([0, 1], [50, 3]).astype(np.int32)
    found = estimators.fit(x, target, 0, 10).predict(x.astype(np.float32))
    assert (found == target).all()


def test_boosted_trees_grow_some_rounds_at_a_time_as_they_would_at_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    x, target = quilt(0)
    monkeypatch.setattr(estimators, "BOOSTING", {**estimators.BOOSTING, "max_iter": 10})
    monkeypatch.setattr(estimators, "ROUNDS", 4)
    asked = []
    with heeding(lambda: asked.append(1)):
        by_parts = estimators.boosted(x, target, 0)
    assert len(asked) == 3
    monkeypatch.setattr(estimators, "ROUNDS", 10)
    assert packing.dump_forest(by_parts) == packing.dump_forest(estimators.boosted(x, target, 0))


def test_boosted_trees_learn_the_same_to_be_compared() -> None:
    x, target = quilt(0)
    found = estimators.boosted(x, target, 0).predict_proba(x).argmax(axis=1)
    assert (found == target).mean() > 0.9
