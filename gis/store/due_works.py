"""The works of the list, piece by piece, as of a moment; those of now are kept in `due_works`."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY, distinct_on

from gis.domain.terms import SiteState, WorkKind
from gis.rules import tasks
from gis.store import dues, register
from gis.store.dues import Moment
from gis.store.tables import (
    due_works,
    listed,
    project_tasks,
    projects,
    site_tags,
    sites,
    surroundings,
)
from gis.store.tables.base import TermText

BETWEEN_UNITS = r"[、，,；;\s]+"
TOLD = {
    *("id", "code", "site_code", "project_id", "version", "recorded_at", "measured_at"),
    *("district_code", "state", "town", "measured_town", "reach", "bank", "stage", "title"),
    *("lead_unit", "supporting_units", "starts_on", "due_on", "done_on", "dropped_reason"),
    *("progress_percent", "is_demo"),
}
"""What works say of their things; whoever carries more along pays for it in every row."""

Places = sa.FromClause
"""Sites with what the rows of works repeat of them: of now, or as they stood at a moment."""


def _places_of(rows: sa.FromClause) -> Places:
    names = ("code", "district_code", "state", "town", "reach", "bank")
    return sa.select(*(rows.c[n] for n in names)).where(rows.c.is_on_list).subquery("place")


def _places_at(as_of: datetime, district_code: str) -> Places:
    mine = sites.c.district_code == district_code
    site = _latest(sites, sites.c.code, sites.c.version, sites.c.recorded_at <= as_of, mine)
    moment = surroundings.c.measured_at
    around = _latest(surroundings, surroundings.c.site_code, moment, moment <= as_of)
    town = sa.func.coalesce(around.c.measured_town, site.c.town)
    return (
        sa.select(
            *(site.c.code, site.c.district_code, site.c.state, town.label("town")),
            *(around.c.reach, around.c.bank),
        )
        .outerjoin_from(site, around, around.c.site_code == site.c.code)
        .where(site.c.state.in_(register.ON_LIST))
        .subquery("place")
    )


def _latest(
    table: sa.Table,
    of_what: sa.ColumnElement[Any],
    by: sa.ColumnElement[Any],
    *tests: sa.ColumnElement[bool],
) -> sa.FromClause:
    """Return the newest row of each thing, in one pass: of all of them that is the fastest way."""
    told = (c for c in table.c if c.name in TOLD)
    query = sa.select(*told).where(*tests).ext(distinct_on(of_what))
    return query.order_by(of_what, by.desc()).cte(f"latest_{table.name}")


def works_at(
    as_of: datetime, district_code: str, held: sa.FromClause | None = None
) -> sa.FromClause:
    """Return the works of a district as they stood at a moment, with the columns of the table.

    ``held`` are the register's rows of that moment, where somebody has worked them out already.
    """
    place = _places_at(as_of, district_code) if held is None else _places_of(held)
    parts = _pieces(as_of, place)
    return sa.union_all(*parts).subquery("works")


def _pieces(as_of: Moment | None, place: Places) -> list[sa.Select[Any]]:
    """Return the three kinds of works; ``as_of`` None is the newest of what ``place`` asks for."""
    task, project = (_versions(table, as_of) for table in (project_tasks, projects))
    return [_tasks(task, project, place), _projects(task, project, place), _tags(as_of, place)]


class _Held(NamedTuple):
    """Versions of things, and the condition that one is the newest."""

    rows: sa.FromClause
    is_newest: sa.ColumnElement[bool]


def _versions(table: sa.Table, as_of: Moment | None) -> _Held:
    if as_of is None:
        return _Held(table, dues.newest(table, None))
    known = table.c.recorded_at <= as_of
    return _Held(_latest(table, table.c.id, table.c.version, known), sa.true())


def _tasks(tasks_: _Held, projects_: _Held, place: Places) -> sa.Select[Any]:
    task, project = tasks_.rows.c, projects_.rows.c
    return (
        _row(
            place,
            due_on=task.due_on,
            amber_on=dues.amber_on(task.starts_on, task.due_on),
            is_done=task.done_on.is_not(None) | project.stage.in_(dues.FINISHED),
            kind=WorkKind.TASK,
            lead_unit=task.lead_unit,
            supporting=_units(task.supporting_units),
            key=sa.func.concat("task:", task.id),
            project_id=task.project_id,
            title=task.title,
            starts_on=task.starts_on,
            done_on=task.done_on,
            recorded_at=task.recorded_at,
            is_demo=task.is_demo,
        )
        .join_from(tasks_.rows, projects_.rows, project.id == task.project_id)
        .join(place, place.c.code == task.site_code)
        .where(task.dropped_reason == "", tasks_.is_newest, projects_.is_newest)
    )


def _projects(tasks_: _Held, projects_: _Held, place: Places) -> sa.Select[Any]:
    task, project = tasks_.rows.c, projects_.rows.c
    has_tasks = sa.exists().where(
        task.project_id == project.id, task.dropped_reason == "", tasks_.is_newest
    )
    return (
        _row(
            place,
            due_on=project.due_on,
            amber_on=dues.amber_on(project.starts_on, project.due_on),
            is_done=project.stage.in_(dues.FINISHED) | (project.progress_percent >= 100),
            kind=WorkKind.PROJECT,
            lead_unit=project.lead_unit,
            supporting=_units(project.supporting_units),
            key=sa.func.concat("project:", project.id),
            project_id=project.id,
            title=project.title,
            starts_on=project.starts_on,
            done_on=sa.null(),
            recorded_at=project.recorded_at,
            is_demo=project.is_demo,
        )
        .join_from(projects_.rows, place, place.c.code == project.site_code)
        .where(projects_.is_newest, ~has_tasks)
    )


def _tags(as_of: Moment | None, place: Places) -> sa.Select[Any]:
    tag = site_tags.c
    is_borne = sa.and_(sa.true(), tag.removed_at.is_(None))
    if as_of is not None:
        is_borne = sa.and_(tag.added_at <= as_of, is_borne | (tag.removed_at > as_of))
    known = tasks.all_tasks().values()
    titles = {one.id: one.zh for one in known}
    helpers = {one.id: one.supporting_units for one in known if one.supporting_units}
    return (
        _row(
            place,
            due_on=tag.due_on,
            amber_on=dues.amber_on(sa.cast(sa.null(), sa.Date), tag.due_on),
            is_done=place.c.state == SiteState.CLOSED,
            kind=WorkKind.TAG,
            lead_unit=tag.lead_unit,
            supporting=_units(sa.case(helpers, value=tag.task, else_="")),
            key=sa.func.concat("tag:", tag.site_code, ":", tag.task),
            project_id=sa.null(),
            title=sa.case(titles, value=tag.task, else_=tag.task),
            starts_on=sa.null(),
            done_on=sa.null(),
            recorded_at=tag.added_at,
            is_demo=sa.false(),
        )
        .join_from(site_tags, place, place.c.code == tag.site_code)
        .where(is_borne)
    )


def _units(text: sa.ColumnElement[Any]) -> sa.ColumnElement[Any]:
    """Return the units that a text names, none where it is empty."""
    parts = sa.func.regexp_split_to_array(sa.func.btrim(text, "、，,；; "), BETWEEN_UNITS)
    return sa.func.array_remove(parts, "")


def _row(place: Places, **values: Any) -> sa.Select[Any]:
    """Return a select of the table's columns, in its order."""
    said = {"kind": sa.literal(values.pop("kind").value), "site_code": place.c.code}
    for name in ("district_code", "town", "reach", "bank"):
        said[name] = place.c[name]
    said |= values
    return sa.select(*(_typed(said[column.name], column) for column in due_works.c))


