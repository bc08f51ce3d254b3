"""Sets of samples: frozen once, never changed, their hashes in the log."""

import hashlib
import json
import re
import shutil
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import count
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

from gis.domain.detection.sample import RECORD, Sample, on_images
from gis.domain.detection.training_set import (
    TrainingRow,
    TrainingSet,
    content_hash,
    rows_of,
    with_doubts,
)
from gis.errors import BadInput, Conflict, NotFound
from gis.ledger.book import Book, Entry
from gis.store import files, imagery, places, samples, shape, sight, tables, training_sets
from gis.store.register import CHINA

NAME = re.compile(r"[\w-]{1,60}")
NAMESPACE = UUID("0a4f6f0e-6b52-5b8e-8d8e-71696e676665")
MOST_DAYS = 180
Write = Callable[[Path, str, date, Sequence[Sample]], dict[str, Any]]


class SetNameUnfit(BadInput):
    """A name that no folder can bear everywhere. Facts: name."""

    code = "set_name_unfit"
    zh = "样本集名称“{name}”只能含字母、数字、汉字、下划线与短横，1–60 字，请改名。"
    en = "Name the sample set with 1 to 60 letters, digits, _ and -, not “{name}”."


class SetExists(Conflict):
    """A set of that name was frozen before. Facts: name."""

    code = "set_exists"
    zh = "样本集“{name}”已经固定，不再改变，请换一个名称。"
    en = "The sample set {name} is frozen already and stays as it is; choose another name."


class NoSamples(BadInput):
    """No check was passed yet. Facts: district."""

    code = "no_samples"
    zh = "{district}还没有已通过的现场核实，没有样本可以固定。"
    en = "No field check of {district} has been passed yet; there is nothing to freeze."


class SetUnknown(NotFound):
    """No set of that name. Facts: name, known."""

    code = "set_unknown"
    zh = "没有样本集“{name}”；已有：{known}。"
    en = "There is no sample set {name}; known are: {known}."


class SetDamaged(Conflict):
    """A frozen set whose files are no longer what was frozen. Facts: name, files."""

    code = "set_damaged"
    zh = "样本集“{name}”的文件与固定时不同（{files}），不能使用：请从备份恢复。"
    en = "Files of the sample set {name} are not as frozen ({files}): restore them from a backup."


@dataclass(frozen=True, slots=True)
class SampleSet:
    """A frozen set, and whether its files are what was frozen."""

    folder: Path
    record: dict[str, Any]
    damaged: list[str]


def freeze_samples(
    book: Book,
    shelf: Path,
    name: str,
    district_code: str,
    write: Write,
    most_days: int = MOST_DAYS,
) -> SampleSet:
    """Freeze a district's samples of now: rows of the register, and files under ``shelf``.

    All of it, or nothing. ``write`` puts the files into a folder and returns their record
    (`gis.exports.samples.write_set`). Raises SetNameUnfit, SetExists, NoSamples, DistrictUnknown.
    """
    if not NAME.fullmatch(name):
        raise SetNameUnfit(name=name[:80])
    shelf.mkdir(parents=True, exist_ok=True)
    with book.entry() as entry:  # writers take turns, so that one of two freezes a name
        found = _samples(entry, district_code, most_days)
        return _freeze(entry, shelf, name, district_code, write, found)


def freeze_if_new(
    book: Book, shelf: Path, district_code: str, write: Write, most_days: int = MOST_DAYS
) -> tuple[TrainingSet, bool]:
    """Freeze a district's samples under a name of the day, unless the last set says the same.

    Returns the set and whether it is new. Raises NoSamples, DistrictUnknown.
    """
    with book.entry() as entry:
        found = _samples(entry, district_code, most_days)
        last = training_sets.newest(entry.connection, district_code)
        if last is not None and last.sha256 == content_hash(rows_of(last.id, found)):
            return last, False
        stem = f"{district_code}-{entry.now.astimezone(CHINA):%Y%m%d}"
        names = (stem if n == 1 else f"{stem}-{n}" for n in count(1))
        name = next(one for one in names if not (shelf / one).exists())
        _freeze(entry, shelf, name, district_code, write, found)
        made = training_sets.newest(entry.connection, district_code)
        assert made is not None
        return made, True


def _freeze(
    entry: Entry,
    shelf: Path,
    name: str,
    district_code: str,
    write: Write,
    found: Sequence[Sample],
) -> SampleSet:
    target = shelf / name
    day = entry.now.astimezone(CHINA).date()
    rows = rows_of(uuid5(NAMESPACE, name), found)
    frozen = _set_of(entry, name, district_code, day, rows)
    shelf.mkdir(parents=True, exist_ok=True)
    made = Path(tempfile.mkdtemp(prefix=".", dir=shelf))
    try:
        if target.exists() or training_sets.named(entry.connection, name) is not None:
            raise SetExists(name=name)
        record = write(made, name, day, found)
        shape.insert(entry.connection, tables.training_sets, [frozen])
        shape.insert(entry.connection, tables.training_rows, rows)
        entry.log("freeze_samples", "samples", name, after=record)
        made = made.rename(target)
        files.sync(shelf)
    except BaseException:
        shutil.rmtree(made, ignore_errors=True)
        raise
    return SampleSet(target, record, [])


def _set_of(
    entry: Entry, name: str, district_code: str, day: date, rows: Sequence[TrainingRow]
) -> TrainingSet:
    taught = [row.class_name for row in rows if row.class_name is not None]
    return TrainingSet(
        id=uuid5(NAMESPACE, name),
        district_code=district_code,
        name=name,
        as_of=day,
        samples=len(rows),
        taught=len(taught),
        labels={label: taught.count(label) for label in sorted(set(taught))},
        sha256=content_hash(rows),
        made_at=entry.now,
        made_by=entry.actor,
    )


def _samples(entry: Entry, district_code: str, most_days: int) -> list[Sample]:
    sight.require_whole(entry.connection)
    district = places.district(entry.connection, district_code)
    scenes = imagery.all_scenes(entry.connection, district_code)
    found = on_images(samples.samples_in(entry.connection, district_code), scenes, most_days)
    if not found:
        raise NoSamples(district=district.name_zh)
    return with_doubts(found)


def all_sets(shelf: Path) -> list[SampleSet]:
    """Return the frozen sets by day and name, each held against its own hashes."""
    found = []
    for path in sorted(shelf.glob(f"*/{RECORD}")):
        record = json.loads(path.read_text("utf-8"))
        damaged = [
            name for name, sha256 in record["files"].items() if _hash(path.parent / name) != sha256
        ]
        found.append(SampleSet(path.parent, record, damaged))
    return sorted(found, key=lambda one: (one.record["day"], one.record["name"]))


def named_set(shelf: Path, name: str) -> SampleSet:
    """Return the frozen set of that name; raises SetUnknown, SetDamaged."""
    found = {one.record["name"]: one for one in all_sets(shelf)}
    if name not in found:
        raise SetUnknown(name=name, known="、".join(found) or "—")
    if damaged := found[name].damaged:
        raise SetDamaged(name=name, files="、".join(damaged))
    return found[name]


def _hash(path: Path) -> str | None:
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else None
