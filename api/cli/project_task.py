"""`qingfei project task`: a project's tasks: add, done, drop."""

from datetime import datetime
from typing import Annotated
from uuid import UUID, uuid4

import typer

from api.cli.options import AsJson, terminal_book
from api.cli.output import emit, say
from gis.domain.works.remediation import ProjectTask
from gis.ledger.project_tasks import TaskAsked, drop_task, finish_task, put_task

app = typer.Typer(help="项目的任务。 Tasks of a project.", no_args_is_help=True)

Project = Annotated[UUID, typer.Argument(help="项目编号。 The project's id.")]
Task = Annotated[UUID, typer.Argument(help="任务编号。 The task's id.")]
FORMATS = ["%Y-%m-%d"]


@app.command()
def add(
    project: Project,
    title: Annotated[str, typer.Option("--title", help="任务名称。 What is to be done.")],
    unit: Annotated[str, typer.Option("--unit", help="牵头单位。 Lead unit.")],
    due: Annotated[
        datetime | None,
        typer.Option("--due", formats=FORMATS, help="时限，不填为持续推进。 Due; none is ongoing."),
    ] = None,
    start: Annotated[
        datetime | None, typer.Option("--start", formats=FORMATS, help="开始日期。 Starts on.")
    ] = None,
    support: Annotated[str, typer.Option("--support", help="配合单位。 Supporting units.")] = "",
    as_json: AsJson = False,
) -> None:
    """给项目加一项任务。 Add a task to a project.

    Example: qingfei project task add 0b6f2c1e-… --title 清运 --unit 昆河镇 --due 2026-12-31
    """
    asked = TaskAsked(
        id=uuid4(),
        project_id=project,
        title=title,
        lead_unit=unit,
        supporting_units=support,
        starts_on=start.date() if start else None,
        due_on=due.date() if due else None,
    )
    _said(put_task(terminal_book(), asked)[0], as_json)


@app.command()
def done(
    project: Project,
    task: Task,
    day: Annotated[
        datetime | None,
        typer.Option("--on", formats=FORMATS, help="完成日期，不填即撤销。 Done on."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """登记任务完成。 Say on which day a task was done.

    Example: qingfei project task done 0b6f2c1e-… 77a1c0de-… --on 2026-06-18
    """
    found = finish_task(terminal_book(), project, task, day.date() if day else None)
    _said(found, as_json)


@app.command()
def drop(
    project: Project,
    task: Task,
    reason: Annotated[str, typer.Option("--reason", help="取消理由。 Why it is not needed.")],
    as_json: AsJson = False,
) -> None:
    """取消不再需要的任务。 Drop a task that is not needed after all.

    Example: qingfei project task drop 0b6f2c1e-… 77a1c0de-… --reason 并入清运
    """
    _said(drop_task(terminal_book(), project, task, reason), as_json)


def _said(task: ProjectTask, as_json: bool) -> None:
    if as_json:
        emit({"id": task.id, "version": task.version, "done_on": task.done_on})
    else:
        say(f"任务“{task.title}”已登记（{task.id}）。", f"Task “{task.title}” stored ({task.id}).")
