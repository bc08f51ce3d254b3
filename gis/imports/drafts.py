"""A table and its mapping become drafts of sites and a report of all that is wrong, row by row."""

from collections import Counter
from collections.abc import Mapping as Pairs
from dataclasses import dataclass
from datetime import date
from typing import Any

from gis.domain.import_list import Draft
from gis.domain.import_problems import RowFault, RowProblem
from gis.domain.place import District
from gis.domain.sites.site import KIND_LETTERS
from gis.domain.terms import Datum, SiteKind, WasteNature
from gis.imports import positions
from gis.imports.blemishes import is_only, passed_over, worked_out
from gis.imports.cells import Target, Unfit, facts_in, text_of
from gis.imports.mapping import Mapping, require_sound
from gis.imports.outlines import Outlines, outlines
from gis.imports.table import Cell, Line, Table
from gis.imports.twins import twins
from gis.rules.import_columns import import_columns
from gis.spatial.coordinates import Place, Reading

IDENTIFIED = {
    WasteNature.HAZARDOUS,
    WasteNature.CLASS_II,
    WasteNature.CLASS_I,
    WasteNature.RADIOACTIVE,
}
FOOT = ("注", "填表", "制表", "审核", "合计", "总计", "说明", "备注")
KIND_OF_LETTER = {letter: kind for kind, letter in KIND_LETTERS.items()}
SAY_KIND = ("kind", "survey_part", "survey_minor")
NO_CHANGE = ("37 伪变化", "8 伪变化")


Remembered = dict[tuple[str, Cell], dict[str, Any]]
"""What a column's cells were read as: a list says the same few words in row after row."""


@dataclass(frozen=True, slots=True)
class ListRead:
    """What a table says under a mapping; ``drafts`` are the rows that hold, in their order."""

    mapping: Mapping
    drafts: tuple[Draft, ...]
    problems: tuple[RowProblem, ...]
    ways: tuple[tuple[Reading, Place], ...]
    reading: Reading | None
    hint: Datum | None
    points: positions.Points | None
    names: tuple[str, ...]

    @property
    def faults(self) -> tuple[RowProblem, ...]:
        """The problems that stop the list."""
        return tuple(problem for problem in self.problems if not problem.is_warning)


@dataclass(frozen=True, slots=True)
class _Said:
    """A line's facts in the register's words."""

    line: Line
    facts: dict[str, Any]


def read_list(table: Table, mapping: Mapping, district: District, today: date) -> ListRead:
    """Read every row; raises MappingUnfit, DatumUnconvertible, MergedCells, FormulaCells, …

    Formulas, errors and merged cells in columns that nobody reads are only pointed out.
    """
    require_sound(mapping)
    table.require_whole(mapping.columns)
    problems = passed_over(table)
    unread = worked_out(table)
    rows = [line for line in table.rows if not _is_foot(line) and not is_only(line, unread)]
    body = Table(
        table.sheet, table.sheets, table.headings, tuple(rows), table.has_shapes, table.epsg
    )
    read: Remembered = {}
    said = [_said(line, mapping, today, problems, read) for line in rows]
    _name_units(body, mapping, problems)
    found = outlines(body, mapping, district, [one.facts.pop("area_m2", None) for one in said])
    problems += found.problems
    drafts = _drafts(said, found, problems)
    _warn(said, found, problems)
    problems += twins(drafts, district.metric_epsg)
    problems.sort(key=lambda problem: (problem.is_warning, problem.row))
    heading = mapping.column("name") or ""
    return ListRead(
        mapping,
        tuple(drafts),
        tuple(problems),
        tuple(found.ways),
        found.reading,
        positions.hinted((*table.headings, table.sheet)),
        found.points,
        tuple(text_of(line.cells.get(heading)) for line in rows),
    )


def _is_foot(line: Line) -> bool:
    filled = [cell for cell in line.cells.values() if cell is not None]
    return line.geometry is None and len(filled) <= 2 and str(filled[0]).startswith(FOOT)


def _said(
    line: Line, mapping: Mapping, today: date, problems: list[RowProblem], read: Remembered
) -> _Said:
    facts: dict[str, Any] = {}
    notes: list[str] = []
    known = import_columns()
    for heading, field in mapping.columns.items():
        cell = line.cells.get(heading)
        if cell is None or known.forms.get(field) == "position":
            continue
        try:
            found = read.get((heading, cell))
            if found is None:
                found = facts_in(Target(field, mapping.units.get(heading)), cell)
                read[heading, cell] = found
        except Unfit as unfit:
            problems.append(_problem(line, heading, unfit.fault, **unfit.facts))
            continue
        for name, value in found.items():
            if name == "note":
                notes += [value] if value is not None else []
                continue
            if isinstance(value, date) and value > today:
                problems.append(_problem(line, heading, RowFault.DAY_AHEAD))
            facts.setdefault(name, value)
    _settle(line, facts, notes, mapping, problems)
    return _Said(line, facts)


