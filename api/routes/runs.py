"""Batches of detection: start, watch, cancel, try again; what a large one costs."""

from datetime import UTC, datetime
from os import cpu_count
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query, Response

from api import costs, wire_runs
from api.access import Engine, OpenBook, Reader, Writer
from api.bodies.runs import BatchBody, CostWish, RetryBody
from gis.domain.terms import ModelTells
from gis.ledger.batches import cancel_batch, retry_batch, start_batch
from gis.store import batches, imagery, models, places, zones
from gis.store.engine import connecting

router = APIRouter(prefix="/api/batches")

District = Annotated[str, Query(max_length=200, pattern=r"^[^\x00]*$")]
Lines = Annotated[int, Query(ge=0, le=1_000)]


@router.get("")
def all_(district: District, user: Reader, engine: Engine) -> dict[str, Any]:
    """Return a place's batches, the newest first, with how each stands."""
    with connecting(engine) as connection:
        places.district(connection, district)
        found = batches.newest(connection, district)
        told = wire_runs.listed(connection, found, datetime.now(UTC))
        return told | {"elsewhere": [] if found else wire_runs.elsewhere(connection)}


@router.get("/choices")
def choices(district: District, user: Reader, engine: Engine) -> dict[str, Any]:
    """Return what a batch can be made of: the place's scenes, the published models."""
    from remote_sensing.candidates import MIN_AREA_M2
    from remote_sensing.change.kind_judge import BANDS
    from remote_sensing.relative import RELATIVE

    with connecting(engine) as connection:
        places.district(connection, district)
        return wire_runs.choices(
            imagery.all_scenes(connection, district),
            models.published(connection),
            models.published(connection, ModelTells.CHANGE),
            RELATIVE,
            BANDS,
            MIN_AREA_M2,
            cpu_count() or 1,
            len(zones.in_force(connection, district)),
        )


@router.get("/costs")
def province(wish: Annotated[CostWish, Query()], user: Reader, engine: Engine) -> dict[str, Any]:
    """Return what many tiles on many dates cost, from rates that were measured."""
    with connecting(engine) as connection:
        return costs.costs(connection, wish.what(), wish.machines)


@router.get("/{batch_id}")
def one(batch_id: UUID, user: Reader, engine: Engine, lines: Lines = 5) -> dict[str, Any]:
    """Return one batch with its scenes and the last lines of their logs; 0 is all lines."""
    with connecting(engine) as connection:
        batch = batches.batch(connection, batch_id)
        return wire_runs.whole(connection, batch, datetime.now(UTC), lines)


@router.put("/{batch_id}")
def put_batch(
    batch_id: UUID, body: BatchBody, response: Response, user: Writer, book: OpenBook
) -> dict[str, Any]:
    """Start a batch: 201 the first time, 200 when the same comes again."""
    batch, is_new = start_batch(book, body.asked(batch_id))
    response.status_code = 201 if is_new else 200
    return _whole(book, batch.id)


@router.put("/{batch_id}/cancellation")
def cancel(batch_id: UUID, user: Writer, book: OpenBook) -> dict[str, Any]:
    """Cancel what waits, and let what runs stop at its next window."""
    return _whole(book, cancel_batch(book, batch_id).id)


@router.post("/{batch_id}/retry")
def retry(batch_id: UUID, body: RetryBody, user: Writer, book: OpenBook) -> dict[str, Any]:
    """Queue again what failed or was cancelled."""
    return _whole(book, retry_batch(book, batch_id, body.job).id)


def _whole(book: OpenBook, batch_id: UUID) -> dict[str, Any]:
    with book.reading() as connection:
        return wire_runs.whole(connection, batches.batch(connection, batch_id), datetime.now(UTC))
