"""A trained classifier and its card; what stands in a model file and how it is read safely."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from remote_sensing import forest, safe_files
from remote_sensing.errors import ModelLacksBands, ModelOfOtherFeatures, NotAModel
from remote_sensing.features import FEATURES_VERSION
from remote_sensing.forest import Forest
from remote_sensing.relative import RELATIVE
from remote_sensing.scene import Scene
from remote_sensing.second_stage.judging import Judge

MOST_BYTES = 512 * 2**20


@dataclass(frozen=True, slots=True)
class ModelCard:
    """What a model is, so that a run of next year can say what found its candidates.

    ``trained_on`` has one mapping per scene (sha256, acquired_on, radiometry); ``validated`` holds
    figures of ground that was held out by place. ``cut``, ``radius`` and ``share`` are those of
    `second_stage.outlining`; ``objects`` says what judges whole objects, or why nothing
    does. No field depends on the time of day.
    """

    name: str
    classes: tuple[str, ...]
    features: tuple[str, ...]
    bands: tuple[str, ...]
    pixel_m: float
    trained_on: tuple[Mapping[str, Any], ...]
    samples: Mapping[str, int]
    data_sha256: str
    seed: int
    parameters: Mapping[str, Any]
    versions: Mapping[str, str]
    validated: Mapping[str, Any]
    features_version: int = FEATURES_VERSION
    cut: int | None = None
    radius: int = 0
    share: int | None = None
    objects: Mapping[str, Any] | None = None

    def to_json(self) -> str:
        """Return the card as JSON with sorted keys."""
        return json.dumps(asdict(self), ensure_ascii=False, sort_keys=True, indent=1)

    def as_dict(self) -> dict[str, Any]:
        """Return the card as the plain values that its JSON holds."""
        plain: dict[str, Any] = json.loads(self.to_json())
        return plain

    @classmethod
    def from_json(cls, text: str) -> "ModelCard":
        """Read a card; raises ValueError, TypeError or KeyError when it is not one."""
        row = json.loads(text)
        for name in ("classes", "features", "bands", "trained_on"):
            row[name] = tuple(row[name])
        return cls(**row)


@dataclass(frozen=True, slots=True)
class Model:
    """A classifier that gives one pixel the same probabilities wherever and however it runs.

    ``content`` is the model's file, the same bytes for the same training input; ``judge`` judges
    whole objects where the training taught one.
    """

    card: ModelCard
    estimator: Any = field(repr=False, compare=False)
    content: bytes = field(repr=False)
    judge: Judge | None = field(default=None, repr=False, compare=False)

    @classmethod
    def of(cls, card: ModelCard, estimator: Any, judge: Judge | None = None) -> "Model":
        """Return the model of a fitted forest, and of a judge whose settings the card holds."""
        from remote_sensing import packing

        parts = {"card.json": card.to_json().encode()}
        parts["estimator.skops"] = packing.dump_forest(estimator)
        if judge is not None:
            parts["objects.skops"] = packing.dump_forest(judge.forest)
        return cls(card, estimator, packing.pack(parts), judge)

    @property
    def sha256(self) -> str:
        """The hash of the model's file."""
        return hashlib.sha256(self.content).hexdigest()

    @property
    def packed(self) -> Forest | None:
        """The forest for the compiled walk; None where scikit-learn itself must predict."""
        return forest.packed(self.estimator)

    def probabilities(self, x: NDArray[np.generic]) -> NDArray[np.float64]:
        """Return float64 (pixels, classes) for features (pixels, features), rows sum to 1.

        A forest that bytes can carry is walked by compiled code, to the same bits.
        """
        if len(x) == 0:
            return np.zeros((0, len(self.card.classes)))
        packed = self.packed
        if packed and x.dtype == np.int16:
            return packed.probabilities(x.astype(np.int16, copy=False))
        # Whole numbers below 2**24 are exact in float32, which is what trees compare.
        found: NDArray[np.float64] = self.estimator.predict_proba(x.astype(np.float32))
        return found

    def ready(self, scene: Scene) -> Scene:
        """Return the scene with the further bands that the features need; raises ModelLacksBands.

        Levels are taken of the whole scene, so that every window's figures are beside the same.
        """
        self.require_bands(scene)
        return scene.with_levels() if set(RELATIVE) & set(self.card.bands) else scene

    def require_bands(self, scene: Scene) -> None:
        """Raise ModelLacksBands unless ``scene`` has every band that the features need."""
        missing = scene.lacking([band for band in self.card.bands if band not in RELATIVE])
        if missing:
            raise ModelLacksBands(file=scene.path.name, missing=", ".join(missing))


def save(model: Model, path: Path) -> None:
    """Write a model file; it appears under its name only when it is whole and loads again."""

    def write(draft: Path) -> None:
        draft.write_bytes(model.content)
        load(draft)

    with safe_files.writing(path):
        path.parent.mkdir(parents=True, exist_ok=True)
    safe_files.replace(path, path.with_name(f".{path.name}.part"), write)


def load(path: Path) -> Model:
    """Read a model file without running anything in it.

    Raises NotAModel for a file that is none or is cut, ModelOfOtherFeatures for one whose features
    this version computes differently.
    """
    from remote_sensing import packing

    try:
        if path.stat().st_size > MOST_BYTES:
            raise ValueError("too large")
        content = path.read_bytes()
        parts = packing.unpack(content, MOST_BYTES)
        card = ModelCard.from_json(parts["card.json"].decode())
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise NotAModel(file=path.name) from error
    if card.features_version != FEATURES_VERSION:
        raise ModelOfOtherFeatures(
            file=path.name, theirs=card.features_version, ours=FEATURES_VERSION
        )
    try:
        estimator = packing.load_forest(parts["estimator.skops"])
        packing.require_sound(estimator, len(card.features), len(card.classes))
        judge = None
        if "objects.skops" in parts:
            forest_of_objects = packing.load_forest(parts["objects.skops"])
            judge = Judge.from_settings(card.objects or {}, forest_of_objects)
            packing.require_sound(forest_of_objects, len(judge.names), 2)
    except Exception as error:
        # Whatever a damaged estimator makes the reader raise, the file is no model.
        raise NotAModel(file=path.name) from error
    return Model(card, estimator, content, judge)
