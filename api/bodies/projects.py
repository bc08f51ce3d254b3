"""The bodies that pages send of projects: plans, tasks, steps."""

from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from gis.domain.terms import MineFinding, ProjectStage, ProjectVariant
from gis.domain.works.remediation import Plan
from gis.ledger.project_tasks import TaskAsked
from gis.ledger.projects import ProjectAsked
from gis.ledger.stages import StepAsked

TEXT = r"^[^\x00]*$"
Short = Annotated[str, Field(max_length=200, pattern=TEXT)]
Long = Annotated[str, Field(max_length=4000, pattern=TEXT)]
Number = Annotated[float, Field(allow_inf_nan=False)]
Seen = Annotated[int, Field(ge=1, le=1_000_000)]


class Strict(BaseModel):
    """A body in which every field is known."""

    model_config = ConfigDict(extra="forbid")


class PlanBody(Strict):
    """What is stated of a project; an empty lead unit asks for the one that is proposed."""

    title: Short
    issue: Long = ""
    goal: Long = ""
    measures: Long = ""
    lead_unit: Short = ""
    lead_unit_reason: Long = ""
    supporting_units: Short = ""
    leader_role: Short = ""
    person_in_charge: Short = ""
    starts_on: date | None = None
    due_on: date | None = None
    budget_yuan: Number | None = None
    fund_source: Short = ""
    paid_yuan: Number | None = None
    progress_percent: Annotated[int, Field(ge=-1000, le=1000)] = 0
    task_no: Annotated[int, Field(ge=0, le=1000)] | None = None
    finding: MineFinding | None = None
    restored_m2: Number | None = None
    care_until: date | None = None

    def plan(self) -> Plan:
        """Return the plan."""
        return Plan(**{name: getattr(self, name) for name in PlanBody.model_fields})


class ProjectBody(Strict):
    """A project to open; ``opened_on`` None is today."""

    site_code: Annotated[str, Field(max_length=60, pattern=TEXT)]
    variant: ProjectVariant
    plan: PlanBody
    opened_on: date | None = None

    def asked(self, project_id: UUID) -> ProjectAsked:
        """Return what is asked of the verb."""
        plan = self.plan.plan()
        return ProjectAsked(project_id, self.site_code, self.variant, plan, self.opened_on)


class RevisionBody(Strict):
    """What is stated now, and the version that it was changed from."""

    version: Seen
    plan: PlanBody


class TaskBody(Strict):
    """A task; ``version`` is the one that was changed, None for a new task."""

    version: Seen | None = None
    title: Short
    lead_unit: Short
    supporting_units: Short = ""
    leader_role: Short = ""
    starts_on: date | None = None
    due_on: date | None = None
    done_on: date | None = None
    note: Long = ""

    def asked(self, project_id: UUID, task_id: UUID) -> TaskAsked:
        """Return what is asked of the verb."""
        return TaskAsked(id=task_id, project_id=project_id, **self.model_dump(exclude={"version"}))


class DoneBody(Strict):
    """The day on which a task was done; None opens it again."""

    version: Seen | None = None
    done_on: date | None


class DropBody(Strict):
    """Why a task is dropped."""

    version: Seen | None = None
    reason: Long


class StepBody(Strict):
    """A step on, or back with its reason; ``from_stage`` is where the project was seen."""

    from_stage: ProjectStage
    to_stage: ProjectStage
    took_place_on: date | None = None
    unit: Short = ""
    document_no: Short = ""
    note: Long = ""
    reason: Long = ""

    def asked(self, project_id: UUID, step_id: UUID) -> StepAsked:
        """Return what is asked of the verb."""
        return StepAsked(id=step_id, project_id=project_id, **self.model_dump())
