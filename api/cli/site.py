"""`qingfei site`: one site shown, corrected, merged, split, tagged, and given papers."""

import json
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any
from uuid import UUID, uuid4

import typer

from api import wire_site
from api.cli.options import AsJson, terminal_book
from api.cli.output import emit, say, table
from api.outlines import outline_of
from api.settings import Settings
from gis.domain.errors import GeometryInvalid
from gis.domain.sites.errors import FactUnfit, FileTooLarge
from gis.domain.sites.facts import FACTS, read_changes
from gis.domain.terms import AttachmentKind
from gis.ledger.lineage import Merge, Split, merge_sites, split_site
from gis.ledger.sites import correct_site
from gis.ledger.tags import tag_site, untag_site
from gis.rules import tasks

app = typer.Typer(help="单个点位。 One site of the register.", no_args_is_help=True)

Code = Annotated[str, typer.Argument(help="点位编号。 The site's code.")]
Reason = Annotated[str, typer.Option("--reason", help="理由。 Why.")]
Act = Annotated[
    UUID | None, typer.Option("--id", help="重试时沿用的编号。 The same id makes a retry harmless.")
]


def _day(moment: datetime | None) -> date | None:
    return moment.date() if moment else None


@app.command()
def show(
    code: Code,
    as_of: Annotated[
        datetime | None, typer.Option("--as-of", formats=["%Y-%m-%d"], help="截至日期。 As of.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """查看点位的全部情况。 Show everything known of a site.

    Example: qingfei site show 150203-W00001-D --as-of 2026-06-30
    """
    book = terminal_book()
    with book.reading() as connection:
        found = wire_site.site_of(connection, code, _day(as_of))
    if as_json:
        emit(found)
        return
    is_english = Settings().language.startswith("en")
    rows = [
        [fact.en if is_english else fact.zh, _said(value, is_english)]
        for name, fact in FACTS.items()
        if (value := found["facts"][name]) not in (None, "")
    ]
    say(f"{found['name']}（{code}，第 {found['version']} 版）", f"{found['name']} ({code})")
    table(["Fact", "Value"] if is_english else ["事项", "内容"], rows)


def _said(value: Any, is_english: bool) -> str:
    if isinstance(value, bool):
        return ("yes" if value else "no") if is_english else ("是" if value else "否")
    name = getattr(value, "en" if is_english else "zh", None)
    return str(value) if name is None else str(name)


@app.command()
def history(code: Code, as_json: AsJson = False) -> None:
    """逐项列出点位的改动历史。 Tell who changed what of a site and when.

    Example: qingfei site history 150203-W00001-D
    """
    with terminal_book().reading() as connection:
        entries = wire_site.history_of(connection, code)
    if as_json:
        emit(entries)
        return
    end = "en" if Settings().language.startswith("en") else "zh"
    rows = []
    for entry in entries:
        changes = (
            f"{c[f'name_{end}']}: {c[f'old_{end}']} → {c[f'new_{end}']}" for c in entry["changes"]
        )
        at = entry["at"].astimezone().strftime("%Y-%m-%d %H:%M")
        rows.append([at, entry["actor"], entry[f"verb_{end}"], "\n".join(changes)])
    table(
        ["At", "Who", "Deed", "Changes"] if end == "en" else ["时间", "人员", "操作", "改动"], rows
    )


@app.command()
def correct(
    code: Code,
    facts: Annotated[
        list[str], typer.Option("--set", help="字段=值，可重复；值为空即未知。 FIELD=VALUE.")
    ],
    version: Annotated[
        int | None, typer.Option("--version", help="所见版本。 The version that was seen.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """更正点位的事项并重新分级。 Correct facts of a site; it is graded anew.

    Example: qingfei site correct 150203-W00001-D --set height_m=8.5 --set responsibility=DISPUTED
    """
    changes = read_changes(dict(_pair(one) for one in facts))
    after = correct_site(terminal_book(), code, version, **changes)
    if as_json:
        emit({"code": code, "version": after.version})
    else:
        say(
            f"已更正 {code}，现为第 {after.version} 版。", f"{code} is now version {after.version}."
        )


def _pair(text: str) -> tuple[str, Any]:
    name, sign, value = text.partition("=")
    fact = FACTS.get(name)
    if not sign:
        raise FactUnfit(
            field_zh="--set",
            field_en="--set",
            value=text[:80],
            fit_zh="字段=值",
            fit_en="FIELD=VALUE",
        )
    if fact is not None and fact.form.kind == "flag" and value in ("true", "false"):
        return name, value == "true"
    return name, value


@app.command()
def merge(
    codes: Annotated[list[str], typer.Argument(help="要合并的点位编号。 Sites to merge.")],
    reason: Reason,
    into: Annotated[
        str | None,
        typer.Option("--into", help="保留的编号；不填则新建。 The survivor, or a new site."),
    ] = None,
    name: Annotated[str | None, typer.Option("--name", help="合并后的名称。 Name of it.")] = None,
    even_apart: Annotated[
        bool, typer.Option("--even-apart", help="边界不相接也合并。 Though they do not touch.")
    ] = False,
    act: Act = None,
    as_json: AsJson = False,
) -> None:
    """合并点位，编号永久保留。 Merge sites; every code is kept.

    Example: qingfei site merge 150203-W00001-D 150203-W00002-B --into 150203-W00001-D --reason 同堆
    """
    listed = codes if into is None or into in codes else [into, *codes]
    asked = Merge(act or uuid4(), tuple(listed), into, name, reason, even_apart)
    code = merge_sites(terminal_book(), asked)
    if as_json:
        emit({"code": code})
    else:
        say(f"已合并为 {code}。", f"Merged into {code}.")


@app.command()
def split(
    code: Code,
    parts: Annotated[
        Path,
        typer.Option(
            "--parts", help="GeoJSON，各面的 name 为名称。 Polygons with a name.", exists=True
        ),
    ],
    reason: Reason,
    act: Act = None,
    as_json: AsJson = False,
) -> None:
    """按边界文件拆分点位。 Split a site into the polygons of a file.

    Example: qingfei site split 150203-W00001-D --parts parts.geojson --reason 中间已清运
    """
    pieces = tuple(_piece(feature) for feature in _features(parts))
    codes = split_site(terminal_book(), Split(act or uuid4(), code, pieces, reason))
    if as_json:
        emit({"codes": codes})
    else:
        say(f"已拆分为 {'、'.join(codes)}。", f"Split into {', '.join(codes)}.")


def _features(path: Path) -> list[dict[str, Any]]:
    try:
        found: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))["features"]
    except (ValueError, KeyError, TypeError) as error:
        raise GeometryInvalid(name=path.name, reason="not a GeoJSON collection") from error
    return found


def _piece(feature: dict[str, Any]) -> tuple[str, Any]:
    name = str((feature.get("properties") or {}).get("name") or "拆分点位")
    return name[:200], outline_of(feature.get("geometry") or {}, name[:200])


@app.command()
def tag(
    code: Code,
    task: Annotated[str, typer.Argument(help="任务编号，如 5、13c。 Number of the task.")],
    unit: Annotated[str | None, typer.Option("--unit", help="牵头单位。 Lead unit.")] = None,
    due: Annotated[
        datetime | None, typer.Option("--due", formats=["%Y-%m-%d"], help="完成时限。 Due on.")
    ] = None,
    ongoing: Annotated[bool, typer.Option("--ongoing", help="持续推进。 Without a day.")] = False,
    remove: Annotated[bool, typer.Option("--remove", help="去除标签。 Take it away.")] = False,
) -> None:
    """给点位加上计划任务，或去除。 Give a site a task of the plan, or take it away.

    Example: qingfei site tag 150203-W00001-D 5 --due 2026-12-31
    """
    book = terminal_book()
    if remove:
        untag_site(book, code, task)
        say(f"{code} 已去除任务 {task}。", f"{code} bears task {task} no longer.")
        return
    about = tasks.task(task)
    day = None if ongoing else _day(due) or about.due_on
    tag_site(book, code, task, unit or about.lead_unit, day)
    say(f"{code} 已带任务 {task}（{day or '持续推进'}）。", f"{code} bears task {task}.")


@app.command()
def attach(
    code: Code,
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="文件。 The file.")],
    kind: Annotated[AttachmentKind, typer.Option("--kind", help="资料类型。 Kind of paper.")],
    title: Annotated[str, typer.Option("--title", help="标题。 Title.")] = "",
    as_json: AsJson = False,
) -> None:
    """给点位附上照片或资料。 Attach a photo or paper to a site.

    Example: qingfei site attach 150203-W00001-D report.pdf --kind REPORT --title 检测报告
    """
    from gis.domain.sites.attachment import MOST_BYTES
    from gis.ledger.attachments import AttachmentSent
    from gis.ledger.attachments import attach as attach_paper

    if file.stat().st_size > MOST_BYTES:
        raise FileTooLarge(most_mb=MOST_BYTES // 1_000_000)
    sent = AttachmentSent(uuid4(), code, kind, title, file.name)
    found, _ = attach_paper(terminal_book(), Settings().attachments_dir, sent, file.read_bytes())
    if as_json:
        emit({"id": found.id, "sha256": found.sha256, "media_type": found.media_type})
    else:
        say(f"已附上“{found.title}”。", f"Attached “{found.title}”.")
