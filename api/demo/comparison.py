"""The demo's second model: few trees, taught without the kept-back ground, held against the first.

A new user sees on the page of models what is otherwise seen after a season: a draft beside the
model in use, and how the two compare. Its ground is the demo's own; nothing of it is of use.
"""

import hashlib
import tempfile
from collections.abc import Callable
from dataclasses import fields
from pathlib import Path
from uuid import UUID

import numpy as np

from api.model_shelf import put_model
from api.retraining import contest
from api.settings import Settings
from gis.domain.detection.kept_back import RULE
from gis.domain.detection.model_record import ModelRecord
from gis.ledger import Book
from gis.store import models
from remote_sensing.classes import class_of
from remote_sensing.features import names_for
from remote_sensing.model import Model, ModelCard
from remote_sensing.training import manifest as manifests
from remote_sensing.training.lessons import prepare

NAME = "演示对照（小模型）"
TREES, EVERY = 12, 4
"""So many trees, and one of so many pixels: it is to be had in a second."""
KIND = "extra_trees"

Say = Callable[[str, str], None]


def compare_demo(
    book: Book, settings: Settings, say: Say, model: ModelRecord, manifest: Path
) -> UUID | None:
    """Register a small model as a draft and compare it with the demo's; again it adds nothing.

    Returns the comparison's id, None where it stood already; one that was cut off is made up for.
    """
    name = f"{NAME} {model.sha256[:6]}"
    with book.reading() as connection:
        known = {one.name: one for one in models.all_models(connection)}.get(name)
        if known is not None and models.is_compared(connection, known.id):
            return None
    say("正在训练小模型并比较……", "Training a small model and comparing it…")
    settings.models_dir.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".work-", dir=settings.models_dir) as place:
        folder = Path(place)
        lessons = prepare([manifests.read(manifest)], name, folder)
        if known is None:
            known, _ = put_model(book, settings, _small(lessons.manifest), name, kept_back=RULE)
        last = lessons.exams[-1:]  # of one date: the ground is the same, and nobody shall wait
        return contest(book, known, model, last, None, folder, lambda zh, en: None).id


def _small(manifest: manifests.Manifest, seed: int = 0) -> Model:
    """Return a forest of few trees with the card that training writes, tried on stripes."""
    from remote_sensing.training import estimators, heldout
    from remote_sensing.training.train import Samples, gather

    whole, scenes, bands = gather(manifest, seed)
    samples = Samples(*(getattr(whole, one.name)[::EVERY] for one in fields(whole)))
    classes = tuple(n for n in manifest.classes if (samples.y == class_of(n).code).any())
    codes = np.array([class_of(name).code for name in classes])
    targets = np.argmax(samples.y[:, None] == codes, axis=1).astype(np.int32)
    fold, held_out = heldout.folds(samples.scene, samples.lonlat, scenes)

    def fit(x: np.ndarray, target: np.ndarray) -> object:
        return estimators.fit(x, target, seed, TREES, KIND)

    card = ModelCard(
        name=manifest.path.stem,
        classes=classes,
        features=names_for(bands),
        bands=bands,
        pixel_m=round(scenes[0].pixel_m, 3),
        trained_on=tuple(
            {"sha256": one.sha256, "acquired_on": one.acquired_on and one.acquired_on.isoformat()}
            for one in scenes
        ),
        samples={name: int((targets == place).sum()) for place, name in enumerate(classes)},
        data_sha256=hashlib.sha256(samples.x.tobytes() + samples.y.tobytes()).hexdigest(),
        seed=seed,
        parameters=estimators.parameters(KIND) | {"n_estimators": TREES},
        versions={},
        validated=heldout.judge(samples.x, targets, fold, held_out, classes, seed, KIND, fit=fit),
    )
    return Model.of(card, fit(samples.x, targets))
