"""`qingfei checks`: what phones recorded, carried here as files; what never came whole."""

from datetime import timedelta
from pathlib import Path
from typing import Annotated

import typer

from api import outbox_file
from api.cli.options import AsJson, terminal_book
from api.cli.output import emit, say, table
from api.settings import Settings
from gis.domain.terms import OutboxFate
from gis.ledger.photos import Shelves
from gis.store import photos, pieces

app = typer.Typer(help="现场核实。 Field checks.", no_args_is_help=True)


def _shelves() -> Shelves:
    settings = Settings()
    return Shelves(settings.incoming_dir, settings.photos_dir)


@app.command("import")
def import_(
    file: Annotated[
        Path,
        typer.Argument(exists=True, dir_okay=False, help="手机导出的 .zip。 The phone's file."),
    ],
    as_json: AsJson = False,
) -> None:
    """导入手机“待发箱”导出的文件，逐条给出结果；重复导入无妨。 Receive a phone's exported outbox.

    Example: qingfei checks import qingfei-outbox-waiye-20261120-101500.zip
    """
    result = outbox_file.take_in(terminal_book(), _shelves(), file, file.name)
    if as_json:
        emit({"owner": result.owner, "items": [_plain(one) for one in result.items]})
        return
    is_english = Settings().language.startswith("en")
    refused = [one for one in result.items if one.fate is OutboxFate.REFUSED]
    counts = [sum(one.fate is fate for one in result.items) for fate in OutboxFate]
    say(
        f"{result.owner} 的待发箱：新收到 {counts[0]} 条，先前已收到 {counts[1]} 条，"
        f"未接收 {counts[2]} 条。",
        f"Outbox of {result.owner}: {counts[0]} received, {counts[1]} already here, "
        f"{counts[2]} not received.",
    )
    if refused:
        head = ["Item", "Place", "Why"] if is_english else ["编号", "点位", "原因"]
        rows = [
            [one.id, one.place_name, one.sentence_en if is_english else one.sentence_zh]
            for one in refused
        ]
        table(head, rows)


def _plain(one: outbox_file.ItemResult) -> dict[str, str]:
    return {
        "id": one.id,
        "kind": one.kind,
        "fate": one.fate,
        "zh": one.sentence_zh,
        "en": one.sentence_en,
    }


@app.command()
def unfinished(
    days: Annotated[int, typer.Option("--days", min=0, help="登记已满天数。 Older than.")] = 90,
    as_json: AsJson = False,
) -> None:
    """列出登记已久而没有传完的照片；分片一直保留。 List photographs that never came whole.

    Example: qingfei checks unfinished --days 30
    """
    book, shelves = terminal_book(), _shelves()
    with book.reading() as connection:
        found = photos.unfinished(connection, book.clock() - timedelta(days=days))
    rows = [
        {
            "id": str(one.id),
            "check_id": str(one.check_id),
            "announced_at": one.announced_at.isoformat(timespec="minutes"),
            "recorded_by": one.recorded_by,
            "pieces": one.pieces,
            "have": len(pieces.have(shelves.incoming, one)),
        }
        for one in found
    ]
    if as_json:
        emit(rows)
        return
    if not rows:
        say("没有登记已久而未传完的照片。", "No photograph has been waiting for so long.")
        return
    is_english = Settings().language.startswith("en")
    head = (
        ["Photo", "Announced", "By", "Pieces"] if is_english else ["照片", "登记", "人员", "分片"]
    )
    table(
        head,
        [
            [r["id"], r["announced_at"], r["recorded_by"], f"{r['have']}/{r['pieces']}"]
            for r in rows
        ],
    )
