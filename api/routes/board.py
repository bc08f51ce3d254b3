"""The leaders' board."""

from dataclasses import replace
from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request

from api import wire_board
from api.access import Engine, Reader
from api.listing import Wish
from gis.domain.board import month_before
from gis.domain.listing import Wanted
from gis.store import places, register
from gis.store.boards import Boards
from gis.store.snapshot import snapshot

router = APIRouter(prefix="/api")


def asked_for(wish: Wish, since: date) -> Wanted:
    """Return a board's filter: changes that it asks for are those since the board's own day."""
    wanted = wish.wanted()
    return replace(wanted, since=since if wanted.changed else None)


@router.get("/board")
def board(
    user: Reader, engine: Engine, request: Request, wish: Annotated[Wish, Query()]
) -> dict[str, Any]:
    """Return all figures of the sites that a list's address names, as of its day.

    What changed is counted since ``since``, a month before the day where none is given.
    """
    boards: Boards = request.app.state.boards
    scope = wish.scope()
    since = wish.since or month_before(register.day_of(scope.as_of))
    with snapshot(engine) as connection:
        places.district(connection, wish.district)
        found = boards.read(connection, scope, asked_for(wish, since), since)
    return wire_board.board(found)
