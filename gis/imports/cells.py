"""One cell, one field: what a cell says in the register's words, or the fault that it has."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from gis.domain import terms
from gis.domain.import_problems import RowFault
from gis.domain.sites.errors import FactUnfit
from gis.domain.sites.facts import FACTS, read_changes
from gis.imports.lab_values import day, number
from gis.imports.table import Cell
from gis.rules.import_columns import SURVEY, ImportColumns, import_columns
from gis.rules.lab_columns import compact, plain

YEARS = re.compile(r"(\d{4})\D{0,3}(?:[-—–~～至到]+\D{0,3}(\d{4})\D{0,3})?")
QUANTITY = re.compile(r"([+-]?[\d,.]+(?:e[+-]?\d+)?)(.*)")
CONTROLS = {
    "防扬散": "has_dust_control",
    "防流失": "has_runoff_control",
    "防渗漏": "has_seepage_control",
}
CONTROLS_EN = {
    "dust": "has_dust_control",
    "runoff": "has_runoff_control",
    "seepage": "has_seepage_control",
}
MOST_KNOWN = 12


class Unfit(Exception):
    """A cell that its field cannot take; the caller knows where it stands."""

    def __init__(self, fault: RowFault, **facts: object) -> None:
        super().__init__(fault)
        self.fault = fault
        self.facts = facts


@dataclass(frozen=True, slots=True)
class Target:
    """Where a column's cells go: a field, and the unit that its numbers are in."""

    field: str
    unit: str | None = None


def text_of(cell: Cell) -> str:
    """Return a cell as text: 12.0 is 12, a day is ISO.

    >>> text_of(12.0), text_of("甲 ")
    ('12', '甲')
    """
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return "" if cell is None else str(cell).strip()


def facts_in(target: Target, cell: Cell) -> dict[str, Any]:
    """Return the facts that a filled cell states; {} where it says "unknown". Raises Unfit."""
    known = import_columns()
    form = known.forms.get(target.field, "text")
    if target.field.startswith(SURVEY):
        return _survey(known, target.field, text_of(cell))
    read = FORMS.get(form)
    if read is not None:
        return read(known, target, cell)
    if form in known.words:
        return _word(known, form, target.field, text_of(cell))
    return _fact(target.field, text_of(cell), cell)


def _fact(field: str, value: Any, cell: Cell) -> dict[str, Any]:
    if field not in FACTS:
        return {field: value}
    try:
        return read_changes({field: value})
    except FactUnfit as error:
        fit = {key: error.facts[key] for key in ("fit_zh", "fit_en")}
        raise Unfit(RowFault.VALUE_UNFIT, value=text_of(cell), **fit) from error


def _quantity(known: ImportColumns, target: Target, cell: Cell) -> dict[str, Any]:
    family = known.units[known.forms[target.field]]
    unit = target.unit or next(iter(family))
    value = number(cell)
    if value is None:
        written = plain(text_of(cell)).removeprefix("约")
        if compact(written) in {"", "不详", "不明", "未知", "待核实", "unknown"}:
            return {}
        found = QUANTITY.fullmatch(written)
        value = number(found[1]) if found else None
        if found is None or value is None:
            raise Unfit(RowFault.NUMBER_UNREAD)
        units = {plain(name): name for name in family}
        if found[2] not in units:
            raise Unfit(RowFault.UNIT_UNFIT, known="、".join(family))
        unit = units[found[2]]
    value = round(value * family[unit], 6)
    if value < 0 or (target.field == "area_m2" and not 1 <= value <= 1e9):
        fit = {
            "fit_zh": "1 m² 以上、合理范围内的正数",
            "fit_en": "a positive number of a sensible size",
        }
        raise Unfit(RowFault.VALUE_UNFIT, **fit)
    return _fact(target.field, value, cell)


def _year(known: ImportColumns, target: Target, cell: Cell) -> dict[str, Any]:
    found = YEARS.fullmatch(plain(text_of(cell)))
    if found is None or found[2]:
        raise Unfit(RowFault.YEARS_UNREAD)
    return _fact(target.field, int(found[1]), cell)


def _years(known: ImportColumns, target: Target, cell: Cell) -> dict[str, Any]:
    found = YEARS.fullmatch(plain(text_of(cell)))
    if found is None:
        raise Unfit(RowFault.YEARS_UNREAD)
    facts = _fact("stored_from", int(found[1]), cell)
    return facts | (_fact("stored_to", int(found[2]), cell) if found[2] else {})


def _day(known: ImportColumns, target: Target, cell: Cell) -> dict[str, Any]:
    found = cell if isinstance(cell, date) else day(cell)
    if found is None:
        raise Unfit(RowFault.DAY_UNREAD)
    return {target.field: found}


def _flag(known: ImportColumns, target: Target, cell: Cell) -> dict[str, Any]:
    written = plain(text_of(cell))
    if written not in known.flags:
        fit = {"fit_zh": "是、否或待核实", "fit_en": "yes, no or unknown"}
        raise Unfit(RowFault.VALUE_UNFIT, **fit)
    said = known.flags[written]
    return {} if said is None else {target.field: said}


def _controls(known: ImportColumns, target: Target, cell: Cell) -> dict[str, Any]:
    """Read the list's own "防扬散有；防流失无；防渗漏待核实", in either language."""
    facts: dict[str, Any] = {}
    for part in re.split(r"[；;，,]", text_of(cell)):
        for name, field in (CONTROLS | CONTROLS_EN).items():
            if part.strip().lower().startswith(name):
                facts |= _flag(known, Target(field), part.strip()[len(name) :])
    if not facts and not any(word in text_of(cell) for word in CONTROLS | CONTROLS_EN):
        fit = {
            "fit_zh": "“防扬散有；防流失无；防渗漏有”",
            "fit_en": "“dust yes; runoff no; seepage yes”",
        }
        raise Unfit(RowFault.VALUE_UNFIT, **fit)
    return facts


def _word(known: ImportColumns, vocabulary: str, field: str, text: str) -> dict[str, Any]:
    words: type[terms.Term] = getattr(terms, vocabulary)
    value = known.words[vocabulary].get(compact(text))
    if value is None:
        said = list(words)[:MOST_KNOWN]
        raise Unfit(
            RowFault.WORD_UNKNOWN,
            known_zh="、".join(word.zh for word in said),
            known_en=", ".join(word.en for word in said),
        )
    return {field: words.of(value)}


def _survey(known: ImportColumns, field: str, text: str) -> dict[str, Any]:
    """Return what a survey's code means here; the words themselves go into the note."""
    zh, _ = known.titles[field]
    codes = known.survey.get(field)
    if codes is None:
        return {"note": f"{zh}：{text}"}
    code = codes.read(text)
    if code is None:
        raise Unfit(
            RowFault.WORD_UNKNOWN,
            known_zh="、".join(f"{c} {names[0]}" for c, names in codes.codes.items()),
            known_en=", ".join(f"{c} {names[1]}" for c, names in codes.codes.items()),
        )
    facts: dict[str, Any] = {"note": f"{zh}：{code} {codes.codes[code][0]}"}
    if code in codes.kind:
        facts["kind"] = terms.SiteKind.of(codes.kind[code])
    if code in codes.responsibility:
        facts["responsibility"] = terms.Responsibility.of(codes.responsibility[code])
    return facts


Read = Callable[[ImportColumns, Target, Cell], dict[str, Any]]
FORMS: dict[str, Read] = {
    **dict.fromkeys(("area", "length", "mass", "volume", "activity"), _quantity),
    "year": _year,
    "years": _years,
    "day": _day,
    "flag": _flag,
    "controls": _controls,
}
