"""What a phone takes along: the size said before, then imagery by the bundle, and the ground."""

from collections.abc import Iterator
from pathlib import Path as FilePath
from typing import Annotated, Any, Literal
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import StreamingResponse
from pydantic import BaseModel, Field

from api import area, compact
from api.access import Engine, FieldBook, Reader
from api.access import Field as Team
from gis.domain.area import MOST_ZOOM, Box, require_bearable
from gis.ledger.auditing import hand_out
from gis.store import ground, imagery, places
from gis.store.engine import connecting
from remote_sensing.maps import tiles

router = APIRouter(prefix="/api/field/area")

BUNDLE = 64
ADDRESS = r"^\d{1,2}/\d{1,7}/\d{1,7}(,\d{1,2}/\d{1,7}/\d{1,7}){0,63}$"
Code = Annotated[str, Field(max_length=20, pattern=r"^[^\x00]*$")]


class AreaBody(BaseModel):
    """An area as the phone sends it: boxes of west, south, east, north in degrees."""

    district: Code
    boxes: Annotated[list[Box], Field(min_length=1, max_length=5_000)]

    def valid_boxes(self) -> list[Box]:
        """Return the boxes; raises BoxInvalid."""
        for box in self.boxes:
            box.require_valid()
        return self.boxes


class SizeBody(AreaBody):
    """An area with the dates of imagery and the deepest zoom wished for."""

    scenes: Annotated[list[UUID], Field(max_length=4)]
    deepest: Annotated[int, Field(ge=10, le=MOST_ZOOM)] = MOST_ZOOM


@router.post("/size")
def size(body: SizeBody, user: Reader, engine: Engine) -> dict[str, Any]:
    """Return how many tiles an area has and about how many bytes they are."""
    boxes = body.valid_boxes()
    with connecting(engine) as connection:
        places.district(connection, body.district)
        scenes = [imagery.scene(connection, scene_id) for scene_id in body.scenes]
    sizes = [area.size_of(scene, boxes, body.deepest) for scene in scenes]
    number, weight = sum(one.tiles for one in sizes), sum(one.size_bytes for one in sizes)
    require_bearable(number, weight)
    return {
        "tiles": number,
        "bytes": round(weight),
        "is_exact": all(one.is_exact for one in sizes),
        "scenes": [
            {
                "id": scene.id,
                "acquired_on": scene.acquired_on,
                "bounds": one.bounds,
                "zooms": one.zooms,
                "tiles": one.tiles,
                "bytes": round(one.size_bytes),
            }
            for scene, one in zip(scenes, sizes, strict=True)
        ],
    }


@router.post("/ground")
def ground_of(body: AreaBody, user: Team, request: Request, book: FieldBook) -> Response:
    """Return rivers, towns, zones and dwellings of an area as GeoJSON.

    An area that is taken along begins with it, so that this is where the log hears of it.
    """
    boxes = body.valid_boxes()
    extent = area.extent_of(boxes)
    with book.reading() as connection:
        places.district(connection, body.district)
        found = ground.ground_in(connection, body.district, extent)
    answer = compact.answer(request, found)
    about = {"extent": list(extent), "boxes": len(boxes), "rows": len(found["features"])}
    hand_out(book, "area", body.district, bytes(answer.body), **about)
    return answer


@router.get("/tiles/{scene_id}/{view}")
def bundle(
    scene_id: UUID,
    view: Literal["natural", "swir"],
    at: Annotated[str, Query(max_length=1_200, pattern=ADDRESS)],
    user: Reader,
    engine: Engine,
) -> Response:
    """Return up to 64 tiles z/x/y in one answer: of each its length in four bytes, then itself.

    A length of zero is a tile without a picture. What arrived before a cut is whole tiles.
    """
    with connecting(engine) as connection:
        path = FilePath(imagery.scene(connection, scene_id).display_path)
    wanted = [tuple(map(int, one.split("/"))) for one in at.split(",")]
    z, x, y = wanted[0]
    first = tiles.render(path, view, z, x, y)  # what is wrong with the scene is said before

    def parts() -> Iterator[bytes]:
        for place, (z, x, y) in enumerate(wanted):
            body = (first if place == 0 else tiles.render(path, view, z, x, y)) or b""
            yield len(body).to_bytes(4, "big") + body

    return StreamingResponse(parts(), media_type="application/octet-stream")
