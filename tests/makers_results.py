"""Laboratory results for tests: lines as read, and whole workbooks of a plan's increments."""

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import uuid4

from gis.domain.result_sheet import ResultLine
from gis.domain.sampling_design import PlanAsked
from gis.domain.sampling_plan import Increment, SamplingPlan
from gis.domain.terms import LeachMethod, Quantity
from gis.ledger import Book
from gis.ledger.results import BatchSent
from gis.ledger.sampling import plan_sampling
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
