"""Listed sites."""

from typing import Any

from fastapi import APIRouter

from api import wire
from api.access import Engine, Reader
from gis.store.engine import connecting

router = APIRouter(prefix="/api/sites")


@router.get("/{code}")
def one(code: str, user: Reader, engine: Engine) -> dict[str, Any]:
    """Return a site with its grade's reasons, samples, projects and history."""
    with connecting(engine) as connection:
        return wire.site_of(connection, code)
