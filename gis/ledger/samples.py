"""Sets of samples: frozen once, never changed, their hashes in the log."""

import hashlib
import json
import re
import shutil
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from gis.domain.sample import RECORD, Sample, on_images
from gis.errors import BadInput, Conflict
from gis.ledger.book import Book, Entry
from gis.store import files, imagery, places, samples
from gis.store.register import CHINA

NAME = re.compile(r"[\w-]{1,60}")
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
    """Freeze a district's samples of now as files under ``shelf``; all of them, or nothing.

    ``write`` puts them into a folder and returns their record (`gis.exports.samples.write_set`).

    Raises SetNameUnfit, SetExists, NoSamples, DistrictUnknown.
    """
    if not NAME.fullmatch(name):
        raise SetNameUnfit(name=name[:80])
    target = shelf / name
    shelf.mkdir(parents=True, exist_ok=True)
    made = Path(tempfile.mkdtemp(prefix=".", dir=shelf))
    try:
        with book.entry() as entry:  # writers take turns, so that one of two freezes a name
            if target.exists():
                raise SetExists(name=name)
            found = _samples(entry, district_code, most_days)
            record = write(made, name, entry.now.astimezone(CHINA).date(), found)
            entry.log("freeze_samples", "samples", name, after=record)
            made = made.rename(target)
            files.sync(shelf)
    except BaseException:
        shutil.rmtree(made, ignore_errors=True)
        raise
    return SampleSet(target, record, [])


def _samples(entry: Entry, district_code: str, most_days: int) -> list[Sample]:
    district = places.district(entry.connection, district_code)
    scenes = imagery.all_scenes(entry.connection, district_code)
    found = on_images(samples.samples_in(entry.connection, district_code), scenes, most_days)
    if not found:
        raise NoSamples(district=district.name_zh)
    return found


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


def _hash(path: Path) -> str | None:
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else None
