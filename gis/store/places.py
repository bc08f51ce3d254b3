"""Queries on districts and reference layers."""

from collections.abc import Sequence
from uuid import UUID

import sqlalchemy as sa

from gis.domain.errors import DistrictUnknown
from gis.domain.place import District, ReferenceFeature, ReferenceLayer
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


def layers(
    connection: sa.Connection, district_code: str
) -> list[tuple[ReferenceLayer, Sequence[ReferenceFeature]]]:
    """Return a district's reference layers with their features, each kind's newest last."""
    about = shape.select_all(
        connection,
        ReferenceLayer,
        sa.select(reference_layers)
        .where(reference_layers.c.district_code == district_code)
        .order_by(
            reference_layers.c.kind,
            reference_layers.c.dated_on.asc().nulls_first(),
            reference_layers.c.id,
        ),
    )
    return [(layer, _features(connection, layer.id)) for layer in about]


def layer_by_hash(connection: sa.Connection, district_code: str, sha256: str) -> UUID | None:
    """Return the id of the layer that was imported from the same bytes, or None."""
    query = sa.select(reference_layers.c.id).where(
        reference_layers.c.district_code == district_code, reference_layers.c.sha256 == sha256
    )
    found: UUID | None = connection.scalar(query)
    return found


def _features(connection: sa.Connection, layer_id: UUID) -> list[ReferenceFeature]:
    query = sa.select(reference_features).where(reference_features.c.layer_id == layer_id)
    return shape.select_all(connection, ReferenceFeature, query)
