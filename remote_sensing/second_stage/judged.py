"""Objects of held-out ground beside the truth: what the judge learns from."""

import zlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from remote_sensing import figures, objects
from remote_sensing.candidates import MIN_AREA_M2
from remote_sensing.classes import NODATA_CODE, ClassInfo
from remote_sensing.model import ModelCard
from remote_sensing.quality.per_object import ENOUGH, MIN_OBJECT_M2
from remote_sensing.scene import Chip, Scene
from remote_sensing.second_stage.describing import Floats, Reader, describe
from remote_sensing.second_stage.layers import layer_names
from remote_sensing.second_stage.outlining import Outlining, target_score, with_margin
from remote_sensing.training.labels import UNLABELLED, Codes
from remote_sensing.windows import Window


@dataclass(frozen=True, slots=True)
class Ground:
    """One scene's part with scores and labels, both packed.

    ``counts`` int64 (RADII, 2, 101) are pixels by the averaged percent of targets, on and off them.
    """

    scene: Scene
    place: int
    fold: int
    window: Window
    packed_percents: bytes
    packed_codes: bytes
    counts: NDArray[np.int64]

    def percents(self, classes: int) -> NDArray[np.uint8]:
        """Return the scores, uint8 (classes, height, width), 255 where not valid."""
        flat = np.frombuffer(zlib.decompress(self.packed_percents), np.uint8)
        return flat.reshape(classes, self.window.height, self.window.width)

    def codes(self) -> Codes:
        """Return the labels, uint8 (height, width), 255 where not labelled."""
        flat = np.frombuffer(zlib.decompress(self.packed_codes), np.uint8)
        return flat.reshape(self.window.height, self.window.width)


@dataclass(frozen=True, slots=True)
class Object:
    """One object: what it is like, how much of it is labelled and on target.

    ``hits`` are the pixels that it covers of each true place, by the place's number in ``places``,
    which holds the size of every place of its scene that counts.
    """

    figures: Floats
    fold: int
    scene: str
    is_large: bool
    labelled_px: int
    on_target_px: int
    hits: dict[int, int]
    places: dict[int, int]

    @property
    def is_right(self) -> bool:
        """Whether enough of it lies on a target, by the project's protocol."""
        return self.on_target_px >= ENOUGH * self.labelled_px


def objects_of(
    ground: Ground, infos: Sequence[ClassInfo], outlining: Outlining, card: ModelCard
) -> list[Object]:
    """Return the objects that ``outlining`` gives, described, beside the truth."""
    percents, truth_codes = ground.percents(len(infos)), ground.codes()
    decided = outlining.decide(with_margin(percents, outlining.radius), infos)
    height, width = decided.shape
    targets = {info.code for info in infos if info.is_target}
    score = target_score(percents, infos)

    def strip(row: int, rows: int) -> objects.Strip:
        return decided[row : row + rows], score[row : row + rows]

    least = max(1, int(MIN_AREA_M2 / ground.scene.pixel_m**2 / 2))
    patches = objects.find(strip, width, height, targets, min_pixels=least)
    layers = layer_names(card.features)

    def chip(window: Window) -> Chip:
        here = ground.window
        moved = Window(window.col + here.col, window.row + here.row, window.width, window.height)
        return ground.scene.read(moved)

    reader = Reader(
        chip=chip,
        percents=lambda w: percents[:, w.row : w.row_end, w.col : w.col_end],
        codes=lambda w: decided[w.row : w.row_end, w.col : w.col_end],
        layers=lambda c: figures.stack(c, layers, 0),
        layer_names=layers,
        classes=tuple(infos),
        width=width,
        height=height,
        pixel_m=ground.scene.pixel_m,
    )
    described = describe(patches, reader, int((percents[0] != NODATA_CODE).sum()))
    on_target = np.isin(truth_codes, list(targets))
    large = MIN_OBJECT_M2 / ground.scene.pixel_m**2
    numbers, n = ndimage.label(on_target)
    sizes = np.bincount(numbers.ravel(), minlength=n + 1)
    places = {place: int(sizes[place]) for place in range(1, n + 1) if sizes[place] >= large}
    found = []
    for patch, row in zip(patches, described, strict=True):
        box = patch.box
        inside = (slice(box.row, box.row_end), slice(box.col, box.col_end))
        labels, _ = ndimage.label(decided[inside] == patch.code)
        own = labels == labels[patch.row - box.row, patch.col - box.col]
        labelled = own & (truth_codes[inside] != UNLABELLED)
        if not labelled.any():
            continue
        met = np.bincount(numbers[inside][labelled])
        hits = {int(place): int(met[place]) for place in np.flatnonzero(met) if place > 0}
        found.append(
            Object(
                figures=row,
                fold=ground.fold,
                scene=ground.scene.sha256,
                is_large=patch.pixels >= large,
                labelled_px=int(labelled.sum()),
                on_target_px=sum(hits.values()),
                hits=hits,
                places=places,
            )
        )
    return found
