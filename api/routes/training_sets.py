"""Routes of training sets: what passed field checks teach, frozen by the day."""

from typing import Annotated, Any

from fastapi import APIRouter, Response
from pydantic import BaseModel, Field

from api import wire_models
from api.access import Conf, Engine, OpenBook, Reader, Reviewer
from gis.exports.samples import write_set
from gis.ledger.samples import freeze_if_new
from gis.store import places, training_sets
from gis.store.engine import connecting

router = APIRouter(prefix="/api/training-sets")


class FreezeBody(BaseModel):
    """Whose checks are frozen."""

    district: Annotated[str, Field(max_length=20, pattern=r"^[^\x00]*$")]


@router.get("")
def all_(user: Reader, engine: Engine, district: str) -> dict[str, Any]:
    """Return a district's sets, the newest first, and how many passed checks are in none."""
    with connecting(engine) as connection:
        places.district(connection, district)
        found = training_sets.sets_of(connection, district)
        items = [
            wire_models.training_set(one, training_sets.counts_of(connection, one.id))
            for one in found
        ]
        return {"items": items, "waiting": training_sets.waiting(connection, district)}


@router.post("")
def freeze(
    body: FreezeBody, response: Response, settings: Conf, user: Reviewer, book: OpenBook
) -> dict[str, Any]:
    """Freeze the passed checks of now: 201, or 200 with the newest set where nothing changed."""
    made, is_new = freeze_if_new(book, settings.samples_dir, body.district, write_set)
    response.status_code = 201 if is_new else 200
    with book.reading() as connection:
        counts = training_sets.counts_of(connection, made.id)
    return wire_models.training_set(made, counts) | {"is_new": is_new}
