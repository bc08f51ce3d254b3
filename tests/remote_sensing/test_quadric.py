"""A quadric: learnt, stored, and asked of single pixels; chosen where it outlines better."""

import json
from dataclasses import replace

import numpy as np
import pytest

from remote_sensing import model, mosaic, packing, quadric, relative
from remote_sensing.classes import class_of
from remote_sensing.errors import NotAModel
from remote_sensing.pipeline import detect
from remote_sensing.scene import open_scene
from remote_sensing.second_stage import learning, outlining
from remote_sensing.training import estimators, few_places, heldout, manifest, train
from remote_sensing.training.card_text import as_text
from remote_sensing.windows import Window
from tests.remote_sensing.made_ponds import lessons


def samples(count: int = 3_000) -> tuple[np.ndarray, np.ndarray]:
    """Figures of which the first two tell: what is wanted lies in a disc of that plane."""
    x = np.random.default_rng(3).normal(10_000, 1_000, (count, 4)).astype(np.int16)
    near = ((x[:, :2] - 10_500.0) ** 2).sum(axis=1) < 700**2
    return x, np.where(near, 0, 1).astype(np.int32)


def test_a_disc_is_learnt_and_other_figures_do_not_matter():
    x, target = samples()
    fitted = quadric.fit(x, target, wanted=0)
    scores = fitted.predict_proba(x)
    assert np.allclose(scores.sum(axis=1), 1)
    inside, outside = scores[target == 0, 0], scores[target == 1, 0]
    assert (inside[:, None] > outside).mean() > 0.95
    assert np.abs(fitted.linear[2:]).max() < 0.1 * np.abs(fitted.linear[:2]).max()
    assert packing.dump_forest(fitted) == packing.dump_forest(quadric.fit(x, target, wanted=0))


def test_it_says_what_its_formula_says():
    x, target = samples(200)
    fitted = quadric.fit(x, target, wanted=0)
    z = (np.clip(x.astype(float), fitted.low, fitted.high) - fitted.middle) / fitted.scale
    told = fitted.shift + z @ fitted.linear + np.einsum("pi,ij,pj->p", z, fitted.square, z)
    assert np.allclose(fitted.predict_proba(x)[:, 0], 1 / (1 + np.exp(-told)))


def test_a_pixel_scores_the_same_to_the_bit_alone_and_among_others():
    x, target = samples()
    fitted = quadric.fit(x, target, wanted=0)
    whole = fitted.predict_proba(x)
    assert np.array_equal(whole[7:8], fitted.predict_proba(x[7:8]))
    assert np.array_equal(whole[1_000:1_777], fitted.predict_proba(x[1_000:1_777]))


def test_what_lies_far_beyond_all_samples_counts_as_their_edge():
    x, target = samples()
    fitted = quadric.fit(x, target, wanted=0)
    far = np.array([[32_000, -32_000, 10_000, 10_000]], np.int16)
    edge = np.clip(far, fitted.low, fitted.high)
    assert np.array_equal(fitted.predict_proba(far), fitted.predict_proba(edge))


def test_a_figure_that_never_changes_does_no_harm():
    x, target = samples(300)
    x[:, 3] = 5
    assert np.isfinite(quadric.fit(x, target, wanted=0).predict_proba(x)).all()


@pytest.mark.parametrize(
    "forged",
    [
        {"linear": np.zeros(3)},
        {"square": np.zeros((4, 5))},
        {"shift": float("nan")},
        {"scale": np.zeros(4)},
        {"wanted": 2},
    ],
)
def test_a_forged_quadric_is_refused(forged):
    fitted = quadric.fit(*samples(300), wanted=0)
    again = packing.load_forest(packing.dump_forest(fitted))
    packing.require_sound(again, 4, 2)
    with pytest.raises(ValueError):
        packing.require_sound(replace(fitted, **forged), 4, 2)
    with pytest.raises(ValueError):
        packing.require_sound(fitted, 4, 3)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return lessons(tmp_path_factory.mktemp("quadric"), 4)


@pytest.fixture(scope="module", autouse=True)
def _small():
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(estimators, "TREES", 8)
        patch.setattr(heldout, "TREES", 5)
        patch.setattr(learning, "TREES", 20)
        yield


