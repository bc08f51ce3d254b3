"""`qingfei rules`: the rows of standards, their ticks, and rule sets of grading."""

import sys
from pathlib import Path
from typing import Annotated
from uuid import uuid4

import typer

from api.cli.options import AsJson, terminal_book
from api.cli.output import emit, say, table
from gis.domain.grading.rule_errors import RowUnknown, RulesUnreadable
from gis.ledger import rules as verbs
from gis.ledger.weights import Mover, compare
from gis.rules import grading
from gis.store import rule_checks

app = typer.Typer(help="规则与条款。 Rules and clauses.", no_args_is_help=True)

MOST_BYTES = 1_000_000
Rules = Annotated[Path, typer.Argument(help="规则文件（TOML）。 A file of grading rules.")]
Reason = Annotated[str, typer.Option("--reason", help="理由。 Why.")]


def text_of(path: Path) -> str:
    """Return the text of a file of rules; raises RulesUnreadable."""
    with path.open("rb") as file:
        content = file.read(MOST_BYTES)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise RulesUnreadable(
            where=path.name, reason_zh="不是 UTF-8 文本", reason_en="it is not UTF-8 text"
        ) from error


def moves(movers: list[Mover], as_json: bool) -> None:
    """Print who would move, and by which factors."""
    if as_json:
        plain = ("code", "name", "old", "new")
        emit(
            [
                {name: getattr(one, name) for name in plain}
                | {"why": [why._asdict() for why in one.why]}
                for one in movers
            ]
        )
    elif movers:
        table(
            ["点位编号", "名称", "现等级", "新等级", "分值变化的因子"],
            [
                [
                    *(one.code, one.name, one.old.zh if one.old else "—", one.new.zh),
                    "；".join(f"{w.factor} {w.before}→{w.after}" for w in one.why) or "分级界限",
                ]
                for one in movers
            ],
        )
    else:
        say("没有点位的等级会变动。", "No site's grade would move.")


@app.command("list")
def list_rows(
    standard: Annotated[
        str | None, typer.Option("--standard", help="标准号中的字样。 Words of the standard.")
    ] = None,
    open_only: Annotated[
        bool, typer.Option("--open", help="只列待核对原文。 Only rows that wait for a check.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """列出每条规则：标准、条款、数值、把握程度、是否已核对。 List every row of the rules.

    Example: qingfei rules list --standard 18599 --open
    """
    book = terminal_book()
    with book.reading() as connection:
        ticks = rule_checks.newest(connection)
        rows = verbs.all_rows(connection)
    chosen = [
        row
        for row in rows
        if (standard is None or standard in f"{row.standard} {row.clause}")
        and not (open_only and (row.is_read or verbs.is_ticked(row, ticks)))
    ]
    if as_json:
        names = ("id", "standard", "clause", "text_zh", "text_en", "value", "unit", "certainty")
        emit(
            [
                {name: getattr(row, name) for name in (*names, "source", "file", "sha256")}
                | {"is_read": row.is_read, "is_ticked": verbs.is_ticked(row, ticks)}
                for row in chosen
            ]
        )
        return
    table(
        ["编号", "标准", "条款", "内容", "核对"],
        [
            [
                *(row.id, row.standard, row.clause, row.text_zh),
                "已见原文"
                if row.is_read
                else "已核对"
                if verbs.is_ticked(row, ticks)
                else "待核对原文",
            ]
            for row in chosen
        ],
    )


@app.command()
def check(
    row_id: Annotated[str, typer.Argument(help="条款编号，如 KDL-HSR.H3。 Id of the row.")],
    edition: Annotated[
        str, typer.Option("--edition", help="核对所依据的版本。 Edition compared.")
    ] = "",
    undo: Annotated[bool, typer.Option("--undo", help="撤销核对。 Take the tick back.")] = False,
    note: Annotated[str, typer.Option("--note", help="备注；撤销时为理由。 Note, or why.")] = "",
    as_json: AsJson = False,
) -> None:
    """记下某条规则已与标准原文核对。 Record that a row was compared with the standard's text.

    Example: qingfei rules check KDL-HSR.S3 --edition "应急〔2020〕15号 印发本"
    """
    book = terminal_book()
    with book.reading() as connection:
        row = {row.id: row for row in verbs.all_rows(connection)}.get(row_id)
    if row is None:
        raise RowUnknown(id=row_id[:80])
    sent = verbs.CheckSent(uuid4(), row.id, row.sha256, not undo, edition.strip(), note.strip())
    kept, _ = verbs.check_row(book, sent)
    if as_json:
        emit({"id": kept.row_id, "is_checked": kept.is_checked, "by": kept.checked_by})
    elif kept.is_checked:
        say(f"已记录：{row.id} 与原文核对一致。", f"Recorded: {row.id} is as the text says.")
    else:
        say(f"已撤销 {row.id} 的核对。", f"The tick of {row.id} is taken back.")


@app.command("compare")
def compare_rules(file: Rules, as_json: AsJson = False) -> None:
    """预览改用某规则文件后哪些点位的等级会变动，不写入。 Say who would move under a file of rules.

    Example: qingfei rules compare grading-v2.toml
    """
    moves(compare(terminal_book(), grading.parse(text_of(file))), as_json)


@app.command()
def adopt(file: Rules, reason: Reason, as_json: AsJson = False) -> None:
    """采用规则文件并重新分级，旧等级保留。 Adopt a file of rules and grade all sites by it.

    Example: qingfei rules adopt grading-v2.toml --reason "2026 年度调整"
    """
    adopted, _ = verbs.adopt(terminal_book(), uuid4(), text_of(file), reason)
    if as_json:
        emit({"rule_set": adopted.version, "sha256": adopted.sha256, "moved": adopted.moved})
        return
    say(
        f"已采用规则 {adopted.scheme} v{adopted.version}（{adopted.sha256[:12]}），"
        f"{adopted.moved} 个点位等级变动。",
        f"Adopted {adopted.scheme} v{adopted.version} ({adopted.sha256[:12]}); "
        f"{adopted.moved} sites moved.",
    )


@app.command()
def show() -> None:
    """输出现行分级规则文件。 Print the grading rules in force as a file.

    Example: qingfei rules show > grading.toml
    """
    with terminal_book().reading() as connection:
        sys.stdout.write(verbs.text_in_force(connection))
