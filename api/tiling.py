"""How tiles are asked for, and how vector tiles are answered: by a mark of whether they changed."""

from collections.abc import Callable
from typing import Annotated

from fastapi import Header, Path, Response

MEDIA_TYPE = "application/vnd.mapbox-vector-tile"

Zoom = Annotated[int, Path(ge=0, le=22)]
Index = Annotated[int, Path(ge=0, le=2**22)]
Held = Annotated[str | None, Header(alias="If-None-Match")]
"""The mark of the tile that the browser has."""


def is_outside(z: int, x: int, y: int) -> bool:
    """Return whether a zoom level has no such tile."""
    return max(x, y) >= 1 << z


def answer(mark: str, held: str | None, draw: Callable[[], bytes]) -> Response:
    """Return a tile: 304 where the browser has it already, 204 where nothing lies in it."""
    headers = {"ETag": f'"{mark}"', "Cache-Control": "private, no-cache"}
    if held == headers["ETag"]:
        return Response(status_code=304, headers=headers)
    body = draw()
    if not body:
        return Response(status_code=204, headers=headers)
    return Response(body, media_type=MEDIA_TYPE, headers=headers)
