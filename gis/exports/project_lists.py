"""问题清单, 整改方案 and 储备库 as Excel workbooks: the list, and a sheet that says what it is."""

from datetime import date, datetime
from pathlib import Path
from typing import Any

import xlsxwriter

from gis.domain.inventory_cells import Cell
from gis.domain.works.rectification import ProjectSheet
from gis.exports.workbook import A3, FONT, HEADING, TITLE, content_hash

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ROW_HEIGHT = 44
"""Three lines of text, in points: measures and the order of work are sentences."""


def write(sheet: ProjectSheet, path: Path) -> None:
    """Write the list. Text is written as text, so that no cell can be a formula.

    The same list of the same day gives the same bytes.
    """
    table = sheet.cells()
    options = {"constant_memory": True, "strings_to_formulas": False, "tmpdir": str(path.parent)}
    book = xlsxwriter.Workbook(path, options)
    made = datetime(sheet.as_of.year, sheet.as_of.month, sheet.as_of.day)
    book.set_properties({"title": sheet.title, "author": "清废", "created": made})
    _list(book, sheet, table)
    _cover(book, sheet, table)
    book.close()


def _list(book: Any, sheet: ProjectSheet, table: list[list[Cell]]) -> None:
    page = book.add_worksheet(sheet.title[-10:])
    page.set_landscape()
    page.set_paper(A3)
    page.fit_to_pages(1, 0)
    page.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    page.repeat_rows(1)
    page.freeze_panes(2, 3)
    page.set_footer("&C第 &P 页，共 &N 页")
    heading = book.add_format(HEADING)
    for number, column in enumerate(sheet.columns):
        page.set_column(number, number, column.width)
    page.set_row(0, 30)
    page.write_string(0, 0, f"{sheet.title}（截至 {sheet.as_of}）", book.add_format(TITLE))
    page.set_row(1, 32)
    for number, column in enumerate(sheet.columns):
        page.write_string(1, number, column.zh, heading)
    plain = FONT | {"border": 1, "border_color": "#BFBFBF", "text_wrap": True}
    styles = [book.add_format(plain | {"num_format": column.form}) for column in sheet.columns]
    day = book.add_format(plain | {"num_format": "yyyy-mm-dd", "align": "center"})
    for line, values in enumerate(table, start=2):
        page.set_row(line, ROW_HEIGHT)
        for number, value in enumerate(values):
            _cell(page, line, number, value, styles[number], day)
    page.autofilter(1, 0, max(2, len(table) + 1), len(sheet.columns) - 1)


def _cell(page: Any, line: int, number: int, value: Cell, style: Any, day: Any) -> None:
    if value is None:
        page.write_blank(line, number, None, style)
    elif isinstance(value, date):
        page.write_datetime(line, number, datetime(value.year, value.month, value.day), day)
    elif isinstance(value, str):
        page.write_string(line, number, value, style)
    else:
        page.write_number(line, number, value, style)


def _cover(book: Any, sheet: ProjectSheet, table: list[list[Cell]]) -> None:
    page = book.add_worksheet("说明")
    page.set_column(0, 0, 18)
    page.set_column(1, 1, 90)
    name = book.add_format(HEADING | {"align": "left"})
    text = book.add_format(FONT | {"border": 1, "text_wrap": True})
    lines = [
        ("名称", sheet.title),
        ("截至日期", sheet.as_of.isoformat()),
        ("筛选范围", sheet.scope),
        ("条数", str(len(table))),
        *sheet.notes,
        ("内容校验（SHA-256）", content_hash(table)),
        ("说明", "空格为台账尚无此项记录；时限为空的任务为“持续推进”，不计逾期。"),
    ]
    for line, (left, right) in enumerate(lines):
        page.write_string(line, 0, left, name)
        page.write_string(line, 1, right, text)
