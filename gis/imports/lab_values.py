"""What a laboratory writes in a cell: a number, a number below detection, a day, or neither."""

import math
import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime

from gis.imports.table import Cell
from gis.rules.lab_columns import plain

BLANK = frozenset({"", "/", "-", "—", "--", "——"})
"""How a cell says that there is nothing to say."""

NUMBER = (
    r"[+-]?(?:(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d*)?|\.\d+)"
    r"(?:(?:e|x10\^?|×10\^?|\*10\^?)[+-]?\d+)?"
)
POWER = re.compile(r"(?:x10|×10|\*10)\^?")
BELOW = re.compile(r"^(?:<=?|≤|小于|低于)")
LIMITED = re.compile(r"(?<=[\d.])l$")
"""0.004L: below the limit of 0.004, as Chinese reports write it."""
DAY = re.compile(r"^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[t ].*)?$")
DIGITS_DAY = re.compile(r"^(\d{4})(\d{2})(\d{2})$")


@dataclass(frozen=True, slots=True)
class Reading:
    """A measured number, or None where it was below the limit of detection."""

    value: float | None
    is_below: bool
    limit: float | None


def number(cell: Cell) -> float | None:
    """Return the number in a cell, or None where it holds none.

    >>> number("1,250.5"), number("3.2×10^-3"), number("约 3"), number("")
    (1250.5, 0.0032, None, None)
    """
    if isinstance(cell, bool) or cell is None or isinstance(cell, date):
        return None
    if isinstance(cell, int | float):
        return float(cell) if math.isfinite(cell) else None
    text = plain(cell).replace("−", "-")
    if not re.fullmatch(NUMBER, text):
        return None
    found = float(POWER.sub("e", text).replace(",", ""))
    return found if math.isfinite(found) else None


def reading(cell: Cell, limit: Cell, below: frozenset[str]) -> Reading | None:
    """Return what a value's cell says, with the limit of detection beside it; None if nothing.

    "<0.01" and "0.01L" name their limit themselves; "ND" needs the limit beside it.

    >>> reading("0.004L", None, frozenset())
    Reading(value=None, is_below=True, limit=0.004)
    """
    beside = number(limit)
    if isinstance(cell, str):
        text = plain(cell)
        if text in below:
            return Reading(None, True, beside)
        if mark := BELOW.match(text):
            own = number(text[mark.end() :])
            return None if own is None else Reading(None, True, own)
        if LIMITED.search(text):
            own = number(text[:-1])
            return None if own is None else Reading(None, True, own)
    value = number(cell)
    return None if value is None else Reading(value, False, beside)


def day(cell: Cell) -> date | None:
    """Return the day in a cell, or None where it holds none.

    >>> day("2026年6月3日"), day("20260603"), day("下周")
    (datetime.date(2026, 6, 3), datetime.date(2026, 6, 3), None)
    """
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    if cell is None:
        return None
    text = unicodedata.normalize("NFKC", str(cell)).strip().lower()
    found = DAY.match(text) or DIGITS_DAY.match(text)
    if not found:
        return None
    try:
        return date(*(int(part) for part in found.groups()[:3]))
    except ValueError:
        return None
