"""修复单元: a part of a mine, what it must reach when restored, and whether it does."""

from collections.abc import Mapping, Sequence
from dataclasses import astuple, dataclass, fields, replace
from datetime import date, datetime
from typing import Any, Self
from uuid import UUID

from shapely import MultiPolygon

from gis.domain.canonical import sha256_of
from gis.domain.errors import DateInFuture, DateTooEarly
from gis.domain.pits.restoration_errors import AcceptanceOpen, TargetUnfit
from gis.domain.pits.survey import FIRST_DAY
from gis.domain.terms import Direction, Fulfilment, Indicator, LandAim, OfferBasis

UNITS = {
    Indicator.AREA: ("公顷", "ha"),
    Indicator.FVC_RATIO: ("%", "%"),
    Indicator.BARE: ("%", "%"),
    Indicator.SLOPE: ("°", "°"),
    Indicator.SOIL: ("厘米", "cm"),
    Indicator.CANOPY: ("%", "%"),
    Indicator.GRASS: ("%", "%"),
    Indicator.SURVIVAL: ("%", "%"),
    Indicator.WASTE_REMOVED: ("吨", "t"),
    Indicator.BACKFILLED: ("立方米", "m³"),
    Indicator.WELLS: ("眼", "wells"),
}
MOST = {
    Indicator.FVC_RATIO: 200.0,
    Indicator.BARE: 100.0,
    Indicator.SLOPE: 90.0,
    Indicator.SOIL: 1_000.0,
    Indicator.CANOPY: 100.0,
    Indicator.GRASS: 100.0,
    Indicator.SURVIVAL: 100.0,
    Indicator.WELLS: 1_000.0,
}
"""Above this a figure cannot be: no more than all of it survives."""


@dataclass(frozen=True, slots=True)
class Requirement:
    """One row of the rules: what an indicator must be, for some directions and land aims.

    No directions or no aims means any. ``value`` None is taken from the unit's approved plan.
    ``needs_waste`` rows bind where waste lies or was filled in, and where that is not known.
    """

    id: str
    indicator: Indicator
    directions: tuple[Direction, ...]
    aims: tuple[LandAim, ...]
    is_most: bool
    value: float | None
    needs_waste: bool
    standard: str
    clause: str
    zh: str
    en: str
    certainty: str
    source: str

    def binds(self, unit: "UnitSent") -> bool:
        """Say whether the row speaks of this unit."""
        if self.needs_waste and unit.has_waste is False:
            return False
        fits_direction = not self.directions or unit.direction in self.directions
        return fits_direction and (not self.aims or unit.land_aim in self.aims)


@dataclass(frozen=True, slots=True)
class UnitSent:
    """A restoration unit as a page sends it; ``outline`` None is the whole site.

    ``targets`` are what the approved plan states by indicator; ``area_ha`` is its 核定面积.
    """

    id: UUID
    site_code: str
    name: str
    direction: Direction
    land_aim: LandAim
    area_ha: float
    has_waste: bool | None
    measures: str
    targets: dict[str, float]
    outline: MultiPolygon | None

    @classmethod
    def of(cls, unit: "RestorationUnit") -> Self:
        """Return what of a kept unit was sent."""
        return cls(**{field.name: getattr(unit, field.name) for field in fields(UnitSent)})


@dataclass(frozen=True, slots=True)
class RestorationUnit(UnitSent):
    """A version of a unit as the register keeps it; after-care runs from ``accepted_on``."""

    version: int
    recorded_at: datetime
    recorded_by: str
    accepted_on: date | None
    ended_at: datetime | None
    ended_reason: str | None
    is_demo: bool

    def changed(self, at: datetime, by: str, **changes: Any) -> "RestorationUnit":
        """Return the next version."""
        version = self.version + 1
        return replace(self, version=version, recorded_at=at, recorded_by=by, **changes)


@dataclass(frozen=True, slots=True)
class ValueSent:
    """A measured indicator of a unit; ``source`` names the image, the report, the field sheet."""

    id: UUID
    unit_id: UUID
    indicator: Indicator
    value: float
    measured_on: date
    source: str
    note: str

    def content_hash(self) -> str:
        """Return the SHA-256 of the content."""
        return sha256_of(*astuple(self)[1:])


@dataclass(frozen=True, slots=True)
class UnitValue(ValueSent):
    """A measured indicator as the register keeps it; the newest day counts.

    One that was taken over from what the system saw names its ``basis`` and the observation's or
    survey's id, with the ends of its 95 % interval and the cautions that it was offered with
    (`offer_words`); they are None and empty where a person wrote the value.
    """

    body_sha256: str
    recorded_at: datetime
    recorded_by: str
    basis: OfferBasis | None
    source_id: UUID | None
    low: float | None
    high: float | None
    cautions: list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Judged:
    """One line of the acceptance table."""

    requirement: Requirement
    required: float | None
    measured: UnitValue | None
    state: Fulfilment

    def is_open(self, low: float | None, high: float | None) -> bool:
        """Say whether what is required lies within an interval, which then does not decide."""
        if self.required is None or low is None or high is None:
            return False
        if self.requirement.is_most:
            return low <= self.required < high
        return low < self.required <= high


def acceptance(
    unit: UnitSent, rules: Sequence[Requirement], values: Mapping[Indicator, UnitValue]
) -> tuple[Judged, ...]:
    """Return how a unit stands against every row that binds it; unknown is never met."""
    found = []
    for rule in rules:
        if not rule.binds(unit):
            continue
        required = unit.targets.get(rule.indicator.value) if rule.value is None else rule.value
        if rule.value is None and rule.indicator is Indicator.AREA and required is None:
            required = unit.area_ha
        measured = values.get(rule.indicator)
        found.append(Judged(rule, required, measured, _state(rule, required, measured)))
    return tuple(found)


def _state(rule: Requirement, required: float | None, measured: UnitValue | None) -> Fulfilment:
    if required is None:
        return Fulfilment.NOT_STATED
    if measured is None:
        return Fulfilment.NOT_MEASURED
    is_met = measured.value <= required if rule.is_most else measured.value >= required
    return Fulfilment.MET if is_met else Fulfilment.NOT_MET


def require_accepted(table: Sequence[Judged]) -> None:
    """Refuse to accept a unit with an open line; raises AcceptanceOpen."""
    still = [line for line in table if line.state is not Fulfilment.MET]
    if still or not table:
        raise AcceptanceOpen(
            open_zh="、".join(f"{one.requirement.indicator.zh}（{one.state.zh}）" for one in still)
            or "没有任何指标",
            open_en=", ".join(f"{one.requirement.indicator.en} ({one.state.en})" for one in still)
            or "no indicator at all",
        )


def require_figure(indicator: Indicator, value: float) -> None:
    """Refuse a figure that its indicator cannot have; raises TargetUnfit."""
    most = MOST.get(indicator, 1e10)
    if not 0 <= value <= most:
        raise TargetUnfit(
            indicator_zh=indicator.zh, indicator_en=indicator.en, value=value, most=f"{most:g}"
        )


def require_past(day: date, today: date) -> None:
    """Refuse a day that has not come, or is before any of this work.

    Raises DateInFuture, DateTooEarly.
    """
    if day > today:
        raise DateInFuture(day=day)
    if day < FIRST_DAY:
        raise DateTooEarly(day=day, first=FIRST_DAY)
