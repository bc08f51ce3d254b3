"""Days of works as of a moment, in SQL: what each project and each of its tasks rests on.

A project's day is that of its sub-tasks where it has any: the earliest that is not done. What
`gis.domain.works.deadlines` says of one work, these expressions say of rows; a test compares them.
"""

from datetime import date, datetime, timedelta, timezone
from typing import Any, NamedTuple

import sqlalchemy as sa

from gis.domain.terms import DeadlineState, ProjectStage
from gis.rules import deadlines
from gis.store.tables import project_tasks, projects
from gis.store.tables.base import TermText

CHINA = timezone(timedelta(hours=8), "Asia/Shanghai")
"""China keeps one time zone without summer time; a day of the register is a day here."""

Moment = datetime | sa.BindParameter[datetime]
Column = sa.ColumnElement[Any]
FINISHED = [stage for stage in ProjectStage if stage.is_finished]


def day_of(moment: datetime) -> date:
    """Return the register's day that a moment belongs to."""
    return moment.astimezone(CHINA).date()


def day(as_of: Moment) -> Column:
    """Return the register's day in SQL; of a parameter it is the parameter ``today``."""
    if isinstance(as_of, datetime):
        return sa.literal(day_of(as_of), sa.Date)
    return sa.bindparam("today", type_=sa.Date)


def state(due_on: Column, amber_on: Column, is_done: Column, as_of: Moment) -> Column:
    """Return how works stand on the register's day (see `gis.domain.works.deadlines.state_on`)."""
    found = sa.case(
        (is_done, DeadlineState.DONE.value),
        (due_on.is_(None), DeadlineState.ONGOING.value),
        (due_on < day(as_of), DeadlineState.RED.value),
        (amber_on <= day(as_of), DeadlineState.AMBER.value),
        else_=DeadlineState.ON_TIME.value,
    )
    return sa.type_coerce(found, TermText(DeadlineState))


def amber_on(starts_on: Column, due_on: Column) -> Column:
    """Return the first day on which works are amber, by the rules in force."""
    short, *longer = deadlines.current().spans
    length = due_on - starts_on
    days: Column | int = short.days
    if longer:
        days = sa.case(
            *((length >= span.from_days, _whole(span.days)) for span in reversed(longer)),
            else_=_whole(short.days),
        )
    return sa.type_coerce(due_on - days, sa.Date)


def _whole(number: int) -> Column:
    return sa.literal_column(str(number), sa.Integer)


def newest(table: sa.Table, as_of: Moment | None) -> sa.ColumnElement[bool]:
    """Return whether a version is its thing's newest as recorded by ``as_of``; None is ever."""
    later = table.alias(f"later_{table.name}")
    newer = (later.c.id == table.c.id) & (later.c.version > table.c.version)
    if as_of is None:
        return ~sa.exists().where(newer)
    is_known = later.c.recorded_at <= as_of
    return (table.c.recorded_at <= as_of) & ~sa.exists().where(newer, is_known)


class Effort(NamedTuple):
    """What a project's day rests on: columns for a select of ``projects``, and their source."""

    due_on: Column
    amber_on: Column
    is_done: Column
    tasks: sa.FromClause


def effort(as_of: Moment | None) -> Effort:
    """Return what each project of a select rests on; join ``tasks`` to it, on true."""
    task = project_tasks.c
    is_open = task.done_on.is_(None)
    tasks = (
        sa.select(
            sa.func.count().label("n"),
            sa.func.bool_and(task.done_on.is_not(None)).label("all_done"),
            sa.func.min(task.due_on).filter(is_open).label("open_due_on"),
            sa.func.min(amber_on(task.starts_on, task.due_on)).filter(is_open).label("amber_on"),
            sa.func.max(task.due_on).label("last_due_on"),
        )
        .where(
            task.project_id == projects.c.id,
            task.dropped_reason == "",
            newest(project_tasks, as_of),
        )
        .correlate(projects)
        .lateral("tasks")
    )
    has_tasks, project = tasks.c.n > 0, projects.c
    last = sa.case((tasks.c.all_done, tasks.c.last_due_on))
    due = sa.case((has_tasks, sa.func.coalesce(tasks.c.open_due_on, last)), else_=project.due_on)
    amber = sa.case(
        (has_tasks, tasks.c.amber_on), else_=amber_on(project.starts_on, project.due_on)
    )
    by_tasks = sa.case((has_tasks, tasks.c.all_done), else_=project.progress_percent >= 100)
    return Effort(due, amber, project.stage.in_(FINISHED) | by_tasks, tasks)
