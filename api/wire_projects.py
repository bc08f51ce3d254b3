"""From projects to the JSON that pages read: the plan, its tasks, where it stands, what lacks."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from gis.domain.inventory_cells import Said
from gis.domain.sites.site import Site
from gis.domain.terms import SiteKind
from gis.domain.works.deadlines import rests_on, state_on
from gis.domain.works.gates import Answer, Chain, Step, answers
from gis.domain.works.plan import FIELDS, warnings
from gis.domain.works.remediation import (
    PLAN_FIELDS,
    ProjectStep,
    ProjectTask,
    RemediationProject,
    progress_of,
)
from gis.ledger import gate_facts
from gis.rules import deadlines, stages, tasks
from gis.store import sites, works
from gis.store.register import day_of

HEAD = ("id", "version", "recorded_at", "recorded_by", "site_code", "variant", "stage", "is_demo")
RULE = ("id", "standard", "clause", "certainty", "source")


def rules() -> dict[str, Any]:
    """Return the chains of stages with their needs, and who leads where."""
    return {
        "chains": [_chain(one) for one in stages.chains().values()],
        "leads": [
            {
                **{name: getattr(one, name) for name in RULE},
                **{name: getattr(one, name) for name in ("task_no", "unit", "kinds")},
                "name_zh": one.zh,
                "name_en": one.en,
            }
            for one in tasks.lead_rules()
        ],
        "task_numbers": tasks.numbers(),
        "fields": {name: {"zh": one.zh, "en": one.en} for name, one in FIELDS.items()},
        "sha256": stages.sha256(),
    }


def _chain(chain: Chain) -> dict[str, Any]:
    return {
        "variant": chain.variant,
        "name_zh": chain.variant.zh,
        "name_en": chain.variant.en,
        "kinds": chain.kinds,
        "steps": [_step(one) | {"needs": [_need(n) for n in one.needs]} for one in chain.steps],
    }


def _step(step: Step) -> dict[str, Any]:
    plain = ("stage", "within_months", "extension_months", "findings", "site_state")
    return {
        **{name: getattr(step, name) for name in (*RULE, *plain)},
        "name_zh": step.zh,
        "name_en": step.en,
    }


def _need(need: Any) -> dict[str, Any]:
    plain = {name: getattr(need, name) for name in (*RULE, "check", "papers")}
    return {**plain, "name_zh": need.zh, "name_en": need.en}


def lead_for(kind: SiteKind, task_no: int | None) -> dict[str, Any]:
    """Return the unit that is proposed for a site's kind and a task, with its rule."""
    rule = tasks.lead_of(kind, task_no)
    return {"unit": rule.unit, "name_zh": rule.zh, "name_en": rule.en, "clause": rule.clause}


def of_site(
    connection: sa.Connection, code: str, now: datetime, as_of: datetime | None = None
) -> dict[str, Any]:
    """Return a site's projects, the newest first, and which chains can be opened there."""
    site = sites.site(connection, code)
    found = works.projects_of(connection, code, as_of)
    open_ = {one.variant for one in found if not one.stage.is_finished}
    return {
        "projects": [_whole(connection, one, site, now, as_of) for one in reversed(found)],
        "variants": [
            variant
            for variant, chain in stages.chains().items()
            if site.kind in chain.kinds and variant not in open_
        ],
        "lead": lead_for(site.kind, None),
        "leads": {str(number): lead_for(site.kind, number) for number in tasks.numbers()},
    }


def one(
    connection: sa.Connection, project_id: UUID, now: datetime, as_of: datetime | None = None
) -> dict[str, Any]:
    """Return a project with all that belongs to it. Raises NotInRegister."""
    project = works.project(connection, project_id, as_of)
    site = sites.site(connection, project.site_code)
    return _whole(connection, project, site, now, as_of)


