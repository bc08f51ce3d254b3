"""Verbs on saved views of the list; they change what people see, never the register."""

from dataclasses import replace
from uuid import UUID

from gis.domain.errors import NotInRegister, SameName
from gis.domain.view import View, ViewIdReused, ViewIsAnothers
from gis.ledger.book import Book
from gis.store import places, shape, tables, views


def save_view(book: Book, sent: View) -> tuple[View, bool]:
    """Save a view in the actor's name; return it and whether it is new.

    The same id with the same content is the same view, however often it comes. Raises
    DistrictUnknown, SameName, ViewIdReused.
    """
    with book.entry() as entry:
        view = replace(sent, owner=entry.actor, saved_at=entry.now)
        places.district(entry.connection, view.district_code)
        known = views.view(entry.connection, view.id)
        if known is not None:
            if replace(known, saved_at=view.saved_at) != view:
                raise ViewIdReused(id=view.id)
            return known, False
        if views.named(entry.connection, view.district_code, view.owner, view.name) is not None:
            raise SameName(name=view.name)
        shape.insert(entry.connection, tables.views, [view])
        entry.log("save_view", "view", view.id, after=view)
        return view, True


def remove_view(book: Book, view_id: UUID) -> None:
    """Remove a view of the actor's own; raises NotInRegister, ViewIsAnothers."""
    with book.entry() as entry:
        known = views.view(entry.connection, view_id)
        if known is None:
            raise NotInRegister(id=view_id)
        if known.owner != entry.actor:
            raise ViewIsAnothers(name=known.name, owner=known.owner)
        views.remove(entry.connection, view_id)
        entry.log("remove_view", "view", view_id, before=known)
