"""Queries on projects, their tasks and their steps; of sites that are seen."""

from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import distinct_on

from gis.domain.errors import NotInRegister
from gis.domain.works.remediation import ProjectStep, ProjectTask, RemediationProject
from gis.store import shape, sight
from gis.store.tables import project_steps, project_tasks, projects


def newest(table: sa.Table, as_of: datetime | None = None) -> sa.Select[Any]:
    """Return the select of the newest version of each row of ``table``, as of a moment."""
    query = sa.select(table).ext(distinct_on(table.c.id))
    if as_of is not None:
        query = query.where(table.c.recorded_at <= as_of)
    return query.order_by(table.c.id, table.c.version.desc())


def project(
    connection: sa.Connection, project_id: UUID, as_of: datetime | None = None
) -> RemediationProject:
    """Return a project's version in force, of a site that is seen; raises NotInRegister."""
    query = newest(projects, as_of).where(projects.c.id == project_id)
    found = shape.select_one(connection, RemediationProject, query)
    if found is None or not sight.sees(connection, None, found.site_code):
        raise NotInRegister(id=project_id)
    return found


def filed(connection: sa.Connection, project_id: UUID) -> RemediationProject | None:
    """Return a project as it was first stored, or None; whoever asks."""
    return version(connection, project_id, 1)


def version(connection: sa.Connection, project_id: UUID, number: int) -> RemediationProject | None:
    """Return one version of a project, or None."""
    query = sa.select(projects).where(projects.c.id == project_id, projects.c.version == number)
    return shape.select_one(connection, RemediationProject, query)


def projects_of(
    connection: sa.Connection, code: str, as_of: datetime | None = None
) -> list[RemediationProject]:
    """Return the projects of a site, the oldest first."""
    found = newest(projects, as_of).subquery("found")
    began = (
        sa.select(projects.c.id, sa.func.min(projects.c.recorded_at).label("at"))
        .where(projects.c.site_code == code)
        .group_by(projects.c.id)
        .subquery("began")
    )
    query = (
        sa.select(found)
        .join(began, began.c.id == found.c.id)
        .where(found.c.site_code == code)
        .order_by(began.c.at, found.c.id)
    )
    return shape.select_all(connection, RemediationProject, query)


def task(connection: sa.Connection, task_id: UUID) -> ProjectTask | None:
    """Return a task's newest version, or None; whoever asks."""
    query = newest(project_tasks).where(project_tasks.c.id == task_id)
    return shape.select_one(connection, ProjectTask, query)


def task_version(connection: sa.Connection, task_id: UUID, number: int) -> ProjectTask | None:
    """Return one version of a task, or None."""
    query = sa.select(project_tasks).where(
        project_tasks.c.id == task_id, project_tasks.c.version == number
    )
    return shape.select_one(connection, ProjectTask, query)


def tasks_of(
    connection: sa.Connection, project_id: UUID, as_of: datetime | None = None
) -> list[ProjectTask]:
    """Return a project's tasks: what stands first and what is due first, then what goes on."""
    found = newest(project_tasks, as_of).where(project_tasks.c.project_id == project_id)
    rows = found.subquery("found")
    query = sa.select(rows).order_by(
        rows.c.dropped_reason != "", rows.c.due_on.asc().nulls_last(), rows.c.title, rows.c.id
    )
    return shape.select_all(connection, ProjectTask, query)


def step(connection: sa.Connection, step_id: UUID) -> ProjectStep | None:
    """Return a step, or None; whoever asks."""
    query = sa.select(project_steps).where(project_steps.c.id == step_id)
    return shape.select_one(connection, ProjectStep, query)


def steps_of(
    connection: sa.Connection, project_id: UUID, as_of: datetime | None = None
) -> list[ProjectStep]:
    """Return a project's steps, the oldest first."""
    query = sa.select(project_steps).where(project_steps.c.project_id == project_id)
    if as_of is not None:
        query = query.where(project_steps.c.at <= as_of)
    in_order = query.order_by(project_steps.c.at, project_steps.c.project_version)
    return shape.select_all(connection, ProjectStep, in_order)


def evidence_used(connection: sa.Connection, code: str) -> set[str]:
    """Return every id that served a step of one of a site's projects as evidence."""
    query = sa.select(project_steps.c.evidence).where(project_steps.c.site_code == code)
    used: set[str] = set()
    for evidence in connection.scalars(query):
        used.update(str(one) for held in evidence.values() for one in held)
    return used
