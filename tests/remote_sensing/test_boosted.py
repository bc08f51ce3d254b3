"""Boosted trees as plain numbers say what scikit-learn says, walked, stored and beside a forest."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from sklearn.ensemble import HistGradientBoostingClassifier
from threadpoolctl import threadpool_limits

from remote_sensing import audit, binning, boosted, classify, forest, packing
from remote_sensing.boosted import Boosted, Together
from remote_sensing.classes import class_of
from remote_sensing.model import Model, ModelCard
from remote_sensing.scene import open_scene
from remote_sensing.training import estimators
from remote_sensing.windows import Tile, Window
from tests.remote_sensing.test_forest import ground

NEAR = estimators.Columns(near=(0, 2, 3))


@pytest.fixture(scope="module", autouse=True)
def _small() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch, threadpool_limits(1):
        patch.setattr(estimators, "BOOSTING", {**estimators.BOOSTING, "max_iter": 6})
        yield


def both_forms(classes: int) -> tuple[Any, Boosted, list[np.ndarray]]:
    """Return scikit-learn's boosted trees of codes, our form of them, and the cuts."""
    x, target = ground(900, 0, classes)
    cuts = binning.cuts_of(x)
    theirs = HistGradientBoostingClassifier(max_iter=6, early_stopping=False, random_state=0)
    theirs.fit(told(x, cuts), target, sample_weight=estimators.weights(target))
    return theirs, boosted.plain(theirs, cuts, range(6)), cuts


def told(x: np.ndarray, cuts: list[np.ndarray]) -> np.ndarray:
    return np.minimum(binning.codes(x, cuts), binning.MOST_CUTS - 1).T.astype(np.float32)


def edges(cuts: list[np.ndarray]) -> np.ndarray:
    """Return figures on both sides of every cut, and the ends of what there is."""
    at = np.unique(np.concatenate([*cuts, [-(2**15), 2**15 - 1]]))
    around = np.clip(np.concatenate([at - 1, at, at + 1]), -(2**15), 2**15 - 1)
    return np.repeat(around[:, np.newaxis], 6, axis=1).astype(np.int16)


@pytest.mark.parametrize("classes", [3, 5, 9])
def test_plain_numbers_say_what_scikit_learn_says_to_the_last_bit(classes: int) -> None:
    theirs, ours, cuts = both_forms(classes)
    for x in (ground(3_000, 5, classes)[0], edges(cuts)):
        assert (ours.predict_proba(x) == theirs.predict_proba(told(x, cuts))).all()


def test_of_two_classes_one_tree_a_round_speaks() -> None:
    theirs, ours, cuts = both_forms(2)
    x = ground(3_000, 5, 2)[0]
    expected = theirs.predict_proba(told(x, cuts))
    assert np.allclose(ours.predict_proba(x), expected, rtol=0, atol=1e-12)
    assert (ours.predict_proba(x).argmax(axis=1) == theirs.predict(told(x, cuts))).all()


@pytest.fixture(scope="module", params=[2, 5])
def fitted(request: pytest.FixtureRequest) -> Together:
    x, target = ground(800, 0, request.param)
    found = estimators.fit(x, target, 1, 12, estimators.TOGETHER, NEAR)
    assert isinstance(found, Together)
    return found


def test_all_are_walked_by_compiled_code_to_the_last_bit(fitted: Together) -> None:
    packed = forest.packed(fitted)
    assert packed and len(packed.beside) == 2
    x = np.concatenate([ground(4_500, 9)[0], edges(list(packed.cuts))])
    expected = fitted.predict_proba(x.astype(np.float32))
    assert (packed.probabilities(x) == expected).all()
    assert (packed.probabilities(x[:7]) == expected[:7]).all()
    index = np.flatnonzero(np.arange(len(x)) % 3).astype(np.int32)
    for leave in (forest.exact(12), forest.statistical(12)):  # no lead of the forest settles it
        found, share = packed.labels(packed.codes(x), index, leave)
        assert (found == expected[index].argmax(axis=1)).all() and share == 1


def test_some_boosted_trees_are_shown_near_figures_alone(fitted: Together) -> None:
    every, near = fitted.boosted
    assert set(near.feature[near.left >= 0]) <= set(NEAR.near)
    assert set(every.feature[every.left >= 0]) - set(NEAR.near)
    alone = estimators.fit(*ground(800, 0), 1, 4, estimators.TOGETHER)
    assert len(alone.boosted) == 1


