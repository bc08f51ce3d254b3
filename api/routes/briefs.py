"""The brief as a file to download."""

import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, Query, Response
from pydantic import Field

from api.access import OpenBook, Writer
from api.briefs import MEDIA_TYPE, brief_as_of, handed_out
from api.listing import Wish
from api.routes.board import asked_for
from gis.domain.board import month_before
from gis.exports import brief
from gis.store.register import CHINA

router = APIRouter(prefix="/api")


class BriefWish(Wish):
    """A brief's address: that of the board that it repeats, and its number in the year."""

    issue: Annotated[str, Field(max_length=12, pattern=r"^[\w-]*$")] = ""


@router.get("/brief")
def download(user: Writer, book: OpenBook, wish: Annotated[BriefWish, Query()]) -> Response:
    """Return the brief of a district as of a day; the export is written into the log."""
    day = wish.as_of or datetime.now(UTC).astimezone(CHINA).date()
    since = wish.since or month_before(day)
    made = brief_as_of(book, wish.district, day, asked_for(wish, since), since, wish.issue)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "brief.docx"
        brief.write(made, path)
        content = path.read_bytes()
    handed_out(book, made, content)
    name = f"qingfei-brief-{wish.district}-{day.isoformat()}.docx"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content, media_type=MEDIA_TYPE, headers=headers)
