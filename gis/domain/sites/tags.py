"""任务标签: which tasks of the district's plan a site answers to, each with unit and deadline."""

from dataclasses import dataclass
from datetime import date, datetime

from gis.domain.terms import DeadlineState, SiteKind
from gis.domain.works.deadlines import DeadlineRules, state_on


@dataclass(frozen=True, slots=True)
class Task:
    """A task of the plan that sites can bear, as the rules' data state it.

    ``due_on`` None is 持续推进. ``certainty`` and ``source`` are those of every rule row.
    """

    id: str
    zh: str
    en: str
    lead_unit: str
    supporting_units: str
    due_on: date | None
    standard: str
    clause: str
    certainty: str
    source: str


@dataclass(frozen=True, slots=True)
class LeadRule:
    """Which unit leads at sites of some kinds, for one number of the plan; empty is any."""

    id: str
    kinds: tuple[SiteKind, ...]
    task_no: int | None
    unit: str
    zh: str
    en: str
    standard: str
    clause: str
    certainty: str
    source: str

    def fits(self, kind: SiteKind, task_no: int | None) -> bool:
        """Say whether the row speaks of such a site and task."""
        is_task = self.task_no is None or self.task_no == task_no
        return is_task and (not self.kinds or kind in self.kinds)


@dataclass(frozen=True, slots=True)
class SiteTag:
    """A task borne by a site from ``added_at`` until ``removed_at``, with its own unit and day."""

    site_code: str
    task: str
    added_at: datetime
    added_by: str
    lead_unit: str
    due_on: date | None
    note: str
    removed_at: datetime | None
    removed_by: str | None

    def standing(self, today: date, is_finished: bool, rules: DeadlineRules) -> DeadlineState:
        """Return how the tag stands against its day; a tag without a day cannot lag."""
        return state_on(today, self.due_on, rules.amber_on(None, self.due_on), is_finished)
