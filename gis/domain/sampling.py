"""Samples taken at a site and what the laboratory found in them."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from gis.domain.terms import WasteNature


@dataclass(frozen=True, slots=True)
class Sample:
    """The outcome of one sampling of a site.

    ``leach_multiple`` is the highest concentration over its GB 8978-1996 limit in the leachate of
    ``leach_method``; it says something of class I/II only where the method is HJ 557
    (GB 18599-2020, 3.6).
    """

    id: UUID
    recorded_at: datetime
    site_code: str
    taken_on: date
    nature: WasteNature
    leach_method: str | None
    leach_multiple: float | None
    laboratory: str
    note: str
    is_demo: bool
