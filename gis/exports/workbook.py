"""The control list as an Excel workbook: the list itself, and a sheet that says what it is."""

import hashlib
import json
from datetime import date, datetime
from pathlib import Path
from typing import Any

import xlsxwriter

from gis.domain.inventory import COLUMNS, cells
from gis.domain.inventory_cells import Cell
from gis.domain.terms import Grade

GRADE_FILL = {Grade.HIGH: "#F8D0CB", Grade.MEDIUM: "#FBE3B5", Grade.LOW: "#DDEBD3"}
FONT = {"font_name": "宋体", "font_size": 10, "valign": "vcenter"}
HEADING = FONT | {
    "bold": True,
    "text_wrap": True,
    "align": "center",
    "bg_color": "#DCE6F1",
    "border": 1,
}
A3 = 8
PAGES_WIDE = 4
"""So many sheets of A3 side by side keep the 58 columns readable in print."""
ROW_HEIGHT = 30
"""Two lines of text, in points: a spreadsheet does not fit a row's height by itself."""
TITLE = {"font_name": "黑体", "font_size": 16, "bold": True, "valign": "vcenter"}


def content_hash(table: list[list[Cell]]) -> str:
    """Return the SHA-256 of the list's cells, by which two files are known to say the same."""
    return hashlib.sha256(json.dumps(table, ensure_ascii=False, default=str).encode()).hexdigest()


def write(
    path: Path, *, title: str, as_of: date, rule_set: str, scope: str, rows: list[dict[str, Any]]
) -> None:
    """Write the list. Text is written as text, so that no cell can be a formula.

    Its parts lie beside ``path`` while they are made, and stay there when that fails.
    """
    table = cells(rows)
    options = {"constant_memory": True, "strings_to_formulas": False, "tmpdir": str(path.parent)}
    book = xlsxwriter.Workbook(path, options)
    book.set_properties(
        {"title": title, "author": "清废", "created": datetime(as_of.year, as_of.month, as_of.day)}
    )
    _list(book, title, as_of, rows, table)
    _cover(book, title, as_of, rule_set, scope, table)
    book.close()


def _list(
    book: Any, title: str, as_of: date, rows: list[dict[str, Any]], table: list[list[Cell]]
) -> None:
    sheet = book.add_worksheet("管控清单")
    sheet.set_landscape()
    sheet.set_paper(A3)
    sheet.fit_to_pages(PAGES_WIDE, 0)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.repeat_rows(1)
    sheet.repeat_columns(0, 2)
    sheet.freeze_panes(2, 3)
    sheet.set_footer("&C第 &P 页，共 &N 页")
    heading = book.add_format(HEADING)
    for number, column in enumerate(COLUMNS):
        sheet.set_column(number, number, column.width)
    sheet.set_row(0, 30)
    sheet.write_string(0, 0, f"{title}（截至 {as_of.isoformat()}）", book.add_format(TITLE))
    sheet.set_row(1, 32)
    for number, column in enumerate(COLUMNS):
        sheet.write_string(1, number, column.zh, heading)
    plain = FONT | {"border": 1, "border_color": "#BFBFBF"}
    wrapped = plain | {"text_wrap": True, "indent": 1}
    styles = [book.add_format(wrapped | {"num_format": column.form}) for column in COLUMNS]
    day = book.add_format(plain | {"num_format": "yyyy-mm-dd", "align": "center"})
    graded = {
        grade: book.add_format(
            plain | {"bg_color": colour, "bold": True, "align": "center", "text_wrap": True}
        )
        for grade, colour in GRADE_FILL.items()
    }
    grade_column = [column.zh for column in COLUMNS].index("风险等级")
    for line, (row, values) in enumerate(zip(rows, table, strict=True), start=2):
        sheet.set_row(line, ROW_HEIGHT)
        for number, value in enumerate(values):
            style = styles[number]
            if number == grade_column:
                style = graded.get(row["grade"], style)
            _cell(sheet, line, number, value, style, day)
    sheet.autofilter(1, 0, max(2, len(table) + 1), len(COLUMNS) - 1)


def _cell(sheet: Any, line: int, number: int, value: Cell, style: Any, day: Any) -> None:
    if value is None:
        sheet.write_blank(line, number, None, style)
    elif isinstance(value, date):
        sheet.write_datetime(line, number, datetime(value.year, value.month, value.day), day)
    elif isinstance(value, str):
        sheet.write_string(line, number, value, style)
    else:
        sheet.write_number(line, number, value, style)


def _cover(
    book: Any, title: str, as_of: date, rule_set: str, scope: str, table: list[list[Cell]]
) -> None:
    sheet = book.add_worksheet("说明")
    sheet.set_column(0, 0, 18)
    sheet.set_column(1, 1, 90)
    name = book.add_format(HEADING | {"align": "left"})
    text = book.add_format(FONT | {"border": 1, "text_wrap": True})
    lines = [
        ("名称", title),
        ("截至日期", as_of.isoformat()),
        ("筛选范围", scope),
        ("条数", str(len(table))),
        ("分级规则", rule_set),
        ("坐标系", "CGCS2000（EPSG:4490），经纬度；面积在 EPSG:4546 或当地投影带量算"),
        ("内容校验（SHA-256）", content_hash(table)),
        ("说明", "“暂定”指至少一项指数中有依据的分值不足六成；空格为台账尚无此项记录。"),
    ]
    for line, (left, right) in enumerate(lines):
        sheet.write_string(line, 0, left, name)
        sheet.write_string(line, 1, right, text)
