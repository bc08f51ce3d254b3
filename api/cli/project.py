"""`qingfei project`: plans of sites from the terminal: open, list, show, revise, move, export."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated, get_args
from uuid import UUID, uuid4

import typer

from api import project_lists, wire_projects
from api.cli import project_task
from api.cli.options import AsJson, District, one_district, terminal_book
from api.cli.output import emit, say, table
from api.cli.project_facts import with_facts
from api.settings import Settings
from gis.domain.listing import EVERYTHING
from gis.domain.terms import ProjectStage, ProjectVariant
from gis.domain.works.rectification import ListKind
from gis.domain.works.remediation import Plan, RemediationProject
from gis.exports import project_lists as files
from gis.exports.inventory import write_whole
from gis.ledger.auditing import hand_out
from gis.ledger.projects import ProjectAsked, open_project, revise_project
from gis.ledger.stages import StepAsked, advance_project, reverse_project
from gis.rules import stages
from gis.store import project_list, works
from gis.store.register import day_of

app = typer.Typer(help="整治项目（一点一策）。 Projects of sites.", no_args_is_help=True)
app.add_typer(project_task.app, name="task")

Id = Annotated[UUID, typer.Argument(help="项目编号。 The project's id.")]
Facts = Annotated[
    list[str] | None, typer.Option("--set", help="字段=值，可重复。 FIELD=VALUE, repeatable.")
]
Day = Annotated[
    datetime | None, typer.Option("--on", formats=["%Y-%m-%d"], help="办理日期。 The step's day.")
]
Note = Annotated[str, typer.Option("--note", help="说明。 A note.")]


def _is_english() -> bool:
    return Settings().language.startswith("en")


@app.command("open")
def open_(
    site: Annotated[str, typer.Argument(help="点位编号。 The site's code.")],
    title: Annotated[str, typer.Option("--title", help="项目名称。 The project's title.")],
    variant: Annotated[
        ProjectVariant, typer.Option("--variant", help="流程。 Chain of stages.")
    ] = ProjectVariant.GENERAL,
    facts: Facts = None,
    day: Day = None,
    project_id: Annotated[
        UUID | None, typer.Option("--id", help="重试时沿用。 The same id makes a retry harmless.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """为点位立项；牵头单位不填即按规则。 Open a project at a site.

    Example: qingfei project open 150203-W00001-D --title 渣堆整治 --set due_on=2026-12-31
    """
    plan = with_facts(Plan(title=title, lead_unit=""), facts or [])
    asked = ProjectAsked(project_id or uuid4(), site, variant, plan, day.date() if day else None)
    project, _ = open_project(terminal_book(), asked)
    if as_json:
        emit({"id": project.id, "version": project.version, "lead_unit": project.lead_unit})
    else:
        say(
            f"已立项：{project.id}，牵头单位 {project.lead_unit}。",
            f"Opened {project.id}, led by {project.lead_unit}.",
        )


@app.command("list")
def list_(
    district: District = None,
    stage: Annotated[
        list[ProjectStage] | None, typer.Option("--stage", help="阶段。 Stage.")
    ] = None,
    unit: Annotated[list[str] | None, typer.Option("--unit", help="牵头单位。 Lead unit.")] = None,
    most: Annotated[int, typer.Option("--most", min=1, help="最多条数。 At most so many.")] = 100,
    as_json: AsJson = False,
) -> None:
    """按时限列出区域内的项目。 List a district's projects, what is due first first.

    Example: qingfei project list --stage WORKS --unit 区执法局
    """
    book = terminal_book()
    code = one_district(book, district)
    wanted = project_list.ProjectsWanted(stage=tuple(stage or ()), unit=tuple(unit or ()))
    with book.reading() as connection:
        rows, total = project_list.page(connection, code, datetime.now(UTC), wanted, limit=most)
    if as_json:
        emit({"items": rows, "total": total})
        return
    end = "en" if _is_english() else "zh"
    table(
        ["Site", "Project", "Stage", "Lead unit", "Due", "%", "Id"]
        if end == "en"
        else ["点位", "项目", "阶段", "牵头单位", "时限", "进展", "编号"],
        [
            [
                *(row["site_code"], row["title"], getattr(row["stage"], end), row["lead_unit"]),
                row["due_on"] or ("ongoing" if end == "en" else "持续推进"),
                *(row["progress_percent"], row["id"]),
            ]
            for row in rows
        ],
    )


@app.command()
def show(project: Id, as_json: AsJson = False) -> None:
    """查看项目、任务、办理经过与下一步所缺。 Show a project and what its next step lacks.

    Example: qingfei project show 0b6f2c1e-5a3d-4a8e-9a53-2a7c7f2b1d11
    """
    with terminal_book().reading() as connection:
        found = wire_projects.one(connection, project, datetime.now(UTC))
    if as_json:
        emit(found)
        return
    end = "en" if _is_english() else "zh"
    plan = found["plan"]
    due = plan["due_on"] or ("ongoing" if end == "en" else "持续推进")
    print(f"{plan['title']}（{found['site_code']}）  {plan['lead_unit']}  {due}")
    signs = {"done": "✓", "here": "●", "next": "○"}
    for step in found["line"]:
        print(f"  {signs[step['place']]} {step[f'name_{end}']}  {step['took_place_on'] or ''}")
    for task in found["tasks"]:
        print(f"  - {task['title']}  {task['lead_unit']}  {task['due_on'] or ''}")
    lacking = [one[f"name_{end}"] for one in found["needs"] if not one["is_met"]]
    if lacking:
        say(f"下一步还缺：{'、'.join(lacking)}", f"The next step lacks: {'; '.join(lacking)}")


@app.command()
def revise(
    project: Id,
    facts: Facts = None,
    version: Annotated[
        int | None, typer.Option("--version", help="所见版本。 The version that was seen.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """修改方案内容。 Change what a plan states.

    Example: qingfei project revise 0b6f2c1e-… --set measures=覆盖与截排水 --set budget_yuan=860000
    """
    book = terminal_book()
    with book.reading() as connection:
        plan = works.project(connection, project).plan
    after = revise_project(book, project, with_facts(plan, facts or []), version)
    if as_json:
        emit({"id": after.id, "version": after.version})
    else:
        say(f"已修改，现为第 {after.version} 版。", f"It is now version {after.version}.")


@app.command()
def advance(
    project: Id,
    day: Day = None,
    unit: Annotated[str, typer.Option("--unit", help="办理单位。 The unit that acts.")] = "",
    document: Annotated[str, typer.Option("--document", help="文号。 Paper's number.")] = "",
    note: Note = "",
    as_json: AsJson = False,
) -> None:
    """进入下一阶段；缺什么会逐项列出。 Take a project to its next stage, if nothing is missing.

    Example: qingfei project advance 0b6f2c1e-… --on 2026-06-18 --document 昆府函〔2026〕3号
    """
    book = terminal_book()
    with book.reading() as connection:
        now = works.project(connection, project)
    step = stages.chain(now.variant).next_of(now)
    asked = StepAsked(
        id=uuid4(),
        project_id=project,
        from_stage=now.stage,
        to_stage=now.stage if step is None else step.stage,
        took_place_on=day.date() if day else None,
        unit=unit,
        document_no=document,
        note=note,
    )
    _moved(advance_project(book, asked)[0], as_json)


@app.command()
def reverse(
    project: Id,
    to: Annotated[ProjectStage, typer.Option("--to", help="退回到的阶段。 Back to this stage.")],
    reason: Annotated[str, typer.Option("--reason", help="回弹理由。 Why.")],
    day: Day = None,
    as_json: AsJson = False,
) -> None:
    """退回到更早的阶段（回弹）。 Take a project back to an earlier stage, with the reason.

    Example: qingfei project reverse 0b6f2c1e-… --to WORKS --reason 影像发现新倾倒
    """
    book = terminal_book()
    with book.reading() as connection:
        now = works.project(connection, project)
    asked = StepAsked(
        id=uuid4(),
        project_id=project,
        from_stage=now.stage,
        to_stage=to,
        took_place_on=day.date() if day else None,
        reason=reason,
    )
    _moved(reverse_project(book, asked)[0], as_json)


def _moved(project: RemediationProject, as_json: bool) -> None:
    if as_json:
        emit({"id": project.id, "version": project.version, "stage": project.stage})
        return
    step = stages.chain(project.variant).step(project.stage)
    zh, en = (step.zh, step.en) if step else (project.stage.zh, project.stage.en)
    say(f"“{project.title}”现处于“{zh}”。", f"“{project.title}” stands at “{en}”.")


@app.command()
def export(
    kind: Annotated[str, typer.Argument(help="problems、rectification 或 reserve。 Which list.")],
    out: Annotated[Path, typer.Option("--out", help="输出文件（.xlsx）。 The file to write.")],
    district: District = None,
    as_of: Annotated[
        datetime | None, typer.Option("--as-of", formats=["%Y-%m-%d"], help="截至日期。 As of.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """导出问题清单、整改方案或储备库。 Write one of the lists as a workbook.

    Example: qingfei project export problems --district 150203 --out 问题清单.xlsx
    """
    book = terminal_book()
    day: date = as_of.date() if as_of else day_of(book.clock())
    found = project_lists.sheet(book, _kind(kind), one_district(book, district), day, EVERYTHING)
    write_whole(out, ".xlsx", lambda part: files.write(found, part))
    about = {"list": kind, "as_of": found.as_of, "filter": found.scope, "rows": len(found.rows)}
    hand_out(book, "project_list", found.district_code, out, **about)
    if as_json:
        emit({"out": out, "rows": len(found.rows), "as_of": day})
    else:
        say(f"已写入 {out}，共 {len(found.rows)} 条。", f"Wrote {len(found.rows)} rows to {out}.")


def _kind(text: str) -> ListKind:
    known: tuple[ListKind, ...] = get_args(ListKind)
    for kind in known:
        if kind == text:
            return kind
    raise typer.BadParameter(" | ".join(known))
