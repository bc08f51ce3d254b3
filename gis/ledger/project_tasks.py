"""Verbs on the tasks of a project: put (make or change), finish, drop."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from gis.domain.sites.errors import IdReused
from gis.domain.works import plan as plans
from gis.domain.works.errors import PlanUnfit, ProjectStale, TaskAbsent, TaskOfElsewhere
from gis.domain.works.extension import require_not_put_off
from gis.domain.works.remediation import ProjectTask
from gis.ledger.book import Book, Entry
from gis.ledger.works import follow_tasks, put_task_version, require_open, require_unfinished
from gis.store import works
from gis.store.register import day_of


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskAsked:
    """A task as the page sends it: ``id`` was made there, once; ``due_on`` None is 持续推进."""

    id: UUID
    project_id: UUID
    title: str
    lead_unit: str
    supporting_units: str = ""
    leader_role: str = ""
    starts_on: date | None = None
    due_on: date | None = None
    done_on: date | None = None
    note: str = ""


def put_task(
    book: Book, asked: TaskAsked, seen_version: int | None = None
) -> tuple[ProjectTask, bool]:
    """Add a task to a project, or change it; return it and whether it is new.

    The same again adds nothing. Without ``seen_version`` a known id must mean the same task.
    Raises NotInRegister, ProjectFinished, SiteNotOpen, TaskOfElsewhere, IdReused, ProjectStale,
    DayHeld, and what a task can be refused for.
    """
    stated: dict[str, Any] = {
        name: value.strip() if isinstance(value := getattr(asked, name), str) else value
        for name in plans.TASK_FIELDS
        if name != "dropped_reason"
    }
    with book.entry() as entry:
        project = works.project(entry.connection, asked.project_id)
        require_open(entry, project.site_code)
        before = works.task(entry.connection, asked.id)
        if before is not None and before.project_id != project.id:
            raise TaskOfElsewhere(title=before.title)
        if before is not None and all(getattr(before, n) == v for n, v in stated.items()):
            return before, False
        if before is not None and seen_version is None:
            raise IdReused(id=asked.id)
        require_unfinished(project)
        if before is not None:
            today, first = day_of(entry.now), works.task_version(entry.connection, before.id, 1)
            assert first is not None
            first_set = day_of(first.recorded_at)
            require_not_put_off(before.title, before.due_on, asked.due_on, first_set, today)
            return _change(entry, before, seen_version, **stated), False
        task = ProjectTask(
            id=asked.id,
            version=1,
            recorded_at=entry.now,
            project_id=project.id,
            site_code=project.site_code,
            is_demo=project.is_demo,
            recorded_by=entry.actor,
            **stated,
        )
        plans.require_sound_task(task, day_of(entry.now))
        put_task_version(entry, task)
        follow_tasks(entry, project)
        return task, True


def finish_task(
    book: Book,
    project_id: UUID,
    task_id: UUID,
    done_on: date | None,
    seen_version: int | None = None,
) -> ProjectTask:
    """Say on which day a task was done; None opens it again. Raises as `put_task`, TaskAbsent."""
    with book.entry() as entry:
        before = _task(entry, project_id, task_id)
        if before.done_on == done_on:
            return before
        return _change(entry, before, seen_version, done_on=done_on)


def drop_task(
    book: Book, project_id: UUID, task_id: UUID, reason: str, seen_version: int | None = None
) -> ProjectTask:
    """Drop a task that is not needed after all, with the reason; it counts no more.

    Raises as `put_task`, TaskAbsent, PlanUnfit without a reason.
    """
    if not reason.strip():
        words = plans.FIELDS["dropped_reason"]
        fit = {"fit_zh": "1 个字以上的文字", "fit_en": "one character or more"}
        raise PlanUnfit(field_zh=words.zh, field_en=words.en, **fit)
    with book.entry() as entry:
        before = _task(entry, project_id, task_id)
        if before.dropped_reason:
            return before
        return _change(entry, before, seen_version, done_on=None, dropped_reason=reason.strip())


def _task(entry: Entry, project_id: UUID, task_id: UUID) -> ProjectTask:
    project = works.project(entry.connection, project_id)
    require_open(entry, project.site_code)
    found = works.task(entry.connection, task_id)
    if found is None:
        raise TaskAbsent(id=task_id)
    if found.project_id != project_id:
        raise TaskOfElsewhere(title=found.title)
    return found


def _change(
    entry: Entry, before: ProjectTask, seen_version: int | None, **changes: Any
) -> ProjectTask:
    project = works.project(entry.connection, before.project_id)
    require_unfinished(project)
    if seen_version is not None and seen_version != before.version:
        seen = works.task_version(entry.connection, before.id, seen_version)
        said = [
            plans.changes(seen, before, plans.TASK_FIELDS, one) if seen else "—"
            for one in ("zh", "en")
        ]
        raise ProjectStale(
            title=before.title,
            yours=seen_version,
            current=before.version,
            by=before.recorded_by or "—",
            changed_zh=said[0],
            changed_en=said[1],
        )
    after = before.changed(entry.now, entry.actor, **changes)
    plans.require_sound_task(after, day_of(entry.now))
    put_task_version(entry, after, before)
    follow_tasks(entry, project)
    return after
