"""Files that a request brings: kept under a name of ours while they are read, then gone."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from fastapi import UploadFile

from gis.imports.errors import FileTooLarge
from gis.imports.limits import MOST_BYTES

CHUNK = 1 << 20


@contextmanager
def received(file: UploadFile) -> Iterator[Path]:
    """Yield where an uploaded file lies for as long as it is read; raises FileTooLarge."""
    with tempfile.NamedTemporaryFile(prefix="qingfei-") as kept:
        size = 0
        while chunk := file.file.read(CHUNK):
            size += len(chunk)
            if size > MOST_BYTES:
                raise FileTooLarge(name=name_of(file), most_mb=MOST_BYTES // 1_000_000)
            kept.write(chunk)
        kept.flush()
        yield Path(kept.name)


def name_of(file: UploadFile) -> str:
    """Return what the sender calls the file, without any folder."""
    name = (file.filename or "").replace("\x00", "").replace("\\", "/").rsplit("/", 1)[-1]
    return name[-200:] or "—"
