"""The check report as a workbook that the sender can act on: a line a problem, in two languages."""

import io
from collections.abc import Sequence

import xlsxwriter

from gis.domain.import_problems import RowProblem

COLUMNS = (
    ("行号", "Row", 7),
    ("单元格", "Cell", 9),
    ("列", "Column", 18),
    ("值", "Value", 24),
    ("性质", "Weight", 10),
    ("规则", "Rule", 24),
    ("处理办法", "What to do (Chinese)", 60),
    ("What to do", "What to do (English)", 60),
)
FAULT, WARNING = "须改正 / fault", "提示 / warning"


def workbook(problems: Sequence[RowProblem], file_name: str, sheet: str) -> bytes:
    """Return the report on a list; every cell of text is text, whatever it begins with."""
    content = io.BytesIO()
    book = xlsxwriter.Workbook(
        content, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    page = book.add_worksheet("核对报告")
    bold = book.add_format({"bold": True, "text_wrap": True, "bg_color": "#DCE6F1", "border": 1})
    wrap = book.add_format({"text_wrap": True, "valign": "top"})
    page.write_string(0, 0, f"{file_name} · {sheet}")
    for column, (zh, en, width) in enumerate(COLUMNS):
        page.set_column(column, column, width)
        page.write_string(1, column, zh if zh == en else f"{zh}\n{en}", bold)
    for row, problem in enumerate(problems, start=2):
        weight = WARNING if problem.is_warning else FAULT
        page.write(row, 0, problem.row or "—")
        texts = (problem.cell, problem.column, problem.value, weight, problem.fault.value)
        for column, text in enumerate((*texts, problem.zh, problem.en), start=1):
            page.write_string(row, column, text, wrap)
    page.freeze_panes(2, 0)
    page.autofilter(1, 0, max(len(problems) + 1, 2), len(COLUMNS) - 1)
    book.close()
    return content.getvalue()
