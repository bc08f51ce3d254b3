"""Listed outlines that share ground, or lie partly outside their district; measured by PostGIS.

Areas are on the ellipsoid. Only sites that stand on the list are compared, each as it is now.
"""

from typing import Any, NamedTuple

import sqlalchemy as sa

from gis.domain.errors import NotInRegister
from gis.domain.terms import SiteState
from gis.store import sight
from gis.store.tables import districts, sites

SLIVER_M2 = 1.0
"""Two outlines drawn along one edge share less than this by rounding alone."""

GONE = [state for state in SiteState if not state.is_on_list]


class Pair(NamedTuple):
    """Two sites that share ground: its area, and its share of each one's own."""

    one: str
    other: str
    shared_m2: float
    share_of_one: float
    share_of_other: float


class Beyond(NamedTuple):
    """A site that lies partly outside its district."""

    code: str
    outside_m2: float
    share: float


def _now(connection: sa.Connection, alias: str, district_code: str | None = None) -> sa.FromClause:
    """Return the sites seen that stand on the list, each in its newest version.

    The test of the newest version is asked of each row that the outlines' index finds.
    """
    site = sites.alias(f"{alias}_version")
    later = sites.alias(f"{alias}_later")
    newest = (
        sa.select(sa.func.max(later.c.version)).where(later.c.code == site.c.code).scalar_subquery()
    )
    query = sa.select(
        site.c.code, site.c.district_code, site.c.outline, site.c.area_geodesic_m2
    ).where(
        site.c.version == newest,
        site.c.state.not_in(GONE),
        sight.sites_seen(connection, site.c.code),
    )
    if district_code is not None:
        query = query.where(site.c.district_code == district_code)
    return query.subquery(alias)


def _area(shape: Any) -> sa.ColumnElement[float]:
    return sa.func.st_area(sa.func.geography(shape), type_=sa.Double)


def _pairs(one: sa.FromClause, other: sa.FromClause, is_pair: Any) -> sa.Select[Any]:
    shared = _area(sa.func.st_intersection(one.c.outline, other.c.outline)).label("shared")
    pairs = (
        sa.select(
            one.c.code.label("one"),
            other.c.code.label("other"),
            shared,
            one.c.area_geodesic_m2.label("whole_one"),
            other.c.area_geodesic_m2.label("whole_other"),
        )
        .join_from(
            one,
            other,
            one.c.outline.op("&&")(other.c.outline)
            & is_pair
            & sa.func.st_intersects(one.c.outline, other.c.outline),
        )
        .subquery("pairs")
    )
    return (
        sa.select(
            pairs.c.one,
            pairs.c.other,
            pairs.c.shared,
            (pairs.c.shared / pairs.c.whole_one).label("of_one"),
            (pairs.c.shared / pairs.c.whole_other).label("of_other"),
        )
        .where(pairs.c.shared >= SLIVER_M2)
        .order_by(pairs.c.shared.desc(), pairs.c.one, pairs.c.other)
    )


def overlaps_of(connection: sa.Connection, code: str) -> list[tuple[str, float, float]]:
    """Return the sites that share ground with one: code, shared m2, and share of this site's own.

    Raises NotInRegister.
    """
    about = (sites.c.code, sites.c.outline, sites.c.area_geodesic_m2)
    newest = sa.select(*about).where(sites.c.code == code)
    mine = newest.order_by(sites.c.version.desc()).limit(1).cte("mine").prefix_with("materialized")
    if connection.execute(newest.limit(1)).first() is None:
        raise NotInRegister(id=code)
    others = _now(connection, "others")
    found = connection.execute(_pairs(mine, others, mine.c.code != others.c.code))
    return [(row.other, round(row.shared, 1), round(row.of_one, 4)) for row in found]


def pairs(connection: sa.Connection, district_code: str) -> list[Pair]:
    """Return every two sites of a district that share ground, the largest share first."""
    one = _now(connection, "one", district_code)
    other = _now(connection, "other", district_code)
    found = connection.execute(_pairs(one, other, one.c.code < other.c.code))
    return [
        Pair(row.one, row.other, round(row.shared, 1), round(row.of_one, 4), round(row.of_other, 4))
        for row in found
    ]


def beyond(connection: sa.Connection, district_code: str) -> list[Beyond]:
    """Return the sites of a district that lie partly outside it, the largest part first."""
    now = _now(connection, "now", district_code)
    outside = _area(sa.func.st_difference(now.c.outline, districts.c.outline)).label("outside")
    query = (
        sa.select(now.c.code, outside, now.c.area_geodesic_m2.label("whole"))
        .join_from(now, districts, districts.c.code == now.c.district_code)
        .where(~sa.func.st_covers(districts.c.outline, now.c.outline))
        .order_by(outside.desc(), now.c.code)
    )
    found = connection.execute(query)
    return [
        Beyond(row.code, round(row.outside, 1), round(row.outside / row.whole, 4))
        for row in found
        if row.outside >= SLIVER_M2
    ]
