"""A match of piles and pits: what is asked, what is supposed, and the plan that is kept of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from gis.domain.terms import BackfillMaterial, MatchAim, WasteClass, WasteNature


@dataclass(frozen=True, slots=True)
class Reclassified:
    """A pile supposed to be something else; ``None`` leaves the fact as it is."""

    nature: WasteNature | None = None
    waste_class: WasteClass | None = None
    material: BackfillMaterial | None = None
    radioactivity_bq_g: float | None = None


@dataclass(frozen=True, slots=True)
class WhatIf:
    """What is supposed beside what is so; nothing of it enters the register.

    ``closed`` are codes of pits; ``volumes_m3`` free volumes by pit; ``masses_t`` masses by pile;
    ``reclassified`` piles by code. ``budget_yuan`` and ``aim`` take the place of those asked.
    """

    closed: tuple[str, ...] = ()
    reclassified: Mapping[str, Reclassified] = field(default_factory=dict)
    volumes_m3: Mapping[str, float] = field(default_factory=dict)
    masses_t: Mapping[str, float] = field(default_factory=dict)
    budget_yuan: float | None = None
    aim: MatchAim | None = None

    @property
    def is_empty(self) -> bool:
        """Say whether nothing is supposed."""
        return self == WhatIf()


@dataclass(frozen=True, slots=True)
class MatchAsked:
    """A match of a district's piles and pits; ``budget_yuan`` None is no limit."""

    district_code: str
    aim: MatchAim = MatchAim.LEAST_HAUL
    budget_yuan: float | None = None


@dataclass(frozen=True, slots=True)
class BackfillPlan:
    """A match that was kept: what went in, by hash, the rules, the moment, and what came out.

    ``inputs`` are the facts as they were, so that it can be solved again at any time.
    """

    id: UUID
    district_code: str
    title: str
    made_at: datetime
    made_by: str
    as_of: datetime
    asked: dict[str, Any]
    inputs: dict[str, Any]
    inputs_sha256: str
    rules_sha256: str
    result: dict[str, Any]
    is_demo: bool
