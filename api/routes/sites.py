"""Listed sites."""

from datetime import UTC, datetime
from typing import Annotated, Any

from fastapi import APIRouter, Query

from api import wire
from api.access import Engine, Reader
from gis.domain.terms import Grade, SiteKind, SiteState
from gis.store import places, register
from gis.store.engine import connecting

router = APIRouter(prefix="/api/sites")


@router.get("")
def page(
    user: Reader,
    engine: Engine,
    district: str,
    grade: Grade | None = None,
    state: SiteState | None = None,
    kind: SiteKind | None = None,
    reach: str | None = None,
    limit: Annotated[int, Query(ge=1, le=1000)] = 100,
    after: str | None = None,
) -> dict[str, Any]:
    """Return a page of a district's sites, worst grade first."""
    with connecting(engine) as connection:
        places.district(connection, district)
        found = register.page(
            connection,
            datetime.now(UTC),
            district,
            grade=grade,
            state=state,
            kind=kind,
            reach=reach,
            limit=limit,
            after=after,
        )
    return wire.page(found, wire.site_item)


@router.get("/{code}")
def one(code: str, user: Reader, engine: Engine) -> dict[str, Any]:
    """Return a site with its grade's reasons, samples, projects and history."""
    with connecting(engine) as connection:
        return wire.site_of(connection, code)
