"""How works stand against their day: on time, amber, red, ongoing, done.

A day hangs on a sub-task; a project without sub-tasks and a task of the plan borne by a site have
days of their own. Only a dated work that is not finished can be amber or red.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple

from gis.domain.terms import DeadlineState, WorkKind
from gis.domain.works.remediation import ProjectTask, RemediationProject


@dataclass(frozen=True, slots=True)
class AmberSpan:
    """Works of ``from_days`` and longer turn amber ``days`` before their day."""

    id: str
    from_days: int
    days: int
    zh: str
    en: str
    clause: str
    certainty: str
    source: str


@dataclass(frozen=True, slots=True)
class DeadlineRules:
    """What deadlines and notices are measured by; ``spans`` run from short works to long ones."""

    spans: tuple[AmberSpan, ...]
    reply_days: int

    def amber_on(self, starts_on: date | None, due_on: date | None) -> date | None:
        """Return the first day on which a work is amber; of an unknown length it is a short one."""
        if due_on is None:
            return None
        length = 0 if starts_on is None else max(0, (due_on - starts_on).days)
        days = [span.days for span in self.spans if length >= span.from_days]
        return due_on - timedelta(days=days[-1])


def state_on(day: date, due_on: date | None, amber_on: date | None, is_done: bool) -> DeadlineState:
    """Return how a work stands on a day; the day that it is due is still in time.

    >>> state_on(date(2026, 8, 1), date(2026, 7, 31), date(2026, 7, 1), False).zh
    '逾期'
    """
    if is_done:
        return DeadlineState.DONE
    if due_on is None:
        return DeadlineState.ONGOING
    if due_on < day:
        return DeadlineState.RED
    is_near = amber_on is not None and amber_on <= day
    return DeadlineState.AMBER if is_near else DeadlineState.ON_TIME


PRESSING = (
    *(DeadlineState.RED, DeadlineState.AMBER, DeadlineState.ON_TIME),
    *(DeadlineState.ONGOING, DeadlineState.DONE),
)


def most_pressing(states: Sequence[DeadlineState]) -> DeadlineState | None:
    """Return how a place with several works stands: as the one that presses most."""
    return min(states, key=PRESSING.index, default=None)


class Standing(NamedTuple):
    """How a work stands on a day, and what that rests on."""

    state: DeadlineState
    days_late: int
    days_left: int | None
    amber_on: date | None


@dataclass(frozen=True, slots=True)
class Work:
    """A piece of work at a site that may have a day: ``key`` says which across kinds.

    ``due_on`` None is 持续推进, which cannot lag. ``supporting`` are the units that help.
    """

    key: str
    kind: WorkKind
    site_code: str
    title: str
    lead_unit: str
    supporting: tuple[str, ...]
    starts_on: date | None
    due_on: date | None
    is_done: bool
    done_on: date | None
    recorded_at: datetime

    def standing(self, day: date, rules: DeadlineRules) -> Standing:
        """Return how the work stands on ``day``."""
        amber_on = rules.amber_on(self.starts_on, self.due_on)
        state = state_on(day, self.due_on, amber_on, self.is_done)
        left = None if self.is_done or self.due_on is None else (self.due_on - day).days
        late = 0 if left is None else max(0, -left)
        return Standing(state, late, left, amber_on)


class Resting(NamedTuple):
    """What a project's colour rests on: the day, when it turns amber, whether all is done."""

    due_on: date | None
    amber_on: date | None
    is_done: bool

    def state(self, day: date) -> DeadlineState:
        """Return how the project stands on a day."""
        return state_on(day, self.due_on, self.amber_on, self.is_done)


def rests_on(
    project: RemediationProject, tasks: Sequence[ProjectTask], rules: DeadlineRules
) -> Resting:
    """Return what a project rests on: its sub-tasks where it has any, else its own day."""
    is_through = project.stage.is_finished
    held = [task for task in tasks if not task.dropped_reason]
    if not held:
        amber_on = rules.amber_on(project.starts_on, project.due_on)
        return Resting(project.due_on, amber_on, is_through or project.progress_percent >= 100)
    left = [task for task in held if task.done_on is None]
    days = [task.due_on for task in left or held if task.due_on is not None]
    ambers = [rules.amber_on(task.starts_on, task.due_on) for task in left]
    due_on = min(days, default=None) if left else max(days, default=None)
    amber_on = min((one for one in ambers if one is not None), default=None)
    return Resting(due_on, amber_on, is_through or not left)
