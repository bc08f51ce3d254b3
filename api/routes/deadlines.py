"""Who lags: works against their day, and later days asked for and decided."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query, Response

from api import wire_deadlines
from api.access import Engine, Manager, OpenBook, Reader, Writer
from api.bodies.deadlines import DISTRICT, ExtensionBody, NoteBody, WorksPage, WorksWish
from gis.domain.terms import ExtensionState, Right
from gis.ledger.extensions import approve_extension, ask_extension, refuse_extension
from gis.rules import deadlines as rules
from gis.store import deadlines, extensions, places
from gis.store.engine import connecting
from gis.store.register import day_of

router = APIRouter(prefix="/api/deadlines")


@router.get("/summary")
def summary(user: Reader, engine: Engine, wish: Annotated[WorksWish, Query()]) -> dict[str, Any]:
    """Return how many works stand how, by unit, town and reach; helpers apart from leads."""
    scope = wish.scope()
    with connecting(engine) as connection:
        places.district(connection, wish.district)
        rows = deadlines.summary(connection, scope, wish.wish())
    return {
        "as_of": scope.as_of,
        "day": day_of(scope.as_of),
        "rules": wire_deadlines.rules(rules.current()),
        **wire_deadlines.summary(rows),
    }


@router.get("/works")
def works(user: Reader, engine: Engine, wish: Annotated[WorksPage, Query()]) -> dict[str, Any]:
    """Return a page of works, the earliest day first."""
    scope = wish.scope()
    with connecting(engine) as connection:
        places.district(connection, wish.district)
        page = deadlines.page(connection, scope, wish.wish(), limit=wish.limit, after=wish.after)
    return {
        "as_of": scope.as_of,
        "items": [wire_deadlines.work(row) for row in page.items],
        "total": page.total,
        "next": page.next,
    }


@router.get("/extensions")
def all_extensions(
    user: Reader,
    engine: Engine,
    district: DISTRICT,
    state: ExtensionState | None = None,
    work: Annotated[str | None, Query(max_length=120)] = None,
) -> dict[str, Any]:
    """Return the requests for later days, those that wait first."""
    with connecting(engine) as connection:
        places.district(connection, district)
        found = extensions.extensions_in(connection, district, state=state, work=work)
    may_decide = user.may(Right.ASSIGN)
    return {
        "extensions": [wire_deadlines.extension(one, user.username, may_decide) for one in found]
    }


@router.put("/extensions/{extension_id}")
def put_extension(
    extension_id: UUID, body: ExtensionBody, response: Response, user: Writer, book: OpenBook
) -> dict[str, Any]:
    """Ask for a later day: 201 the first time, 200 when the same comes again."""
    asked, is_new = ask_extension(book, body.sent(extension_id))
    response.status_code = 201 if is_new else 200
    return wire_deadlines.extension(asked, user.username, user.may(Right.ASSIGN))


@router.put("/extensions/{extension_id}/approval")
def approve(extension_id: UUID, body: NoteBody, user: Manager, book: OpenBook) -> dict[str, Any]:
    """Approve a later day that another person asked for."""
    return wire_deadlines.extension(
        approve_extension(book, extension_id, body.note), user.username, False
    )


@router.put("/extensions/{extension_id}/refusal")
def refuse(extension_id: UUID, body: NoteBody, user: Manager, book: OpenBook) -> dict[str, Any]:
    """Refuse it, with the reason."""
    return wire_deadlines.extension(
        refuse_extension(book, extension_id, body.note), user.username, False
    )
