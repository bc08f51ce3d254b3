"""The training manifest: which images, which labels, and what a label stands for."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from gis.errors import BadInput
from remote_sensing.classes import all_classes
from remote_sensing.errors import (
    ImageMissing,
    LabelsMissing,
    LegendUnknownClass,
    ManifestInvalid,
    ManifestMissing,
)

_KEYS = {
    "image", "labels", "field", "background", "date", "bands", "scale", "offset", "dem",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class TrainingScene:
    """One ``[[scene]]``: what ``open_scene`` needs, and where its labels are.

    ``background`` is the class of pixels without a label; without it they are left out.
    """

    image: Path
    labels: Path
    field: str | None = None
    background: str | None = None
    acquired_on: date | None = None
    bands: tuple[str, ...] | None = None
    scale: float | None = None
    offset: float | None = None
    dem: Path | None = None


@dataclass(frozen=True, slots=True)
class Manifest:
    """A checked manifest; ``legend`` maps a label's value or name, as text, to a class name."""

    path: Path
    legend: Mapping[str, str]
    scenes: tuple[TrainingScene, ...]

    @property
    def classes(self) -> tuple[str, ...]:
        """The classes it can teach, in the order of their codes."""
        named = {*self.legend.values(), *(s.background for s in self.scenes if s.background)}
        return tuple(name for name in all_classes() if name in named)


def read(path: Path) -> Manifest:
    """Read and check a manifest; its paths are relative to it.

    Raises ManifestMissing, ManifestInvalid, LegendUnknownClass, ImageMissing or LabelsMissing.
    """
    try:
        with path.open("rb") as stream:
            content = tomllib.load(stream)
    except OSError as error:
        raise ManifestMissing(file=path.name) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise _wrong(
            path, f"不是有效的 TOML（{error}）", f"it is not valid TOML ({error})"
        ) from error
    legend, scenes = content.get("legend"), content.get("scene")
    if not isinstance(legend, dict) or not legend:
        raise _wrong(path, "缺少 [legend] 表", "it has no [legend] table")
    if not isinstance(scenes, list) or not scenes:
        raise _wrong(path, "缺少 [[scene]] 表", "it has no [[scene]] table")
    for name in legend.values():
        _require_class(name)
    return Manifest(path, dict(legend), tuple(_scene(path, row) for row in scenes))


def _scene(path: Path, row: Any) -> TrainingScene:
    if not isinstance(row, dict):
        raise _wrong(path, "scene 应写作 [[scene]]", "scene must be written as [[scene]]")
    unknown = sorted(set(row) - _KEYS)
    if unknown:
        names = ", ".join(unknown)
        raise _wrong(path, f"[[scene]] 中有未知的键 {names}", f"[[scene]] has unknown keys {names}")
    bands = row.get("bands")
    if bands is not None and not _are_texts(bands):
        raise _wrong(path, "bands 应为波段名列表", "bands must be a list of names")
    if row.get("background") is not None:
        _require_class(row["background"])
    dem = _file(path, row, "dem", ImageMissing) if "dem" in row else None
    return TrainingScene(
        image=_file(path, row, "image", ImageMissing),
        labels=_file(path, row, "labels", LabelsMissing),
        field=_text(path, row, "field"),
        background=row.get("background"),
        acquired_on=_day(path, row),
        bands=None if bands is None else tuple(bands),
        scale=_number(path, row, "scale"),
        offset=_number(path, row, "offset"),
        dem=dem,
    )


def _file(path: Path, row: Mapping[str, Any], key: str, missing: type[BadInput]) -> Path:
    name = _text(path, row, key)
    if name is None:
        raise _wrong(path, f"[[scene]] 缺少 {key}", f"a [[scene]] has no {key}")
    file = path.parent / name
    if not file.is_file():
        raise missing(file=name)
    return file


def _text(path: Path, row: Mapping[str, Any], key: str) -> str | None:
    value = row.get(key)
    if value is not None and not isinstance(value, str):
        raise _wrong(path, f"{key} 应为文字", f"{key} must be text")
    return value


def _number(path: Path, row: Mapping[str, Any], key: str) -> float | None:
    value = row.get(key)
    if isinstance(value, bool) or not isinstance(value, int | float | None):
        raise _wrong(path, f"{key} 应为数字", f"{key} must be a number")
    return None if value is None else float(value)


def _day(path: Path, row: Mapping[str, Any]) -> date | None:
    value = row.get("date")
    if value is None or type(value) is date:
        return value
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError) as error:
        raise _wrong(
            path, "date 应写作 2022-06-19", "date must be written as 2022-06-19"
        ) from error


def _are_texts(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)


def _require_class(name: object) -> None:
    if name not in all_classes():
        raise LegendUnknownClass(name=name, known=", ".join(all_classes()))


def _wrong(path: Path, zh: str, en: str) -> ManifestInvalid:
    return ManifestInvalid(file=path.name, problem_zh=zh, problem_en=en)
