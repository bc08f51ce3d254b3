"""What closing a site, looking back at it and reopening it do to the projects at it."""

from datetime import datetime
from uuid import UUID, uuid5

import sqlalchemy as sa

from gis.domain.closing.gate import WorkLeft
from gis.domain.sites.site import Site
from gis.domain.terms import ProjectStage, SiteState
from gis.domain.works.gates import missing, said
from gis.domain.works.remediation import RemediationProject
from gis.ledger import gate_facts
from gis.ledger.book import Entry
from gis.ledger.stages import StepAsked, enter, reverse
from gis.rules import stages
from gis.store import works
from gis.store.register import day_of

CLOSE_OUT = "close_out"
"""The fact of a stage's gate that close-out itself answers."""


def work_left(connection: sa.Connection, site: Site, now: datetime) -> list[WorkLeft]:
    """Return the projects at a site that are not ready to be closed, each with why."""
    found = (_left(connection, site, one, now) for one in works.projects_of(connection, site.code))
    return [left for left in found if left is not None]


def _left(
    connection: sa.Connection, site: Site, project: RemediationProject, now: datetime
) -> WorkLeft | None:
    if project.stage.is_finished:
        return None
    step = stages.chain(project.variant).next_of(project)
    if step is None or step.stage is not ProjectStage.CLOSED:
        return WorkLeft(
            f"项目“{project.title}”尚在“{project.stage.zh}”阶段，须先完成",
            f"project “{project.title}” is still at “{project.stage.en}”; finish it first",
        )
    facts = gate_facts.gather(connection, project, site, day_of(now), now)
    lacks = [one for one in missing(step, facts) if one.need.fact != CLOSE_OUT]
    if not lacks:
        return None
    return WorkLeft(
        f"项目“{project.title}”还缺{said(lacks, 'zh')}",
        f"project “{project.title}” lacks {said(lacks, 'en')}",
    )


def close_projects(entry: Entry, site: Site, close_out_id: UUID, note: str) -> None:
    """Take the projects at a site that is closed to that stage, in the same transaction."""
    _move_on(entry, site, ProjectStage.CLOSED, close_out_id, note)


def look_back_projects(entry: Entry, site: Site, look_back_id: UUID) -> None:
    """Take the projects at a closed site to the look-back, once one could tell something."""
    _move_on(entry, site, ProjectStage.LOOK_BACK, look_back_id, "")


def _move_on(entry: Entry, site: Site, wanted: ProjectStage, act_id: UUID, note: str) -> None:
    for project in works.projects_of(entry.connection, site.code):
        step = stages.chain(project.variant).next_of(project)
        if step is not None and step.stage is wanted:
            asked = StepAsked(
                id=uuid5(act_id, str(project.id)),
                project_id=project.id,
                from_stage=project.stage,
                to_stage=wanted,
                note=note,
            )
            enter(entry, project, site, step, asked, site_follows=False)


def reopen_projects(entry: Entry, site: Site, look_back_id: UUID, reason: str) -> int:
    """Take the projects at a reopened site back to works (回弹); return how many there were."""
    number = 0
    for project in works.projects_of(entry.connection, site.code):
        chain = stages.chain(project.variant)
        left = chain.step(project.stage)
        was_closed = left is not None and left.site_state is SiteState.CLOSED
        if project.stage.is_finished and was_closed:
            asked = StepAsked(
                id=uuid5(look_back_id, f"reopen {project.id}"),
                project_id=project.id,
                from_stage=project.stage,
                to_stage=ProjectStage.WORKS,
                reason=reason,
            )
            reverse(entry, project, site, asked, site_follows=False)
            number += 1
    return number
