"""Routes of models: listed with their figures, published, withdrawn."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter
from pydantic import BaseModel, Field

from api import model_shelf, wire_models
from api.access import Engine, OpenBook, Reader, Reviewer
from gis.ledger import models as verbs
from gis.store import models, training_sets
from gis.store.engine import connecting

router = APIRouter(prefix="/api/models")

Reason = Annotated[str, Field(max_length=500, pattern=r"^[^\x00]*$")]


class Withdrawal(BaseModel):
    """Why a model is taken out of use."""

    reason: Reason


@router.get("")
def all_(user: Reader, engine: Engine) -> dict[str, Any]:
    """Return every model, the newest first."""
    with connecting(engine) as connection:
        found, compared = models.all_models(connection), training_sets.comparisons(connection)
        names = training_sets.names(connection)
    return wire_models.all_models(found, compared, names)


@router.get("/{model_id}")
def one(model_id: UUID, user: Reader, engine: Engine) -> dict[str, Any]:
    """Return one model with the whole of its card."""
    with connecting(engine) as connection:
        found = models.model(connection, model_id)
    return wire_models.model(found) | {"card": found.card}


@router.put("/{model_id}/publication")
def publish(model_id: UUID, user: Reviewer, book: OpenBook) -> dict[str, Any]:
    """Let detection use a model; again it changes nothing."""
    return wire_models.model(model_shelf.publish(book, model_id))


@router.put("/{model_id}/withdrawal")
def withdraw(model_id: UUID, body: Withdrawal, user: Reviewer, book: OpenBook) -> dict[str, Any]:
    """Take a model out of use; the reply says how many are left."""
    done = verbs.withdraw_model(book, model_id, body.reason)
    with book.reading() as connection:
        left = len(models.published(connection, done.tells))
    return wire_models.model(done) | {"left": left}
