"""The register as of a moment: the one query behind list, counts, map and export.

Which version of each thing holds at a moment is one relation of keys; what the register says of a
site is those keys joined with their things. The keys of now are kept in `listed`.
"""

from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any

import sqlalchemy as sa

from gis.domain.errors import NotInRegister
from gis.domain.terms import SiteState
from gis.store import dues, shape, sight
from gis.store.dues import CHINA as CHINA
from gis.store.dues import day_of as day_of
from gis.store.papers_held import Moment, papers_held
from gis.store.satellite_held import satellite_held
from gis.store.tables import gradings, projects, site_codes, sites, surroundings

KEYS = (
    *("code", "version", "measured_at", "graded_at", "project_id", "project_version"),
    *("due_on", "amber_on", "is_work_done"),
)
ON_LIST = [state for state in SiteState if state.is_on_list]


Codes = Collection[str] | sa.BindParameter[Any]


def among(column: sa.ColumnElement[Any], codes: Codes) -> sa.ColumnElement[bool]:
    """Return whether a code is one of ``codes``, however many."""
    if not isinstance(codes, sa.BindParameter):
        codes = sa.bindparam(None, sorted(codes), type_=sa.ARRAY(sa.Text))
    return column == sa.any_(codes)


def _held(table: sa.Table, code: str, moment: str, as_of: Moment | None) -> sa.Select[Any]:
    """Return the select of a site's rows in ``table`` as recorded by ``as_of``; None is "ever"."""
    query = sa.select().where(table.c[code] == site_codes.c.code).limit(1)
    return query if as_of is None else query.where(table.c[moment] <= as_of)


def keys(
    as_of: Moment | None, codes: Codes | None = None, district_code: str | None = None
) -> sa.Subquery:
    """Return which version of each thing of each site held at a moment; None is the newest.

    One look-up by index a site and thing: as fast for one site as it must be, and for all of them
    no plan can go astray. Of a site's projects speaks the one that is unfinished and due first;
    ``amber_on`` is the earliest day on which any of them is amber.
    """
    site = (
        _held(sites, "code", "recorded_at", as_of)
        .add_columns(sites.c.version)
        .order_by(sites.c.version.desc())
        .lateral("site")
    )
    around = (
        _held(surroundings, "site_code", "measured_at", as_of)
        .add_columns(surroundings.c.measured_at)
        .order_by(surroundings.c.measured_at.desc())
        .lateral("around")
    )
    grade = (
        _held(gradings, "site_code", "graded_at", as_of)
        .add_columns(gradings.c.graded_at)
        .order_by(gradings.c.graded_at.desc())
        .lateral("grade")
    )
    effort = dues.effort(as_of)
    amber_on = sa.func.min(effort.amber_on).filter(~effort.is_done).over()
    work = (
        _held(projects, "site_code", "recorded_at", as_of)
        .add_columns(projects.c.id, projects.c.version)
        .add_columns(effort.due_on.label("due_on"), effort.is_done.label("is_done"))
        .add_columns(amber_on.label("amber_on"))
        .select_from(projects)
        .join(effort.tasks, sa.true())
        .where(dues.newest(projects, as_of))
        .order_by(effort.is_done, effort.due_on.asc().nulls_last(), projects.c.id)
        .lateral("work")
    )
    query = (
        sa.select(
            site_codes.c.code,
            site.c.version,
            around.c.measured_at,
            grade.c.graded_at,
            work.c.id.label("project_id"),
            work.c.version.label("project_version"),
            *(work.c.due_on, work.c.amber_on, work.c.is_done.label("is_work_done")),
        )
        .select_from(site_codes)
        .join(site, sa.true())
        .outerjoin(around, sa.true())
        .outerjoin(grade, sa.true())
        .outerjoin(work, sa.true())
    )
    if codes is not None:
        query = query.where(among(site_codes.c.code, codes))
    if district_code is not None:
        query = query.where(site_codes.c.district_code == district_code)
    return query.subquery("keys")


