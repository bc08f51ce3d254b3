"""`qingfei export`: the control list."""

from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer

from api.cli.options import AsJson, District, one_district, terminal_book
from api.cli.output import emit, say
from api.inventory import inventory_as_of
from gis.exports import inventory
from gis.ledger.auditing import hand_out
from gis.store import register


def export(
    out: Annotated[Path, typer.Option("--out", help="写出的文件。 File to write.")],
    format: Annotated[
        str, typer.Option("--format", help="xlsx、gpkg、shp、geojson、kml。")
    ] = "xlsx",
    as_of: Annotated[
        datetime | None,
        typer.Option("--as-of", formats=["%Y-%m-%d"], help="截至日期。 State at the end of a day."),
    ] = None,
    district: District = None,
    as_json: AsJson = False,
) -> None:
    """导出分类分级管控清单。 Export the graded control inventory.

    Example: qingfei export --district 150203 --format xlsx --as-of 2026-11-23 --out list.xlsx
    """
    book = terminal_book()
    day: date = as_of.date() if as_of else book.clock().astimezone(register.CHINA).date()
    listed = inventory_as_of(book, one_district(book, district), day)
    inventory.write(listed, format, out)
    about = {"format": format, "as_of": day, "rows": len(listed.rows)}
    hand_out(book, "inventory", listed.district_code, out, **about)
    if as_json:
        emit({"out": out, "rows": len(listed.rows), "as_of": day})
    else:
        say(
            f"已导出 {listed.district_name} {len(listed.rows)} 个点位（截至 {day}）：{out}",
            f"Exported {len(listed.rows)} sites of {listed.district_code} as of {day}: {out}",
        )
