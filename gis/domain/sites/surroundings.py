"""What lies round a site, measured from layers, never typed."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Literal

from gis.domain.place import UNDATED

SourceZone = Literal["LEVEL_1_2", "QUASI_OR_NEAR", "NONE"]
SourceLevelHere = Literal["LEVEL_1", "LEVEL_2", "QUASI", "NONE"]
ProtectedLand = Literal["INSIDE", "NEAR", "NONE"]
Bank = Literal["LEFT", "RIGHT"]

MADE_UP = "演示数据"
"""Stands where a value's layer would stand, when the value is the demo's own invention."""


def in_english(layer: str) -> str:
    """Return a layer's label with the program's own words in English; its name stays as given.

    >>> in_english("黄河（日期不详）"), in_english(MADE_UP)
    ('黄河 (undated)', 'Demo data')
    """
    return "Demo data" if layer == MADE_UP else layer.replace(f"（{UNDATED}）", " (undated)")


@dataclass(frozen=True, slots=True)
class Nearness:
    """How far "near" reaches, in metres: from protected land, and from a source zone."""

    protected_m: float
    source_m: float


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Receptors and river position of a site at one moment.

    Distances are metres in the district's metric CRS from the outline's edge, 0 is inside or
    touching; ``None`` means that no layer answers the question, which grading treats as unknown,
    never as far away. ``tributary_distance_m`` is to an important tributary. Town, village and land
    are those under the largest part of the outline. ``layers`` says for each value which layer of
    which date it rests on, ``layer_ids`` the same by id. ``bank`` looks downstream. With a
    ``river`` and no reach the site is too far from it, or beyond its ends, to be of a reach.
    """

    site_code: str
    measured_at: datetime
    reach: str | None
    chainage_m: float | None
    bank: Bank | None
    river: str | None
    river_distance_m: float | None
    main_stem_distance_m: float | None
    tributary_distance_m: float | None
    any_tributary_distance_m: float | None
    tributary_name: str | None
    in_river_zone: bool | None
    source_zone: SourceZone | None
    source_level: SourceLevelHere | None
    source_distance_m: float | None
    dwelling_distance_m: float | None
    dwelling_name: str | None
    protected_land: ProtectedLand | None
    farmland_distance_m: float | None
    red_line_distance_m: float | None
    reserve_distance_m: float | None
    in_priority_area: bool | None
    priority_area_distance_m: float | None
    sensitive_area_distance_m: float | None
    measured_town: str | None
    measured_village: str | None
    land_class: str | None
    land_ownership: str | None
    layers: dict[str, str]
    layer_ids: dict[str, list[str]]


def made_up(around: Surroundings, values: dict[str, Any]) -> Surroundings:
    """Return what was measured, and where no layer answers the made-up value, so marked."""
    open_ = {
        fact: value
        for fact, value in values.items()
        if value is not None and getattr(around, fact) is None
    }
    return replace(around, **open_, layers=around.layers | dict.fromkeys(open_, MADE_UP))


def with_made_up(around: Surroundings, before: Surroundings) -> Surroundings:
    """Return what was measured, with the made-up values of before where no layer answers yet."""
    kept = [fact for fact, layer in before.layers.items() if layer == MADE_UP]
    return made_up(around, {fact: getattr(before, fact) for fact in kept})
