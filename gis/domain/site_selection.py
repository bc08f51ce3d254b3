"""抽样点位: which of a district's sites are sampled, and why those."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from gis.domain.terms import Allocation, SizeBy


@dataclass(frozen=True, slots=True)
class SiteSelection:
    """A draw of sites as the register keeps it, with all that makes it again.

    ``strata`` and ``picks`` are the result as it was shown. ``cost_yuan`` and ``days`` leave out
    the ``unsized`` sites, whose mass nobody knows.
    """

    id: UUID
    district_code: str
    made_at: datetime
    made_by: str
    by: list[str]
    size_by: SizeBy
    size: float | None
    allocation: Allocation
    seed: int
    population: int
    strata: list[dict[str, Any]]
    picks: list[dict[str, Any]]
    cost_yuan: float
    days: int
    unsized: int
    rules_sha256: str
    body_sha256: str
