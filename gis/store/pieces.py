"""Photographs on their way: each piece a file of its own, whole or not there, until all have come.

``<folder>/<photo id>/<number>`` holds a piece. What a killed server leaves is either a whole piece
or a part that nobody reads. Nothing here is ever deleted because it is old.
"""

import errno
import fcntl
import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import UUID

from gis.domain.photos.errors import PhotoDiffers, PieceDamaged, PieceUnfit
from gis.domain.photos.photo import Photo, piece_size
from gis.errors import DiskFull
from gis.store import files

CHUNK = 1 << 20
LEAST_FREE = 256 * 1024**2
"""The database writes to the same disk, and must never find it full."""


def keep(folder: Path, photo: Photo, number: int, content: bytes, sha256: str) -> None:
    """Keep a piece, or leave the one that is kept; raises PieceUnfit, PieceDamaged, DiskFull."""
    is_there = 0 <= number < photo.pieces
    right = piece_size(photo.size_bytes, number) if is_there else 0
    if not is_there or len(content) != right:
        facts = {"pieces": photo.pieces, "size": len(content), "right_size": right}
        raise PieceUnfit(number=number, **facts)
    if hash_of(content) != sha256.lower():
        raise PieceDamaged(number=number)
    files.put(folder / str(photo.id) / str(number), content)


def hash_of(piece: bytes) -> str:
    """Return the SHA-256 of a piece."""
    return hashlib.sha256(piece).hexdigest()


def have(folder: Path, photo: Photo) -> list[int]:
    """Return the numbers of the pieces that are kept, whole, in order."""
    return [n for n in range(photo.pieces) if _is_whole(folder, photo, n)]


def _is_whole(folder: Path, photo: Photo, number: int) -> bool:
    try:
        size = (folder / str(photo.id) / str(number)).stat().st_size
    except OSError:
        return False
    return size == piece_size(photo.size_bytes, number)


@contextmanager
def alone(folder: Path, photo_id: UUID) -> Iterator[None]:
    """Keep every other process and thread from finishing the same photograph meanwhile."""
    place = folder / str(photo_id)
    place.mkdir(parents=True, exist_ok=True)
    with open(place / "lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def assemble(folder: Path, photo: Photo, kept: Path) -> Path:
    """Put the pieces together under the file's SHA-256 in ``kept``, sealed; return where.

    Raises PhotoDiffers, having dropped the pieces, and DiskFull, having dropped nothing.
    """
    target = files.place_of(kept, photo.sha256)
    if target.is_file() and files.hash_of(target) == photo.sha256:
        return target
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=".part-", dir=target.parent)
        part = Path(name)
        try:
            with os.fdopen(handle, "wb") as whole:
                for number in range(photo.pieces):
                    with (folder / str(photo.id) / str(number)).open("rb") as piece:
                        shutil.copyfileobj(piece, whole, CHUNK)
                whole.flush()
                os.fsync(whole.fileno())
            if files.hash_of(part) != photo.sha256:
                drop(folder, photo.id)
                raise PhotoDiffers(name=photo.file_name)
            part.chmod(0o440)
            os.replace(part, target)
            files.sync(target.parent)
        finally:
            part.unlink(missing_ok=True)
    except OSError as error:
        if error.errno in {errno.ENOSPC, errno.EDQUOT}:
            raise DiskFull(path=target.parent) from error
        raise
    return target


def drop(folder: Path, photo_id: UUID) -> None:
    """Remove a photograph's pieces, its file being kept, or not being what was announced."""
    shutil.rmtree(folder / str(photo_id), ignore_errors=True)


def require_room(folder: Path, size_bytes: int) -> None:
    """Raise DiskFull where a photograph of this size would fill the disk."""
    folder.mkdir(parents=True, exist_ok=True)
    if shutil.disk_usage(folder).free < 2 * size_bytes + LEAST_FREE:
        raise DiskFull(path=folder)
