"""The objects of a scene, outlined, described and judged, from its scores alone."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO

import numpy as np
from numpy.typing import NDArray
from shapely import Polygon

from remote_sensing import figures, objects, safe_files
from remote_sensing.classes import ClassInfo, class_of
from remote_sensing.model import Model
from remote_sensing.mosaic import Mosaic
from remote_sensing.objects import Patch
from remote_sensing.scene import Scene
from remote_sensing.second_stage.describing import Reader, describe, isolated, names_of
from remote_sensing.second_stage.layers import layer_names
from remote_sensing.windows import Window


@dataclass(frozen=True, slots=True)
class Found:
    """One object; ``outline_px`` is its true outline in pixel corners (column, row).

    ``confidence`` is the judge's, None without one; ``is_kept`` says whether the judge's thresholds
    let it be a candidate. ``look_alike`` is the class that it scores highest as next to its own,
    None where it has none worth a name; ``is_isolated`` that no other object is near.
    """

    patch: Patch
    outline_px: Polygon
    confidence: float | None = None
    is_kept: bool = True
    look_alike: str | None = None
    is_isolated: bool = False


LOOKS_ALIKE_FROM = 20.0
"""Mean percent inside from which on another class is worth naming."""


def find(scene: Scene, model: Model, mosaic: Mosaic, least: int, aside: Path) -> tuple[Found, ...]:
    """Return the scene's objects of at least ``least`` pixels, in reading order.

    Objects are found strip by strip and looked at one by one, so memory follows the widest strip
    and the largest object, never the scene. What is decided lies in the folder ``aside`` meanwhile.
    """
    with _Decided.beside(mosaic, aside) as decided:
        return _find(scene, model, decided, least)


def _find(scene: Scene, model: Model, decided: "_Decided", least: int) -> tuple[Found, ...]:
    infos = tuple(class_of(name) for name in model.card.classes)
    targets = {info.code for info in infos if info.is_target}
    patches = objects.find(decided.strip, scene.width, scene.height, targets, min_pixels=least)
    outlines = [objects.trace(decided.codes, patch) for patch in patches]
    if model.judge is None or not patches:
        return tuple(map(Found, patches, outlines))
    mosaic = decided.mosaic
    reader = _reader(scene, model, decided, infos)
    described = describe(patches, reader, mosaic.valid_pixels())
    names = list(names_of(reader.layer_names, infos))
    confidence = model.judge.confidence(described)
    kept = model.judge.kept(described, confidence)
    alone = isolated(described, names)
    others = [info for info in infos if not info.is_target and info.role == "look_alike"]
    columns = [names.index(f"{info.name}_in") for info in others]
    return tuple(
        Found(
            patch,
            outline,
            float(confidence[place]),
            bool(kept[place]),
            _look_alike(others, described[place, columns].tolist()),
            bool(alone[place]),
        )
        for place, (patch, outline) in enumerate(zip(patches, outlines, strict=True))
    )


def _look_alike(others: Sequence[ClassInfo], scores: Sequence[float]) -> str | None:
    if not others or max(scores) < LOOKS_ALIKE_FROM:
        return None
    return others[int(np.argmax(scores))].name


def _reader(
    scene: Scene, model: Model, decided: "_Decided", infos: tuple[ClassInfo, ...]
) -> Reader:
    layers = layer_names(model.card.features)
    return Reader(
        chip=scene.read,
        percents=decided.mosaic.percents,
        codes=decided.codes,
        layers=lambda chip: figures.stack(chip, layers, 0),
        layer_names=layers,
        classes=infos,
        width=scene.width,
        height=scene.height,
        pixel_m=scene.pixel_m,
    )


@dataclass(frozen=True, slots=True)
class _Decided:
    """A mosaic whose codes are kept in a nameless file as its strips go by, one byte a pixel.

    Deciding again for every object would unpack all classes' scores round it once more.
    """

    mosaic: Mosaic
    aside: Path
    file: IO[bytes]

    @classmethod
    @contextmanager
    def beside(cls, mosaic: Mosaic, aside: Path) -> "Iterator[_Decided]":
        """Keep the codes in the folder ``aside`` while the context lasts."""
        with safe_files.writing(aside):
            file = TemporaryFile(dir=aside)
        with file:
            yield cls(mosaic, aside, file)

    def strip(self, row: int, rows: int) -> objects.Strip:
        """Return what `Mosaic.strip` does; strips are asked for once, from the top.

        Raises DiskFull or OutputUnwritable.
        """
        codes, score = self.mosaic.strip(row, rows)
        with safe_files.writing(self.aside):
            self.file.write(np.ascontiguousarray(codes).data)
            self.file.flush()
        return codes, score

    def codes(self, window: Window) -> NDArray[np.uint8]:
        """Return the class codes of a window that lies inside; all strips must have gone by."""
        shape = (self.mosaic.scores.height, self.mosaic.scores.width)
        whole = np.memmap(self.file, np.uint8, "r", shape=shape)
        part = whole[window.row : window.row_end, window.col : window.col_end]
        return np.array(part)
