"""Projects of a district as lists: filtered, counted by stage, and the reserve in its order."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from gis.domain.terms import DeadlineState, ProjectStage, ProjectVariant
from gis.store import due_works, dues, priority, shape, sight
from gis.store.tables import due_works as kept_works
from gis.store.tables import listed, projects

SITE = ("code", "name", "kind", "town", "reach", "bank", "chainage_m", "grade", "is_provisional")
KEPT = (
    *("id", "version", "variant", "title", "stage", "lead_unit", "supporting_units"),
    *("leader_role", "starts_on", "due_on", "budget_yuan", "fund_source", "paid_yuan"),
    *("progress_percent", "task_no", "is_demo", "recorded_at", "recorded_by"),
)


@dataclass(frozen=True, slots=True)
class ProjectsWanted:
    """A filter of projects; what is empty asks for nothing, several words are "or"."""

    stage: tuple[ProjectStage, ...] = ()
    variant: tuple[ProjectVariant, ...] = ()
    deadline: tuple[DeadlineState, ...] = ()
    unit: tuple[str, ...] = ()
    town: tuple[str, ...] = ()
    reach: tuple[str, ...] = ()
    bank: tuple[str, ...] = ()
    text: str = ""


def _all(connection: sa.Connection, district_code: str, now: datetime) -> sa.Subquery:
    """Return every project of now at a site of the district that is seen, with its site."""
    later = projects.alias("later")
    is_newest = ~sa.exists().where(
        later.c.id == projects.c.id, later.c.version > projects.c.version
    )
    rests = due_works.by_project(kept_works)
    project, is_listed = projects.c, rests.c.project_id.is_not(None)
    is_through = project.stage.in_(dues.FINISHED) | (project.progress_percent >= 100)
    state = dues.state(
        sa.case((is_listed, rests.c.due_on), else_=project.due_on),
        sa.case(
            (is_listed, rests.c.amber_on), else_=dues.amber_on(project.starts_on, project.due_on)
        ),
        sa.func.coalesce(rests.c.is_done, is_through),
        now,
    )
    query = (
        sa.select(
            *(projects.c[name] for name in KEPT),
            *(listed.c[name].label(f"site_{name}") for name in SITE),
            listed.c.state.label("site_state"),
            state.label("deadline"),
        )
        .join_from(projects, listed, listed.c.code == projects.c.site_code)
        .outerjoin(rests, rests.c.project_id == project.id)
        .where(listed.c.district_code == district_code, is_newest)
        .where(sight.rows_seen(connection, listed))
    )
    return query.subquery("works")


def _where(rows: sa.Subquery, wanted: ProjectsWanted) -> list[sa.ColumnElement[bool]]:
    plain = {
        "stage": rows.c.stage,
        "variant": rows.c.variant,
        "deadline": rows.c.deadline,
        "unit": rows.c.lead_unit,
        "town": rows.c.site_town,
        "reach": rows.c.site_reach,
        "bank": rows.c.site_bank,
    }
    tests: list[sa.ColumnElement[bool]] = [
        column.in_(getattr(wanted, name)) for name, column in plain.items() if getattr(wanted, name)
    ]
    if words := wanted.text.strip():
        named = (rows.c.title, rows.c.site_name, rows.c.site_code)
        tests.append(sa.or_(*(column.icontains(words, autoescape=True) for column in named)))
    return tests


def page(
    connection: sa.Connection,
    district_code: str,
    now: datetime,
    wanted: ProjectsWanted,
    *,
    limit: int,
    after: int = 0,
) -> tuple[list[dict[str, Any]], int]:
    """Return projects that are wanted, what is due first first, and how many there are in all."""
    rows = _all(connection, district_code, now)
    tests = _where(rows, wanted)
    total = connection.scalar(sa.select(sa.func.count()).select_from(rows).where(*tests)) or 0
    is_through = rows.c.deadline == DeadlineState.DONE
    query = (
        sa.select(rows)
        .where(*tests)
        .order_by(is_through, rows.c.due_on.asc().nulls_last(), rows.c.site_code, rows.c.id)
        .offset(after)
        .limit(limit)
    )
    return [shape.loaded(row) for row in connection.execute(query).mappings()], total


def counts(
    connection: sa.Connection, district_code: str, now: datetime, wanted: ProjectsWanted
) -> list[dict[str, Any]]:
    """Return how many projects stand at each stage, by the state of their day, with their money."""
    rows = _all(connection, district_code, now)
    query = (
        sa.select(
            rows.c.stage,
            rows.c.deadline,
            sa.func.count().label("n"),
            sa.func.coalesce(sa.func.sum(rows.c.budget_yuan), 0.0).label("budget_yuan"),
            sa.func.coalesce(sa.func.sum(rows.c.paid_yuan), 0.0).label("paid_yuan"),
        )
        .where(*_where(rows, wanted))
        .group_by(rows.c.stage, rows.c.deadline)
    )
    return [dict(row) for row in connection.execute(query).mappings()]


def choices(connection: sa.Connection, district_code: str, now: datetime) -> dict[str, list[str]]:
    """Return the units, towns and reaches that projects of a district have."""
    rows = _all(connection, district_code, now)
    named = {"unit": rows.c.lead_unit, "town": rows.c.site_town, "reach": rows.c.site_reach}
    return {
        name: [
            one
            for one in connection.scalars(sa.select(column).distinct().order_by(column))
            if one is not None
        ]
        for name, column in named.items()
    }


def reserve(
    connection: sa.Connection, district_code: str, now: datetime, order: priority.Order
) -> list[dict[str, Any]]:
    """Return 储备库: the projects not begun yet, each with its site's place in the order for money.

    Sites that do not wait for money (no grade yet, out of the scheme) come last, without a place.
    """
    rows = _all(connection, district_code, now)
    line = priority.places(connection, district_code, order)
    query = (
        sa.select(rows, line.c.place, line.c.turn_count.label("held"))
        .outerjoin(line, line.c.code == rows.c.site_code)
        .where(rows.c.stage == ProjectStage.RESERVE)
        .order_by(line.c.place.asc().nulls_last(), rows.c.site_code, rows.c.id)
    )
    return [
        shape.loaded(row) | {"held": None if row["held"] is None else -row["held"]}
        for row in connection.execute(query).mappings()
    ]
