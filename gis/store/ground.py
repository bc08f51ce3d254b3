"""The ground of an area for a phone's map: reference features cut to it, light enough to carry."""

import json
from typing import Any

import sqlalchemy as sa

from gis.domain.area import Box
from gis.domain.terms import LayerKind
from gis.store.places import is_in_force
from gis.store.tables import reference_features, reference_layers

CARRIED = (
    *(LayerKind.TOWN, LayerKind.VILLAGE, LayerKind.MAIN_STEM, LayerKind.TRIBUTARY),
    *(LayerKind.RIVER_ZONE, LayerKind.SOURCE_ZONE, LayerKind.DWELLING, LayerKind.RED_LINE),
)
"""Parcels of land survey and farmland stay at the office: they are many and cover everything."""
SIMPLIFIED_DEGREES = 2e-5
DECIMALS = 6
MOST_FEATURES = 5_000


def ground_in(connection: sa.Connection, district_code: str, box: Box) -> dict[str, Any]:
    """Return what lies in a box as GeoJSON; ``left_out`` features were too many."""
    feature = reference_features.c
    extent = sa.func.st_setsrid(sa.func.st_makeenvelope(*box), 4490)
    cut = sa.func.st_simplifypreservetopology(
        sa.func.st_clipbybox2d(feature.geometry, extent), SIMPLIFIED_DEGREES
    )
    query = (
        sa.select(
            *(feature.id, feature.name_zh, feature.name_en, reference_layers.c.kind),
            sa.func.st_asgeojson(cut, DECIMALS).label("geometry"),
            sa.func.count().over().label("number"),
        )
        .join_from(reference_features, reference_layers)
        .where(
            reference_layers.c.district_code == district_code,
            reference_layers.c.kind.in_(CARRIED),
            is_in_force(),
            sa.func.st_intersects(feature.geometry, extent),
            ~sa.func.st_isempty(cut),
        )
        .order_by(reference_layers.c.kind, feature.id)
        .limit(MOST_FEATURES)
    )
    rows = connection.execute(query).all()
    return {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "id": str(row.id),
                "properties": {"kind": row.kind.value, "zh": row.name_zh, "en": row.name_en},
                "geometry": json.loads(row.geometry),
            }
            for row in rows
        ],
        "left_out": rows[0].number - len(rows) if rows else 0,
    }