def _typed(value: Any, column: sa.Column[Any]) -> sa.ColumnElement[Any]:
    if isinstance(column.type, sa.ARRAY):
        return sa.type_coerce(sa.cast(value, ARRAY(sa.Text)), column.type).label(column.name)
    plain = sa.Text() if isinstance(column.type, TermText) else column.type
    return sa.type_coerce(sa.cast(value, plain), column.type).label(column.name)


def by_project(works: sa.FromClause) -> sa.Subquery:
    """Return what each project of the list rests on (see `gis.domain.works.deadlines.rests_on`)."""
    work = works.c
    is_open = ~work.is_done
    return (
        sa.select(
            work.project_id,
            sa.func.bool_and(work.is_done).label("is_done"),
            sa.func.coalesce(
                sa.func.min(work.due_on).filter(is_open),
                sa.case((sa.func.bool_and(work.is_done), sa.func.max(work.due_on))),
            ).label("due_on"),
            sa.func.min(work.amber_on).filter(is_open).label("amber_on"),
        )
        .where(work.project_id.is_not(None))
        .group_by(work.project_id)
        .subquery("resting")
    )


def refresh(connection: sa.Connection, codes: Sequence[str]) -> None:
    """Work out the rows of some sites anew, after their rows of `listed`."""
    connection.execute(sa.delete(due_works).where(register.among(due_works.c.site_code, codes)))
    place = _places_of(listed)
    some = [part.where(register.among(place.c.code, codes)) for part in _pieces(None, place)]
    _fill(connection, some)


def rebuild(connection: sa.Connection) -> None:
    """Work out every row anew, after those of `listed`."""
    connection.execute(sa.delete(due_works))
    _fill(connection, _pieces(None, _places_of(listed)))


def _fill(connection: sa.Connection, parts: list[sa.Select[Any]]) -> None:
    names = [column.name for column in due_works.c]
    connection.execute(sa.insert(due_works).from_select(names, sa.union_all(*parts)))


def stale(connection: sa.Connection) -> set[str]:
    """Return the codes of the sites whose rows are not what the versioned tables say."""
    fresh = sa.union_all(*_pieces(None, _places_of(listed))).subquery("fresh")
    kept = sa.select(due_works)
    again = sa.select(fresh)
    differ = sa.union(again.except_(kept), kept.except_(again)).subquery("differ")
    return set(connection.scalars(sa.select(differ.c.site_code)))
