"""An empty results sheet of a plan: a row for every test that identification will ask for."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import xlsxwriter

from gis.domain.identification.standards import Standards
from gis.domain.sampling.sampling_plan import Increment, SamplingPlan
from gis.domain.terms import IdentificationStep, LeachMethod, Quantity

HEADINGS = (
    *("样品编号", "检测项目", "检测方法", "浸出方法", "检测值", "单位", "检出限"),
    *("检测日期", "实验室", "报告编号"),
)
WIDTHS = (26, 18, 18, 26, 12, 10, 10, 14, 22, 18)
NO_UNIT = "无量纲"
A4 = 9


@dataclass(frozen=True, slots=True)
class AskedTest:
    """One test of one increment that a laboratory is asked for."""

    increment_code: str
    analyte: str
    quantity: Quantity
    leach_method: LeachMethod | None
    unit: str


def asked_tests(
    plan: SamplingPlan, increments: Sequence[Increment], standards: Standards
) -> Iterator[AskedTest]:
    """Yield the tests that the waste class of a plan requires, by increment."""
    asked: dict[tuple[str, Quantity, LeachMethod | None], tuple[str, int | None]] = {}
    for step in IdentificationStep:
        for row in standards.required_of(step, plan.waste_kind):
            for limit in standards.limits_of(step):
                if limit.analyte == row.analyte:
                    key = (limit.analyte, limit.quantity, limit.leach_method)
                    asked.setdefault(key, (limit.unit, row.least))
    for place, increment in enumerate(increments):
        for (analyte, quantity, leach), (unit, least) in asked.items():
            if least is None or place < least:
                yield AskedTest(increment.code, analyte, quantity, leach, unit)


def write(
    path: Path, plan: SamplingPlan, increments: Sequence[Increment], standards: Standards
) -> int:
    """Write the sheet, text as text, and return how many rows it has."""
    options = {"constant_memory": True, "strings_to_formulas": False, "tmpdir": str(path.parent)}
    book = xlsxwriter.Workbook(path, options)
    sheet = book.add_worksheet("检测结果")
    heading = book.add_format({"bold": True, "bg_color": "#DCE6F1", "border": 1})
    for column, (name, width) in enumerate(zip(HEADINGS, WIDTHS, strict=True)):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, name, heading)
    sheet.freeze_panes(1, 2)
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    row = 0
    for row, test in enumerate(asked_tests(plan, increments, standards), start=1):
        said = {
            0: test.increment_code,
            1: standards.analytes[test.analyte].zh,
            3: "" if test.leach_method is None else test.leach_method.standard,
            5: test.unit or NO_UNIT,
        }
        for column, text in said.items():
            sheet.write_string(row, column, text)
    book.close()
    return row
