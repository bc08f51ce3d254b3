"""Laboratory results for tests: lines as read, and whole workbooks of a plan's increments."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Any
from uuid import uuid4

import xlsxwriter

from gis.domain.sampling.design import PlanAsked
from gis.domain.sampling.result_sheet import ResultLine
from gis.domain.sampling.sampling_plan import Increment, SamplingPlan
from gis.domain.terms import LeachMethod, Quantity
from gis.exports.result_sheet import HEADINGS, AskedTest, asked_tests
from gis.ledger import Book
from gis.ledger.results import BatchSent
from gis.ledger.sampling import plan_sampling
from gis.rules import standards
from gis.store import sampling


def a_line(code: str, **changes: Any) -> ResultLine:
    """Fluoride of 3 mg/L in the HJ 557 leachate of an increment."""
    line = ResultLine(
        row=2,
        places={"value": ("C2", "检测值")},
        increment_code=code,
        analyte="F",
        quantity=Quantity.LEACHATE,
        leach_method=LeachMethod.HJ_557,
        method=None,
        value=3.0,
        unit="mg/L",
        is_below_detection=False,
        detection_limit=0.05,
        raw_value="3",
        raw_unit="mg/L",
        tested_on=date(2026, 6, 18),
        laboratory="演示实验室",
        report_no="YS-1",
    )
    return replace(line, **changes)


def a_batch(plan_code: str, *lines: ResultLine, **changes: Any) -> BatchSent:
    """A file with these lines."""
    batch = BatchSent(
        id=uuid4(),
        plan_code=plan_code,
        file_name="结果.xlsx",
        file_sha256=uuid4().hex * 2,
        rows=len(lines),
        lines=lines,
        problems=(),
    )
    return replace(batch, **changes)


def a_plan(book: Book, site_code: str, **changes: Any) -> tuple[SamplingPlan, list[Increment]]:
    """A plan for a site, with its increments."""
    asked = PlanAsked(id=uuid4(), site_code=site_code, seed=7)
    plan, _ = plan_sampling(book, replace(asked, **changes))
    with book.reading() as connection:
        return plan, sampling.increments(connection, plan.code)


def write_results(
    path: Path,
    plan: SamplingPlan,
    increments: Sequence[Increment],
    *,
    over: int = 30,
    tested_on: str = "2026-06-18",
    changes: Mapping[int, Mapping[str, object]] = MappingProxyType({}),
) -> int:
    """Write the laboratory's workbook of a whole plan and return how many rows it has.

    Everything is far under its limit but the fluoride in the HJ 557 leachate of the first ``over``
    increments: class II, and not hazardous. ``changes`` says for a row of the sheet (2 is the
    first) what stands in a column instead.
    """
    book = xlsxwriter.Workbook(path, {"constant_memory": True, "strings_to_formulas": False})
    sheet = book.add_worksheet("检测结果")
    sheet.write_row(0, 0, HEADINGS)
    numbers = {one.code: one.number for one in increments}
    row = 0
    for row, test in enumerate(asked_tests(plan, increments, standards.current()), start=1):
        is_over = (
            test.analyte == "fluoride"
            and test.leach_method is LeachMethod.HJ_557
            and numbers[test.increment_code] <= over
        )
        cells: dict[str, object] = {
            "样品编号": test.increment_code,
            "检测项目": standards.current().analytes[test.analyte].zh,
            "检测方法": "实验室内部编号方法",
            "浸出方法": test.leach_method.standard if test.leach_method else "",
            "检测值": 18.0 + numbers[test.increment_code] / 100 if is_over else _mild(test),
            "单位": test.unit,
            "检出限": "" if test.quantity is Quantity.PH else 1e-6,
            "检测日期": tested_on,
            "实验室": "演示实验室",
            "报告编号": "YS-2026-118",
        }
        cells |= changes.get(row + 1, {})
        sheet.write_row(row, 0, [cells[heading] for heading in HEADINGS])
    book.close()
    return row


def _mild(test: AskedTest) -> object:
    """Return a value that no limit minds; silver and beryllium are not found at all."""
    if test.quantity is Quantity.PH:
        return 8.1
    if test.quantity is Quantity.ACTIVITY:
        return 0.2
    if test.analyte in {"ag", "be"}:
        return "ND"
    limits = [
        limit.value
        for limit in standards.current().limits
        if (limit.analyte, limit.quantity, limit.leach_method)
        == (test.analyte, test.quantity, test.leach_method)
    ]
    return min(limits) / 10
