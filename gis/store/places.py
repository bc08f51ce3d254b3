"""Queries on districts and the editions of their reference layers."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from gis.domain.errors import DistrictUnknown, NotInRegister
from gis.domain.place import District, ReferenceFeature, ReferenceLayer
from gis.domain.terms import LayerKind
from gis.store import shape
from gis.store.tables import districts, reference_features, reference_layers


def all_districts(connection: sa.Connection) -> list[District]:
    """Return every district, real ones first."""
    query = sa.select(districts).order_by(districts.c.is_demo, districts.c.code)
    return shape.select_all(connection, District, query)


def district(connection: sa.Connection, code: str) -> District:
    """Return one district; raises DistrictUnknown."""
    query = sa.select(districts).where(districts.c.code == code)
    found = shape.select_one(connection, District, query)
    if found is None:
        known = connection.scalars(sa.select(districts.c.code).order_by(districts.c.code)).all()
        raise DistrictUnknown(district=code, known="、".join(known) or "—")
    return found


def is_in_force(at: datetime | None = None) -> sa.ColumnElement[bool]:
    """Return whether an edition holds at a moment, or still holds now."""
    ended = reference_layers.c.ended_at
    if at is None:
        return ended.is_(None)
    return (reference_layers.c.adopted_at <= at) & (ended.is_(None) | (ended > at))


def editions(
    connection: sa.Connection, district_code: str, *, with_ended: bool = False
) -> list[ReferenceLayer]:
    """Return a district's layers by kind and series, the newest edition first."""
    table = reference_layers.c
    query = (
        sa.select(reference_layers)
        .where(table.district_code == district_code)
        .order_by(table.kind, table.series, table.adopted_at.desc(), table.id)
    )
    if not with_ended:
        query = query.where(is_in_force())
    return shape.select_all(connection, ReferenceLayer, query)


def edition(connection: sa.Connection, layer_id: UUID) -> ReferenceLayer:
    """Return one edition; raises NotInRegister."""
    query = sa.select(reference_layers).where(reference_layers.c.id == layer_id)
    found = shape.select_one(connection, ReferenceLayer, query)
    if found is None:
        raise NotInRegister(id=layer_id)
    return found


def edition_called(connection: sa.Connection, start: str) -> ReferenceLayer:
    """Return the one edition whose id begins so; raises NotInRegister."""
    begins = sa.cast(reference_layers.c.id, sa.Text).startswith(start.lower(), autoescape=True)
    found = shape.select_all(
        connection, ReferenceLayer, sa.select(reference_layers).where(begins).limit(2)
    )
    if len(found) != 1 or not start:
        raise NotInRegister(id=start)
    return found[0]


def has_edition(connection: sa.Connection, layer_id: UUID) -> bool:
    """Return whether an edition was ever adopted under this id."""
    query = sa.select(reference_layers.c.id).where(reference_layers.c.id == layer_id)
    return connection.scalar(query) is not None


def edition_in_force(
    connection: sa.Connection, district_code: str, kind: LayerKind, series: str
) -> ReferenceLayer | None:
    """Return the edition of a series that holds now, or None."""
    table = reference_layers.c
    query = sa.select(reference_layers).where(
        table.district_code == district_code,
        table.kind == kind,
        table.series == series,
        is_in_force(),
    )
    return shape.select_one(connection, ReferenceLayer, query)


def layers(
    connection: sa.Connection,
    district_code: str,
    at: datetime | None = None,
    *,
    kinds: Sequence[LayerKind] = tuple(LayerKind),
) -> list[tuple[ReferenceLayer, Sequence[ReferenceFeature]]]:
    """Return the layers of some kinds that hold now, or held at a moment, with their features."""
    query = (
        sa.select(reference_layers)
        .where(
            reference_layers.c.district_code == district_code,
            reference_layers.c.kind.in_(kinds),
            is_in_force(at),
        )
        .order_by(reference_layers.c.kind, reference_layers.c.series)
    )
    about = shape.select_all(connection, ReferenceLayer, query)
    return [(layer, features_of(connection, layer.id)) for layer in about]


def features_of(connection: sa.Connection, layer_id: UUID) -> list[ReferenceFeature]:
    """Return an edition's features."""
    query = (
        sa.select(reference_features)
        .where(reference_features.c.layer_id == layer_id)
        .order_by(reference_features.c.id)
    )
    return shape.select_all(connection, ReferenceFeature, query)


def feature_counts(connection: sa.Connection, district_code: str) -> dict[UUID, int]:
    """Return how many features each edition of a district has."""
    query = (
        sa.select(reference_features.c.layer_id, sa.func.count())
        .join(reference_layers, reference_layers.c.id == reference_features.c.layer_id)
        .where(reference_layers.c.district_code == district_code)
        .group_by(reference_features.c.layer_id)
    )
    counted: dict[UUID, Any] = {row[0]: row[1] for row in connection.execute(query)}
    return counted
