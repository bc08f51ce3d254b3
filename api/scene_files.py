"""Where a scene's files are made, and how they come to their place: all of them at once or none."""

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

from remote_sensing import safe_files

PREFIX = ".incoming-"


@contextmanager
def workplace(imagery_dir: Path) -> Iterator[Path]:
    """Yield an empty folder beside the scenes'; whatever is left in it goes when it closes.

    What a killed process left behind is cleared away first: nobody holds its lock any more. Raises
    DiskFull, OutputUnwritable.
    """
    with safe_files.writing(imagery_dir):
        imagery_dir.mkdir(parents=True, exist_ok=True)
    for left in imagery_dir.glob(f"{PREFIX}*"):
        _clear(left)
    folder = imagery_dir / f"{PREFIX}{uuid4()}"
    try:
        with safe_files.sole_writer(folder):
            yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def settle(made: Path, folder: Path) -> None:
    """Give a finished folder its name; what lay there before, without a record, goes."""
    with safe_files.writing(folder):
        if folder.exists():
            old = made.parent / "replaced"
            os.replace(folder, old)
        os.replace(made, folder)


def _clear(left: Path) -> None:
    try:
        held = os.open(left, os.O_RDONLY | os.O_DIRECTORY)
    except OSError:
        return
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        shutil.rmtree(left, ignore_errors=True)
    except BlockingIOError:
        pass  # somebody is at work there
    finally:
        os.close(held)
