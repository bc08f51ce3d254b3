"""Verbs on projects."""

from gis.domain.remediation import RemediationProject
from gis.ledger.book import Entry
from gis.store import shape, tables


def put_project(entry: Entry, project: RemediationProject) -> None:
    """Store a version of a project."""
    shape.insert(entry.connection, tables.projects, [project])
    entry.log("record_project", "site", project.site_code, after=project)
