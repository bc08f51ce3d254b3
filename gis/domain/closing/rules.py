"""What close-out and look-back ask for, as the rule file says it (`gis.rules.close_out`)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from gis.domain.terms import (
    AttachmentKind,
    Head,
    Responsibility,
    Role,
    SatelliteResult,
)


@dataclass(frozen=True, slots=True)
class HeadRule:
    """What answers one of the four heads.

    ``statement_alone`` and ``not_applicable`` are the responsibilities with which a statement, or
    a reason why the head does not apply, will do.
    """

    id: str
    head: Head
    kinds: frozenset[AttachmentKind]
    least_papers: int
    statement_alone: frozenset[Responsibility]
    not_applicable: frozenset[Responsibility]
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class ApprovalRule:
    """Who may give an approval; ``number`` counts them from 1."""

    id: str
    number: int
    roles: tuple[Role, ...]


@dataclass(frozen=True, slots=True)
class LookBackRules:
    """When closed sites are looked back at, and in which months bare ground can be compared."""

    first_months: int
    every_months: int
    for_months: int
    due_soon_days: int
    season_from: int
    season_to: int

    def in_season(self, day: date) -> bool:
        """Say whether plants stand on a day, so that bare ground means something."""
        return self.season_from <= day.month <= self.season_to


@dataclass(frozen=True, slots=True)
class CloseOutRules:
    """The rules in force; ``effects`` says of each satellite result what it does."""

    heads: Mapping[Head, HeadRule]
    photo_distance_m: float
    least_photos: int
    valid_share: float
    effects: Mapping[SatelliteResult, str]
    approvals: tuple[ApprovalRule, ...]
    waiver_roles: tuple[Role, ...]
    look_back: LookBackRules


PASSES, NEEDS_REASON, REFUSES = "PASSES", "NEEDS_REASON", "REFUSES"
"""What a satellite result may do."""
