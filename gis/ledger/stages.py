"""Verbs on stages: take a project to its next stage, or back (回弹)."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from gis.domain.sites.errors import IdReused
from gis.domain.sites.site import Site
from gis.domain.terms import ProjectStage, SiteState
from gis.domain.works.errors import (
    EvidenceMissing,
    ProjectMoved,
    ReversalUnfit,
    StageSkipped,
    StepDayUnfit,
)
from gis.domain.works.gates import Chain, Step, answers, missing, said
from gis.domain.works.remediation import ProjectStep, RemediationProject
from gis.ledger import gate_facts
from gis.ledger.book import Book, Entry
from gis.ledger.sites import put_version
from gis.ledger.works import put_project, put_step, require_only, require_open
from gis.rules import stages
from gis.store import works
from gis.store.register import day_of


@dataclass(frozen=True, slots=True, kw_only=True)
class StepAsked:
    """A step as the page sends it: ``id`` was made there, once.

    ``from_stage`` is the stage that it was seen at; ``took_place_on`` None is today. A ``reason``
    is asked of a reversal. ``document_no`` is the number of the paper that the step rests on.
    """

    id: UUID
    project_id: UUID
    from_stage: ProjectStage
    to_stage: ProjectStage
    took_place_on: date | None = None
    unit: str = ""
    document_no: str = ""
    note: str = ""
    reason: str = ""


def advance_project(book: Book, asked: StepAsked) -> tuple[RemediationProject, bool]:
    """Take a project to its next stage; return it and whether that is new.

    Raises NotInRegister, IdReused, SiteNotOpen, ProjectMoved, StageSkipped, EvidenceMissing with
    everything that is missing, StepDayUnfit.
    """
    with book.entry() as entry:
        project = works.project(entry.connection, asked.project_id)
        if _is_known(entry, asked):
            return project, False
        site = require_open(entry, project.site_code)
        _require_stage(project, asked)
        step = _next(stages.chain(project.variant), project, asked.to_stage)
        return enter(entry, project, site, step, asked), True


def enter(
    entry: Entry,
    project: RemediationProject,
    site: Site,
    step: Step,
    asked: StepAsked,
    *,
    site_follows: bool = True,
) -> RemediationProject:
    """Take a step in the caller's transaction, once its evidence is whole; the site follows.

    For verbs that drive a stage themselves (close-out, look-back), which say what becomes of the
    site. Raises EvidenceMissing, StepDayUnfit.
    """
    day = _day(entry, project, asked)
    facts = gate_facts.gather(entry.connection, project, site, day, entry.now)
    if lacking := missing(step, facts):
        raise EvidenceMissing(
            stage_zh=step.zh,
            stage_en=step.en,
            missing_zh=said(lacking, "zh"),
            missing_en=said(lacking, "en"),
            missing=[one.need.id for one in lacking],
        )
    evidence = {one.need.id: list(one.evidence) for one in answers(step, facts)}
    after = _move(entry, project, step.stage, asked, day, evidence, "advance_project")
    if step.site_state is not None and site_follows:
        _follow(entry, site, asked, day)
    return after


def reverse_project(book: Book, asked: StepAsked) -> tuple[RemediationProject, bool]:
    """Take a project back to an earlier stage (回弹), with the reason; return it and if it is new.

    Raises NotInRegister, IdReused, SiteNotOpen, ProjectMoved, ReversalUnfit, ProjectOpenAlready,
    StepDayUnfit.
    """
    with book.entry() as entry:
        project = works.project(entry.connection, asked.project_id)
        if _is_known(entry, asked):
            return project, False
        site = require_open(entry, project.site_code)
        _require_stage(project, asked)
        return reverse(entry, project, site, asked), True


def reverse(
    entry: Entry,
    project: RemediationProject,
    site: Site,
    asked: StepAsked,
    *,
    site_follows: bool = True,
) -> RemediationProject:
    """Take a project back in the caller's transaction. Raises as `reverse_project`."""
    if not asked.reason.strip():
        raise ReversalUnfit(why_zh="请写明回弹的理由", why_en="give the reason")
    chain = stages.chain(project.variant)
    earlier = {step.stage for step in chain.before(project)}
    if asked.to_stage not in earlier:
        raise ReversalUnfit(
            why_zh=f"“{asked.to_stage.zh}”不是本流程中更早的阶段",
            why_en=f"“{asked.to_stage.en}” is no earlier stage of its chain",
        )
    day = _day(entry, project, asked)
    require_only(entry, project)
    after = _move(entry, project, asked.to_stage, asked, day, {}, "reverse_project")
    left = chain.step(project.stage)
    if site_follows and (left is None or left.site_state is not None):
        _follow(entry, site, asked, day)
    return after


