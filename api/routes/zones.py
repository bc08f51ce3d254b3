"""Ignore zones: drawn on the map, brought in from a file, ended."""

import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, File, Form, Query, Response, UploadFile
from pydantic import Json

from api import zones
from api.access import Engine, OpenBook, Reader, Writer
from api.bodies.review import ZoneAbout, ZoneBody, ZoneEndBody
from api.uploads import name_of, received
from gis.imports.layers import Reading
from gis.ledger.ignore_zones import draw_zones, end_zone
from gis.store.engine import connecting
from gis.store.register import day_of

router = APIRouter(prefix="/api/zones")

Sent = Annotated[UploadFile, File()]
About = Annotated[Json[ZoneAbout], Form()]


@router.get("")
def all_zones(
    district: str, user: Reader, engine: Engine, ended: Annotated[bool, Query()] = False
) -> dict[str, Any]:
    """Return a district's ignore zones, those that hold or will, or every one there was."""
    with connecting(engine) as connection:
        return {"zones": zones.listing(connection, district, with_ended=ended)}


@router.put("/{zone_id}")
def put_zone(
    zone_id: UUID, body: ZoneBody, response: Response, user: Writer, book: OpenBook
) -> dict[str, Any]:
    """Set up a zone that was drawn: 201 the first time, 200 when it comes again."""
    ((zone, is_new),) = draw_zones(book, [body.sent(zone_id, day_of(datetime.now(UTC)))])
    response.status_code = 201 if is_new else 200
    return {"id": zone.id, "version": zone.version, "area_m2": zone.area_m2}


@router.put("/files/{import_id}")
def put_file(
    import_id: UUID, file: Sent, about: About, user: Writer, book: OpenBook
) -> dict[str, Any]:
    """Set up the zones of a file, all or none; the same file again adds nothing."""
    with received(file) as path, tempfile.TemporaryDirectory(prefix="qingfei-zones-") as folder:
        named = Path(folder) / f"zones{Path(name_of(file)).suffix.lower()}"
        named.symlink_to(path)
        sent = zones.ZonesSent(
            path=named,
            file_name=name_of(file),
            district_code=about.district,
            name=about.name,
            kind=about.kind,
            reason=about.reason,
            valid_from=about.valid_from,
            valid_until=about.valid_until,
            how=Reading(),
        )
        taken = zones.take_in(book, import_id, sent)
    return {"zones": [zone.id for zone, _ in taken], "new": sum(is_new for _, is_new in taken)}


@router.put("/{zone_id}/end")
def put_end(zone_id: UUID, body: ZoneEndBody, user: Writer, book: OpenBook) -> dict[str, Any]:
    """End a zone; what it covered waits again."""
    zone = end_zone(book, zone_id, body.reason)
    return {"id": zone.id, "version": zone.version, "ended_at": zone.ended_at}
