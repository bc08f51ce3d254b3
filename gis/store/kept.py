"""Every file that the register keeps beside the database, and whether each is what it was.

Bits rot and disks lie: a flipped bit in an image reads back as other pixels without a word. So
whoever keeps the server walks all files now and then and holds each against its hash on record.
"""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import sqlalchemy as sa

from gis.store import files
from gis.store.tables import (
    attachments,
    detection_runs,
    elevations,
    ledger_log,
    models,
    notice_papers,
    photos,
    scenes,
)

SCORES = "scores.tif"
HASH = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Shelves:
    """The folders in which files are kept under their hashes, and the frozen sets of samples."""

    photos: Path
    attachments: Path
    scores: Path
    samples: Path


class Kept(NamedTuple):
    """A file on record: its kind, whose it is, where it lies, and what it must hash to."""

    kind: str
    name: str
    path: Path
    sha256: str


class Damage(NamedTuple):
    """A file that is not what it was; ``is_gone`` where it is not there at all."""

    kind: str
    name: str
    path: Path
    is_gone: bool


KINDS = {
    "scene": ("影像", "scenes"),
    "mask": ("云雪掩膜", "masks"),
    "elevation": ("高程模型", "elevation models"),
    "scores": ("检测得分图", "score maps"),
    "model": ("模型", "models"),
    "samples": ("训练样本集", "training sets"),
    "photo": ("核实照片", "photographs"),
    "paper": ("附件与公文", "papers"),
}
"""What each kind is called, in Chinese and English."""


def on_record(connection: sa.Connection, shelves: Shelves) -> Iterator[Kept]:
    """Yield every file on record, each once, kind by kind."""
    seen: set[tuple[Path, str]] = set()
    for one in _all(connection, shelves):
        if (one.path, one.sha256) not in seen:
            seen.add((one.path, one.sha256))
            yield one


def damage(kept: Iterable[Kept]) -> Iterator[tuple[Kept, Damage | None]]:
    """Yield each file with what is wrong with it, None where it is what it was."""
    for one in kept:
        try:
            is_sound = files.hash_of(one.path) == one.sha256
            found = None if is_sound else Damage(one.kind, one.name, one.path, False)
        except OSError:
            found = Damage(one.kind, one.name, one.path, not one.path.is_file())
        yield one, found


def _all(connection: sa.Connection, shelves: Shelves) -> Iterator[Kept]:
    scene, model, height = scenes.c, models.c, elevations.c
    for kind, query in (
        ("scene", sa.select(scene.name, scene.path, scene.sha256)),
        ("mask", sa.select(scene.name, scene.mask_path, scene.mask_sha256)),
        ("elevation", sa.select(height.name, height.path, height.sha256)),
        ("model", sa.select(model.name, model.path, model.sha256)),
    ):
        for name, path, sha256 in connection.execute(query):
            if path:  # not every scene has a mask
                yield Kept(kind, name, Path(path), sha256)
    yield from _scores(connection, shelves.scores)
    yield from _samples(connection, shelves.samples)
    received = photos.c.received_at.is_not(None)
    photo = sa.select(sa.cast(photos.c.id, sa.Text), photos.c.sha256).where(received)
    paper, letter = attachments.c, notice_papers.c
    for kind, shelf, wanted in (
        ("photo", shelves.photos, photo),
        ("paper", shelves.attachments, sa.select(paper.file_name, paper.sha256)),
        ("paper", shelves.attachments, sa.select(letter.file_name, letter.sha256)),
    ):
        for name, sha256 in connection.execute(wanted):
            yield Kept(kind, name, files.place_of(shelf, sha256), sha256)


def _scores(connection: sa.Connection, shelf: Path) -> Iterator[Kept]:
    run = detection_runs.c
    said = run.record["outputs"][SCORES].astext
    for name, sha256 in connection.execute(sa.select(sa.cast(run.id, sa.Text), said)):
        if sha256 and HASH.fullmatch(sha256):  # older runs kept none
            yield Kept("scores", name, shelf / f"{sha256}.tif", sha256)


def _samples(connection: sa.Connection, shelf: Path) -> Iterator[Kept]:
    """Yield the files of frozen sets as the log has them, which nobody can rewrite unseen."""
    line = ledger_log.c
    frozen = sa.select(line.subject_id, line.after).where(line.verb == "freeze_samples")
    for row in connection.execute(frozen):
        record: dict[str, Any] = json.loads(row.after)
        for name, sha256 in sorted((record.get("files") or {}).items()):
            yield Kept("samples", f"{row.subject_id}/{name}", shelf / row.subject_id / name, sha256)
