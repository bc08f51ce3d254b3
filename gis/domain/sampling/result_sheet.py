"""The lines of a results sheet as read, and what of them the register's own facts refuse."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID, uuid5

from gis.domain.sampling.lab_batch import LabBatch
from gis.domain.sampling.lab_result import LabResult
from gis.domain.sampling.result_problems import Problem, ResultFault
from gis.domain.terms import LeachMethod, Quantity

Key = tuple[str, str, Quantity, LeachMethod | None]
Places = Mapping[str, tuple[str, str]]


@dataclass(frozen=True, slots=True)
class ResultLine:
    """One value, read; ``places`` says for each field its cell and its column's heading."""

    row: int
    places: Places
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

    @property
    def key(self) -> Key:
        """What it is the one result of."""
        return (self.increment_code, self.analyte, self.quantity, self.leach_method)

    def place(self, field: str) -> tuple[str, str]:
        """Return where a field stands, or where its value does."""
        return self.places.get(field) or self.places["value"]


@dataclass(frozen=True, slots=True)
class Known:
    """What the register knows of a plan: its increments with the day each was taken, its results.

    ``stored`` names the file of each result that is in already.
    """

    plan_code: str
    taken: Mapping[str, date | None]
    stored: Mapping[Key, str]
    today: date


def against(lines: Iterable[ResultLine], known: Known) -> list[Problem]:
    """Return what the register's facts refuse of the lines, in their order."""
    problems: list[Problem] = []
    first: dict[Key, str] = {}
    for line in lines:
        value_cell = line.place("value")[0]
        if line.increment_code not in known.taken:
            fault, code = ResultFault.UNKNOWN_SAMPLE, line.increment_code
            problems.append(_problem(line, "increment", code, fault, plan=known.plan_code))
            continue
        if line.tested_on is not None:
            day, taken = line.tested_on.isoformat(), known.taken[line.increment_code]
            if line.tested_on > known.today:
                problems.append(_problem(line, "tested_on", day, ResultFault.FUTURE))
            elif taken is not None and line.tested_on < taken:
                fault = ResultFault.BEFORE_TAKEN
                problems.append(_problem(line, "tested_on", day, fault, taken=taken.isoformat()))
        if line.key in known.stored:
            fault, file = ResultFault.STORED, known.stored[line.key]
            problems.append(_problem(line, "value", line.raw_value, fault, file=file))
        elif line.key in first:
            fault, other = ResultFault.TWICE, first[line.key]
            problems.append(_problem(line, "value", line.raw_value, fault, other=other))
        first.setdefault(line.key, value_cell)
    return problems


def _problem(line: ResultLine, field: str, value: str, fault: ResultFault, **facts: str) -> Problem:
    cell, column = line.place(field)
    return Problem(line.row, cell, column, value, fault, facts)


def result_id(batch_id: UUID, line: ResultLine) -> UUID:
    """Return the id that a line always has in a batch."""
    return uuid5(batch_id, "|".join(str(part) for part in line.key))


def results_of(lines: Iterable[ResultLine], batch: LabBatch, now: datetime) -> list[LabResult]:
    """Return the results to store for the lines of a batch; the same line has the same id."""
    return [
        LabResult(
            id=result_id(batch.id, line),
            batch_id=batch.id,
            recorded_at=now,
            site_code=batch.site_code,
            increment_code=line.increment_code,
            analyte=line.analyte,
            quantity=line.quantity,
            leach_method=line.leach_method,
            method=line.method,
            value=line.value,
            unit=line.unit,
            is_below_detection=line.is_below_detection,
            detection_limit=line.detection_limit,
            raw_value=line.raw_value,
            raw_unit=line.raw_unit,
            tested_on=line.tested_on,
            laboratory=line.laboratory,
            report_no=line.report_no,
            is_demo=batch.is_demo,
        )
        for line in lines
    ]
