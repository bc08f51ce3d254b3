"""Small whole models: three trees on made numbers, with a card as training writes it."""

from typing import Any

import numpy as np

from remote_sensing.features import names_for
from remote_sensing.model import Model, ModelCard
from remote_sensing.training.estimators import fit

BANDS = ("B02", "B03", "B04")
CLASSES = ("open_pit", "bare_soil")


def a_card(**changes: Any) -> ModelCard:
    names = names_for(BANDS)
    said: dict[str, Any] = {
        "name": "made",
        "classes": CLASSES,
        "features": names,
        "bands": BANDS,
        "pixel_m": 10.0,
        "trained_on": ({"sha256": "0" * 64, "acquired_on": "2026-06-19"},),
        "samples": {"open_pit": 30, "bare_soil": 30},
        "data_sha256": "1" * 64,
        "seed": 0,
        "parameters": {},
        "versions": {},
        "validated": {
            "held_out": "place",
            "folds": 3,
            "accuracy": 0.9,
            "classes": {"open_pit": {"precision": 0.8, "recall": 0.7, "f1": 0.75, "iou": 0.6}},
        },
    }
    return ModelCard(**said | changes)


def a_model(seed: int = 0, **changes: Any) -> Model:
    """A model whose bytes differ with ``seed``."""
    card = a_card(seed=seed, **changes)
    draw = np.random.default_rng(seed)
    x = draw.integers(0, 5_000, (60, len(card.features))).astype(np.int16)
    y = np.arange(60, dtype=np.int32) % len(card.classes)
    return Model.of(card, fit(x, y, seed, 3))
