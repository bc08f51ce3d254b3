"""The leaders' board: what there is, what was done against plan, what changed, who lags."""

import re
from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import MINYEAR, date

from gis.domain.listing import Wanted
from gis.domain.terms import Change
from gis.errors import BadInput


class SinceTooLate(BadInput):
    """Changes are asked for since a day that is not before the board's. Facts: since, day."""

    code = "since_too_late"
    zh = "比较的起始日期 {since} 须早于截至日期 {day}。"
    en = "Changes must be counted since a day before {day}, not since {since}."


PARTS = ("grade", "kind", "state", "deadline", "town", "river", "reach", "bank")
"""What the sites are told apart by; None is "not known", of a deadline "without any work".

A river has the sites of its reaches: one too far from it to be of any is of none.
"""


@dataclass(frozen=True, slots=True)
class Figures:
    """Some sites: how many, their area and mass; ``weighed`` of them have a mass at all."""

    sites: int = 0
    area_m2: float = 0.0
    mass_t: float = 0.0
    weighed: int = 0


@dataclass(frozen=True, slots=True)
class Slice:
    """The sites of one word of a part, and how many of them are of which grade."""

    value: str | None
    figures: Figures
    grades: Mapping[str | None, int]


@dataclass(frozen=True, slots=True)
class UnitWork:
    """The work that one unit leads; a unit "" is not stated.

    ``due`` were to be finished by the day, ``late_days`` is how late the latest of the red is.
    """

    unit: str
    works: int
    finished: int
    due: int
    due_finished: int
    red: int
    amber: int
    late_days: int
    sites_red: int


@dataclass(frozen=True, slots=True)
class Money:
    """What projects cost and what was paid, in yuan; ``unbudgeted`` of them say no budget."""

    projects: int
    budget_yuan: float
    paid_yuan: float
    unbudgeted: int


@dataclass(frozen=True, slots=True)
class Board:
    """What is read of a district in one look, as of one moment, under one filter.

    ``main_stems`` names those of its rivers that are no tributaries; they stand first among them.
    ``began_on`` is the day of the register's first site, None while there is none. ``newly_red``
    are sites whose work is red now and whose day came after ``since``.
    """

    district_code: str
    day: date
    since: date
    wanted: Wanted
    began_on: date | None
    total: Figures
    parts: Mapping[str, tuple[Slice, ...]]
    main_stems: tuple[str, ...]
    changes: Mapping[Change, int]
    newly_red: int
    units: tuple[UnitWork, ...]
    stages: Mapping[str, int]
    money: Money

    @property
    def closed(self) -> int:
        """Return how many of the sites are closed out."""
        return sum(one.figures.sites for one in self.parts["state"] if one.value == "CLOSED")

    def work(self, name: str) -> int:
        """Return a figure of all units together."""
        return sum(getattr(unit, name) for unit in self.units)

    @property
    def lagging(self) -> tuple[UnitWork, ...]:
        """Return the units with red work, those with most of it first."""
        late = [unit for unit in self.units if unit.red]
        return tuple(sorted(late, key=lambda unit: (-unit.red, -unit.late_days, unit.unit)))


def month_before(day: date) -> date:
    """Return the same day of the month before, or that month's last; the calendar's first ends it.

    >>> month_before(date(2026, 3, 31)).isoformat(), month_before(date(2026, 1, 5)).isoformat()
    ('2026-02-28', '2025-12-05')
    >>> month_before(date(1, 1, 9)) == date.min
    True
    """
    if (day.year, day.month) == (MINYEAR, 1):
        return date.min
    year, month = (day.year, day.month - 1) if day.month > 1 else (day.year - 1, 12)
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def in_reading_order(name: str) -> tuple[object, ...]:
    """Return a key by which names order as people read them: 5 km before 10 km.

    >>> sorted(["河 10–15 km", "河 5–10 km"], key=in_reading_order)
    ['河 5–10 km', '河 10–15 km']
    """
    return tuple((0, int(p), "") if p.isdecimal() else (1, 0, p) for p in re.split(r"(\d+)", name))
