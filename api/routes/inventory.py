"""The control list as a file to download."""

import tempfile
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, Query, Response

from api.access import OpenBook, Writer
from api.inventory import inventory_as_of
from gis.exports import inventory
from gis.store.register import CHINA

router = APIRouter(prefix="/api")


@router.get("/inventory")
def download(
    user: Writer,
    book: OpenBook,
    district: str,
    format: Annotated[str, Query(max_length=10)] = "xlsx",
    as_of: date | None = None,
) -> Response:
    """Return the list of a district as of a day; the export is written into the log."""
    day = as_of or datetime.now(UTC).astimezone(CHINA).date()
    listed = inventory_as_of(book, district, day)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "inventory"
        inventory.write(listed, format, path)
        content = path.read_bytes()
    suffix, media_type, _ = inventory.WRITERS[format]
    name = f"qingfei-{district}-{day.isoformat()}{suffix}"
    with book.entry() as entry:
        entry.log("export_inventory", "district", district, after={"format": format, "as_of": day})
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content, media_type=media_type, headers=headers)
