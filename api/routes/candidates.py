"""Candidates, with the field checks that judge them."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query

from api import wire, wire_candidate, wire_check
from api.access import Engine, Reader
from gis.domain.terms import CandidateState
from gis.store import candidates, checks, places
from gis.store.engine import connecting

router = APIRouter(prefix="/api")


@router.get("/candidates")
def page(
    user: Reader,
    engine: Engine,
    district: str,
    state: CandidateState | None = None,
    class_name: str | None = None,
    min_confidence: Annotated[int, Query(ge=0, le=100)] = 0,
    limit: Annotated[int, Query(ge=1, le=1000)] = 100,
    after: str | None = None,
) -> dict[str, Any]:
    """Return a page of a district's candidates, best first."""
    with connecting(engine) as connection:
        places.district(connection, district)
        found = candidates.page(
            connection,
            district,
            state=state,
            class_name=class_name,
            min_confidence=min_confidence / 100,
            limit=limit,
            after=after,
        )
    return wire.page(found, wire_candidate.candidate_item)


@router.get("/candidates/{candidate_id}")
def one(candidate_id: UUID, user: Reader, engine: Engine) -> dict[str, Any]:
    """Return a candidate with its sightings, how it changed, and its checks."""
    with connecting(engine) as connection:
        found = candidates.candidate(connection, candidate_id)
        mine = checks.of_place(connection, candidate_id, None)
        return wire_candidate.candidate(connection, found, [wire_check.check(one) for one in mine])
