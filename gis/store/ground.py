"""The ground of an area for a phone's map, light enough to carry: features cut to it, outlines."""

import json
from typing import Any

import sqlalchemy as sa

from gis.domain.area import Box
from gis.domain.terms import LayerKind
from gis.store import shown, sight
from gis.store.places import is_in_force
from gis.store.tables import candidates, listed, reference_features, reference_layers, sites

CARRIED = (
    *(LayerKind.TOWN, LayerKind.VILLAGE, LayerKind.MAIN_STEM, LayerKind.TRIBUTARY),
    *(LayerKind.RIVER_ZONE, LayerKind.SOURCE_ZONE, LayerKind.DWELLING, LayerKind.RED_LINE),
)
"""Parcels of land survey and farmland stay at the office: they are many and cover everything."""
SIMPLIFIED_DEGREES = 2e-5
DECIMALS = 6
MOST_FEATURES = 5_000


def outlines_in(connection: sa.Connection, district_code: str, box: Box) -> list[dict[str, Any]]:
    """Return the candidates and sites of a box that the caller may see, each with its outline."""
    extent = sa.func.st_setsrid(sa.func.st_makeenvelope(*box), 4490)
    waiting = candidates.c.site_code.is_(None) & shown.waits()
    of_candidates = sa.select(
        *(sa.cast(candidates.c.id, sa.Text).label("id"), sa.literal("CANDIDATE").label("kind")),
        *(sa.literal("").label("name"), _light(candidates.c.outline)),
    ).where(
        candidates.c.district_code == district_code,
        waiting,
        sight.candidates_seen(connection),
        sa.func.st_intersects(candidates.c.outline, extent),
    )
    of_sites = (
        sa.select(listed.c.code, sa.literal("SITE"), listed.c.name, _light(sites.c.outline))
        .select_from(listed)
        .join(sites, (sites.c.code == listed.c.code) & (sites.c.version == listed.c.version))
        .where(
            listed.c.district_code == district_code,
            sight.rows_seen(connection, listed),
            sa.func.st_intersects(sites.c.outline, extent),
        )
    )
    rows = connection.execute(sa.union_all(of_candidates, of_sites).limit(MOST_FEATURES))
    return [_feature(row.id, row.kind, row.name, row.name, row.geometry) for row in rows]


def _light(shape: sa.ColumnElement[Any]) -> sa.ColumnElement[Any]:
    simple = sa.func.st_simplifypreservetopology(shape, SIMPLIFIED_DEGREES)
    return sa.func.st_asgeojson(simple, DECIMALS).label("geometry")


def _feature(key: str, kind: str, zh: str, en: str, geometry: str) -> dict[str, Any]:
    return {
        "type": "Feature",
        "id": key,
        "properties": {"kind": kind, "zh": zh, "en": en},
        "geometry": json.loads(geometry),
    }


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
            *outlines_in(connection, district_code, box),
            *(
                _feature(str(row.id), row.kind.value, row.name_zh, row.name_en, row.geometry)
                for row in rows
            ),
        ],
        "left_out": rows[0].number - len(rows) if rows else 0,
    }
