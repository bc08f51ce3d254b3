"""Routes of trainings: ask for a new model, see how far it is, cancel it."""

from datetime import UTC, datetime
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query, Response
from pydantic import BaseModel, Field

from api import label_shelf, wire_retrainings
from api.access import Conf, Engine, OpenBook, Reader, Writer
from gis.domain.detection.queued import LOST_AFTER
from gis.domain.terms import ModelTells
from gis.ledger.retrainings import (
    RetrainingAsked,
    ask_retraining,
    cancel_retraining,
    compare_again,
)
from gis.store import models, places, queue, retrainings
from gis.store.engine import connecting

router = APIRouter(prefix="/api/retrainings")

District = Annotated[str, Query(max_length=20, pattern=r"^[^\x00]*$")]
Words = Annotated[str, Field(max_length=200, pattern=r"^[^\x00]*$")]


class TrainingBody(BaseModel):
    """A model to be trained from a district's field checks, and labels on the server's shelf."""

    district: Annotated[str, Field(max_length=20, pattern=r"^[^\x00]*$")]
    name: Words
    labels: Words | None = None
    against: UUID | None = None

    def asked(self, one_id: UUID) -> RetrainingAsked:
        """Return what is asked for."""
        return RetrainingAsked(one_id, self.district, self.name, self.labels, self.against)


@router.get("")
def all_(district: District, user: Reader, engine: Engine, settings: Conf) -> dict[str, Any]:
    """Return a district's last trainings, and what a new one can be made of."""
    with connecting(engine) as connection:
        places.district(connection, district)
        return wire_retrainings.trainings(
            retrainings.newest(connection, district),
            label_shelf.names(settings),
            models.all_models(connection, ModelTells.GROUND),
            datetime.now(UTC),
            queue.workers(connection, LOST_AFTER),
        )


@router.put("/{one_id}")
def ask(
    one_id: UUID,
    body: TrainingBody,
    response: Response,
    settings: Conf,
    user: Writer,
    book: OpenBook,
) -> dict[str, Any]:
    """Queue a training: 201 the first time, 200 when the same comes again."""
    if body.labels is not None:
        label_shelf.manifest_of(settings, body.labels)
    made, is_new = ask_retraining(book, body.asked(one_id))
    response.status_code = 201 if is_new else 200
    return wire_retrainings.training(made, datetime.now(UTC), 1, {})


@router.put("/{one_id}/cancellation")
def cancel(one_id: UUID, user: Writer, book: OpenBook) -> dict[str, Any]:
    """Cancel a training that waits, or let one that runs stop within seconds."""
    return wire_retrainings.training(cancel_retraining(book, one_id), datetime.now(UTC), 1, {})


@router.put("/{one_id}/comparison")
def compare(one_id: UUID, user: Writer, book: OpenBook) -> dict[str, Any]:
    """Queue the comparison of a trained model whose first one failed or was cancelled."""
    return wire_retrainings.training(compare_again(book, one_id), datetime.now(UTC), 1, {})
