"""Queries on imported lists, and on the listed sites that their rows may speak of."""

from collections.abc import Collection, Sequence
from typing import Any, NamedTuple
from uuid import UUID

import numpy as np
import shapely
import sqlalchemy as sa
from numpy.typing import NDArray
from sqlalchemy.dialects.postgresql import distinct_on

from gis.domain.import_list import ImportedRow, ImportList
from gis.domain.sites.site import Site
from gis.domain.terms import RowFate
from gis.store import copying, shape, sight
from gis.store.register import ON_LIST, among
from gis.store.tables import import_lists, import_rows, site_codes, sites


class Listed(NamedTuple):
    """Listed sites of a district as arrays in one order: code, name, outline (EPSG:4490)."""

    codes: NDArray[np.object_]
    names: NDArray[np.object_]
    outlines: NDArray[np.object_]


def one(connection: sa.Connection, import_id: UUID) -> ImportList | None:
    """Return the list that was loaded under an id, or None."""
    query = sa.select(import_lists).where(import_lists.c.id == import_id)
    return shape.select_one(connection, ImportList, query)


def lists(connection: sa.Connection, district_code: str, limit: int = 100) -> list[ImportList]:
    """Return the lists that a district loaded, newest first; they speak of all of it."""
    is_whole = sight.of(connection).is_everything
    query = (
        sa.select(import_lists)
        .where(import_lists.c.district_code == district_code, sa.literal(is_whole))
        .order_by(import_lists.c.loaded_at.desc(), import_lists.c.id)
        .limit(limit)
    )
    return shape.select_all(connection, ImportList, query)


def same_file(
    connection: sa.Connection, district_code: str, name: str, file_sha256: str
) -> ImportList | None:
    """Return the newest list of a name that came from the same bytes, or None."""
    query = (
        sa.select(import_lists)
        .where(
            import_lists.c.district_code == district_code,
            import_lists.c.name == name,
            import_lists.c.file_sha256 == file_sha256,
        )
        .order_by(import_lists.c.loaded_at.desc())
        .limit(1)
    )
    return shape.select_one(connection, ImportList, query)


def rows_of_site(connection: sa.Connection, site_code: str) -> list[ImportedRow]:
    """Return the rows that spoke of a site, as they stood, newest list first."""
    query = (
        sa.select(import_rows)
        .join(import_lists, import_lists.c.id == import_rows.c.import_id)
        .where(import_rows.c.site_code == site_code)
        .order_by(import_lists.c.loaded_at.desc())
    )
    return shape.select_all(connection, ImportedRow, query)


def known_keys(connection: sa.Connection, district_code: str, list_name: str) -> dict[str, str]:
    """Return the site of each key of a list, as its newest edition has it."""
    query = (
        sa.select(import_rows.c.key, import_rows.c.site_code)
        .join(import_lists, import_lists.c.id == import_rows.c.import_id)
        .where(
            import_rows.c.district_code == district_code,
            import_rows.c.list_name == list_name,
            import_rows.c.site_code.is_not(None),
            import_rows.c.fate != RowFate.PASSED_OVER,
        )
        .ext(distinct_on(import_rows.c.key))
        .order_by(import_rows.c.key, import_lists.c.loaded_at.desc())
    )
    return {row.key: row.site_code for row in connection.execute(query)}


def _newest(district_code: str) -> sa.Select[Any]:
    return (
        sa.select(sites)
        .where(sites.c.district_code == district_code)
        .ext(distinct_on(sites.c.code))
        .order_by(sites.c.code, sites.c.version.desc())
    )


def listed(connection: sa.Connection, district_code: str) -> Listed:
    """Return every site on a district's list, for matching many rows at once.

    Raises WholeDistrictOnly: which rows are new can only be said by who sees all sites.
    """
    sight.require_whole(connection)
    newest = _newest(district_code).subquery()
    query = sa.select(newest.c.code, newest.c.name, sa.func.st_asbinary(newest.c.outline)).where(
        newest.c.state.in_(ON_LIST)
    )
    found = connection.execute(query.order_by(newest.c.code)).all()
    codes = np.array([row[0] for row in found], dtype=object)
    names = np.array([row[1] for row in found], dtype=object)
    outlines = np.asarray(shapely.from_wkb([bytes(row[2]) for row in found]), dtype=object)
    return Listed(codes, names, outlines)


def centres_by_name(
    connection: sa.Connection, district_code: str
) -> dict[str, tuple[float, float]]:
    """Return lon, lat (EPSG:4490) of the listed sites whose names stand once in the district."""
    newest = _newest(district_code).subquery()
    centre = sa.func.st_centroid(newest.c.outline)
    query = (
        sa.select(
            newest.c.name,
            sa.func.min(sa.func.st_x(centre)).label("lon"),
            sa.func.min(sa.func.st_y(centre)).label("lat"),
        )
        .where(newest.c.state.in_(ON_LIST))
        .group_by(newest.c.name)
        .having(sa.func.count() == 1)
    )
    return {row.name: (row.lon, row.lat) for row in connection.execute(query)}


def sites_with(connection: sa.Connection, codes: Collection[str]) -> dict[str, Site]:
    """Return the newest version of each of some sites by its code."""
    if not codes:
        return {}
    query = (
        sa.select(sites)
        .where(among(sites.c.code, codes))
        .ext(distinct_on(sites.c.code))
        .order_by(sites.c.code, sites.c.version.desc())
    )
    return {site.code: site for site in shape.select_all(connection, Site, query)}


def put_codes(connection: sa.Connection, rows: Sequence[dict[str, Any]]) -> None:
    """Register codes for good."""
    if rows:
        copying.copy_in(connection, site_codes, rows)
