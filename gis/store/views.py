"""Queries on saved views."""

from uuid import UUID

import sqlalchemy as sa

from gis.domain.view import View
from gis.store import shape
from gis.store.tables import views


def view(connection: sa.Connection, view_id: UUID) -> View | None:
    """Return one saved view, or None."""
    return shape.select_one(connection, View, sa.select(views).where(views.c.id == view_id))


def views_for(connection: sa.Connection, district_code: str, username: str) -> list[View]:
    """Return the views of a place that somebody may use: their own, and those shared, by name."""
    query = (
        sa.select(views)
        .where(views.c.district_code == district_code)
        .where((views.c.owner == username) | views.c.is_shared)
        .order_by(views.c.owner != username, views.c.name, views.c.id)
    )
    return shape.select_all(connection, View, query)


def named(connection: sa.Connection, district_code: str, owner: str, name: str) -> View | None:
    """Return somebody's view of that name, or None."""
    mine = (views.c.district_code == district_code) & (views.c.owner == owner)
    return shape.select_one(connection, View, sa.select(views).where(mine, views.c.name == name))


def remove(connection: sa.Connection, view_id: UUID) -> None:
    """Remove a saved view."""
    connection.execute(sa.delete(views).where(views.c.id == view_id))
