"""One site in the store: its newest version, what belongs to it, and what is decided of it."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from shapely import MultiPolygon
from sqlalchemy.dialects.postgresql import distinct_on

from gis.domain.errors import NotInRegister
from gis.domain.sites.site import Site
from gis.domain.sites.surroundings import Surroundings
from gis.domain.works.remediation import RemediationProject
from gis.store import shape, sight
from gis.store.tables import gradings, projects, site_codes, sites, surroundings


def site(connection: sa.Connection, code: str) -> Site:
    """Return the newest version of a site that is seen; raises NotInRegister."""
    seen = sight.sites_seen(connection, sites.c.code)
    query = sa.select(sites).where(sites.c.code == code, seen)
    newest = query.order_by(sites.c.version.desc()).limit(1)
    found = shape.select_one(connection, Site, newest)
    if found is None:
        raise NotInRegister(id=code)
    return found


def version(connection: sa.Connection, code: str, number: int) -> Site | None:
    """Return one version of a site, or None."""
    query = sa.select(sites).where(sites.c.code == code, sites.c.version == number)
    return shape.select_one(connection, Site, query)


def recorded(connection: sa.Connection, code: str, moment: datetime) -> Site:
    """Return the version of a site that a deed of that very moment made."""
    query = sa.select(sites).where(sites.c.code == code, sites.c.recorded_at == moment)
    found = shape.select_one(connection, Site, query)
    assert found is not None
    return found


def code_named(connection: sa.Connection, district_code: str, name: str) -> str | None:
    """Return the code of the site that bears this name, or None."""
    query = sa.select(sites.c.code).where(
        sites.c.district_code == district_code, sites.c.name == name
    )
    found: str | None = connection.scalar(query.limit(1))
    return found


def codes(connection: sa.Connection, district_code: str | None = None) -> list[str]:
    """Return every site's code."""
    query = sa.select(site_codes.c.code).order_by(site_codes.c.code)
    if district_code is not None:
        query = query.where(site_codes.c.district_code == district_code)
    return list(connection.scalars(query))


def next_serial(connection: sa.Connection, district_code: str) -> int:
    """Return the next serial of a district; callers queue until their transactions end."""
    lock = sa.func.pg_advisory_xact_lock(sa.func.hashtext("serial " + district_code))
    connection.execute(sa.select(lock))
    query = sa.select(sa.func.coalesce(sa.func.max(site_codes.c.serial), 0)).where(
        site_codes.c.district_code == district_code
    )
    return int(connection.scalar(query) or 0) + 1


def near(
    connection: sa.Connection, district_code: str, outline: MultiPolygon
) -> list[tuple[str, MultiPolygon]]:
    """Return code and outline of the district's sites whose box meets the outline's."""
    newest = (
        sa.select(sites.c.code, sites.c.outline)
        .where(sites.c.district_code == district_code)
        .ext(distinct_on(sites.c.code))
        .order_by(sites.c.code, sites.c.version.desc())
        .subquery()
    )
    query = sa.select(newest).where(newest.c.outline.op("&&")(shape.stored(outline)))
    rows = [shape.loaded(row) for row in connection.execute(query).mappings()]
    return [(row["code"], row["outline"]) for row in rows]


def surroundings_of(connection: sa.Connection, code: str) -> Surroundings | None:
    """Return what was last measured round a site."""
    query = (
        sa.select(surroundings)
        .where(surroundings.c.site_code == code)
        .order_by(surroundings.c.measured_at.desc())
        .limit(1)
    )
    return shape.select_one(connection, Surroundings, query)


def projects_of(connection: sa.Connection, code: str) -> list[RemediationProject]:
    """Return the newest version of each project at a site."""
    newest = (
        sa.select(projects)
        .where(projects.c.site_code == code)
        .ext(distinct_on(projects.c.id))
        .order_by(projects.c.id, projects.c.version.desc())
    )
    return shape.select_all(connection, RemediationProject, newest)


def grading_of(connection: sa.Connection, code: str) -> dict[str, Any] | None:
    """Return a site's newest grading row, or None before the first."""
    query = (
        sa.select(gradings)
        .where(gradings.c.site_code == code)
        .order_by(gradings.c.graded_at.desc())
        .limit(1)
    )
    row = connection.execute(query).mappings().one_or_none()
    return None if row is None else dict(row)


def grading_at(connection: sa.Connection, code: str, as_of: datetime) -> dict[str, Any] | None:
    """Return the grading row that held at a moment, or None before the first."""
    query = (
        sa.select(gradings)
        .where(gradings.c.site_code == code, gradings.c.graded_at <= as_of)
        .order_by(gradings.c.graded_at.desc())
        .limit(1)
    )
    row = connection.execute(query).mappings().one_or_none()
    return None if row is None else dict(row)


def put_code(
    connection: sa.Connection, code: str, district_code: str, serial: int, now: datetime
) -> None:
    """Register a code for good."""
    connection.execute(
        sa.insert(site_codes).values(
            code=code, district_code=district_code, serial=serial, registered_at=now
        )
    )
