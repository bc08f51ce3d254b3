"""`qingfei import`: an earlier list comes in."""

from pathlib import Path
from typing import Annotated
from uuid import uuid4

import typer

from api import import_wire as wire
from api import imports
from api.cli.options import AsJson, terminal_book
from api.cli.output import emit, say, table, warn
from gis.domain.import_problems import ListRefused
from gis.domain.terms import RowFate
from gis.errors import BadInput
from gis.imports import mapping as mappings
from gis.imports import report as reports
from gis.ledger.auditing import hand_out

MOST_SHOWN = 40


class ChoiceUnknown(BadInput):
    """An option's word that is not one of its list. Facts: word, known."""

    code = "choice_unknown"
    zh = "“{word}”不可用，请选择：{known}。"
    en = "“{word}” is not a choice here; use one of {known}."


def import_(
    file: Annotated[Path, typer.Argument(help=".xlsx、.csv、.zip、.shp、.gpkg、.geojson。")],
    district: Annotated[str, typer.Option("--district", help="区域代码。 Code of the place.")],
    name: Annotated[
        str | None,
        typer.Option("--name", help="清单名称，历次版本须一致。 The list's name, kept for good."),
    ] = None,
    sheet: Annotated[str | None, typer.Option(help="工作表或图层。 Sheet or layer.")] = None,
    mapping: Annotated[
        Path | None, typer.Option(help="字段对应文件（TOML、JSON）。 A mapping file.", exists=True)
    ] = None,
    save_mapping: Annotated[
        Path | None, typer.Option(help="保存字段对应。 Keep the mapping in this file.")
    ] = None,
    kind: Annotated[str | None, typer.Option(help="整表的点位类型。 Kind of all rows.")] = None,
    crs: Annotated[
        str | None, typer.Option(help="坐标读法，如 NORTH_EAST:4525；图形文件用 EPSG 代码。")
    ] = None,
    datum: Annotated[
        str | None, typer.Option(help="坐标系：CGCS2000、WGS84、GCJ02、BD09。")
    ] = None,
    matches: Annotated[
        str | None,
        typer.Option(help="疑似已有点位：new、link、update、skip。 Rows that may be listed."),
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="只核对。 Check only.")] = False,
    report: Annotated[Path | None, typer.Option(help="核对报告 .xlsx。 Write the report.")] = None,
    as_json: AsJson = False,
) -> None:
    """导入外来清单：全部导入或全部不导入。 Load an earlier list, all of it or nothing.

    Example: qingfei import 2021核查.xlsx --district 150203 --datum CGCS2000 --report 核对.xlsx
    """
    book = terminal_book()
    wish = mappings.loads(mapping.read_text(encoding="utf-8")) if mapping else None
    is_epsg = crs is not None and crs.isdecimal()
    chosen = imports.with_datum(
        wish,
        kind=kind,
        datum=datum,
        reading=None if is_epsg else crs,
        epsg=int(crs) if crs is not None and is_epsg else None,
    )
    asked = imports.Asked(
        path=file,
        file_name=file.name,
        district_code=district,
        list_name=(name or file.stem)[:100],
        sheet=sheet,
        mapping=chosen,
        others=_fate(matches),
    )
    looked = imports.look(book, asked)
    if save_mapping:
        save_mapping.write_text(mappings.dumps(looked.read.mapping), encoding="utf-8")
    if report:
        report.write_bytes(reports.workbook(looked.problems, file.name, looked.table.sheet))
        about = {"format": "xlsx", "rows": len(looked.problems), "of": file.name}
        hand_out(book, "import_report", district, report, **about)
    if looked.faults or dry_run:
        _tell(looked, as_json)
        if looked.faults:
            raise ListRefused.of(looked.faults)
        return
    loaded, is_new = imports.load(book, asked, uuid4())
    if as_json:
        emit({**wire.record(loaded), "is_new": is_new})
    elif not is_new:
        say(
            f"该文件已于 {loaded.loaded_at:%Y-%m-%d} 导入，没有变化。",
            f"This file came in on {loaded.loaded_at:%Y-%m-%d}; nothing has changed.",
        )
    else:
        said = "，".join(f"{RowFate.of(f).zh} {n}" for f, n in loaded.counts.items())
        told = ", ".join(f"{n} {RowFate.of(f).en.lower()}" for f, n in loaded.counts.items())
        say(
            f"已导入“{loaded.name}”{loaded.rows} 行：{said}。",
            f"Loaded {loaded.rows} rows: {told}.",
        )


FATES = {
    "new": RowFate.LISTED,
    "link": RowFate.LINKED,
    "update": RowFate.UPDATED,
    "skip": RowFate.PASSED_OVER,
}


def _fate(word: str | None) -> RowFate | None:
    if word is None:
        return None
    if word not in FATES:
        raise ChoiceUnknown(word=word, known="、".join(FATES))
    return FATES[word]


def _tell(looked: imports.Looked, as_json: bool) -> None:
    """Print what was found: where, what stood there, what to do."""
    if as_json:
        found = wire.looked(looked)
        names = ("sheet", "rows", "mapping", "faults", "warnings", "new", "unchanged", "open")
        emit({name: found[name] for name in (*names, "problems", "matches")})
        return
    if looked.problems:
        shown = looked.problems[:MOST_SHOWN]
        table(
            ["行", "单元格", "列", "值", "处理办法"],
            [[p.row or "—", p.cell, p.column, p.value, p.zh] for p in shown],
        )
    if looked.suggested and looked.read.mapping.datum is None:
        datum, metres = looked.suggested
        warn(
            f"与已有同名点位相比，坐标更像是 {datum.zh}（相距约 {metres:.0f} m）。",
            f"Against listed sites of the same name it looks like {datum.en} ({metres:.0f} m).",
        )
    settled = sum(one.settled is not None for one in looked.checked)
    fresh = sum(not one.matches for one in looked.checked)
    say(
        f"共 {len(looked.table.rows)} 行：新 {fresh}，疑似已有 {len(looked.open_rows)}，"
        f"未变化 {settled}，须改正 {len(looked.faults)} 处。",
        f"{len(looked.table.rows)} rows: {fresh} new, {len(looked.open_rows)} may be listed, "
        f"{settled} unchanged, {len(looked.faults)} faults.",
    )
