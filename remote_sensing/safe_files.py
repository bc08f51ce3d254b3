"""Files that are either whole or not there: written aside, checked, then renamed.

A file under its final name has been synced to the disk and re-read, so neither a kill nor a full
disk leaves half a file where somebody would trust it.
"""

import contextlib
import errno
import fcntl
import hashlib
import os
from collections.abc import Callable, Iterator
from pathlib import Path

from gis.errors import DiskFull
from remote_sensing.errors import OutputBusy, OutputUnwritable

_NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_LITTLE = 1 << 20


def sha256_of(path: Path) -> str:
    """Return the file's SHA-256 as hexadecimal digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@contextlib.contextmanager
def sole_writer(directory: Path) -> Iterator[None]:
    """Make ``directory`` and keep every other process from writing into it meanwhile.

    The lock sits on the directory itself, so it leaves no file behind, and ends with the process
    however that ends. Raises OutputBusy, or OutputUnwritable.
    """
    with writing(directory):
        directory.mkdir(parents=True, exist_ok=True)
        held = os.open(directory, os.O_RDONLY | os.O_DIRECTORY)
    try:
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as problem:
            raise OutputBusy(directory=directory) from problem
        yield
    finally:
        os.close(held)


@contextlib.contextmanager
def writing(path: Path) -> Iterator[None]:
    """Turn the system's refusals to write ``path`` into DiskFull or OutputUnwritable."""
    try:
        yield
    except OSError as problem:
        if problem.errno in _NO_ROOM or "No space left" in str(problem) or _is_full(path):
            raise DiskFull(path=path) from problem
        raise OutputUnwritable(file=path, reason=problem.strerror or problem) from problem


def replace(path: Path, aside: Path, write: Callable[[Path], None]) -> None:
    """Let ``write`` make the file ``aside``, on the same filesystem, then rename it to ``path``.

    ``write`` checks what it has written and raises OSError where that is not what it should be.
    """
    try:
        with writing(path):
            write(aside)
            _sync(aside)
            aside.replace(path)
            _sync(path.parent)
    finally:
        aside.unlink(missing_ok=True)


def replace_bytes(path: Path, aside: Path, content: bytes) -> None:
    """Put ``content`` into ``path``, whole or not at all."""

    def write(to: Path) -> None:
        to.write_bytes(content)
        if to.read_bytes() != content:
            raise OSError(errno.EIO, "read back other bytes than were written")

    replace(path, aside, write)


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _is_full(path: Path) -> bool:
    """Try for a little room beside ``path``, while what failed to be written still lies there.

    GDAL gives no error number, and a quota or a limit on file sizes shows in no disk statistics.
    """
    folder = next(parent for parent in path.absolute().parents if parent.is_dir())
    probe = folder / f".{path.name}.room"
    try:
        probe.write_bytes(bytes(_LITTLE))
    except OSError as problem:
        return problem.errno in _NO_ROOM
    finally:
        with contextlib.suppress(OSError):
            probe.unlink()
    return False
