"""Routes of reference layers."""

from typing import Annotated, Any

from fastapi import APIRouter, Query

from api import layers
from api.access import Engine, Reader
from gis.store.engine import connecting

router = APIRouter(prefix="/api")


@router.get("/layers")
def all_layers(
    district: str,
    user: Reader,
    engine: Engine,
    ended: Annotated[bool, Query()] = False,
) -> dict[str, Any]:
    """Return a district's reference layers, those in force, or every edition there was."""
    with connecting(engine) as connection:
        return {"layers": layers.listing(connection, district, with_ended=ended)}
