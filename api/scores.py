"""The scores of filed runs: kept under their hashes, found by what the run's record says."""

import errno
import os
import re
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from api.settings import Settings
from remote_sensing import safe_files
from remote_sensing.maps.errors import ScoresGone
from remote_sensing.run_record import SCORES

HASH = re.compile(r"[0-9a-f]{64}")


def keep(settings: Settings, folder: Path, record: Mapping[str, Any]) -> Path:
    """Keep the scores that a run left in ``folder``; again, nothing is done.

    On one disk the file gets a second name and takes no room; else it is copied and read back.
    Raises ScoresGone, DiskFull, OutputUnwritable.
    """
    path = path_of(settings, record)
    if path.is_file():
        return path
    source = folder / SCORES
    if not source.is_file():
        raise ScoresGone(file=source.name)
    with safe_files.writing(path):
        path.parent.mkdir(parents=True, exist_ok=True)

    def write(to: Path) -> None:
        try:
            os.link(source, to)
        except OSError:
            shutil.copyfile(source, to)
        if safe_files.sha256_of(to) != path.stem:
            raise OSError(errno.EIO, "other bytes than the run's record says")

    safe_files.replace(path, path.with_suffix(".new"), write)
    return path


def path_of(settings: Settings, record: Mapping[str, Any]) -> Path:
    """Return where a run's scores are kept, by the hash in its record; raises ScoresGone."""
    said = record.get("outputs")
    digest = said.get(SCORES) if isinstance(said, Mapping) else None
    if not isinstance(digest, str) or not HASH.fullmatch(digest):
        raise ScoresGone(file=SCORES)
    return settings.scores_dir / f"{digest}.tif"
