"""Vector tiles of candidates, sites and reference layers."""

from datetime import UTC, datetime
from typing import Literal

from fastapi import APIRouter, Response

from api.access import Engine, Reader
from api.tiling import Held, Index, Zoom, answer, is_outside
from gis.store import log, sight, tiles
from gis.store.engine import connecting
from gis.store.listing import Scope
from gis.store.register import CHINA

router = APIRouter(prefix="/tiles")


@router.get("/{district}/{layer}/{z}/{x}/{y}.mvt")
def tile(
    district: str,
    layer: Literal["candidates", "sites", "reference"],
    z: Zoom,
    x: Index,
    y: Index,
    user: Reader,
    engine: Engine,
    held: Held = None,
) -> Response:
    """Return one tile; it changes with the ledger's head and with the day (deadlines)."""
    if is_outside(z, x, y):
        return Response(status_code=204)
    now = datetime.now(UTC)
    with connecting(engine) as connection:

        def draw() -> bytes:
            if layer == "sites":
                return tiles.site_tile(connection, Scope(district, now, is_now=True), z, x, y)
            if layer == "candidates":
                return tiles.candidate_tile(connection, district, z, x, y)
            return tiles.reference_tile(connection, district, z, x, y)

        day = now.astimezone(CHINA).date()
        return answer(f"{log.head(connection).seq}-{day}-{sight.mark(connection)}", held, draw)
