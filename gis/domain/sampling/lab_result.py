"""检测结果: one measured value of one sample, as the register keeps it."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from gis.domain.terms import LeachMethod, Quantity


@dataclass(frozen=True, slots=True)
class LabResult:
    """A result in the unit of its quantity; ``raw_value`` and ``raw_unit`` are as it was written.

    Where nothing was found, ``is_below_detection`` holds, ``value`` is None and
    ``detection_limit`` tells below what the value lies. ``analyte`` is an id of the analytes'
    table. ``leach_method`` is None exactly where the quantity needs none.
    """

    id: UUID
    batch_id: UUID
    recorded_at: datetime
    site_code: str
    increment_code: str
    analyte: str
    quantity: Quantity
    leach_method: LeachMethod | None
    method: str | None
    value: float | None
    unit: str
    is_below_detection: bool
    detection_limit: float | None
    raw_value: str
    raw_unit: str
    tested_on: date | None
    laboratory: str | None
    report_no: str | None
    is_demo: bool

    @property
    def key(self) -> tuple[str, str, Quantity, LeachMethod | None]:
        """What it is the one result of: an increment, an analyte, a quantity, a leaching method."""
        return (self.increment_code, self.analyte, self.quantity, self.leach_method)

    @property
    def span(self) -> tuple[float, float]:
        """The least and the most that the sample may hold; below detection, from nothing up.

        A number below the method's own limit of detection says no more than that.
        """
        limit = self.detection_limit
        if self.value is None or self.is_below_detection:
            return (0.0, math.inf if limit is None else limit)
        if limit is not None and self.value < limit:
            return (0.0, limit)
        return (self.value, self.value)


def twice(results: Iterable[LabResult]) -> list[tuple[LabResult, LabResult]]:
    """Return each result that answers what an earlier one answers, after that one."""
    seen: dict[object, LabResult] = {}
    return [
        (first, result)
        for result in results
        if (first := seen.setdefault(result.key, result)) is not result
    ]
