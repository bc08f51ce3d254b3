"""Districts with their scenes and counts, and the controlled words."""

from datetime import UTC, datetime
from typing import Any

from fastapi import APIRouter

from api import wire
from api.access import Engine, Member, Reader
from gis.store import candidates, imagery, listing, log, places
from gis.store.engine import connecting
from gis.store.listing import Scope

router = APIRouter(prefix="/api")


@router.get("/vocabulary")
def vocabulary(user: Member) -> dict[str, Any]:
    """Return every controlled word and detection class with its two names."""
    return wire.vocabulary()


@router.get("/districts")
def districts(user: Reader, engine: Engine) -> dict[str, Any]:
    """Return every district with its scenes and counts; those that have imagery come first."""
    now = datetime.now(UTC)
    with connecting(engine) as connection:
        revision = log.head(connection).seq
        found = [
            wire.district(
                district,
                revision,
                imagery.dated(connection, district.code),
                {
                    "candidates": candidates.counts(connection, district.code),
                    "sites": listing.counts(connection, Scope(district.code, now, is_now=True)),
                },
            )
            for district in places.all_districts(connection)
        ]
    return {"districts": sorted(found, key=lambda district: not district["scenes"])}
