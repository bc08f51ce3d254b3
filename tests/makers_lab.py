"""Laboratory results for tests: one by one, or all that a waste class has to be tested for."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID, uuid5

from gis.domain.identification import Evidence
from gis.domain.identification.standards import Limit, Standards
from gis.domain.sampling.lab_result import LabResult
from gis.domain.terms import (
    HAZARDS,
    Comparison,
    IdentificationStep,
    LeachMethod,
    Quantity,
    WasteClass,
)
from gis.rules.standards import current
from tests.makers import NOON

BATCH = UUID("00000000-0000-4000-8000-0000000001ab")
SITE = "150203-W00001-D"
STEPS = (IdentificationStep.RADIOACTIVITY, *HAZARDS, IdentificationStep.CLASS)


def codes(n: int) -> tuple[str, ...]:
    """The codes of a plan's ``n`` increments."""
    return tuple(f"{SITE}-P1-{number:03d}" for number in range(1, n + 1))


def a_result(
    analyte: str,
    value: float | None,
    increment: str = f"{SITE}-P1-001",
    leach: LeachMethod | None = LeachMethod.HJ_T_299,
    quantity: Quantity = Quantity.LEACHATE,
    **changes: Any,
) -> LabResult:
    """A result; ``value`` None is below the limit of detection."""
    name = f"{increment} {analyte} {leach} {quantity}"
    known: dict[str, Any] = {
        "id": uuid5(BATCH, name),
        "batch_id": BATCH,
        "recorded_at": NOON,
        "site_code": SITE,
        "increment_code": increment,
        "analyte": analyte,
        "quantity": quantity,
        "leach_method": leach,
        "method": None,
        "value": value,
        "unit": "mg/L",
        "is_below_detection": value is None,
        "detection_limit": None,
        "raw_value": "" if value is None else str(value),
        "raw_unit": "mg/L",
        "tested_on": None,
        "laboratory": None,
        "report_no": None,
        "is_demo": False,
    }
    return LabResult(**known | changes)


def for_limit(limit: Limit, value: float | None, increment: str, **changes: Any) -> LabResult:
    """A result that a limit is made for."""
    return a_result(
        *(limit.analyte, value, increment, limit.leach_method, limit.quantity),
        unit=limit.unit,
        **changes,
    )


def clean_value(limit: Limit) -> float:
    """A value well on the harmless side of a limit; of pH, 7.5."""
    if limit.quantity is Quantity.PH:
        return 7.5
    if limit.comparison is Comparison.DETECTED:
        return 0.0
    is_least = limit.comparison in {Comparison.BELOW, Comparison.AT_MOST}
    return limit.value * (10 if is_least else 0.1)


def required_limits(waste_class: WasteClass, standards: Standards | None = None) -> list[Limit]:
    """One limit for each test that a waste class needs."""
    known = standards or current()
    found: dict[object, Limit] = {}
    for step in STEPS:
        wanted = {row.analyte for row in known.required_of(step, waste_class)}
        for limit in known.limits_of(step):
            if limit.analyte in wanted:
                found.setdefault((step, limit.analyte), limit)
    return list(found.values())


def clean_results(waste_class: WasteClass, increments: Iterable[str]) -> list[LabResult]:
    """Every result that a waste class needs, all harmless."""
    limits = required_limits(waste_class)
    return [
        for_limit(limit, clean_value(limit), increment)
        for increment in increments
        for limit in limits
    ]


def with_result(results: list[LabResult], *changed: LabResult) -> list[LabResult]:
    """The results with some put in the place of those they answer, or added."""
    by_key = {result.key: result for result in (*results, *changed)}
    return list(by_key.values())


def evidence(
    results: Iterable[LabResult],
    increments: tuple[str, ...],
    waste_class: WasteClass = WasteClass.SW01,
    **changes: Any,
) -> Evidence:
    """Evidence of a plan that is as large as its table asks, looked up and not on the list."""
    known: dict[str, Any] = {"n_table": len(increments), "reduction": None, "is_listed": False}
    return Evidence(
        waste_class=waste_class,
        increments=increments,
        results=tuple(results),
        **known | changes,
    )