def _whole(
    connection: sa.Connection,
    project: RemediationProject,
    site: Site,
    now: datetime,
    as_of: datetime | None,
) -> dict[str, Any]:
    today = day_of(as_of or now)
    found = works.tasks_of(connection, project.id, as_of)
    taken = works.steps_of(connection, project.id, as_of)
    chain = stages.chain(project.variant)
    coming = chain.next_of(project)
    lacking: Sequence[Answer] = ()
    if coming is not None and as_of is None:
        lacking = answers(coming, gate_facts.gather(connection, project, site, today, now))
    return {
        **{name: getattr(project, name) for name in HEAD},
        "plan": {name: getattr(project, name) for name in PLAN_FIELDS},
        "is_finished": project.stage.is_finished,
        "deadline": rests_on(project, found, deadlines.current()).state(today),
        "progress_is_derived": progress_of(found) is not None,
        "lead": lead_for(site.kind, project.task_no),
        "site_area_m2": site.area_m2,
        "warnings": [_said(one) for one in warnings(project, found)],
        "tasks": [task(one, today, project.stage.is_finished) for one in found],
        "line": _line(chain, project, taken),
        "next": None if coming is None else _step(coming) | _limit(coming, taken, today),
        "needs": [_answer(one) for one in lacking],
        "back_to": [_step(one) for one in chain.before(project)],
        "steps": [_taken(one, chain) for one in taken],
    }


def task(one: ProjectTask, today: date, is_through: bool = False) -> dict[str, Any]:
    """Return a task with how it stands against its day; of a project that is through it is done."""
    amber_on = deadlines.current().amber_on(one.starts_on, one.due_on)
    state = state_on(today, one.due_on, amber_on, is_through or one.done_on is not None)
    return asdict(one) | {"deadline": None if one.dropped_reason else state}


def _line(
    chain: Chain, project: RemediationProject, taken: Sequence[ProjectStep]
) -> list[dict[str, Any]]:
    """Return the chain as a line: what is done, where it stands, what comes."""
    later = {step.id for step in chain.after(project.stage)}
    days = {one.to_stage: one.took_place_on for one in taken}
    return [
        _step(step)
        | {
            "place": _place(step, project, later),
            "took_place_on": None if step.id in later else days.get(step.stage),
        }
        for step in chain.through(project.finding)
    ]


def _place(step: Step, project: RemediationProject, later: set[str]) -> str:
    if step.stage is project.stage:
        return "here"
    return "next" if step.id in later else "done"


def _limit(step: Step, taken: Sequence[ProjectStep], today: date) -> dict[str, Any]:
    """Return until when a step has to be taken, where its rule says so."""
    if step.within_months is None or not taken:
        return {"within_until": None, "is_late": False}
    until = _months_after(taken[-1].took_place_on, step.within_months)
    return {"within_until": until, "is_late": until < today}


def _months_after(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    first_of_next = date(year + (month + 1) // 12, (month + 1) % 12 + 1, 1)
    return date(year, month + 1, min(day.day, (first_of_next - timedelta(days=1)).day))


def _answer(answer: Answer) -> dict[str, Any]:
    need = _need(answer.need) | {"name_zh": answer.zh, "name_en": answer.en}
    return need | {"is_met": answer.is_met, "evidence": len(answer.evidence)}


def _taken(one: ProjectStep, chain: Chain) -> dict[str, Any]:
    step = chain.step(one.to_stage)
    names = {need.id: need for each in chain.steps for need in each.needs}
    return asdict(one) | {
        "name_zh": step.zh if step else one.to_stage.zh,
        "name_en": step.en if step else one.to_stage.en,
        "is_reversal": one.is_reversal,
        "evidence": [
            {
                "id": key,
                "name_zh": names[key].zh if key in names else key,
                "name_en": names[key].en if key in names else key,
                "is_paper": key in names and names[key].check in {"paper", "photos"},
                "held": held,
            }
            for key, held in one.evidence.items()
        ],
    }


def _said(one: Said) -> dict[str, str]:
    return {"zh": one.zh, "en": one.en}
