"""整治项目: the dated work at a site."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from gis.domain.terms import ProjectStage


@dataclass(frozen=True, slots=True)
class RemediationProject:
    """One plan for one site; ``due_on`` None is 持续推进, which cannot lag. Money in yuan."""

    id: UUID
    version: int
    recorded_at: datetime
    site_code: str
    title: str
    stage: ProjectStage
    lead_unit: str
    supporting_units: str
    leader_role: str
    due_on: date | None
    budget_yuan: float | None
    paid_yuan: float | None
    progress_percent: int
    task_no: int | None
    is_demo: bool
