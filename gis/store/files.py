"""Files that people attach: kept once, under their SHA-256, sealed, and verified when read."""

import errno
import hashlib
import os
import tempfile
from pathlib import Path

from gis.errors import DiskFull


def hash_of(path: Path) -> str:
    """Return the SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def place_of(folder: Path, sha256: str, suffix: str = "") -> Path:
    """Return where a file is kept; the name is of our making, never its sender's."""
    return folder / sha256[:2] / f"{sha256}{suffix}"


def keep(folder: Path, content: bytes, suffix: str = "") -> str:
    """Keep ``content`` whole and read-only, or not at all; return its SHA-256.

    It is written under another name, flushed, read back and compared, then renamed. The same
    content twice is one file. Raises DiskFull.
    """
    sha256 = hashlib.sha256(content).hexdigest()
    put(place_of(folder, sha256, suffix), content)
    return sha256


def sync(folder: Path) -> None:
    """Make the names in a folder as durable as the files; a power cut keeps neither or both."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def put(target: Path, content: bytes) -> None:
    """Write ``content`` to ``target`` whole or not at all; a sound file there stays."""
    sha256 = hashlib.sha256(content).hexdigest()
    if target.exists() and hash_of(target) == sha256:
        return
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=".part-", dir=target.parent)
        part = Path(name)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            if hash_of(part) != sha256:
                raise OSError(errno.EIO, "the copy differs from what was sent", str(target))
            part.chmod(0o440)
            os.replace(part, target)
            sync(target.parent)
        finally:
            part.unlink(missing_ok=True)
    except OSError as error:
        if error.errno == errno.ENOSPC:
            raise DiskFull(path=target.parent) from error
        raise
