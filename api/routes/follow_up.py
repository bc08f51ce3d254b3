"""What images showed of a site."""

from typing import Annotated, Any

from fastapi import APIRouter, Query

from api import wire_follow_up
from api.access import Engine, Reader
from gis.store.engine import connecting

router = APIRouter(prefix="/api")


@router.get("/sites/{code}/observations")
def observations(
    code: str, user: Reader, engine: Engine, versions: Annotated[bool, Query()] = False
) -> dict[str, Any]:
    """Return a site's observations by day, its seasonal peaks, and the dates of its works."""
    with connecting(engine) as connection:
        return wire_follow_up.observations_of(connection, code, versions=versions)
