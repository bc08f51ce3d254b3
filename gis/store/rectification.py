"""The rows of 问题清单 and 整改方案: sites, each with the project that speaks of it."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import distinct_on

from gis.domain.inventory import numbered
from gis.domain.listing import Wanted
from gis.domain.works.remediation import ProjectTask
from gis.store import listing, shape
from gis.store.papers_held import verdicts
from gis.store.tables import project_steps, project_tasks

NOT_OPENED = {"opened_on": None, "opened_no": ""}
LAST = ("￿", float("inf"))
"""Where sites without a reach or chainage stand: behind all others."""


def rows(connection: sa.Connection, scope: listing.Scope, wanted: Wanted) -> list[dict[str, Any]]:
    """Return the sites that are wanted, down the river, as of the scope's moment.

    Each is a row of the register with its number, centre, tasks, verdict, and how it was assigned.
    """
    found = listing.rows(connection, scope, wanted)
    found.sort(key=_down_the_river)
    ids = [row["project_id"] for row in found if row["project_id"] is not None]
    tasks = _tasks(connection, ids, scope)
    opened = _opened(connection, ids, scope)
    checked = verdicts(connection, scope.as_of, [row["code"] for row in found])
    return [
        {
            **row,
            "town": row["measured_town"] or row["town"],
            "village": row["measured_village"] or row["village"],
            "tasks": tasks.get(row["project_id"], []),
            "verdict": checked.get(row["code"]),
            **opened.get(row["project_id"], NOT_OPENED),
        }
        for row in numbered(found)
    ]


def _down_the_river(row: dict[str, Any]) -> tuple[Any, ...]:
    reach = LAST[0] if row["reach"] is None else row["reach"]
    chainage = LAST[1] if row["chainage_m"] is None else row["chainage_m"]
    return reach, chainage, row["code"]


def _tasks(
    connection: sa.Connection, ids: list[Any], scope: listing.Scope
) -> dict[Any, list[ProjectTask]]:
    newest = (
        sa.select(project_tasks)
        .where(project_tasks.c.project_id.in_(ids), project_tasks.c.recorded_at <= scope.as_of)
        .ext(distinct_on(project_tasks.c.id))
        .order_by(project_tasks.c.id, project_tasks.c.version.desc())
        .subquery("newest")
    )
    query = (
        sa.select(newest)
        .where(newest.c.dropped_reason == "")
        .order_by(newest.c.due_on.asc().nulls_last(), newest.c.title, newest.c.id)
    )
    found: dict[Any, list[ProjectTask]] = {}
    for task in shape.select_all(connection, ProjectTask, query):
        found.setdefault(task.project_id, []).append(task)
    return found


def _opened(
    connection: sa.Connection, ids: list[Any], scope: listing.Scope
) -> dict[Any, dict[str, Any]]:
    """Return day and paper of each project's first step."""
    query = (
        sa.select(
            project_steps.c.project_id,
            project_steps.c.took_place_on,
            project_steps.c.document_no,
        )
        .where(
            project_steps.c.project_id.in_(ids),
            project_steps.c.from_stage.is_(None),
            project_steps.c.at <= scope.as_of,
        )
        .order_by(project_steps.c.at)
    )
    return {
        row.project_id: {"opened_on": row.took_place_on, "opened_no": row.document_no}
        for row in connection.execute(query)
    }
