"""Vector tiles of candidates, sites and reference layers."""

from datetime import UTC, datetime
from typing import Annotated, Literal

from fastapi import APIRouter, Header, Path, Response

from api.access import Engine, Reader
from gis.store import log, sight, tiles
from gis.store.engine import connecting
from gis.store.listing import Scope
from gis.store.register import CHINA

router = APIRouter(prefix="/tiles")

MEDIA_TYPE = "application/vnd.mapbox-vector-tile"
Zoom = Annotated[int, Path(ge=0, le=22)]
Index = Annotated[int, Path(ge=0)]


@router.get("/{district}/{layer}/{z}/{x}/{y}.mvt")
def tile(
    district: str,
    layer: Literal["candidates", "sites", "reference"],
    z: Zoom,
    x: Index,
    y: Index,
    user: Reader,
    engine: Engine,
    if_none_match: Annotated[str | None, Header()] = None,
) -> Response:
    """Return one tile; it changes with the ledger's head and with the day (deadlines)."""
    if x >= 2**z or y >= 2**z:
        return Response(status_code=204)
    now = datetime.now(UTC)
    with connecting(engine) as connection:
        day = now.astimezone(CHINA).date()
        mark = f'"{log.head(connection).seq}-{day}-{sight.mark(connection)}"'
        headers = {"ETag": mark, "Cache-Control": "private, no-cache"}
        if if_none_match == mark:
            return Response(status_code=304, headers=headers)
        if layer == "sites":
            body = tiles.site_tile(connection, Scope(district, now, is_now=True), z, x, y)
        elif layer == "candidates":
            body = tiles.candidate_tile(connection, district, z, x, y)
        else:
            body = tiles.reference_tile(connection, district, z, x, y)
    if not body:
        return Response(status_code=204, headers=headers)
    return Response(body, media_type=MEDIA_TYPE, headers=headers)
