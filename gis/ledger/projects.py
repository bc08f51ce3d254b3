"""Verbs on plans: open a project at a site, revise what is stated of it."""

from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID, uuid5

from gis.domain.sites.errors import IdReused, TaskUnknown
from gis.domain.sites.site import Site
from gis.domain.terms import ProjectVariant
from gis.domain.works import plan as plans
from gis.domain.works.errors import (
    LeadUnitUnexplained,
    ProjectStale,
    StepDayUnfit,
    VariantUnfit,
)
from gis.domain.works.extension import require_not_put_off
from gis.domain.works.remediation import (
    PLAN_FIELDS,
    Plan,
    ProjectStep,
    RemediationProject,
    plan_values,
    progress_of,
)
from gis.ledger.book import Book, Entry
from gis.ledger.works import (
    put_project,
    put_step,
    put_task_version,
    require_not_closed,
    require_only,
    require_open,
    require_unfinished,
)
from gis.rules import stages, tasks
from gis.store import works
from gis.store.register import day_of


@dataclass(frozen=True, slots=True)
class ProjectAsked:
    """A project as the page sends it: ``id`` was made there, once; ``opened_on`` None is today.

    An empty lead unit asks for the one that goes with the site's kind and the task.
    """

    id: UUID
    site_code: str
    variant: ProjectVariant
    plan: Plan
    opened_on: date | None = None
    is_demo: bool = False


def open_project(book: Book, asked: ProjectAsked) -> tuple[RemediationProject, bool]:
    """Open a project at a site, at its chain's first stage; return it and whether it is new.

    Raises NotInRegister, IdReused, SiteNotOpen, ProjectOpenAlready, VariantUnfit, TaskUnknown,
    LeadUnitUnexplained, StepDayUnfit, and what a plan can be refused for.
    """
    with book.entry() as entry:
        site = require_open(entry, asked.site_code)
        plan = _fit(asked.plan, site)
        known = works.filed(entry.connection, asked.id)
        if known is not None:
            if (known.site_code, known.variant, known.plan) != (site.code, asked.variant, plan):
                raise IdReused(id=asked.id)
            return works.project(entry.connection, asked.id), False
        require_not_closed(site)
        chain = stages.chain(asked.variant)
        if site.kind not in chain.kinds:
            raise VariantUnfit(
                variant_zh=asked.variant.zh,
                variant_en=asked.variant.en,
                kind_zh=site.kind.zh,
                kind_en=site.kind.en,
            )
        project = RemediationProject(
            id=asked.id,
            version=1,
            recorded_at=entry.now,
            site_code=site.code,
            variant=asked.variant,
            stage=chain.steps[0].stage,
            is_demo=asked.is_demo or site.is_demo,
            recorded_by=entry.actor,
            **plan_values(plan),
        )
        require_only(entry, project)
        put_project(entry, project, verb="open_project")
        put_step(entry, _opening(entry, project, asked.opened_on), verb="record_step")
        return project, True


def _opening(entry: Entry, project: RemediationProject, opened_on: date | None) -> ProjectStep:
    today = day_of(entry.now)
    if opened_on is not None and opened_on > today:
        raise StepDayUnfit(day=opened_on, why_zh="尚未到来", why_en="it has not come yet")
    return ProjectStep(
        id=uuid5(project.id, "open"),
        project_id=project.id,
        project_version=project.version,
        site_code=project.site_code,
        from_stage=None,
        to_stage=project.stage,
        took_place_on=opened_on or today,
        at=entry.now,
        by=entry.actor,
        unit=project.lead_unit,
        document_no="",
        note="",
        reason="",
        evidence={},
        rules_sha256=stages.sha256(),
        is_demo=project.is_demo,
    )


def revise_project(
    book: Book, project_id: UUID, plan: Plan, seen_version: int | None = None
) -> RemediationProject:
    """Store what is now stated of a project; what holds already adds nothing.

    Progress that follows from tasks is not stated by hand. ``seen_version`` is the version that
    the change was made on. Raises NotInRegister, ProjectStale, ProjectFinished, SiteNotOpen,
    DayHeld, TaskUnknown, LeadUnitUnexplained, and what a plan can be refused for.
    """
    with book.entry() as entry:
        before = works.project(entry.connection, project_id)
        derived = progress_of(works.tasks_of(entry.connection, project_id))
        if derived is not None:
            plan = replace(plan, progress_percent=before.progress_percent)
        plan = _fit(plan, require_open(entry, before.site_code), before)
        if plan == before.plan:
            return before
        _require_fresh(entry, before, seen_version)
        require_unfinished(before)
        first = works.filed(entry.connection, project_id)
        assert first is not None
        first_set, today = day_of(first.recorded_at), day_of(entry.now)
        require_not_put_off(before.title, before.due_on, plan.due_on, first_set, today)
        after = before.changed(entry.now, entry.actor, **plan_values(plan))
        return put_project(entry, after, before, verb="revise_project")


def carry_projects(entry: Entry, origin: str, heir: str) -> None:
    """Let the unfinished projects of a site that leaves the list go on at ``heir``, tasks too.

    What was finished stays where it was done. Two sites with a project each make one with two:
    which of them goes on is for people to say.
    """
    for project in works.projects_of(entry.connection, origin):
        if project.stage.is_finished:
            continue
        for task in works.tasks_of(entry.connection, project.id):
            moved = task.changed(entry.now, entry.actor, site_code=heir)
            put_task_version(entry, moved, task, verb="carry_task")
        after = project.changed(entry.now, entry.actor, site_code=heir)
        put_project(entry, after, project, verb="carry_project")


def _fit(plan: Plan, site: Site, before: RemediationProject | None = None) -> Plan:
    """Return a plan with its lead unit, once it is sound; an old unit needs no new reason."""
    if plan.task_no is not None and plan.task_no not in tasks.numbers():
        known = "、".join(map(str, tasks.numbers()))
        raise TaskUnknown(task=str(plan.task_no)[:20], known=known)
    proposed = tasks.lead_of(site.kind, plan.task_no).unit
    plan = plans.clean(plan)
    plan = replace(plan, lead_unit=plan.lead_unit or proposed)
    plans.require_sound(plan)
    is_old = before is not None and before.lead_unit == plan.lead_unit
    if plan.lead_unit != proposed and not plan.lead_unit_reason and not is_old:
        raise LeadUnitUnexplained(unit=plan.lead_unit[:60], proposed=proposed)
    return plan


def _require_fresh(entry: Entry, now: RemediationProject, seen_version: int | None) -> None:
    """Refuse a change to what others changed since; a stage or progress that moved on is no clash.

    Raises ProjectStale.
    """
    if seen_version is None or seen_version == now.version:
        return
    seen = works.version(entry.connection, now.id, seen_version)
    stated = [name for name in PLAN_FIELDS if name != "progress_percent"]
    if seen is not None and all(getattr(seen, n) == getattr(now, n) for n in stated):
        return
    said = [plans.changes(seen, now, stated, one) if seen else "—" for one in ("zh", "en")]
    raise ProjectStale(
        title=now.title,
        yours=seen_version,
        current=now.version,
        by=now.recorded_by or "—",
        changed_zh=said[0],
        changed_en=said[1],
    )
