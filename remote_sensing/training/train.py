"""From a manifest to a model: sample labelled pixels, fit a forest, judge it on held-out ground."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from functools import partial
from importlib.metadata import version
from typing import Any

import numpy as np
from numpy.typing import NDArray

from remote_sensing import features, figures, relative
from remote_sensing.classes import class_of
from remote_sensing.errors import MissingBands, NoTrainingPixels
from remote_sensing.heeding import heed
from remote_sensing.intake.bands import CANONICAL
from remote_sensing.intake.georeference import to_lonlat
from remote_sensing.model import Model, ModelCard
from remote_sensing.relief.elevation import open_elevation
from remote_sensing.scene import TERRAIN, Scene
from remote_sensing.second_stage import learning
from remote_sensing.training import estimators, few_places, heldout, mixing
from remote_sensing.training.labels import UNLABELLED, Codes, codes_on
from remote_sensing.training.lessons import opened
from remote_sensing.training.manifest import Manifest, TrainingScene
from remote_sensing.windows import plan

MOST_PER_CLASS_AND_SCENE = 2_000
"""More pixels of one place say the same again; fewer lose the rare kinds of ground."""
MORE_OF_THE_REST = 3

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Samples:
    """Labelled pixels of all scenes, in an order that the manifest alone decides.

    ``x`` is int16 (pixels, features), ``y`` uint8 class codes, ``scene`` the index of each pixel's
    scene, ``lonlat`` float64 (pixels, 2) in EPSG:4326; ``stands_for`` says how many labelled
    pixels of its class and scene each was drawn for.
    """

    x: NDArray[np.int16]
    y: NDArray[np.uint8]
    scene: NDArray[np.int32]
    lonlat: NDArray[np.float64]
    stands_for: NDArray[np.float64]


def train(manifest: Manifest, *, seed: int = 0, progress: Progress | None = None) -> Model:
    """Train the model that ``manifest`` describes; equal input and seed give equal bytes.

    ``progress`` is called with (steps done, steps in all). Raises what ``open_scene`` and the
    labels raise, MissingBands when the images share too few bands, NoTrainingPixels when fewer
    than two classes have labelled pixels.
    """
    steps = len(manifest.scenes) + 2
    tell = progress or (lambda done, total: None)
    samples, scenes, bands = gather(manifest, seed, tell=lambda done: tell(done, steps))
    names = features.names_for(bands)
    is_relative = relative.RELATIVE[0] in bands
    columns = estimators.ALL_ALIKE  # three bands need what lies about a pixel
    if not is_relative:
        columns = estimators.Columns(features.near(names), features.lit(names))
    classes = tuple(name for name in manifest.classes if (samples.y == class_of(name).code).any())
    if len(classes) < 2:
        raise NoTrainingPixels(file=manifest.path.name)
    targets = _positions(samples.y, classes)
    fold, held_out = heldout.folds(samples.scene, samples.lonlat, scenes)
    compared = heldout.compare(samples.x, targets, fold, classes, seed, columns, samples.stands_for)
    kind = heldout.kind_of(compared, "random_forest" if is_relative else "near_and_far")
    if columns.near and compared:
        kind = estimators.TOGETHER  # steadier than any choice between kinds by a few places
    validated = heldout.judge(samples.x, targets, fold, held_out, classes, seed, kind, columns)
    tell(steps - 1, steps)
    card = ModelCard(
        name=manifest.path.stem,
        classes=classes,
        features=names,
        bands=bands,
        pixel_m=round(float(np.median([scene.pixel_m for scene in scenes])), 3),
        trained_on=tuple(
            {**_origin(scene), "samples": int((samples.scene == index).sum())}
            for index, scene in enumerate(scenes)
        ),
        samples={name: int((targets == code).sum()) for code, name in enumerate(classes)},
        data_sha256=_digest(samples, names),
        seed=seed,
        parameters={
            **estimators.parameters(kind),
            "most_per_class_and_scene": most_for(bands),
            "not_learnt": [name for name in manifest.classes if name not in classes],
            "elevation": _elevation(manifest),
        },
        versions={name: version(name) for name in ("numpy", "scikit-learn", "skops")},
        validated={**validated, "compared": compared},
    )
    sources = _sources(manifest, scenes, samples, fold, held_out)

    def grow(x: NDArray[np.int16], target: NDArray[np.int32], trees: int | None = None) -> Any:
        return estimators.fit(x, target, seed, trees, kind, columns)

    def grown(kept: NDArray[np.bool_]) -> Any:
        return grow(samples.x[kept], targets[kept], heldout.TREES)

    learnt = learning.learn(sources, card, targets, fold, grown, seed)
    estimator: Any = None
    if few_places.may_be_tried(bands, classes, sources):
        wide, _, _ = gather(manifest, seed, names=relative.WIDE)
        mixture = mixing.Mixture.of(samples.x, wide.x, card, targets, grow)
        both = mixture.outside(sources, card, fold)
        own, _, _ = gather(manifest, seed, names=relative.FEW)
        smooth = few_places.Smooth.tried(own.x, sources, card, targets, fold)
        ways = {"forest": learnt.iou, "mixed": both.iou, "quadric": smooth.learnt.iou}
        card = replace(card, validated={**card.validated, "ways": ways})
        if smooth.beats(learnt) and smooth.learnt.iou > both.iou:
            card = smooth.card_of(card, fold, held_out)
            card = replace(card, data_sha256=_digest(own, card.features))
            learnt, estimator = smooth.learnt, smooth.fitted()
        elif both.iou > learnt.iou:  # of two that do alike the plainer is kept
            card = mixture.card_of(card, fold, held_out)
            card = replace(card, data_sha256=_digest(replace(own, x=mixture.x), card.features))
            learnt, estimator = both, mixture.fitted()
    if estimator is None:
        estimator = grow(samples.x, targets)
    drawn = asdict(learnt.outlining)
    card = replace(card, **drawn, objects=learnt.said)
    model = Model.of(card, estimator, learnt.judge)
    tell(steps, steps)
    return model


def _sources(
    manifest: Manifest,
    scenes: Sequence[Scene],
    samples: Samples,
    fold: NDArray[np.int32],
    held_out: str,
) -> list[learning.Source]:
    """Return the scenes whose place can be held out, for the second stage."""
    sources = []
    place = heldout.places(scenes)
    for index, (scene, item) in enumerate(zip(scenes, manifest.scenes, strict=True)):
        own = fold[samples.scene == index]
        whole = held_out == "place" and item.background is not None and len(own) > 0
        codes = partial(codes_on, scene, item, manifest.legend)
        sources.append(
            learning.Source(scene, codes, int(place[index]), int(own[0]) if whole else -1, whole)
        )
    return sources


def most_for(bands: Sequence[str], is_rest: bool = False) -> int:
    """Return how many pixels of each class and scene are drawn: three bands soon say the same.

    ``is_rest`` is the ground that nobody labelled; of it three bands need more, for it looks like
    everything.
    """
    most = MOST_PER_CLASS_AND_SCENE // (2 if relative.RELATIVE[0] in bands else 1)
    return most * MORE_OF_THE_REST if is_rest and relative.RELATIVE[0] in bands else most


def gather(
    manifest: Manifest,
    seed: int = 0,
    *,
    every: bool = False,
    names: Sequence[str] | None = None,
    tell: Callable[[int], None] = lambda done: None,
) -> tuple[Samples, list[Scene], tuple[str, ...]]:
    """Return labelled pixels, drawn or ``every`` one, the scenes and what bands all of them have.

    Their figures are those of ``names``, or what the bands allow; the pixels are the same for all.
    Raises as `train`.
    """
    scenes = [_opened(item) for item in manifest.scenes]
    bands = tuple(b for b in CANONICAL if all(b in scene.band_names for scene in scenes))
    if len(bands) < 3:
        raise MissingBands(file=manifest.path.name, shared=", ".join(bands) or "-")
    if set(bands) == set(relative.VISIBLE):
        # Three bands tell kinds of ground apart only beside what lies about them.
        scenes = [scene.with_levels() for scene in scenes]
        bands += relative.RELATIVE
    if all(scene.dem is not None for scene in scenes):
        bands += TERRAIN  # then whoever detects needs a model of heights too
    names = names or features.names_for(bands)
    parts = []
    for index, (scene, item) in enumerate(zip(scenes, manifest.scenes, strict=True)):
        codes = codes_on(scene, item, manifest.legend)
        rest = None if item.background is None else class_of(item.background).code
        most = {} if every else {code: most_for(bands, code == rest) for code in range(UNLABELLED)}
        parts.append(_sample(scene, index, codes, names, seed, most))
        tell(index + 1)
    return (
        Samples(*(np.concatenate(column) for column in zip(*parts, strict=True))),
        scenes,
        bands,
    )


def _opened(item: TrainingScene) -> Scene:
    """Return a scene, with slope and relief where the manifest names its elevation model."""
    scene = opened(item)
    return scene if item.dem is None else scene.with_dem(open_elevation(item.dem))


def _elevation(manifest: Manifest) -> str | None:
    """Say whether slope was learnt from: only where every scene has it."""
    if not any(item.dem for item in manifest.scenes):
        return None
    return "used" if all(item.dem for item in manifest.scenes) else "not of every scene, not used"


def _sample(
    scene: Scene,
    index: int,
    codes: Codes,
    names: Sequence[str],
    seed: int,
    most: Mapping[int, int],
) -> tuple[NDArray[Any], ...]:
    """Return features, codes, scene index and lon/lat of pixels drawn evenly from each class."""
    chosen = _choose(codes, np.random.default_rng([seed, index]), most)
    tables, labels, rows, cols = [], [], [], []
    reach = features.reach(names)
    for tile in plan(scene.width, scene.height, halo=reach):
        heed()
        inner = tile.inner
        here = (slice(inner.row, inner.row_end), slice(inner.col, inner.col_end))
        if not chosen[here].any():
            continue
        chip = scene.read(tile.outer)
        core = (slice(reach, -reach or None),) * 2
        row, col = np.nonzero(chosen[here] & chip.valid[core])
        tables.append(figures.stack(chip, names, reach)[:, row, col].T)
        labels.append(codes[here][row, col])
        rows.append(row + inner.row)
        cols.append(col + inner.col)
    if not tables:
        return (
            np.zeros((0, len(names)), np.int16),
            np.zeros(0, np.uint8),
            np.zeros(0, np.int32),
            np.zeros((0, 2)),
            np.zeros(0),
        )
    y = np.concatenate(labels)
    every, drawn = (np.bincount(some, minlength=256) for some in (codes.ravel(), y))
    grid = scene.transform
    x_map = grid.c + grid.a * (np.concatenate(cols) + 0.5)
    y_map = grid.f + grid.e * (np.concatenate(rows) + 0.5)
    lon, lat = to_lonlat(scene.crs).transform(x_map, y_map)
    return (
        np.concatenate(tables),
        y,
        np.full(len(y), index, np.int32),
        np.column_stack([lon, lat]),
        (every / np.maximum(drawn, 1))[y],
    )


def _choose(codes: Codes, draw: np.random.Generator, most: Mapping[int, int]) -> NDArray[np.bool_]:
    chosen = np.zeros(codes.size, bool)
    flat = codes.ravel()
    for code in np.unique(flat[flat != UNLABELLED]):
        places = np.flatnonzero(flat == code)
        if len(places) > most.get(int(code), len(places)):
            places = draw.choice(places, most[int(code)], replace=False)
        chosen[places] = True
    return chosen.reshape(codes.shape)


def _positions(y: NDArray[np.uint8], classes: Sequence[str]) -> NDArray[np.int32]:
    out = np.zeros(len(y), np.int32)
    for position, name in enumerate(classes):
        out[y == class_of(name).code] = position
    return out


def _origin(scene: Scene) -> dict[str, Any]:
    return {
        "sha256": scene.sha256,
        "acquired_on": scene.acquired_on.isoformat() if scene.acquired_on else None,
        "scale": scene.radiometry.scale,
        "offset": scene.radiometry.offset,
        "radiometry": scene.radiometry.source,
        "lonlat": [round(side, 2) for side in scene.footprint_lonlat.bounds],
    }


def _digest(samples: Samples, names: Sequence[str]) -> str:
    """Return the hash of what was learnt from: values, not files or their names."""
    digest = hashlib.sha256("\n".join(names).encode())
    for column in (samples.x, samples.y, samples.scene):
        digest.update(column.tobytes())
    return digest.hexdigest()
