"""The control list as a file to download."""

import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, Query, Response
from pydantic import Field

from api.access import OpenBook, Writer
from api.inventory import inventory_as_of
from api.listing import Wish
from gis.exports import inventory
from gis.ledger.auditing import hand_out
from gis.store.register import CHINA

router = APIRouter(prefix="/api")


class ExportWish(Wish):
    """An export's address: that of the list that it repeats, and the file's format."""

    format: Annotated[str, Field(max_length=10)] = "xlsx"


@router.get("/inventory")
def download(user: Writer, book: OpenBook, wish: Annotated[ExportWish, Query()]) -> Response:
    """Return the list of a district as of a day; the export is written into the log."""
    day = wish.as_of or datetime.now(UTC).astimezone(CHINA).date()
    wanted = wish.wanted()
    listed = inventory_as_of(book, wish.district, day, wanted)
    format = wish.format
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "inventory"
        inventory.write(listed, format, path)
        content = path.read_bytes()
    suffix, media_type, _ = inventory.WRITERS[format]
    name = f"qingfei-{wish.district}-{day.isoformat()}{suffix}"
    about = {"format": format, "as_of": day, "filter": listed.filter, "rows": len(listed.rows)}
    hand_out(book, "inventory", wish.district, content, **about)
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content, media_type=media_type, headers=headers)
