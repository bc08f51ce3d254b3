"""A made-up plan of a place, its samples at the laboratory, their results; again adds nothing."""

import hashlib
from collections.abc import Sequence
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from gis.domain.identification.standards import Standards
from gis.domain.sampling.custody import CustodySent
from gis.domain.sampling.design import PlanAsked
from gis.domain.sampling.result_sheet import ResultLine
from gis.domain.sampling.sampling_plan import Increment, SamplingPlan
from gis.domain.terms import CustodyStep, Quantity
from gis.exports.result_sheet import AskedTest, asked_tests
from gis.ledger import Book
from gis.ledger.results import BatchSent, file_results
from gis.ledger.sampling import plan_sampling, record_custody
from gis.rules import standards
from gis.store import sampling, sites
from gis.store.register import CHINA

TEAM, LABORATORY, REPORT = "演示采样组", "演示实验室", "演示-2026-01"
MORE: dict[CustodyStep, dict[str, Any]] = {
    CustodyStep.SEALED: {},
    CustodyStep.HANDED_OVER: {"party": LABORATORY},
    CustodyStep.RECEIVED: {"party": LABORATORY, "seal_is_whole": True},
}
MILD = 0.1
"""Share of its lowest limit that a made-up value reaches: nothing is over."""


def add_sampling(book: Book, district_code: str, about: dict[str, Any]) -> None:
    """Plan a made-up site, take and send its increments, and file their results."""
    with book.reading() as connection:
        code = sites.code_named(connection, district_code, about["site"])
    if code is None:
        return
    asked = PlanAsked(
        id=_id(code, "plan"),
        site_code=code,
        mass_t=about["mass_t"],
        mass_basis=about["mass_basis"],
        seed=about["seed"],
        note=about["note"],
    )
    plan, _ = plan_sampling(book, asked)
    with book.reading() as connection:
        increments = sampling.increments(connection, plan.code)
    for sent in _custody(plan, increments):
        record_custody(book, sent)
    file_results(book, _results(plan, increments))


def _id(*parts: str) -> UUID:
    return uuid5(NAMESPACE_URL, " ".join(("demo", *parts)))


def _custody(plan: SamplingPlan, increments: Sequence[Increment]) -> list[CustodySent]:
    """Return each increment taken where it was planned, then all together to the laboratory."""
    taken = [
        CustodySent(
            id=_id(one.code, "taken"),
            step=CustodyStep.TAKEN,
            codes=(one.code,),
            at=plan.planned_at,
            by=TEAM,
            lon=one.lon,
            lat=one.lat,
            accuracy_m=3.0,
        )
        for one in increments
    ]
    codes = tuple(one.code for one in increments)
    return taken + [
        CustodySent(_id(plan.code, step), step, codes, plan.planned_at, TEAM, **more)
        for step, more in MORE.items()
    ]


def _results(plan: SamplingPlan, increments: Sequence[Increment]) -> BatchSent:
    known = standards.current()
    lines = tuple(
        _line(row, plan, test, known)
        for row, test in enumerate(asked_tests(plan, increments, known), start=2)
    )
    return BatchSent(
        id=_id(plan.code, "results"),
        plan_code=plan.code,
        file_name=f"{REPORT}（演示数据）.xlsx",
        file_sha256=hashlib.sha256(repr(lines).encode()).hexdigest(),
        rows=len(lines),
        lines=lines,
        problems=(),
    )


def _line(row: int, plan: SamplingPlan, test: AskedTest, known: Standards) -> ResultLine:
    value = _value(test, known)
    return ResultLine(
        row=row,
        places={"value": (f"E{row}", "检测值")},
        increment_code=test.increment_code,
        analyte=test.analyte,
        quantity=test.quantity,
        leach_method=test.leach_method,
        method=None,
        value=value,
        unit=test.unit,
        is_below_detection=False,
        detection_limit=None,
        raw_value=f"{value:g}",
        raw_unit=test.unit,
        tested_on=plan.planned_at.astimezone(CHINA).date(),
        laboratory=LABORATORY,
        report_no=REPORT,
    )


def _value(test: AskedTest, known: Standards) -> float:
    if test.quantity is Quantity.PH:
        return 8.1
    what = (test.analyte, test.quantity, test.leach_method)
    limits = [
        one.value
        for one in known.limits
        if (one.analyte, one.quantity, one.leach_method) == what and one.value is not None
    ]
    return float(f"{MILD * min(limits, default=1.0):.3g}")
