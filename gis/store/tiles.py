"""Vector tiles, encoded by PostGIS; who may see which rows is decided inside the query."""

from typing import Any

import sqlalchemy as sa

from gis.domain.place import STORE_EPSG
from gis.domain.terms import LayerKind
from gis.store import shown, sight
from gis.store.listing import Scope, seen, source
from gis.store.places import is_in_force
from gis.store.tables import candidates, reference_features, reference_layers, sites

EXTENT = 4096
BUFFER = 64
WEB_MERCATOR_EPSG = 3857

FROM_ZOOM = {
    LayerKind.VILLAGE: 11,
    LayerKind.FARMLAND: 12,
    LayerKind.DWELLING: 12,
    LayerKind.LAND_USE: 14,
    LayerKind.ROAD: 12,
}
"""Kinds of many small features, which a tile of a smaller scale would drown in."""


def encoded(
    connection: sa.Connection, name: str, rows: sa.Select[Any], shape: str, z: int, x: int, y: int
) -> bytes:
    """Return ``rows`` as the layer ``name`` of a Web Mercator tile; ``shape`` is their geometry."""
    source = rows.subquery()
    st = sa.func
    envelope = st.st_tileenvelope(z, x, y)
    wide = st.st_tileenvelope(z, x, y, sa.text(f"margin => {BUFFER / EXTENT}"))
    # Cut at 180 degrees, beyond which longitudes start again and the box would be of elsewhere.
    wide = st.st_intersection(wide, st.st_tileenvelope(0, 0, 0))
    geometry = st.st_asmvtgeom(
        st.st_transform(source.c[shape], WEB_MERCATOR_EPSG), envelope, EXTENT, BUFFER, True
    )
    plain = [column for column in source.c if column.name != shape]
    inside = (
        sa.select(*plain, geometry.label("geom"))
        .where(source.c[shape].op("&&")(st.st_transform(wide, STORE_EPSG)))
        .subquery("inside")
    )
    features = sa.select(inside).where(inside.c.geom.is_not(None)).subquery("features")
    answer = sa.select(
        st.st_asmvt(sa.literal_column("features"), name, EXTENT, "geom")
    ).select_from(features)
    return bytes(connection.scalar(answer) or b"")


def text(column: sa.ColumnElement[Any]) -> sa.ColumnElement[str]:
    """Return a column as the text that tiles carry."""
    return sa.cast(column, sa.Text)


def candidate_tile(connection: sa.Connection, district_code: str, z: int, x: int, y: int) -> bytes:
    """Return the layer `candidates` of a Web Mercator tile; empty where there are none."""
    rows = sa.select(
        text(candidates.c.id).label("id"),
        candidates.c.class_name,
        text(shown.state()).label("state"),
        sa.cast(sa.func.round(candidates.c.confidence * 100), sa.Integer).label("confidence"),
        sa.cast(candidates.c.area_m2, sa.Integer).label("area_m2"),
        candidates.c.outline,
    ).where(candidates.c.district_code == district_code, sight.candidates_seen(connection))
    rows = rows.where(shown.is_on_show())
    return encoded(connection, "candidates", rows, "outline", z, x, y)


def site_tile(connection: sa.Connection, scope: Scope, z: int, x: int, y: int) -> bytes:
    """Return the layer `sites` of a Web Mercator tile: rows of the list with their outlines."""
    held = source(scope)
    shapes = sites.c
    rows = (
        sa.select(
            held.c.code,
            held.c.name,
            text(held.c.kind).label("kind"),
            text(held.c.grade).label("grade"),
            held.c.is_provisional.label("provisional"),
            text(held.c.state).label("state"),
            text(held.c.deadline).label("deadline"),
            *(held.c.river, held.c.reach, held.c.bank),
            held.c.is_demo,
            shapes.outline,
        )
        .join_from(held, sites, (shapes.code == held.c.code) & (shapes.version == held.c.version))
        .where(held.c.district_code == scope.district_code, held.c.is_on_list)
        .where(seen(connection, held, scope))
    )
    return encoded(connection, "sites", rows, "outline", z, x, y)


def reference_tile(connection: sa.Connection, district_code: str, z: int, x: int, y: int) -> bytes:
    """Return the layer `reference` of a Web Mercator tile: the layers in force at its scale."""
    too_small = [kind for kind, least in FROM_ZOOM.items() if z < least]
    rows = (
        sa.select(
            text(reference_layers.c.kind).label("kind"),
            reference_features.c.name_zh,
            reference_features.c.name_en,
            reference_features.c.geometry,
        )
        .join_from(reference_features, reference_layers)
        .where(reference_layers.c.district_code == district_code, is_in_force())
        .where(reference_layers.c.kind.not_in(too_small))
    )
    return encoded(connection, "reference", rows, "geometry", z, x, y)
