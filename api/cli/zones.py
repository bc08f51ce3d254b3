"""`qingfei zone`: ground on which what detection finds needs no visit."""

from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Annotated
from uuid import UUID, uuid5

import typer

from api import zones as door
from api.cli.options import AsJson, terminal_book
from api.cli.output import emit, say, table
from gis.imports.layers import Reading
from gis.ledger.ignore_zones import end_zone
from gis.store import zones

app = typer.Typer(help="忽略区。 Ignore zones.", no_args_is_help=True)

NAMESPACE = UUID("0d0c5b0e-6f39-5f8c-9a35-7a6f6e657371")
In = Annotated[str, typer.Option("--district", help="区域代码。 Code of the place.")]


@app.command()
def add(
    file: Annotated[
        Path, typer.Argument(help=".geojson、.gpkg、.shp、.zip。", exists=True, dir_okay=False)
    ],
    district: In,
    kind: Annotated[str, typer.Option(help="类别，如 COAL_YARD 或 煤场。 Kind of zone.")],
    reason: Annotated[str, typer.Option(help="理由与依据。 Why, and what it rests on.")],
    name: Annotated[
        str, typer.Option(help="名称；文件自带名称的以文件为准。 Name where the file has none.")
    ] = "",
    valid_from: Annotated[
        datetime | None, typer.Option("--from", formats=["%Y-%m-%d"], help="起始日期。 From.")
    ] = None,
    valid_until: Annotated[
        datetime | None, typer.Option("--until", formats=["%Y-%m-%d"], help="终止日期。 Until.")
    ] = None,
    crs: Annotated[int | None, typer.Option(help="坐标系 EPSG 代码。 EPSG of the file.")] = None,
    name_column: Annotated[str | None, typer.Option(help="名称字段。 Column of names.")] = None,
    as_json: AsJson = False,
) -> None:
    """由文件设立忽略区；同一文件再次运行不会重复。 Set up zones from a file; again adds nothing.

    Example: qingfei zone add 煤场.geojson --district 150203 --kind COAL_YARD --reason "许可证 17"
    """
    about = f"{district} {door.kind_of(kind).value} {name} {reason} {valid_from} {valid_until}"
    content = sha256(file.read_bytes()).hexdigest()
    sent = door.ZonesSent(
        path=file,
        file_name=file.name,
        district_code=district,
        name=name or file.stem,
        kind=door.kind_of(kind),
        reason=reason,
        valid_from=valid_from.date() if valid_from else None,
        valid_until=valid_until.date() if valid_until else None,
        how=Reading(epsg=crs, name_column=name_column),
    )
    taken = door.take_in(terminal_book(), uuid5(NAMESPACE, about + content), sent)
    new = sum(is_new for _, is_new in taken)
    if as_json:
        emit({"zones": [zone.id for zone, _ in taken], "new": new})
    else:
        say(f"忽略区 {len(taken)} 个，新设 {new} 个。", f"{len(taken)} zones, {new} of them new.")


@app.command("list")
def list_(
    district: In,
    every: Annotated[bool, typer.Option("--all", help="含已终止的。 Ended ones too.")] = False,
    as_json: AsJson = False,
) -> None:
    """列出忽略区与其中的图斑数。 List the zones with how many candidates lie in each.

    Example: qingfei zone list --district 150203 --all
    """
    with terminal_book().reading() as connection:
        found = door.listing(connection, district, with_ended=every)
    if as_json:
        emit(found)
        return
    rows = [
        [
            str(zone["id"])[:8],
            zone["name"],
            door.kind_of(zone["kind"]).zh,
            f"{zone['valid_from']} — {zone['valid_until'] or ''}",
            zone["covers"],
            "有效" if zone["is_in_force"] else "无效",
        ]
        for zone in found
    ]
    table(["编号", "名称", "类别", "有效期", "图斑", "状态"], rows)


@app.command()
def end(
    zone: Annotated[str, typer.Argument(help="编号或其开头，见 zone list。 Its id, or its start.")],
    reason: Annotated[str, typer.Option(help="终止理由。 Why it ends.")],
    as_json: AsJson = False,
) -> None:
    """终止忽略区；其中的图斑恢复待核实。 End a zone; what it covered waits for a check again.

    Example: qingfei zone end 0c1f6f2e --reason "许可证已注销"
    """
    book = terminal_book()
    with book.reading() as connection:
        found = zones.called(connection, zone)
    ended = end_zone(book, found.id, reason)
    if as_json:
        emit({"id": ended.id, "ended_at": ended.ended_at})
    else:
        say(f"已终止忽略区“{ended.name}”。", f"Ended the zone “{ended.name}”.")
