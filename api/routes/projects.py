"""Routes of projects: plans, tasks, steps, and the lists that are made of them."""

import tempfile
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query, Response
from pydantic import BaseModel, ConfigDict, Field

from api import project_lists, wire_projects
from api.access import Engine, OpenBook, Reader, Writer
from api.bodies.projects import (
    DoneBody,
    DropBody,
    ProjectBody,
    RevisionBody,
    StepBody,
    TaskBody,
)
from gis.domain.errors import DateInFuture
from gis.domain.listing import Wanted
from gis.domain.terms import DeadlineState, ProjectStage, ProjectVariant
from gis.domain.works.rectification import ListKind, ProjectSheet
from gis.exports import project_lists as files
from gis.exports.inventory import write_whole
from gis.ledger import Book, project_tasks, projects, stages
from gis.ledger.auditing import hand_out
from gis.store import places, project_list
from gis.store.engine import connecting
from gis.store.register import day_of, end_of

router = APIRouter(prefix="/api")

Word = Annotated[str, Field(max_length=100, pattern=r"^[^\x00]*$")]
Words = Annotated[list[Word], Field(max_length=50)]


class ProjectsWish(BaseModel):
    """A list of projects' address: its place and filter; unknown names are refused."""

    model_config = ConfigDict(extra="forbid")

    district: Annotated[str, Field(max_length=20)]
    stage: list[ProjectStage] = []
    variant: list[ProjectVariant] = []
    deadline: list[DeadlineState] = []
    unit: Words = []
    town: Words = []
    reach: Words = []
    bank: Words = []
    text: Word = ""
    after: Annotated[int, Field(ge=0, le=10_000_000)] = 0
    limit: Annotated[int, Field(ge=1, le=500)] = 100

    def wanted(self) -> project_list.ProjectsWanted:
        """Return the filter."""
        plain = ("stage", "variant", "deadline", "unit", "town", "reach", "bank")
        asked = {name: tuple(getattr(self, name)) for name in plain}
        return project_list.ProjectsWanted(text=self.text, **asked)


class ListWish(BaseModel):
    """A list's address: its place, its day, and where along the river."""

    model_config = ConfigDict(extra="forbid")

    district: Annotated[str, Field(max_length=20)]
    as_of: date | None = None
    town: Words = []
    reach: Words = []
    bank: Words = []

    def sheet(self, book: Book, kind: ListKind) -> ProjectSheet:
        """Return the list."""
        day = self.as_of or day_of(book.clock())
        wanted = Wanted(town=tuple(self.town), reach=tuple(self.reach), bank=tuple(self.bank))
        return project_lists.sheet(book, kind, self.district, day, wanted)


@router.get("/project-rules")
def rules(user: Reader) -> dict[str, Any]:
    """Return the chains of stages with what each step needs, and who leads where."""
    return wire_projects.rules()


@router.get("/projects")
def page(user: Reader, engine: Engine, wish: Annotated[ProjectsWish, Query()]) -> dict[str, Any]:
    """Return a page of a district's projects with counts by stage; what is due first first."""
    now, wanted = datetime.now(UTC), wish.wanted()
    with connecting(engine) as connection:
        places.district(connection, wish.district)
        rows, total = project_list.page(
            connection, wish.district, now, wanted, limit=wish.limit, after=wish.after
        )
        end = wish.after + len(rows)
        return {
            "items": rows,
            "total": total,
            "next": end if end < total else None,
            "counts": project_list.counts(connection, wish.district, now, wanted),
            "choices": project_list.choices(connection, wish.district, now),
        }


@router.get("/projects/lists/{kind}")
def one_list(
    kind: ListKind, user: Reader, engine: Engine, wish: Annotated[ListWish, Query()]
) -> dict[str, Any]:
    """Return 问题清单, 整改方案 or 储备库 as pages show it, in both languages."""
    found = wish.sheet(Book(engine, user.username), kind)
    return {
        "columns": [{"zh": one.zh, "en": one.en, "width": one.width} for one in found.columns],
        "codes": [row["code"] for row in found.rows],
        "rows_zh": found.cells("zh-CN"),
        "rows_en": found.cells("en"),
        "as_of": found.as_of,
    }


