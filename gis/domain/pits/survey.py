"""坑体测量: what one survey of a pit found, and how sure each number is."""

from dataclasses import astuple, dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from gis.domain.canonical import sha256_of
from gis.domain.errors import DateInFuture, DateTooEarly
from gis.domain.pits.errors import LevelImpossible, NoPit, NothingMeasured
from gis.domain.terms import RimBasis, SiteKind, SurveyBasis

PITS = frozenset({SiteKind.MINE_PIT, SiteKind.SAND_PIT, SiteKind.TAILINGS_POND, SiteKind.MINE})
"""Kinds of site that can have a hollow; a heap has none."""

FIRST_DAY = date(1950, 1, 1)
"""Before any survey that a paper of this work could state."""


@dataclass(frozen=True, slots=True)
class SurveySent:
    """A survey as somebody sends it: ``id`` was made on the page, once.

    Levels are metres above the datum of the source; ``depth_m`` runs from rim to bottom.
    ``free_volume_m3`` is what fits inside the outline between the ground and ``level_m``.
    ``volume_change_m3`` is the ground's later minus its earlier form inside the outline, since
    ``compared_on``: positive is fill. Each sigma is one standard deviation. ``steepest_deg`` is the
    95th percentile of the slope, ``highwall_m`` the height of the longest steep face and
    ``highwall_deg`` its mean slope. None is not measured, never zero.
    """

    id: UUID
    site_code: str
    surveyed_on: date
    basis: SurveyBasis
    rim_m: float | None
    rim_basis: RimBasis | None
    bottom_m: float | None
    depth_m: float | None
    level_m: float | None
    free_volume_m3: float | None
    free_volume_sigma_m3: float | None
    compared_on: date | None
    volume_change_m3: float | None
    volume_change_sigma_m3: float | None
    slope_deg: float | None
    steepest_deg: float | None
    highwall_m: float | None
    highwall_deg: float | None
    has_water: bool | None
    water_area_m2: float | None
    land_class: str | None
    note: str

    @property
    def is_of_hollow(self) -> bool:
        """Say whether it speaks of a pit; how much ground moved is asked of heaps too."""
        hollow = (self.rim_m, self.bottom_m, self.depth_m, self.level_m, self.free_volume_m3)
        return any(value is not None for value in (*hollow, self.highwall_m))

    def content_hash(self, *files_sha256: str) -> str:
        """Return the SHA-256 of the content, and of the files measured, whatever serialises it."""
        return sha256_of(*astuple(self)[1:], *files_sha256)


@dataclass(frozen=True, slots=True)
class PitSurvey(SurveySent):
    """A survey as the register keeps it; a wrong one is withdrawn, never edited.

    ``curve`` is the capacity below each level: rows of level_m, area_m2, volume_m3. ``sources``
    are the files it was measured on (name, sha256, crs, pixel_m, role); ``details`` how it was
    done: parts of the error, co-registration, holes, warnings.
    """

    curve: list[list[float]]
    sources: list[dict[str, Any]]
    details: dict[str, Any]
    body_sha256: str
    recorded_at: datetime
    recorded_by: str
    withdrawn_at: datetime | None
    withdrawn_by: str | None
    withdrawn_reason: str | None
    is_demo: bool

    def withdrawn(self, by: str, at: datetime, reason: str) -> "PitSurvey":
        """Return it as set aside, with who did so and why."""
        return replace(self, withdrawn_at=at, withdrawn_by=by, withdrawn_reason=reason)


def require_pit(kind: SiteKind, code: str) -> None:
    """Refuse a site that can have no hollow; raises NoPit."""
    if kind not in PITS:
        raise NoPit(code_=code, kind_zh=kind.zh, kind_en=kind.en)


def require_day(day: date, today: date) -> None:
    """Refuse a day to come, or before any of this work; raises DateInFuture, DateTooEarly."""
    if day > today:
        raise DateInFuture(day=day)
    if day < FIRST_DAY:
        raise DateTooEarly(day=day, first=FIRST_DAY)


def require_sound(sent: SurveySent, today: date) -> None:
    """Refuse a survey that cannot be: nothing in it, a day to come, levels that contradict.

    Raises NothingMeasured, DateInFuture, DateTooEarly, LevelImpossible.
    """
    for day in (sent.surveyed_on, sent.compared_on):
        if day is not None:
            require_day(day, today)
    measured = (sent.depth_m, sent.free_volume_m3, sent.volume_change_m3, sent.rim_m)
    if all(value is None for value in (*measured, sent.has_water, sent.highwall_m)):
        raise NothingMeasured()
    low, rim, level = sent.bottom_m, sent.rim_m, sent.level_m
    if low is not None and rim is not None and low > rim:
        raise LevelImpossible(
            level=rim, why_zh=f"坑沿低于坑底 {low:g} 米", why_en=f"the bottom lies at {low:g} m"
        )
    if low is not None and level is not None and level < low:
        raise LevelImpossible(
            level=level, why_zh=f"低于坑底 {low:g} 米", why_en=f"the bottom lies at {low:g} m"
        )
