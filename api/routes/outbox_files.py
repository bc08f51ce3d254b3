"""A phone's outbox that was carried to the office as a file."""

import tempfile
from collections.abc import AsyncIterator
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import unquote

from anyio import to_thread
from fastapi import APIRouter, Depends, Request

from api import access
from api.access import Conf, OpenBook
from api.outbox_file import take_in
from api.routes.photos import Places
from gis.domain.terms import OutboxFate
from gis.store import pieces

router = APIRouter()

ADDRESS = "/api/field-checks/import"
MOST_MB = 2000
CHUNK = 4 << 20


async def received(request: Request, user: access.Writer, conf: Conf) -> AsyncIterator[Path]:
    """Yield where the body lies for as long as it is read; nothing of it stays in memory.

    The file has no name of its own, so that a server killed meanwhile leaves nothing on the disk.
    """
    length = request.headers.get("content-length", "0")
    pieces.require_room(conf.incoming_dir, int(length) if length.isdigit() else 0)
    with tempfile.TemporaryFile(dir=conf.incoming_dir) as kept:
        waiting = bytearray()
        async for part in request.stream():
            waiting += part
            if len(waiting) >= CHUNK:
                await to_thread.run_sync(kept.write, bytes(waiting))
                waiting.clear()
        await to_thread.run_sync(kept.write, bytes(waiting))
        kept.flush()
        yield Path(f"/proc/self/fd/{kept.fileno()}")


@router.post(ADDRESS)
def import_outbox(
    request: Request,
    book: OpenBook,
    shelves: Places,
    path: Annotated[Path, Depends(received)],
) -> dict[str, Any]:
    """Receive a phone's exported outbox; each record and photograph with its own result."""
    name = unquote(request.headers.get("x-file-name", ""))[:200] or "outbox.zip"
    result = take_in(book, shelves, path, name)
    counts = {fate: sum(one.fate is fate for one in result.items) for fate in OutboxFate}
    return {**asdict(result), "counts": counts}