def _settle(
    line: Line,
    facts: dict[str, Any],
    notes: list[str],
    mapping: Mapping,
    problems: list[RowProblem],
) -> None:
    """Fill in what a row's other cells and the whole list say; refuse a row without its name."""
    nature = facts.get("nature")
    if nature in IDENTIFIED:
        notes.append(f"资料载明属性：{nature.zh}")
    if (volume := facts.pop("volume_m3", None)) is not None:
        notes.append(f"资料载明体积：{volume:g} m³")
    if notes:
        facts["note"] = "；".join(dict.fromkeys(notes))[:4000]
    if "kind" not in facts:
        letter = str(facts.get("code", "")).partition("-")[2][:1]
        if letter in KIND_OF_LETTER:
            facts["kind"] = KIND_OF_LETTER[letter]
        elif mapping.kind is not None:
            facts["kind"] = SiteKind.of(mapping.kind)
        elif not any(_has_fault(problems, line, mapping.column(name)) for name in SAY_KIND):
            problems.append(_problem(line, mapping.column("kind"), RowFault.KIND_MISSING))
    if not facts.get("name") and not _has_fault(problems, line, mapping.column("name")):
        problems.append(_problem(line, mapping.column("name"), RowFault.NAME_MISSING))
    first, last = facts.get("stored_from"), facts.get("stored_to")
    if first and last and first > last:
        heading = mapping.column("stored_to") or mapping.column("stored_years")
        problems.append(_problem(line, heading, RowFault.YEARS_TURNED))


def _has_fault(problems: list[RowProblem], line: Line, heading: str | None) -> bool:
    return heading is not None and any(
        problem.row == line.number and problem.column == heading for problem in problems[-20:]
    )


def _problem(line: Line, heading: str | None, fault: RowFault, **facts: object) -> RowProblem:
    value = "" if heading is None else text_of(line.cells.get(heading))[:80]
    cell = "" if heading is None else line.ref(heading)
    return RowProblem(line.number, cell, heading or "", value, fault, facts)


def _name_units(table: Table, mapping: Mapping, problems: list[RowProblem]) -> None:
    """Warn of columns of quantities whose unit nobody names."""
    known = import_columns()
    for heading, field in mapping.columns.items():
        family = known.units.get(known.forms.get(field, ""))
        if family is None or heading in mapping.units:
            continue
        bare = (line for line in table.rows if isinstance(line.cells.get(heading), int | float))
        if (line := next(bare, None)) is not None:
            unit = next(iter(family))
            problems.append(_problem(line, heading, RowFault.UNIT_ASSUMED, unit=unit))


def _drafts(said: list[_Said], found: Outlines, problems: list[RowProblem]) -> list[Draft]:
    faulty = {problem.row for problem in problems if not problem.is_warning}
    seen: dict[str, int] = {}
    drafts = []
    for k, (line, facts) in enumerate((one.line, one.facts) for one in said):
        outline = found.shapes[k]
        number = facts.pop("source_number", None)
        code = facts.pop("code", None)
        if outline is None or line.number in faulty:
            continue
        centre = outline.centroid
        key = str(number) if number else f"{facts['name']}|{positions.where(centre)}"
        if key in seen:
            value = str(number or facts["name"])
            more = {"other": seen[key]}
            problems.append(RowProblem(line.number, "", "", value, RowFault.KEY_TWICE, more))
            continue
        seen[key] = line.number
        if facts.get("nature") in IDENTIFIED:
            facts["stated_nature"] = facts.pop("nature")
        drafts.append(
            Draft(
                row=line.number,
                key=key[:200],
                code=code,
                facts={n: v for n, v in facts.items() if n != "stated_nature"},
                outline=outline,
                outline_basis=found.basis[k],
                stated_position=found.written[k][:200],
                stated_crs=found.crs_name,
                raw={h: text_of(c) for h, c in line.cells.items() if c is not None},
            )
        )
    return drafts


def _warn(said: list[_Said], found: Outlines, problems: list[RowProblem]) -> None:
    """Say once for the whole list what holds for many of its rows."""
    stated: Counter[WasteNature] = Counter()
    first: dict[WasteNature, int] = {}
    for one in said:
        nature = one.facts.get("stated_nature") or one.facts.get("nature")
        if nature in IDENTIFIED:
            stated[nature] += 1
            first.setdefault(nature, one.line.number)
        if any(word in one.facts.get("note", "") for word in NO_CHANGE):
            problems.append(_problem(one.line, None, RowFault.NO_CHANGE_SEEN))
    for nature, count in stated.items():
        facts: Pairs[str, object] = {"count": count}
        fault = RowFault.IDENTIFICATION_NEEDED
        problems.append(RowProblem(first[nature], "", "", nature.zh, fault, facts))
    if found.circles:
        problems.append(RowProblem(0, "", "", str(found.circles), RowFault.APPROXIMATE))
