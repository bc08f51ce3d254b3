"""The register's list: pages under any filter and order, counts, and saved views."""

from typing import Annotated, Any

from fastapi import APIRouter, Query

from api import wire
from api.access import Engine, Reader
from api.listing import PageWish, Wish
from gis.store import listing, places
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
        )
    return wire.page(found, lambda row: wire.listed(row, wish.columns, wish.language))


@router.get("/sites/counts")
def counts(user: Reader, engine: Engine, wish: Annotated[Wish, Query()]) -> dict[str, Any]:
    """Return how many sites the same filter finds, by grade, state, kind, deadline and place."""
    with connecting(engine) as connection:
        places.district(connection, wish.district)
        return listing.counts(connection, wish.scope(), wish.wanted())