@router.get("/projects/lists/{kind}/workbook")
def workbook(
    kind: ListKind, user: Writer, book: OpenBook, wish: Annotated[ListWish, Query()]
) -> Response:
    """Return such a list as an Excel workbook; the export is written into the log."""
    found = wish.sheet(book, kind)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "list.xlsx"
        write_whole(path, ".xlsx", lambda part: files.write(found, part))
        content = path.read_bytes()
    about = {"list": kind, "as_of": found.as_of, "filter": found.scope, "rows": len(found.rows)}
    hand_out(book, "project_list", found.district_code, content, **about)
    name = f"qingfei-{kind}-{found.district_code}-{found.as_of}.xlsx"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content, media_type=files.MEDIA_TYPE, headers=headers)


@router.get("/sites/{code}/projects")
def of_site(code: str, user: Reader, engine: Engine, as_of: date | None = None) -> dict[str, Any]:
    """Return a site's projects, the newest first, now or as they stood at the end of a day."""
    now = datetime.now(UTC)
    if as_of is not None and as_of > day_of(now):
        raise DateInFuture(day=as_of)
    moment = None if as_of is None else end_of(as_of)
    with connecting(engine) as connection:
        return wire_projects.of_site(connection, code, now, moment)


@router.get("/projects/{project_id}")
def one(project_id: UUID, user: Reader, engine: Engine) -> dict[str, Any]:
    """Return a project with its tasks, its line of stages, and what its next step lacks."""
    with connecting(engine) as connection:
        return wire_projects.one(connection, project_id, datetime.now(UTC))


def _answer(book: Book, project_id: UUID) -> dict[str, Any]:
    with book.reading() as connection:
        return wire_projects.one(connection, project_id, book.clock())


@router.put("/projects/{project_id}")
def put(
    project_id: UUID, body: ProjectBody, response: Response, user: Writer, book: OpenBook
) -> dict[str, Any]:
    """Open a project at a site: 201 the first time, 200 when the same request comes again."""
    _, is_new = projects.open_project(book, body.asked(project_id))
    response.status_code = 201 if is_new else 200
    return _answer(book, project_id)


@router.put("/projects/{project_id}/plan")
def revise(project_id: UUID, body: RevisionBody, user: Writer, book: OpenBook) -> dict[str, Any]:
    """Store what is stated of a project now."""
    projects.revise_project(book, project_id, body.plan.plan(), body.version)
    return _answer(book, project_id)


@router.put("/projects/{project_id}/tasks/{task_id}")
def put_task(
    project_id: UUID,
    task_id: UUID,
    body: TaskBody,
    response: Response,
    user: Writer,
    book: OpenBook,
) -> dict[str, Any]:
    """Add a task, or change it: 201 the first time."""
    _, is_new = project_tasks.put_task(book, body.asked(project_id, task_id), body.version)
    response.status_code = 201 if is_new else 200
    return _answer(book, project_id)


@router.put("/projects/{project_id}/tasks/{task_id}/done")
def finish_task(
    project_id: UUID, task_id: UUID, body: DoneBody, user: Writer, book: OpenBook
) -> dict[str, Any]:
    """Say on which day a task was done, or open it again."""
    project_tasks.finish_task(book, project_id, task_id, body.done_on, body.version)
    return _answer(book, project_id)


@router.put("/projects/{project_id}/tasks/{task_id}/dropped")
def drop_task(
    project_id: UUID, task_id: UUID, body: DropBody, user: Writer, book: OpenBook
) -> dict[str, Any]:
    """Drop a task that is not needed after all."""
    project_tasks.drop_task(book, project_id, task_id, body.reason, body.version)
    return _answer(book, project_id)


@router.put("/projects/{project_id}/steps/{step_id}")
def advance(
    project_id: UUID,
    step_id: UUID,
    body: StepBody,
    response: Response,
    user: Writer,
    book: OpenBook,
) -> dict[str, Any]:
    """Take a project to its next stage: 201 the first time."""
    _, is_new = stages.advance_project(book, body.asked(project_id, step_id))
    response.status_code = 201 if is_new else 200
    return _answer(book, project_id)


@router.put("/projects/{project_id}/reversals/{step_id}")
def reverse(
    project_id: UUID,
    step_id: UUID,
    body: StepBody,
    response: Response,
    user: Writer,
    book: OpenBook,
) -> dict[str, Any]:
    """Take a project back to an earlier stage, with the reason: 201 the first time."""
    _, is_new = stages.reverse_project(book, body.asked(project_id, step_id))
    response.status_code = 201 if is_new else 200
    return _answer(book, project_id)
