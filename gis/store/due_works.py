"""The works of the list, piece by piece, as of a moment; those of now are kept in `due_works`."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY

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
Places = sa.FromClause
"""Sites with what the rows of works repeat of them: see `_NOW` and `_places_at`."""


def _places_now() -> Places:
    names = ("code", "district_code", "state", "town", "reach", "bank")
    return sa.select(*(listed.c[n] for n in names)).where(listed.c.is_on_list).subquery("place")


def _places_at(as_of: datetime, district_code: str) -> Places:
    held = register.keys(as_of, None, district_code)
    town = sa.func.coalesce(surroundings.c.measured_town, sites.c.town)
    return (
        sa.select(
            *(sites.c.code, sites.c.district_code, sites.c.state, town.label("town")),
            *(surroundings.c.reach, surroundings.c.bank),
        )
        .select_from(held)
        .join(sites, (sites.c.code == held.c.code) & (sites.c.version == held.c.version))
        .outerjoin(
            surroundings,
            (surroundings.c.site_code == held.c.code)
            & (surroundings.c.measured_at == held.c.measured_at),
        )
        .where(sites.c.state.in_(register.ON_LIST))
        .subquery("place")
    )


def works_at(as_of: datetime, district_code: str) -> sa.FromClause:
    """Return the works of a district as they stood at a moment, with the columns of the table."""
    parts = _pieces(as_of, _places_at(as_of, district_code))
    return sa.union_all(*parts).subquery("works")


def _pieces(as_of: Moment | None, place: Places) -> list[sa.Select[Any]]:
    return [_tasks(as_of, place), _projects(as_of, place), _tags(as_of, place)]


def _tasks(as_of: Moment | None, place: Places) -> sa.Select[Any]:
    task, project = project_tasks.c, projects.c
    newest = dues.newest(projects, as_of, "later_project")
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
        .join_from(project_tasks, projects, (project.id == task.project_id) & newest)
        .join(place, place.c.code == task.site_code)
        .where(task.dropped_reason == "", dues.newest(project_tasks, as_of, "later_task"))
    )


def _projects(as_of: Moment | None, place: Places) -> sa.Select[Any]:
    project = projects.c
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
        .join_from(projects, place, place.c.code == project.site_code)
        .where(dues.newest(projects, as_of, "later_project"), ~_has_tasks(as_of))
    )


def _has_tasks(as_of: Moment | None) -> sa.ColumnElement[bool]:
    """Return whether a row of ``projects`` has a sub-task that was not dropped."""
    task, later = project_tasks.alias("any_task"), project_tasks.alias("later_any")
    newer = sa.exists().where(later.c.id == task.c.id, later.c.version > task.c.version)
    mine = sa.exists().where(task.c.project_id == projects.c.id, task.c.dropped_reason == "")
    if as_of is None:
        return mine.where(~newer)
    return mine.where(task.c.recorded_at <= as_of, ~newer.where(later.c.recorded_at <= as_of))


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


def refresh(connection: sa.Connection, codes: Sequence[str]) -> None:
    """Work out the rows of some sites anew, after their rows of `listed`."""
    connection.execute(sa.delete(due_works).where(register.among(due_works.c.site_code, codes)))
    place = _places_now()
    some = [part.where(register.among(place.c.code, codes)) for part in _pieces(None, place)]
    _fill(connection, some)


def rebuild(connection: sa.Connection) -> None:
    """Work out every row anew, after those of `listed`."""
    connection.execute(sa.delete(due_works))
    _fill(connection, _pieces(None, _places_now()))


def _fill(connection: sa.Connection, parts: list[sa.Select[Any]]) -> None:
    names = [column.name for column in due_works.c]
    connection.execute(sa.insert(due_works).from_select(names, sa.union_all(*parts)))


def stale(connection: sa.Connection) -> set[str]:
    """Return the codes of the sites whose rows are not what the versioned tables say."""
    fresh = sa.union_all(*_pieces(None, _places_now())).subquery("fresh")
    kept = sa.select(due_works)
    again = sa.select(fresh)
    differ = sa.union(again.except_(kept), kept.except_(again)).subquery("differ")
    return set(connection.scalars(sa.select(differ.c.site_code)))