def test_what_is_stored_is_the_same_and_the_same_bytes(fitted: Together) -> None:
    content = packing.dump_forest(fitted)
    again = packing.load_forest(content)
    classes = len(fitted.boosted[0].start)
    packing.require_sound(again, 6, classes)
    assert packing.dump_forest(again) == content
    x = ground(300, 3)[0]
    assert (again.predict_proba(x) == fitted.predict_proba(x)).all()
    with pytest.raises(ValueError):
        packing.require_sound(again, 6, classes + 1)
    with pytest.raises(ValueError):
        packing.require_sound(again, 3, classes)


@pytest.mark.parametrize(
    ("field", "value"),
    [("left", 0), ("right", 10**6), ("feature", 6), ("feature", -1), ("value", np.nan)],
)
def test_forged_trees_are_refused(fitted: Together, field: str, value: float) -> None:
    one = fitted.boosted[0]
    forged = np.where(one.left >= 0, value, getattr(one, field)).astype(getattr(one, field).dtype)
    whole = replace(fitted, boosted=(replace(one, **{field: forged}),))
    with pytest.raises(ValueError):
        packing.require_sound(whole, 6, len(one.start))


@pytest.mark.parametrize(
    "changes",
    [
        {"roots": np.array([0, 5, 5])},
        {"roots": np.array([0])},
        {"roots": np.array([1, 10**9])},
        {"value": np.zeros(3)},
        {"start": np.zeros(0)},
        {"threshold": np.zeros(1, np.float64)},
    ],
)
def test_forged_tables_are_refused(fitted: Together, changes: dict[str, np.ndarray]) -> None:
    one = fitted.boosted[0]
    for boosted_trees in ((replace(one, **changes),), (fitted.forest,)):
        with pytest.raises(ValueError):
            packing.require_sound(replace(fitted, boosted=boosted_trees), 6, len(one.start))


def test_a_quick_run_hears_boosted_trees_in_full_and_is_exact_where_it_matters(
    made: Any, model: Model, tmp_path: Any
) -> None:
    x, target = figures_of(made, model.card)
    # Every seventh pixel is taught another class, so that nothing is beyond doubt.
    target[::7] = (target[::7] + 1) % len(model.card.classes)
    whole = estimators.fit(
        x[::4], target[::4], 0, 20, estimators.TOGETHER, estimators.Columns((0, 1))
    )
    own = Model.of(model.card, whole)
    scene = open_scene(made.path)
    tile = Tile(0, *[Window(0, 0, scene.width, scene.height)] * 2)
    path = tmp_path / "m"
    exact, quick = (classify.TileTask(scene, own, path, hasty)(tile)[1] for hasty in (False, True))
    valid = exact[0] != classify.NODATA
    assert (exact.argmax(axis=0) == quick.argmax(axis=0))[valid].all()
    targets = [class_of(name).is_target for name in own.card.classes]
    sought = valid & (exact[targets].max(axis=0) >= 50)
    assert sought.any() and (exact[:, sought] == quick[:, sought]).all()
    part = Window(11, 7, 23, 30)
    found = classify.TileTask(scene, own, path, True)(Tile(0, part, part))[1]
    assert (found == quick[:, 7:37, 11:34]).all()

    class Rasters:
        def percents(self, window: Window) -> np.ndarray:
            return quick[:, window.row : window.row_end, window.col : window.col_end]

    assert audit.audit(classify.TileTask(scene, own, path), Rasters(), own.card.classes).pixels


def figures_of(made: Any, card: ModelCard) -> tuple[np.ndarray, np.ndarray]:
    """Return the figures and classes of a made scene's pixels as its own model sees them."""
    from remote_sensing import features, figures

    scene, reach = open_scene(made.path), features.reach(card.features)
    chip = scene.read(Window(0, 0, scene.width, scene.height).grown(reach))
    valid = chip.valid[reach:-reach, reach:-reach]
    x = figures.stack(chip, card.features, reach)[:, valid].T
    brightness = x[:, card.features.index("bright")].astype(int)
    parts = np.quantile(brightness, np.linspace(0, 1, len(card.classes) + 1)[1:-1])
    return x, np.searchsorted(parts, brightness).astype(np.int32)
