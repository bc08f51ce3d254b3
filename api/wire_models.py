"""Models as both doors show them: figures, where each stands, whether its file is sound."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from api.model_shelf import versions
from gis.domain.detection.model_errors import ModelFileChanged, ModelFileGone
from gis.domain.detection.model_record import ModelRecord
from gis.domain.detection.training_set import TrainingSet
from gis.domain.terms import ModelState, ModelTells
from gis.store import models

PLAIN = (
    *(
        "id",
        "tells",
        "name",
        "sha256",
        "state",
        "training_set_id",
        "kept_back",
        "made_at",
        "made_by",
    ),
    *("changed_at", "changed_by", "reason"),
)


def model(one: ModelRecord) -> dict[str, Any]:
    """Return a model with what its card says, without the path of its file."""
    if one.tells is ModelTells.CHANGE:
        return _judge(one)
    card = one.card
    scenes = card.get("trained_on") or []
    validated = card.get("validated") or {}
    classes: dict[str, Any] = validated.get("classes") or {}
    samples: dict[str, int] = card.get("samples") or {}
    return {
        **_plain(one),
        "bands": card.get("bands") or [],
        "features": len(card.get("features") or []),
        "pixel_m": card.get("pixel_m"),
        "data_sha256": card.get("data_sha256"),
        "scenes": len(scenes),
        "days": sorted({str(s["acquired_on"]) for s in scenes if s.get("acquired_on")}),
        "held_out": validated.get("held_out"),
        "folds": validated.get("folds"),
        "accuracy": validated.get("accuracy"),
        "classes": [
            {"name": name, "samples": samples.get(name), **(classes.get(name) or {})}
            for name in card.get("classes") or []
        ],
    }


def _judge(one: ModelRecord) -> dict[str, Any]:
    """Return a judge of kinds of change with what its card says; its classes are the kinds."""
    from remote_sensing.change.kind_judge import BANDS, KINDS

    validated = one.card.get("validated") or {}
    samples, auc = one.card.get("samples") or {}, validated.get("auc") or {}
    return {
        **_plain(one),
        "bands": BANDS,
        "data_sha256": one.card.get("data_sha256"),
        "places": one.card.get("places"),
        **{name: validated.get(name) for name in ("held_out", "folds", "accuracy", "mean_f1")},
        "classes": [
            {"name": kind, "samples": samples.get(kind), "auc": auc.get(kind)} for kind in KINDS
        ],
    }


def _plain(one: ModelRecord) -> dict[str, Any]:
    theirs, ours = versions(one)
    said = {name: getattr(one, name) for name in PLAIN}
    return said | {"file": file_state(one), "is_current": theirs == ours}


def file_state(one: ModelRecord) -> str:
    """Return "sound", "gone" or "changed"."""
    try:
        models.require_file(one)
    except ModelFileGone:
        return "gone"
    except ModelFileChanged:
        return "changed"
    return "sound"


def all_models(
    found: Sequence[ModelRecord],
    compared: Sequence[dict[str, Any]] = (),
    sets: Mapping[UUID, str] | None = None,
) -> dict[str, Any]:
    """Return models, each with its comparisons and set, and how many detection may use."""
    used = sum(
        one.state is ModelState.PUBLISHED and one.tells is ModelTells.GROUND for one in found
    )
    items = [
        model(one)
        | {
            "training_set": (sets or {}).get(one.training_set_id) if one.training_set_id else None,
            "comparisons": [comparison(c) for c in compared if c["model_id"] == one.id],
        }
        for one in found
    ]
    return {"items": items, "published": used}


def comparison(row: Mapping[str, Any]) -> dict[str, Any]:
    """Return a comparison with the name of the other model."""
    plain = (
        *("id", "against", "verdict", "difference", "low", "high", "places", "is_fair"),
        *("figures", "made_at", "made_by"),
    )
    return {name: row[name] for name in plain}


def training_set(one: TrainingSet, counts: Mapping[str, Any]) -> dict[str, Any]:
    """Return a frozen set with how many of its rows are kept back or left out."""
    plain = (
        *("id", "name", "as_of", "samples", "taught", "labels", "sha256", "made_at", "made_by"),
    )
    return {name: getattr(one, name) for name in plain} | dict(counts)
