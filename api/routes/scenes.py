"""The catalogue of scenes, STAC-shaped: search by place, days, sensor and cloud; one scene."""

from datetime import date
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query
from pydantic import BaseModel, ConfigDict, Field

from api import wire_scenes
from api.access import Engine, Reader
from api.scenes import box_of
from gis.domain.detection.scene_search import SceneSearch
from gis.store import imagery, scene_search
from gis.store.engine import connecting

router = APIRouter(prefix="/api/scenes")

Word = Annotated[str, Field(max_length=60, pattern=r"^[^\x00-\x1f]+$")]


class SceneQuery(BaseModel):
    """The address of a search; ``datetime`` is a span of days as STAC writes it, in two fields."""

    model_config = ConfigDict(extra="forbid")

    district: Annotated[str, Field(max_length=20)]
    bbox: Annotated[str, Field(max_length=120)] | None = None
    site: Word | None = None
    reach: Word | None = None
    town: Word | None = None
    first: date | None = None
    last: date | None = None
    sensor: Word | None = None
    cloud_most: Annotated[float, Field(ge=0, le=100)] | None = None
    limit: Annotated[int, Field(ge=1, le=500)] = 200

    def search(self) -> SceneSearch:
        """Return what is asked; raises BoxInvalid."""
        return SceneSearch(
            self.district,
            box_of(self.bbox),
            self.site,
            self.reach,
            self.town,
            self.first,
            self.last,
            self.sensor,
            None if self.cloud_most is None else self.cloud_most / 100,
        )


@router.get("")
def items(user: Reader, engine: Engine, asked: Annotated[SceneQuery, Query()]) -> dict[str, Any]:
    """Return scenes as a STAC ItemCollection, newest first."""
    with connecting(engine) as connection:
        found, number = scene_search.search(connection, asked.search(), limit=asked.limit)
    return wire_scenes.collection(found, number)


@router.get("/{scene_id}")
def one(scene_id: UUID, user: Reader, engine: Engine) -> dict[str, Any]:
    """Return one scene as a STAC Item."""
    with connecting(engine) as connection:
        return wire_scenes.item(imagery.scene(connection, scene_id))


@router.get("/{scene_id}/runs")
def runs(scene_id: UUID, user: Reader, engine: Engine) -> dict[str, Any]:
    """Return the detection runs on file over a scene, and the elevation model that covers it."""
    with connecting(engine) as connection:
        scene = imagery.scene(connection, scene_id)
        found = scene_search.runs_of(connection, scene_id)
        dem = scene_search.elevation_over(connection, scene)
    return {"runs": found, "elevation": dem and {"name": dem.name, "pixel_m": dem.pixel_m}}
