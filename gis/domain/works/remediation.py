"""整治项目 (一点一策): a site's plan, its tasks, and its steps from stage to stage."""

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from gis.domain.terms import MineFinding, ProjectStage, ProjectVariant


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What people state of a project; empty text and None are "not stated yet". Money in yuan.

    ``due_on`` None is 持续推进, which cannot lag. ``lead_unit_reason`` says why another unit leads
    than the one that goes with the site's kind and task. ``restored_m2`` is the area restored so
    far, ``care_until`` the last day of after-care, ``finding`` what a look-back at a mine found.
    """

    title: str
    issue: str = ""
    goal: str = ""
    measures: str = ""
    lead_unit: str
    lead_unit_reason: str = ""
    supporting_units: str = ""
    leader_role: str = ""
    person_in_charge: str = ""
    starts_on: date | None = None
    due_on: date | None = None
    budget_yuan: float | None = None
    fund_source: str = ""
    paid_yuan: float | None = None
    progress_percent: int = 0
    task_no: int | None = None
    finding: MineFinding | None = None
    restored_m2: float | None = None
    care_until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RemediationProject:
    """One version of a project at a site: its plan, and the stage it stands at.

    ``progress_percent`` follows from the tasks where any can be counted (`progress_of`).
    """

    id: UUID
    version: int
    recorded_at: datetime
    site_code: str
    variant: ProjectVariant = ProjectVariant.GENERAL
    title: str
    issue: str = ""
    goal: str = ""
    measures: str = ""
    stage: ProjectStage
    finding: MineFinding | None = None
    lead_unit: str
    lead_unit_reason: str = ""
    supporting_units: str
    leader_role: str
    person_in_charge: str = ""
    starts_on: date | None = None
    due_on: date | None
    budget_yuan: float | None
    fund_source: str = ""
    paid_yuan: float | None
    progress_percent: int
    restored_m2: float | None = None
    care_until: date | None = None
    task_no: int | None
    is_demo: bool
    recorded_by: str = ""

    @property
    def plan(self) -> Plan:
        """Return what was stated of it."""
        return Plan(**{name: getattr(self, name) for name in PLAN_FIELDS})

    def changed(self, at: datetime, by: str, **changes: Any) -> "RemediationProject":
        """Return its next version."""
        return replace(self, version=self.version + 1, recorded_at=at, recorded_by=by, **changes)


PLAN_FIELDS = tuple(field.name for field in fields(Plan))


def plan_values(plan: Plan) -> dict[str, Any]:
    """Return a plan's fields by name."""
    return {name: getattr(plan, name) for name in PLAN_FIELDS}


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectTask:
    """One version of a piece of a project's work; ``due_on`` None is 持续推进, which cannot lag.

    A task that turned out to be needless is dropped with a reason: it stays, and counts no more.
    """

    id: UUID
    version: int
    recorded_at: datetime
    project_id: UUID
    site_code: str
    title: str
    lead_unit: str
    supporting_units: str = ""
    leader_role: str = ""
    starts_on: date | None = None
    due_on: date | None
    done_on: date | None = None
    note: str = ""
    dropped_reason: str = ""
    is_demo: bool
    recorded_by: str = ""

    @property
    def counts(self) -> bool:
        """Say whether it counts for progress: what goes on for ever is never a share of it."""
        return not self.dropped_reason and (self.due_on is not None or self.done_on is not None)

    def changed(self, at: datetime, by: str, **changes: Any) -> "ProjectTask":
        """Return its next version."""
        return replace(self, version=self.version + 1, recorded_at=at, recorded_by=by, **changes)


def progress_of(tasks: Sequence[ProjectTask]) -> int | None:
    """Return the share of the tasks that are done, in percent rounded down; None where none count.

    >>> progress_of([])
    """
    counted = [task for task in tasks if task.counts]
    done = sum(task.done_on is not None for task in counted)
    return 100 * done // len(counted) if counted else None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectStep:
    """One move of a project: opened, on to the next stage, or back (回弹) with its ``reason``.

    ``took_place_on`` is the day of the event itself, ``at`` when it was recorded. ``evidence``
    says for each need what met it: ids of papers, figures in words. ``rules_sha256`` names the
    state of the rules that it was judged by.
    """

    id: UUID
    project_id: UUID
    project_version: int
    site_code: str
    from_stage: ProjectStage | None
    to_stage: ProjectStage
    took_place_on: date
    at: datetime
    by: str
    unit: str
    document_no: str
    note: str
    reason: str
    evidence: dict[str, Any]
    rules_sha256: str
    is_demo: bool

    @property
    def is_reversal(self) -> bool:
        """Say whether it took the project back."""
        return bool(self.reason)
