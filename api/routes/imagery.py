"""Imagery tiles; the file is found by the scene's id, never by anything in the request."""

from pathlib import Path as FilePath
from typing import Literal
from uuid import UUID

from fastapi import APIRouter, Response

from api.access import Engine, Reader
from api.tiling import Index, Zoom, is_outside
from gis.store import imagery
from gis.store.engine import connecting
from remote_sensing.maps import tiles

router = APIRouter(prefix="/imagery")


@router.get("/{scene_id}/{view}/{z}/{x}/{y}.webp")
def tile(
    scene_id: UUID,
    view: Literal["natural", "swir"],
    z: Zoom,
    x: Index,
    y: Index,
    user: Reader,
    engine: Engine,
) -> Response:
    """Return a 256 px tile of a scene's display copy; 204 where it has no pixels."""
    with connecting(engine) as connection:
        path = imagery.scene(connection, scene_id).display_path
    body = None if is_outside(z, x, y) else tiles.render(FilePath(path), view, z, x, y)
    headers = {"Cache-Control": "private, max-age=604800, immutable"}
    if body is None:
        return Response(status_code=204, headers=headers)
    return Response(body, media_type="image/webp", headers=headers)
