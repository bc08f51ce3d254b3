"""A forest and a surface that speak together: stored, asked, refused when forged, and chosen."""

from dataclasses import replace

import numpy as np
import pytest

from remote_sensing import mixed, model, packing, quadric, relative
from remote_sensing.errors import NotAModel
from remote_sensing.mixed import Mixed
from remote_sensing.pipeline import detect
from remote_sensing.scene import open_scene
from remote_sensing.second_stage import learning
from remote_sensing.training import estimators, heldout, manifest, mixing, train
from remote_sensing.training.card_text import as_text
from tests.remote_sensing.made_ponds import lessons


def samples(count: int = 2_000) -> tuple[np.ndarray, np.ndarray]:
    """Five figures, of which the third and fifth tell."""
    x = np.random.default_rng(5).normal(9_000, 900, (count, 5)).astype(np.int16)
    return x, np.where(x[:, 2] + x[:, 4] > 18_400, 1, 0).astype(np.int32)


@pytest.fixture(scope="module")
def both() -> Mixed:
    x, target = samples()
    forest = estimators.fit(x[:, :4], target, 0, trees=10, kind="random_forest")
    columns = np.array([4, 2], np.int64)
    return Mixed(forest, quadric.fit(x[:, columns], target, 1, mixing.FREEDOM), columns)


def test_it_says_the_mean_of_both_odds(both):
    x, _ = samples(300)
    trees = np.clip(both.forest.predict_proba(x[:, :4].astype(np.float32))[:, 1], 0.01, 0.99)
    plane = np.clip(both.surface.predict_proba(x[:, [4, 2]])[:, 1], 0.01, 0.99)
    odds = (trees / (1 - trees) * quadric.REST * plane / (1 - plane)) ** 0.5
    said = both.predict_proba(x.astype(np.float32))
    assert np.allclose(said[:, 1], odds / (1 + odds)) and np.allclose(said.sum(axis=1), 1)


def test_together_they_tell_what_the_forest_is_not_shown(both):
    x, target = samples()
    right = both.predict_proba(x).argmax(axis=1) == target
    alone = both.forest.predict_proba(x[:, :4].astype(np.float32)).argmax(axis=1) == target
    assert right[1_500:].mean() > 0.9
    assert both.forest.n_features_in_ == both.seen == 4 and alone.mean() > 0.7


def test_a_pixel_scores_the_same_to_the_bit_alone_and_among_others(both):
    x, _ = samples()
    whole = both.predict_proba(x)
    assert np.array_equal(whole[7:8], both.predict_proba(x[7:8]))
    assert np.array_equal(whole[1_000:1_777], both.predict_proba(x[1_000:1_777]))
    assert np.array_equal(whole, both.predict_proba(x.astype(np.float32)))


def test_a_vote_without_doubt_leaves_room_for_the_other(both):
    sure = mixed._logit(np.array([0.0, 1.0]))
    assert np.allclose(sure, [-np.log(99), np.log(99)])


@pytest.mark.parametrize(
    "forged",
    [
        {"columns": np.array([4, 5], np.int64)},
        {"columns": np.array([-1, 2], np.int64)},
        {"columns": np.array([4.0, 2.0])},
        {"columns": np.zeros((0,), np.int64)},
        {"columns": np.array([[4, 2]], np.int64)},
        {"columns": np.array([4], np.int64)},
        {"surface": "a surface"},
        {"forest": "a forest"},
    ],
)
def test_a_forged_pair_is_refused(both, forged):
    again = packing.load_forest(packing.dump_forest(both))
    packing.require_sound(again, 5, 2)
    x, _ = samples(50)
    assert np.array_equal(again.predict_proba(x), both.predict_proba(x))
    with pytest.raises((ValueError, AttributeError)):
        packing.require_sound(replace(both, **forged), 5, 2)
    for figures in (3, 6):
        with pytest.raises(ValueError):
            packing.require_sound(both, figures, 2)
    with pytest.raises(ValueError):
        packing.require_sound(both, 5, 3)


def test_a_surface_in_the_place_of_the_forest_is_refused(both):
    inner = replace(both, forest=both)
    with pytest.raises((ValueError, AttributeError)):
        packing.require_sound(inner, 5, 2)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return lessons(tmp_path_factory.mktemp("mixed"), 4)


@pytest.fixture(scope="module", autouse=True)
def _small():
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(estimators, "TREES", 8)
        patch.setattr(heldout, "TREES", 5)
        patch.setattr(learning, "TREES", 20)
        patch.setattr(heldout, "compare", lambda *_: {})
        yield


def _trained(folder, ious: dict[str, float]) -> model.Model:
    """Train where the three ways are told to have outlined held-out places so well."""
    usual = learning.learn

    def learn(sources, card, *rest, or_share=False):
        way = "mixed" if "relbright_mean63" in card.features else "forest"
        way = "quadric" if or_share else way
        return replace(usual(sources, card, *rest, or_share=or_share), iou=ious[way])

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(learning, "learn", learn)
        return train.train(manifest.read(folder / "m.toml"))


@pytest.fixture(scope="module")
def trained(folder, _small):
    made = _trained(folder, {"forest": 0.4, "mixed": 0.41, "quadric": 0.42})
    model.save(made, folder / "m.qfm")
    return made


def test_training_takes_both_where_they_outline_better_and_says_so(folder, trained):
    card = trained.card
    assert card.features == mixing.names_for(relative.FEATURES)
    assert set(relative.WIDE) < set(card.features) and len(set(card.features)) == len(card.features)
    assert card.parameters["kind"] == "mixed" and card.parameters["n_estimators"] == 8
    assert card.parameters["forest"] in estimators.FORESTS
    assert card.validated["ways"] == {"forest": 0.4, "mixed": 0.41, "quadric": 0.42}
    assert card.validated["folds"] == 3
    assert "surface" in as_text(card, "en") and "曲面" in as_text(card, "zh-CN")
    loaded = model.load(folder / "m.qfm")
    x = np.random.default_rng(1).integers(0, 20_000, (50, len(card.features))).astype(np.int16)
    assert np.array_equal(loaded.probabilities(x), trained.probabilities(x))


def test_of_ways_that_do_alike_the_plainer_is_kept(folder):
    alone = _trained(folder, {"forest": 0.4, "mixed": 0.4, "quadric": 0.42})
    assert alone.card.features == relative.FEATURES and "forest" not in alone.card.parameters


def test_windows_of_any_size_and_a_quick_run_give_the_same_bytes(folder, trained):
    scene, path = open_scene(folder / "s3.tif"), folder / "m.qfm"
    runs = [
        detect(scene, trained, folder / str(size), model_path=path, window_size=size)
        for size in (64, 512)
    ]
    runs += [detect(scene, trained, folder / "quick", model_path=path, quick=True)]
    for name in ("classes.tif", "candidates.geojson"):
        assert len({(run.folder / name).read_bytes() for run in runs}) == 1


def test_a_model_file_whose_columns_were_bent_is_refused(folder, trained):
    bent = replace(trained.estimator, columns=trained.estimator.columns + 50)
    (folder / "bent.qfm").write_bytes(model.Model.of(trained.card, bent, trained.judge).content)
    with pytest.raises(NotAModel):
        model.load(folder / "bent.qfm")
