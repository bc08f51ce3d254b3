"""The register's list: pages under any filter and order, counts, and saved views."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query, Response
from pydantic import BaseModel, Field

from api import wire, wire_list
from api.access import Engine, Reader
from api.listing import PageWish, Wish
from gis.domain.terms import Role
from gis.domain.view import View
from gis.errors import NotAllowed
from gis.ledger import Book
from gis.ledger.views import remove_view, save_view
from gis.store import listing, places, views
from gis.store.engine import connecting

router = APIRouter(prefix="/api")


@router.get("/sites")
def page(user: Reader, engine: Engine, wish: Annotated[PageWish, Query()]) -> dict[str, Any]:
    """Return a page of a district's sites as of a day, worst grade first unless asked otherwise."""
    sort, is_descending = wish.order()
    with connecting(engine) as connection:
        places.district(connection, wish.district)
        found = listing.page(
            connection,
            wish.scope(),
            wish.wanted(),
            sort=sort,
            is_descending=is_descending,
            limit=wish.limit,
            after=wish.after,
            has_photos=wire_list.PHOTOS in wish.columns,
        )
    return wire.page(found, lambda row: wire_list.listed(row, wish.columns, wish.language))


@router.get("/sites/counts")
def counts(user: Reader, engine: Engine, wish: Annotated[Wish, Query()]) -> dict[str, Any]:
    """Return how many sites the same filter finds, by grade, state, kind, deadline and place."""
    with connecting(engine) as connection:
        places.district(connection, wish.district)
        return listing.counts(connection, wish.scope(), wish.wanted())


@router.get("/sites/columns")
def columns(user: Reader) -> dict[str, Any]:
    """Return the columns that a list can show, in the inventory's order."""
    return {"columns": wire_list.columns()}


Short = Annotated[str, Field(max_length=10, pattern=r"^[A-Z0-9_]+$")]
Plain = Annotated[str, Field(max_length=200, pattern=r"^[^\x00]*$")]


class ViewBody(BaseModel):
    """A view as the page sends it: the list's address, name by name, and its columns."""

    district: Annotated[str, Field(max_length=20)]
    name: Annotated[str, Field(min_length=1, max_length=60, pattern=r"^[^\x00]*\S[^\x00]*$")]
    is_shared: bool = False
    query: Annotated[
        dict[Plain, Plain | Annotated[list[Plain], Field(max_length=60)]], Field(max_length=60)
    ]
    columns: Annotated[list[Short], Field(max_length=100)]


@router.get("/views")
def saved(user: Reader, engine: Engine, district: str) -> dict[str, Any]:
    """Return the saved views that somebody may use in a place: their own first, then shared."""
    with connecting(engine) as connection:
        found = views.views_for(connection, district, user.username)
    return {"views": [wire_list.view(view, user.username) for view in found]}


@router.put("/views/{view_id}")
def save(
    view_id: UUID, body: ViewBody, response: Response, user: Reader, engine: Engine
) -> dict[str, Any]:
    """Save a view: 201 the first time, 200 when it comes again; a reader may not share one."""
    book = Book(engine, user.username)
    if body.is_shared and user.role is Role.READER:
        raise NotAllowed()
    sent = View(
        id=view_id,
        district_code=body.district,
        owner=user.username,
        name=body.name.strip(),
        is_shared=body.is_shared,
        query=dict(body.query),
        columns=list(body.columns),
        saved_at=book.clock(),
    )
    view, is_new = save_view(book, sent)
    response.status_code = 201 if is_new else 200
    return wire_list.view(view, user.username)


@router.delete("/views/{view_id}", status_code=204)
def remove(view_id: UUID, user: Reader, engine: Engine) -> Response:
    """Remove one's own view."""
    remove_view(Book(engine, user.username), view_id)
    return Response(status_code=204)
