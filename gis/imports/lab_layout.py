"""The two shapes of results sheets, as one value a row: long (one a line), wide (one a column)."""

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from gis.errors import BadInput
from gis.imports.lab_values import BLANK
from gis.imports.table import Cell, Line, Table
from gis.rules.lab_columns import LabColumns, plain, unbracketed

FIELDS = {
    "increment": ("样品编号", "the sample's code"),
    "analyte": ("检测项目", "the analyte"),
    "value": ("检测值", "the value"),
}
IN_BRACKETS = re.compile(r"[(\[]([^()\[\]]*)[)\]]")
LAST_BRACKET = re.compile(r"[(\[]([^()\[\]]*)[)\]]$")
BASIS = "以"
"""氰化物（以CN-计）: what the value is counted as, which is neither a unit nor a name."""
SEPARATOR = re.compile(r"[/\s]")

IsAnalyte = Callable[[str], bool]


class ResultColumnsMissing(BadInput):
    """A sheet in which no results can be made out. Facts: missing_zh, missing_en, found."""

    code = "result_columns_missing"
    zh = "表中没有{missing_zh}列（现有：{found}）：请按模板补齐，或每个检测项目单列一栏。"
    en = (
        "The sheet has no column for {missing_en} (it has {found}): add it, or give each analyte "
        "a column of its own."
    )


@dataclass(frozen=True, slots=True)
class RawResult:
    """One value as written: its cells by field, and where each stood (address, heading)."""

    row: int
    cells: dict[str, Cell]
    places: dict[str, tuple[str, str]]

    def text(self, field: str) -> str:
        """Return what a field's cell says, or an empty text."""
        cell = self.cells.get(field)
        return "" if cell is None else str(cell).strip()

    def place(self, field: str) -> tuple[str, str]:
        """Return where a field stands; without a column of its own, where the value does."""
        return self.places.get(field) or self.places["value"]


@dataclass(frozen=True, slots=True)
class _Analyte:
    """A column of a wide sheet: what is measured in it, and what its heading adds."""

    heading: str
    name: str
    unit: str
    leach: str


def raw_results(table: Table, words: LabColumns, is_analyte: IsAnalyte) -> list[RawResult]:
    """Return every value of a sheet, line by line; raises ResultColumnsMissing."""
    named: dict[str, str] = {}
    for heading in table.headings:
        field = words.column(heading)
        if field is not None:
            named.setdefault(field, heading)
    analytes = [found for h in table.headings if (found := _analyte(h, words, is_analyte))]
    is_long = {"analyte", "value"} <= set(named)
    missing = [field for field in FIELDS if field not in named]
    if "increment" in missing or (missing and not analytes):
        raise ResultColumnsMissing(
            missing_zh="、".join(FIELDS[field][0] for field in missing),
            missing_en=", ".join(FIELDS[field][1] for field in missing),
            found="、".join(table.headings[:12]),
        )
    if is_long:
        return [_long(line, named) for line in table.rows]
    return list(_wide(table.rows, named, analytes, words))


def _long(line: Line, named: dict[str, str]) -> RawResult:
    return RawResult(
        line.number,
        {field: line.cells.get(heading) for field, heading in named.items()},
        {field: (line.ref(heading), heading) for field, heading in named.items()},
    )


def _wide(
    lines: tuple[Line, ...], named: dict[str, str], analytes: list[_Analyte], words: LabColumns
) -> Iterator[RawResult]:
    """Yield the values of each line; lines of units, limits or methods speak for their columns."""
    common = {field: heading for field, heading in named.items() if field not in FIELDS}
    common["increment"] = named["increment"]
    beside: dict[str, dict[str, Cell]] = {}
    samples = []
    for line in lines:
        first = line.cells.get(named["increment"])
        role = words.lines.get(plain(first)) if isinstance(first, str) else None
        if role is None:
            samples.append(line)
        else:
            beside[role] = dict(line.cells)
    for line in samples:
        shared = _long(line, common)
        for column in analytes:
            value = line.cells.get(column.heading)
            if value is None or str(value).strip() in BLANK:
                continue
            said = {role: cells.get(column.heading) for role, cells in beside.items()}
            own: dict[str, Cell] = {"analyte": column.name, "value": value}
            if column.unit:
                own["unit"] = column.unit
            if column.leach:
                own["leach_method"] = column.leach
            yield replace(
                shared,
                cells=shared.cells | {k: v for k, v in said.items() if v is not None} | own,
                places=shared.places | {"value": (line.ref(column.heading), column.heading)},
            )


def _analyte(heading: str, words: LabColumns, is_analyte: IsAnalyte) -> _Analyte | None:
    """Return what a heading says if it names an analyte: "铜（mg/L）", "HJ 557/Cu mg/L".

    Brackets may hold the unit, the method or a part of the name: 铬（六价） is not 铬. A bracket
    that says none of these stays in the name, for the reader to refuse.
    """
    if words.column(heading) is not None:
        return None
    name, unit, leach = unicodedata.normalize("NFKC", heading).strip(), "", ""
    for bracket in IN_BRACKETS.finditer(name):
        if words.leach_method(bracket[1]):
            leach = bracket[1]
            name = name.replace(bracket[0], " ").strip()
    while not is_analyte(name) and (last := LAST_BRACKET.search(name)):
        if unit and not last[1].startswith(BASIS):
            return _Analyte(heading, name, unit, leach) if is_analyte(unbracketed(name)) else None
        if not last[1].startswith(BASIS):
            unit = last[1].strip()
        name = name[: last.start()].strip()
    if not leach and words.leach_method(name):
        leach = name
    if is_analyte(name):
        return _Analyte(heading, name, unit, leach)
    for cut in SEPARATOR.finditer(name):
        left, right = name[: cut.start()].strip(), name[cut.end() :].strip()
        if is_analyte(left):
            return _Analyte(heading, left, unit or right, leach)
        inner = _analyte(right, words, is_analyte)
        if inner is not None:
            return _Analyte(heading, inner.name, unit or inner.unit, leach or inner.leach)
    return None
