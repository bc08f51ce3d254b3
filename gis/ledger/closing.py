"""What closing a site, or reopening it, does to the projects at it."""

from dataclasses import replace

from gis.domain.close_out import CloseOut
from gis.domain.look_back import LookBack
from gis.domain.terms import ProjectStage
from gis.ledger.book import Entry
from gis.ledger.works import put_project
from gis.store import sites


def close_projects(entry: Entry, one: CloseOut) -> None:
    """Take the projects at a closed site to the stage of close-out, in the same transaction."""
    for project in sites.projects_of(entry.connection, one.site_code):
        if project.stage is not ProjectStage.CLOSED:
            after = replace(
                project,
                version=project.version + 1,
                recorded_at=entry.now,
                stage=ProjectStage.CLOSED,
                progress_percent=100,
            )
            put_project(entry, after)


def reopen_projects(entry: Entry, one: LookBack) -> None:
    """Take the projects at a reopened site back to works, with the look-back as the reason."""
    for project in sites.projects_of(entry.connection, one.site_code):
        if project.stage is ProjectStage.CLOSED:
            after = replace(
                project,
                version=project.version + 1,
                recorded_at=entry.now,
                stage=ProjectStage.WORKS,
            )
            put_project(entry, after)