def site_state(entry: Entry, code: str) -> SiteState:
    """Return what a site is by the stages of its projects: what is still open decides."""
    open_: set[SiteState] = set()
    through: set[SiteState] = set()
    for project in works.projects_of(entry.connection, code):
        step = stages.chain(project.variant).step(project.stage)
        state = SiteState.LISTED if step is None else step.site_state or SiteState.LISTED
        (through if project.stage.is_finished else open_).add(state)
    for state in (SiteState.IN_REMEDIATION, SiteState.ACCEPTED):
        if state in open_:
            return state
    return SiteState.CLOSED if SiteState.CLOSED in through and not open_ else SiteState.LISTED


def _follow(entry: Entry, site: Site, asked: StepAsked, day: date) -> None:
    """Let the site be what its projects make it; days of acceptance and close-out follow."""
    state = site_state(entry, site.code)
    if state is site.state:
        return
    is_accepted = state in {SiteState.ACCEPTED, SiteState.CLOSED}
    days = {"accepted_on": site.accepted_on, "acceptance_no": site.acceptance_no}
    if state is SiteState.ACCEPTED:
        days = {"accepted_on": day, "acceptance_no": asked.document_no.strip() or None}
    elif not is_accepted:
        days = {"accepted_on": None, "acceptance_no": None}
    closed_on = day if state is SiteState.CLOSED else None
    after = site.corrected(entry.now, state=state, closed_on=closed_on, **days)
    put_version(entry, site, after, verb="follow_project")


def _move(
    entry: Entry,
    project: RemediationProject,
    stage: ProjectStage,
    asked: StepAsked,
    day: date,
    evidence: dict[str, list[str]],
    verb: str,
) -> RemediationProject:
    after = project.changed(entry.now, entry.actor, stage=stage)
    put_project(entry, after, project, verb=verb)
    step = ProjectStep(
        id=asked.id,
        project_id=project.id,
        project_version=after.version,
        site_code=project.site_code,
        from_stage=project.stage,
        to_stage=stage,
        took_place_on=day,
        at=entry.now,
        by=entry.actor,
        unit=asked.unit.strip() or project.lead_unit,
        document_no=asked.document_no.strip(),
        note=asked.note.strip(),
        reason=asked.reason.strip() if verb == "reverse_project" else "",
        evidence=evidence,
        rules_sha256=stages.sha256(),
        is_demo=project.is_demo,
    )
    put_step(entry, step, verb="record_step")
    return after


def _is_known(entry: Entry, asked: StepAsked) -> bool:
    """Say whether the step was taken before; raises IdReused where it was another."""
    known = works.step(entry.connection, asked.id)
    if known is None:
        return False
    same = (known.project_id, known.from_stage, known.to_stage, known.reason)
    if same != (asked.project_id, asked.from_stage, asked.to_stage, asked.reason.strip()):
        raise IdReused(id=asked.id)
    return True


def _require_stage(project: RemediationProject, asked: StepAsked) -> None:
    if project.stage is not asked.from_stage:
        raise ProjectMoved(
            title=project.title,
            by=project.recorded_by or "—",
            stage_zh=project.stage.zh,
            stage_en=project.stage.en,
        )


def _next(chain: Chain, project: RemediationProject, wanted: ProjectStage) -> Step:
    step = chain.next_of(project)
    if step is None or step.stage is not wanted:
        at = chain.step(wanted)
        raise StageSkipped(
            stage_zh=at.zh if at else wanted.zh,
            stage_en=at.en if at else wanted.en,
            next_zh=step.zh if step else "（已到最后阶段）",
            next_en=step.en if step else "(none: the chain has ended)",
        )
    return step


def _day(entry: Entry, project: RemediationProject, asked: StepAsked) -> date:
    """Return the day a step took place on. Raises StepDayUnfit."""
    today = day_of(entry.now)
    day = asked.took_place_on or today
    if day > today:
        raise StepDayUnfit(day=day, why_zh="尚未到来", why_en="it has not come yet")
    taken = works.steps_of(entry.connection, project.id)
    if taken and day < taken[-1].took_place_on:
        last = taken[-1].took_place_on
        raise StepDayUnfit(
            day=day,
            why_zh=f"早于上一步的 {last}",
            why_en=f"the step before it was of {last}",
        )
    return day
