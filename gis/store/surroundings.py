"""What was measured round a district's sites, and the outlines that are to be measured."""

import sqlalchemy as sa
from shapely import MultiPolygon
from sqlalchemy.dialects.postgresql import distinct_on

from gis.domain.sites.surroundings import Surroundings
from gis.domain.terms import SiteState
from gis.store import shape
from gis.store.tables import site_codes, sites, surroundings

GONE = {state for state in SiteState if not state.is_on_list}


def outlines(connection: sa.Connection, district_code: str) -> list[tuple[str, MultiPolygon]]:
    """Return code and outline of the sites that stand on a district's list."""
    newest = (
        sa.select(sites.c.code, sites.c.state, sites.c.outline)
        .where(sites.c.district_code == district_code)
        .ext(distinct_on(sites.c.code))
        .order_by(sites.c.code, sites.c.version.desc())
    )
    rows = (shape.loaded(row) for row in connection.execute(newest).mappings())
    return [(row["code"], row["outline"]) for row in rows if row["state"] not in GONE]


def newest(connection: sa.Connection, district_code: str) -> dict[str, Surroundings]:
    """Return what was last measured round each site of a district."""
    query = (
        sa.select(surroundings)
        .join(site_codes, site_codes.c.code == surroundings.c.site_code)
        .where(site_codes.c.district_code == district_code)
        .ext(distinct_on(surroundings.c.site_code))
        .order_by(surroundings.c.site_code, surroundings.c.measured_at.desc())
    )
    return {one.site_code: one for one in shape.select_all(connection, Surroundings, query)}
