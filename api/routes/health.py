"""Is the server alive, is it ready, and what does it offer."""

from typing import Any

from fastapi import APIRouter, Request

from api.access import Anyone, Engine, Reader
from gis.store import migrate

router = APIRouter()


@router.get("/healthz", dependencies=[Anyone])
def alive() -> dict[str, str]:
    """Say that the process answers."""
    return {"status": "ok"}


@router.get("/readyz", dependencies=[Anyone])
def ready(engine: Engine) -> dict[str, str]:
    """Say that the register can be used; 503 with the reason where it cannot."""
    migrate.require_current(engine)
    return {"status": "ready", "schema": migrate.head()}


@router.get("/openapi.json", include_in_schema=False)
def openapi(request: Request, user: Reader) -> dict[str, Any]:
    """Return the description of every route."""
    described: dict[str, Any] = request.app.openapi()
    return described
