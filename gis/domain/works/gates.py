"""The gates between stages: what evidence a step needs, and what of it is missing.

Chains, steps and needs are data (``gis/rules/stages.toml``); nothing here knows a stage by name.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal
from uuid import UUID

from gis.domain.terms import (
    AttachmentKind,
    MineFinding,
    ProjectStage,
    ProjectVariant,
    SiteKind,
    SiteState,
)
from gis.domain.works.remediation import ProjectTask, RemediationProject

Check = Literal[
    "stated", "paper", "photos", "tasks_planned", "tasks_done", "area", "care_over", "elsewhere"
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """One piece of evidence that a step asks for, with the rule that asks for it.

    ``papers`` are kinds of which any serves, ``fields`` what the plan must state, ``share`` the
    part of the site's area that must be restored, ``fact`` what another part of the register
    answers for (close-out, look-back).
    """

    id: str
    steps: tuple[str, ...]
    check: Check
    zh: str
    en: str
    standard: str
    clause: str
    certainty: str
    source: str
    papers: tuple[AttachmentKind, ...] = ()
    fields: tuple[str, ...] = ()
    least: int = 1
    share: float = 1.0
    fact: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A stage of a chain as it is entered: its name there, its needs, what the site becomes.

    ``findings`` are those with which a project comes through here; none is any. ``within_months``
    is how long after the stage before it this one is due, ``extension_months`` how much longer it
    can be granted.
    """

    id: str
    stage: ProjectStage
    zh: str
    en: str
    needs: tuple[Need, ...] = ()
    findings: tuple[MineFinding, ...] = ()
    site_state: SiteState | None = None
    within_months: int | None = None
    extension_months: int | None = None
    standard: str
    clause: str
    certainty: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Chain:
    """The stages of a variant, in order."""

    variant: ProjectVariant
    kinds: tuple[SiteKind, ...]
    steps: tuple[Step, ...]

    def through(self, finding: MineFinding | None) -> tuple[Step, ...]:
        """Return the steps that a project with this finding comes through."""
        return tuple(s for s in self.steps if not s.findings or finding in s.findings)

    def step(self, stage: ProjectStage) -> Step | None:
        """Return the step into a stage, or None where the chain does not have it."""
        return next((step for step in self.steps if step.stage is stage), None)

    def next_of(self, project: RemediationProject) -> Step | None:
        """Return the step that comes next for a project, or None at the chain's end."""
        later = self.after(project.stage)
        return next((s for s in self.through(project.finding) if s in later), None)

    def after(self, stage: ProjectStage) -> tuple[Step, ...]:
        """Return the steps after a stage; of one that this chain lacks, by the order of stages."""
        order = list(ProjectStage)
        place = order.index(stage)
        return tuple(step for step in self.steps if order.index(step.stage) > place)

    def before(self, project: RemediationProject) -> tuple[Step, ...]:
        """Return the steps that a project can be taken back to."""
        later = {step.id for step in self.after(project.stage)}
        return tuple(
            s
            for s in self.through(project.finding)
            if s.stage is not project.stage and s.id not in later
        )


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """What another part of the register answers: whether a fact holds, on what, and why not."""

    holds: bool
    evidence: tuple[str, ...] = ()
    zh: str = ""
    en: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class GateFacts:
    """Everything that gates look at, as it stands on ``today``.

    ``papers`` and ``photos`` stand, and have not served an earlier step: a step that is taken
    again after a reversal asks for new ones. ``elsewhere`` is what other parts answer, by fact.
    """

    project: RemediationProject
    tasks: Sequence[ProjectTask]
    site_area_m2: float
    papers: Sequence[tuple[UUID, AttachmentKind]]
    photos: Sequence[UUID]
    today: date
    elsewhere: Mapping[str, Elsewhere] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Answer:
    """How a need is met: whether, by what, and in words what is lacking."""

    need: Need
    is_met: bool
    evidence: tuple[str, ...]
    zh: str
    en: str


