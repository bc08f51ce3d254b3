"""`qingfei mine`: restoration units and their tables, after-care that is due, the survey's rows."""

from datetime import datetime
from pathlib import Path
from typing import Annotated
from uuid import UUID

import typer

from api import wire_restoration as wire
from api.cli.options import AsJson, terminal_book
from api.cli.output import emit, say, table
from api.mine_list import MineList, take_mines
from api.settings import Settings
from gis.domain.pits.restoration import UNITS
from gis.ledger.restoration import accept_unit
from gis.store import sites

app = typer.Typer(help="矿山修复与管护。 Mines restored and cared for.", no_args_is_help=True)

Code = Annotated[str, typer.Argument(help="点位编号。 The site's code.")]
Place = Annotated[str, typer.Option("--district", help="区域代码，如 150203。 Code of the place.")]


def _is_english() -> bool:
    return Settings().language.startswith("en")


@app.command()
def show(code: Code, as_json: AsJson = False) -> None:
    """查看修复单元、验收表与管护日程。 Show a mine's units, their tables and after-care.

    Example: qingfei mine show 150203-M00001-8
    """
    with terminal_book().reading() as connection:
        sites.site(connection, code)
        found = wire.of_site(connection, code)
    if as_json:
        emit(found)
        return
    language = Settings().language
    for unit in found["units"]:
        direction = unit["direction"].name_in(language)
        say(f"{unit['name']}（{direction}）", f"{unit['name']} ({direction})")
        rows = [
            [
                line["indicator"].name_in(language),
                "" if line["required"] is None else f"{line['required']:g}",
                "" if line["value"] is None else f"{line['value']:g}",
                UNITS[line["indicator"]][1 if _is_english() else 0],
                line["state"].name_in(language),
            ]
            for line in unit["table"]
        ]
        headings = ["指标", "要求", "实测", "单位", "结论"]
        english = ["Indicator", "Required", "Measured", "Unit", "Standing"]
        table(english if _is_english() else headings, rows)
    if not found["units"]:
        say("尚未划分修复单元。", "There is no restoration unit yet.")


@app.command()
def accept(
    code: Code,
    unit_id: Annotated[UUID, typer.Argument(help="单元编号。 The unit's id.")],
    day: Annotated[
        datetime, typer.Option("--date", formats=["%Y-%m-%d"], help="验收日期。 Its day.")
    ],
) -> None:
    """验收一个修复单元，管护自当日起算。 Accept a unit that meets every line of its table.

    Example: qingfei mine accept 150203-M00001-8 0b9c… --date 2026-06-01
    """
    unit = accept_unit(terminal_book(), code, unit_id, day.date())
    say(f"“{unit.name}”已通过验收。", f"{unit.name} is accepted.")


@app.command()
def due(district: Place, as_json: AsJson = False) -> None:
    """列出逾期与临期的管护。 List after-care that is overdue or near.

    Example: qingfei mine due --district 150203
    """
    with terminal_book().reading() as connection:
        found = wire.due(connection, district)
    if as_json:
        emit(found)
        return
    end = "en" if _is_english() else "zh"
    rows = [
        [
            one["due_on"],
            one["state"].name_in(Settings().language),
            one["site_code"],
            one["unit"],
            one["rule"][f"text_{end}"],
        ]
        for one in found
    ]
    headings = ["到期", "状态", "点位", "单元", "事项"]
    table(["Due", "State", "Site", "Unit", "Duty"] if _is_english() else headings, rows)


@app.command("import")
def import_(
    file: Annotated[Path, typer.Argument(help="核查图斑表（.xlsx、.csv）。 The survey's table.")],
    district: Place,
    as_json: AsJson = False,
) -> None:
    """导入历史遗留矿山核查图斑信息；有错的行逐一说明，不入库。 Take in the survey's rows of mines.

    Rows name their site (点位编号), or the patch (图斑编号) of one that is known.

    Example: qingfei mine import 图斑表.xlsx --district 150203
    """
    taken = take_mines(terminal_book(), MineList(file, file.name, district))
    if as_json:
        emit({"taken": taken.taken, "same": taken.same, "problems": taken.problems})
        return
    for problem in taken.problems:
        say(f"第 {problem['line']} 行：{problem['zh']}", f"Row {problem['line']}: {problem['en']}")
    say(
        f"已登记 {taken.taken} 行，{taken.same} 行无变化，{len(taken.problems)} 处未入库。",
        f"{taken.taken} rows taken, {taken.same} unchanged, {len(taken.problems)} problems.",
    )
