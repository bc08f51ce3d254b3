"""What lies round a site, measured from layers, never typed."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

SourceZone = Literal["LEVEL_1_2", "QUASI_OR_NEAR", "NONE"]
ProtectedLand = Literal["INSIDE", "NEAR", "NONE"]
Bank = Literal["LEFT", "RIGHT"]


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Receptors and river position of a site at one moment.

    Distances are metres in the district's metric CRS; ``None`` means that no layer answers the
    question, which grading treats as unknown, never as far away. ``layers`` says for each value
    which layer of which date it rests on. ``bank`` looks downstream.
    """

    site_code: str
    measured_at: datetime
    reach: str | None
    chainage_m: float | None
    bank: Bank | None
    main_stem_distance_m: float | None
    tributary_distance_m: float | None
    in_river_zone: bool | None
    source_zone: SourceZone | None
    dwelling_distance_m: float | None
    protected_land: ProtectedLand | None
    in_priority_area: bool | None
    layers: dict[str, str]
