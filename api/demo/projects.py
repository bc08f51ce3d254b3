"""The made-up projects of the demo: plans, tasks, and the days of their steps."""

import csv
from datetime import date
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from gis.domain.terms import MineFinding, ProjectStage, ProjectVariant
from gis.domain.works.remediation import (
    PLAN_FIELDS,
    ProjectStep,
    ProjectTask,
    RemediationProject,
    progress_of,
)
from gis.ledger import Entry
from gis.ledger.works import put_project, put_step, put_task_version
from gis.rules import stages

DAYS = ("starts_on", "due_on", "care_until")
NUMBERS = ("budget_yuan", "paid_yuan", "restored_m2")
Row = dict[str, str]


def read(path: Path) -> list[Row]:
    """Return the rows of a file by heading."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def add_projects(
    entry: Entry, code: str, projects: list[Row], tasks: list[Row], by: str = "演示"
) -> None:
    """Store a made-up site's projects; ``tasks`` are those of the first of them."""
    for number, row in enumerate(projects):
        identity = _id(code, "project", str(number))
        rows = tasks if number == 0 else []
        mine = [_task(entry, code, identity, n, one) for n, one in enumerate(rows)]
        progress = progress_of(mine)
        project = _project(entry, code, identity, row, by)
        if progress is not None:
            assert progress == project.progress_percent, f"{row['title']}: {progress} %"
        put_project(entry, project)
        for task in mine:
            put_task_version(entry, task)
        for step in _steps(entry, project, row["steps"], by):
            put_step(entry, step, verb="record_step")


def _id(*parts: str) -> UUID:
    return uuid5(NAMESPACE_URL, " ".join(parts))


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _project(entry: Entry, code: str, identity: UUID, row: Row, by: str) -> RemediationProject:
    plan: dict[str, Any] = {name: row.get(name, "") for name in PLAN_FIELDS}
    plan |= {name: _day(row[name]) for name in DAYS}
    plan |= {name: float(row[name]) if row[name] else None for name in NUMBERS}
    plan["progress_percent"] = int(row["progress_percent"])
    plan["task_no"] = int(row["task_no"]) if row["task_no"] else None
    plan["finding"] = MineFinding.of(row["finding"]) if row.get("finding") else None
    return RemediationProject(
        id=identity,
        version=1,
        recorded_at=entry.now,
        site_code=code,
        variant=ProjectVariant.of(row["variant"]),
        stage=ProjectStage.of(row["stage"]),
        is_demo=True,
        recorded_by=by,
        **plan,
    )


def _task(entry: Entry, code: str, project: UUID, number: int, row: Row) -> ProjectTask:
    return ProjectTask(
        id=_id(code, "task", str(number)),
        version=1,
        recorded_at=entry.now,
        project_id=project,
        site_code=code,
        title=row["title"],
        lead_unit=row["lead_unit"],
        supporting_units=row["supporting_units"],
        leader_role=row["leader_role"],
        starts_on=_day(row["starts_on"]),
        due_on=_day(row["due_on"]),
        done_on=_day(row["done_on"]),
        is_demo=True,
        recorded_by="演示",
    )


def _steps(entry: Entry, project: RemediationProject, text: str, by: str) -> list[ProjectStep]:
    """Return the steps of ``STAGE=DAY；STAGE=DAY``; nobody gave evidence of what is made up."""
    taken = [part.split("=") for part in text.split("；") if part]
    before: ProjectStage | None = None
    found = []
    for number, (stage, day) in enumerate(taken):
        step = ProjectStep(
            id=_id(str(project.id), "step", str(number)),
            project_id=project.id,
            project_version=project.version,
            site_code=project.site_code,
            from_stage=before,
            to_stage=ProjectStage.of(stage),
            took_place_on=date.fromisoformat(day),
            at=entry.now,
            by=by,
            unit=project.lead_unit,
            document_no="",
            note="演示数据",
            reason="",
            evidence={},
            rules_sha256=stages.sha256(),
            is_demo=True,
        )
        found.append(step)
        before = step.to_stage
    return found
