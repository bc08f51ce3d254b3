"""抽样方案: what is to be taken at one site, where, and by which rules."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from shapely import MultiPolygon

from gis.domain.terms import CustodyStep, PlanState, WasteClass


@dataclass(frozen=True, slots=True)
class SamplingPlan:
    """A plan for the waste of one kind at one site; it never changes, it can only be ended.

    ``n_table`` is the least number of HJ 298-2019 table 1 for ``mass_t``, ``n_planned`` what will
    be taken. ``reduction`` is the id of the row of clause 4.2.4 that allows fewer. ``outline`` is
    the site's as planned upon, lon/lat in EPSG:4490; it is cut into ``cells`` parts of
    ``cell_area_m2``, of which ``seed`` draws those that are sampled. ``rests_on`` names the rules'
    rows, ``rules_sha256`` their file. The id was made by who asked, once.
    """

    code: str
    id: UUID
    site_code: str
    site_version: int
    number: int
    planned_at: datetime
    planned_by: str
    waste_kind: WasteClass
    mass_t: float
    mass_basis: str
    height_m: float | None
    grain_cm: float | None
    increment_mass_g: float
    n_table: int
    n_planned: int
    reduction: str | None
    reduction_reason: str | None
    layers: int
    cells: int
    cell_area_m2: float
    seed: int
    cost_yuan: float
    days: int
    rests_on: list[str]
    rules_sha256: str
    note: str
    is_demo: bool
    body_sha256: str
    ended_at: datetime | None
    ended_by: str | None
    ended_reason: str | None
    outline: MultiPolygon

    @property
    def is_strict(self) -> bool:
        """Whether HJ 298-2019 7.3 holds: taken fewer than table 1 asks, one exceeding counts."""
        return self.n_planned < self.n_table


@dataclass(frozen=True, slots=True)
class Increment:
    """份样: one physical sample with one label.

    It is taken at ``lon``, ``lat`` (EPSG:4490) in cell ``cell``. ``layer`` counts from the top;
    the depths, in metres below the top, are None where the stack's height is unknown.
    """

    code: str
    plan_code: str
    site_code: str
    number: int
    cell: int
    layer: int
    depth_from_m: float | None
    depth_to_m: float | None
    lon: float
    lat: float


def plan_code(site_code: str, number: int) -> str:
    """Return the code of a site's plan.

    >>> plan_code("150203-W00001-D", 1)
    '150203-W00001-D-P1'
    """
    return f"{site_code}-P{number}"


def increment_code(plan: str, number: int) -> str:
    """Return the code on the label of a plan's increment.

    >>> increment_code("150203-W00001-D-P1", 37)
    '150203-W00001-D-P1-037'
    """
    return f"{plan}-{number:03d}"


def state_of(plan: SamplingPlan, reached: dict[CustodyStep, int]) -> PlanState:
    """Return where a plan stands, given how many of its increments have made each step."""
    if plan.ended_at is not None:
        return PlanState.ENDED
    if reached.get(CustodyStep.RECEIVED, 0) == plan.n_planned:
        return PlanState.RECEIVED
    return PlanState.STARTED if reached.get(CustodyStep.TAKEN, 0) else PlanState.PLANNED
