"""管护: what has to be looked at after acceptance, when, and what became of it."""

import calendar as months
from collections.abc import Mapping, Sequence
from dataclasses import astuple, dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from gis.domain.canonical import sha256_of
from gis.domain.pits.restoration import UnitSent
from gis.domain.pits.restoration_errors import CareUnknown
from gis.domain.terms import CareResult, DeadlineState


@dataclass(frozen=True, slots=True)
class CareRule:
    """A duty that comes every so many months for so many months after acceptance."""

    id: str
    every_months: int
    for_months: int
    needs_waste: bool
    standard: str
    clause: str
    zh: str
    en: str
    certainty: str
    source: str


@dataclass(frozen=True, slots=True)
class CareRules:
    """The duties, how long 管护 lasts, and how many days ahead a duty is amber."""

    rules: tuple[CareRule, ...]
    amber_days: int


@dataclass(frozen=True, slots=True)
class CareSent:
    """A visit as a page sends it: which duty of which day it answers, and what was found."""

    id: UUID
    unit_id: UUID
    rule_id: str
    due_on: date
    done_on: date
    result: CareResult
    finding: str

    def content_hash(self) -> str:
        """Return the SHA-256 of the content."""
        return sha256_of(*astuple(self)[1:])


@dataclass(frozen=True, slots=True)
class CareRecord(CareSent):
    """A visit as the register keeps it."""

    body_sha256: str
    recorded_at: datetime
    recorded_by: str


@dataclass(frozen=True, slots=True)
class CareDue:
    """One duty on one day."""

    rule: CareRule
    due_on: date
    record: CareRecord | None
    state: DeadlineState


def after_months(day: date, count: int) -> date:
    """Return the same day some months later, or the last of a shorter month.

    >>> after_months(date(2026, 8, 31), 6)
    datetime.date(2027, 2, 28)
    """
    year, month = divmod(day.year * 12 + day.month - 1 + count, 12)
    return date(year, month + 1, min(day.day, months.monthrange(year, month + 1)[1]))


def calendar(
    unit: UnitSent,
    accepted_on: date | None,
    rules: CareRules,
    records: Mapping[tuple[str, date], CareRecord],
    today: date,
) -> tuple[CareDue, ...]:
    """Return every duty of a unit by day; none before it is accepted."""
    if accepted_on is None:
        return ()
    found = []
    for rule in rules.rules:
        if rule.needs_waste and unit.has_waste is False:
            continue
        for step in range(rule.every_months, rule.for_months + 1, rule.every_months):
            due_on = after_months(accepted_on, step)
            record = records.get((rule.id, due_on))
            found.append(CareDue(rule, due_on, record, _state(due_on, record, today, rules)))
    return tuple(sorted(found, key=lambda one: (one.due_on, one.rule.id)))


def _state(due_on: date, record: CareRecord | None, today: date, rules: CareRules) -> DeadlineState:
    if record is not None:
        return DeadlineState.DONE
    if due_on < today:
        return DeadlineState.RED
    is_near = due_on <= today + timedelta(days=rules.amber_days)
    return DeadlineState.AMBER if is_near else DeadlineState.ON_TIME


def require_duty(duties: Sequence[CareDue], rule_id: str, due_on: date) -> None:
    """Refuse a visit for a duty that is not in the calendar; raises CareUnknown."""
    if not any(one.rule.id == rule_id and one.due_on == due_on for one in duties):
        raise CareUnknown(duty=rule_id[:60], due_on=due_on)