@pytest.fixture(scope="module")
def trained(folder, _small):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(few_places, "CLEARLY", -2.0)  # whatever the forest did
        patch.setattr(learning, "best", lambda counts, most: outlining.Outlining(100, 0))  # nothing
        made = train.train(manifest.read(folder / "m.toml"))
    model.save(made, folder / "m.qfm")
    return made


def test_training_takes_it_where_it_outlines_better_and_says_so(folder, trained):
    card = trained.card
    assert card.features == relative.FEW and card.parameters["kind"] == "quadric"
    assert "n_estimators" not in card.parameters and "elevation" in card.parameters
    ways = card.validated["ways"]
    assert ways.keys() == {"forest", "mixed", "quadric"} and 0 <= ways["quadric"] <= 1
    assert card.validated["folds"] == 3
    assert card.cut is None and card.share in outlining.SHARES
    assert "quadric" in as_text(card, "en") and "二次函数" in as_text(card, "zh-CN")
    loaded = model.load(folder / "m.qfm")
    x = np.random.default_rng(1).integers(0, 20_000, (50, len(relative.FEW))).astype(np.int16)
    assert np.array_equal(loaded.probabilities(x), trained.probabilities(x))


def test_windows_of_any_size_give_the_same_bytes(folder, trained):
    scene = open_scene(folder / "s3.tif")
    runs = [
        detect(scene, trained, folder / str(size), model_path=folder / "m.qfm", window_size=size)
        for size in (64, 512)
    ]
    for name in ("scores.tif", "classes.tif", "candidates.geojson"):
        assert len({(run.folder / name).read_bytes() for run in runs}) == 1
    infos = tuple(class_of(name) for name in trained.card.classes)
    drawn = outlining.Outlining(None, trained.card.radius, trained.card.share)
    with mosaic.opened_mosaic(runs[0].folder / "scores.tif", infos, drawn) as opened:
        whole = opened.codes(Window(0, 0, scene.width, scene.height))
        assert opened.counts().sum() == opened.valid_pixels() == (whole != 255).sum()
    is_target = whole == class_of("tailings").code
    assert 0 < is_target.mean() <= trained.card.share / 10_000
    inputs = json.loads((runs[0].folder / "run.json").read_text())["inputs"]
    assert inputs["image"]["levels"] == list(scene.with_levels().levels.middle)


def test_a_quick_run_has_no_trees_to_leave_out_and_says_the_same(folder, trained):
    scene = open_scene(folder / "s3.tif")
    model_path = folder / "m.qfm"
    exact = detect(scene, trained, folder / "exact", model_path=model_path)
    quick = detect(scene, trained, folder / "quick", model_path=model_path, quick=True)
    for name in ("classes.tif", "candidates.geojson"):
        assert (exact.folder / name).read_bytes() == (quick.folder / name).read_bytes()


def test_training_keeps_a_forest_where_it_does_not(folder, monkeypatch):
    monkeypatch.setattr(few_places, "CLEARLY", 1e9)
    kept = train.train(manifest.read(folder / "m.toml"))
    assert kept.card.features[: len(relative.FEATURES)] == relative.FEATURES
    assert kept.card.parameters["n_estimators"] == 8
    assert kept.card.validated["ways"].keys() == {"forest", "mixed", "quadric"}


def test_a_model_file_whose_quadric_was_bent_is_refused(folder, trained):
    bent = replace(trained.estimator, shift=float("inf"))
    forged = model.Model.of(trained.card, bent, trained.judge)
    (folder / "bent.qfm").write_bytes(forged.content)
    with pytest.raises(NotAModel):
        model.load(folder / "bent.qfm")


def test_it_is_tried_for_one_target_beside_one_rest_on_places_that_can_be_held_out():
    bands = (*relative.VISIBLE, *relative.RELATIVE)

    def source(place: int, whole: bool = True) -> learning.Source:
        return learning.Source(None, lambda: None, place, 0, whole)

    places = [source(n) for n in range(3)]
    tried = few_places.may_be_tried
    assert tried(bands, ("tailings", "other"), places)
    assert not tried(bands, ("tailings", "other", "water"), places)
    assert not tried(bands, ("tailings", "open_pit"), places)
    assert not tried(bands, ("tailings", "other"), [source(n, False) for n in range(3)])
    assert not tried((*relative.VISIBLE, "B08"), ("tailings", "other"), places)