def answers(step: Step, facts: GateFacts) -> tuple[Answer, ...]:
    """Return every need of a step with how the facts meet it."""
    return tuple(_answer(need, facts) for need in step.needs)


def missing(step: Step, facts: GateFacts) -> tuple[Answer, ...]:
    """Return the needs of a step that are not met."""
    return tuple(answer for answer in answers(step, facts) if not answer.is_met)


def said(lacking: Iterable[Answer], language: str) -> str:
    """Return what is lacking in one line."""
    return ("、" if language == "zh" else "; ").join(getattr(one, language) for one in lacking)


def _answer(need: Need, facts: GateFacts) -> Answer:
    found, zh, en = _FINDERS[need.check](need, facts)
    return Answer(need, found is not None, found or (), need.zh + zh, need.en + en)


Found = tuple[tuple[str, ...] | None, str, str]
"""The evidence, or None where the need is not met; and what is to be said beside its name."""


def _stated(need: Need, facts: GateFacts) -> Found:
    values = [getattr(facts.project, name) for name in need.fields]
    if any(value is None or value == "" for value in values):
        return None, "", ""
    return tuple(str(value)[:200] for value in values), "", ""


def _paper(need: Need, facts: GateFacts) -> Found:
    held = tuple(str(one) for one, kind in facts.papers if kind in need.papers)
    return (held if len(held) >= need.least else None), "", ""


def _photos(need: Need, facts: GateFacts) -> Found:
    held = tuple(str(one) for one in facts.photos)
    if len(held) >= need.least:
        return held, "", ""
    more = need.least - len(held)
    return None, f"（还差 {more} 张）", f" ({more} more)"


def _tasks_planned(need: Need, facts: GateFacts) -> Found:
    standing = [task for task in facts.tasks if not task.dropped_reason]
    return (tuple(str(task.id) for task in standing) or None), "", ""


def _tasks_done(need: Need, facts: GateFacts) -> Found:
    """Look at the tasks that have an end: what goes on for ever (持续推进) holds nothing up."""
    counted = [task for task in facts.tasks if task.counts]
    open_ = [task for task in counted if task.done_on is None]
    if open_ or not counted:
        names = [task.title for task in open_[:3]] + (["…"] if open_[3:] else [])
        zh = f"（未完成：{'，'.join(names)}）" if names else "（尚未分解任务）"
        en = f" (open: {', '.join(names)})" if names else " (no dated task yet)"
        return None, zh, en
    return tuple(f"{task.title} {task.done_on}" for task in counted), "", ""


def _area(need: Need, facts: GateFacts) -> Found:
    asked = need.share * facts.site_area_m2
    done = facts.project.restored_m2
    if done is not None and round(done, 1) >= round(asked, 1):
        return (f"{done:.1f} m²",), "", ""
    has = 0.0 if done is None else done
    return None, f"（{has:,.0f} / {asked:,.0f} m²）", f" ({has:,.0f} of {asked:,.0f} m²)"


def _care_over(need: Need, facts: GateFacts) -> Found:
    until = facts.project.care_until
    if until is None:
        return None, "（未填管护截止日期）", " (its last day is not stated)"
    if until > facts.today:
        return None, f"（至 {until}）", f" (until {until})"
    return (until.isoformat(),), "", ""


def _elsewhere(need: Need, facts: GateFacts) -> Found:
    answer = facts.elsewhere.get(need.fact, Elsewhere(False))
    zh, en = (f"（{answer.zh}）" if answer.zh else ""), (f" ({answer.en})" if answer.en else "")
    return (answer.evidence if answer.holds else None), zh, en


_FINDERS = {
    "stated": _stated,
    "paper": _paper,
    "photos": _photos,
    "tasks_planned": _tasks_planned,
    "tasks_done": _tasks_done,
    "area": _area,
    "care_over": _care_over,
    "elsewhere": _elsewhere,
}
