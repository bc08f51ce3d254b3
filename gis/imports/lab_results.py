"""A results sheet, read line by line: what each says, or why it cannot be taken."""

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

from gis.domain.identification.standards import Analyte, Standards
from gis.domain.sampling import units
from gis.domain.sampling.result_problems import Problem, ResultFault
from gis.domain.sampling.result_sheet import ResultLine
from gis.domain.terms import LeachMethod, Quantity
from gis.imports.lab_layout import RawResult, raw_results
from gis.imports.lab_values import BLANK, Reading, day, number, reading
from gis.imports.table import Table
from gis.rules.lab_columns import LabColumns

PH_MOST = 14.0

Tell = Callable[..., None]


@dataclass(frozen=True, slots=True)
class LabSheet:
    """What was read of a sheet: rows of the file, values that are sound, and what is not."""

    rows: int
    lines: tuple[ResultLine, ...]
    problems: tuple[Problem, ...]


def read(
    table: Table, standards: Standards, words: LabColumns, declared: LeachMethod | None = None
) -> LabSheet:
    """Return the values of a sheet; ``declared`` is the leaching method said for the whole file.

    Raises ResultColumnsMissing.
    """
    raws = raw_results(table, words, lambda name: standards.analyte_named(name) is not None)
    lines: list[ResultLine] = []
    problems: list[Problem] = []
    for raw in raws:
        found: list[Problem] = []
        line = _line(raw, standards, words, declared, _teller(raw, found))
        if line is not None and not found:
            lines.append(line)
        problems += found
    return LabSheet(len({raw.row for raw in raws}), tuple(lines), tuple(problems))


def _teller(raw: RawResult, problems: list[Problem]) -> Tell:
    def tell(field: str, fault: ResultFault, **facts: str) -> None:
        cell, column = raw.place(field)
        problems.append(Problem(raw.row, cell, column, raw.text(field), fault, facts))

    return tell


def _line(
    raw: RawResult,
    standards: Standards,
    words: LabColumns,
    declared: LeachMethod | None,
    tell: Tell,
) -> ResultLine | None:
    code = unicodedata.normalize("NFKC", raw.text("increment")).upper()
    if not code:
        tell("increment", ResultFault.NO_SAMPLE)
    analyte = _analyte(raw, standards, tell)
    found = _reading(raw, words, tell)
    tested_on = day(raw.cells.get("tested_on"))
    if tested_on is None and raw.text("tested_on") not in BLANK:
        tell("tested_on", ResultFault.BAD_DAY)
    if analyte is None or found is None:
        return None
    measure = _measure(raw, analyte, tell)
    if measure is None:
        return None
    leach = _leach(raw, words, measure.quantity, declared, tell)
    value = None if found.value is None else measure.stored(found.value)
    _in_bounds(value, measure.quantity, tell)
    return ResultLine(
        row=raw.row,
        places=raw.places,
        increment_code=code,
        analyte=analyte.id,
        quantity=measure.quantity,
        leach_method=leach,
        method=raw.text("method") or None,
        value=value,
        unit=measure.unit,
        is_below_detection=found.is_below,
        detection_limit=None if found.limit is None else measure.stored(found.limit),
        raw_value=raw.text("value"),
        raw_unit=raw.text("unit"),
        tested_on=tested_on,
        laboratory=raw.text("laboratory") or None,
        report_no=raw.text("report_no") or None,
    )


def _analyte(raw: RawResult, standards: Standards, tell: Tell) -> Analyte | None:
    name = raw.text("analyte")
    analyte = standards.analyte_named(name) if name else None
    if analyte is None:
        tell("analyte", ResultFault.UNKNOWN_ANALYTE if name else ResultFault.NO_ANALYTE)
    return analyte


def _reading(raw: RawResult, words: LabColumns, tell: Tell) -> Reading | None:
    """Return the number or that there is none to be found; a limit of detection must be one."""
    if raw.text("value") in BLANK:
        tell("value", ResultFault.NO_VALUE)
        return None
    limit = raw.cells.get("limit")
    said = None if raw.text("limit") in BLANK else number(limit)
    if raw.text("limit") not in BLANK and (said is None or said <= 0):
        tell("limit", ResultFault.BAD_LIMIT)
        return None
    found = reading(raw.cells.get("value"), said, words.below)
    if found is None:
        tell("value", ResultFault.NOT_A_NUMBER)
        return None
    if found.is_below and (found.limit is None or found.limit <= 0):
        tell("value", ResultFault.NO_LIMIT)
        return None
    return found


def _measure(raw: RawResult, analyte: Analyte, tell: Tell) -> units.Measure | None:
    try:
        return units.measure(analyte, raw.text("unit"))
    except units.UnitUnfit as unfit:
        if not raw.text("unit"):
            tell("unit", ResultFault.NO_UNIT)
        else:
            facts = {k: str(unfit.facts[k]) for k in ("analyte_zh", "analyte_en", "known")}
            tell("unit", ResultFault.UNIT_UNFIT, **facts)
        return None


def _leach(
    raw: RawResult,
    words: LabColumns,
    quantity: Quantity,
    declared: LeachMethod | None,
    tell: Tell,
) -> LeachMethod | None:
    """Return the leaching method of a leachate's value: the sheet's, else the declared one."""
    if not quantity.needs_leach:
        return None
    written = raw.text("leach_method")
    if written in BLANK:
        if declared is None:
            tell("leach_method", ResultFault.NO_LEACH)
        return declared
    word = words.leach_method(written)
    if word is None:
        tell("leach_method", ResultFault.UNKNOWN_LEACH)
        return None
    if declared is not None and LeachMethod.of(word) is not declared:
        tell("leach_method", ResultFault.OTHER_LEACH, declared=declared.standard)
    return LeachMethod.of(word)


def _in_bounds(value: float | None, quantity: Quantity, tell: Tell) -> None:
    if value is None or quantity is Quantity.FLASH_POINT:
        return
    if value < 0:
        tell("value", ResultFault.NEGATIVE)
    elif quantity is Quantity.PH and value > PH_MOST:
        tell("value", ResultFault.PH_RANGE)