def joined(held: sa.FromClause, as_of: Moment) -> sa.Select[Any]:
    """Return what the register says where ``held`` are the keys: facts, receptors, grade, work.

    Column names are the nouns' field names; a project's are prefixed ``project_``.
    """
    skip = {"site_code", "decision"}
    state = dues.state(held.c.due_on, held.c.amber_on, held.c.is_work_done, as_of)
    return sa.select(
        *sites.c,
        site_codes.c.registered_at,
        *(c for c in surroundings.c if c.name not in skip),
        *(c for c in gradings.c if c.name not in skip | {"confidence", "site_version"}),
        gradings.c.confidence.label("grade_confidence"),
        sa.case((held.c.project_id.is_not(None), state)).label("deadline"),
        *(held.c.due_on, held.c.amber_on, held.c.is_work_done),
        *(
            c.label(f"project_{c.name}")
            for c in projects.c
            if c.name not in {"site_code", "due_on", "recorded_at", "is_demo"}
        ),
        *papers_held(as_of),
        satellite_held(as_of),
    ).select_from(
        known(held)
        .join(site_codes, site_codes.c.code == held.c.code)
        .outerjoin(
            projects,
            (projects.c.id == held.c.project_id) & (projects.c.version == held.c.project_version),
        )
    )


def known(held: sa.FromClause) -> sa.Join:
    """Join what is known of sites, and what lies around them, and their grades, to their keys."""
    return (
        held.join(sites, (sites.c.code == held.c.code) & (sites.c.version == held.c.version))
        .outerjoin(
            surroundings,
            (surroundings.c.site_code == held.c.code)
            & (surroundings.c.measured_at == held.c.measured_at),
        )
        .outerjoin(
            gradings,
            (gradings.c.site_code == held.c.code) & (gradings.c.graded_at == held.c.graded_at),
        )
    )


def register(as_of: datetime, district_code: str | None = None) -> sa.Select[Any]:
    """Return the select of every site as it stood at ``as_of``, on the list or no longer."""
    return joined(keys(as_of, None, district_code), as_of)


def end_of(day: date) -> datetime:
    """Return the last moment of a day of the register."""
    start = datetime(day.year, day.month, day.day, tzinfo=CHINA)
    return start + timedelta(days=1) - timedelta(microseconds=1)


def rows(
    connection: sa.Connection, as_of: datetime, district_code: str | None = None
) -> list[dict[str, Any]]:
    """Return the whole list as of a moment, by code; what was merged or split is not on it."""
    query = register(as_of, district_code).where(
        sites.c.state.in_(ON_LIST), sight.sites_seen(connection, sites.c.code)
    )
    found = connection.execute(query.order_by(sites.c.code)).mappings()
    return [shape.loaded(row) for row in found]


def some(
    connection: sa.Connection, as_of: datetime, codes: Sequence[str], *, is_now: bool
) -> list[dict[str, Any]]:
    """Return the rows of a page's sites, in the order of ``codes``; ``is_now`` is the newest."""
    known = {"as_of": as_of, "today": day_of(as_of), "codes": list(codes)}
    found = connection.execute(_some(is_now), known).mappings()
    loaded = {row["code"]: shape.loaded(row) for row in found}
    return [loaded[code] for code in codes]


@cache
def _some(is_now: bool) -> sa.Select[Any]:
    """Return the statement of `some`; so wide a one takes longer to build than to run."""
    at = sa.bindparam("as_of", type_=sa.TIMESTAMP(timezone=True))
    codes = sa.bindparam("codes", type_=sa.ARRAY(sa.Text))
    return joined(keys(None if is_now else at, codes), at)


def one(connection: sa.Connection, as_of: datetime, code: str) -> dict[str, Any]:
    """Return one site's row of the register; raises NotInRegister."""
    held = keys(as_of, [code])
    seen = sight.sites_seen(connection, held.c.code)
    found = connection.execute(joined(held, as_of).where(seen)).mappings()
    row = found.one_or_none()
    if row is None:
        raise NotInRegister(id=code)
    return shape.loaded(row)


def projects_of(connection: sa.Connection, code: str, as_of: datetime) -> list[dict[str, Any]]:
    """Return a site's projects as of a moment, each with how it stands against its day."""
    effort = dues.effort(as_of)
    state = dues.state(effort.due_on, effort.amber_on, effort.is_done, as_of)
    query = (
        sa.select(projects, state.label("deadline"), effort.due_on.label("rests_on"))
        .join(effort.tasks, sa.true())
        .where(projects.c.site_code == code, dues.newest(projects, as_of))
        .order_by(effort.due_on.asc().nulls_last(), projects.c.id)
    )
    return [dict(row) for row in connection.execute(query).mappings()]
