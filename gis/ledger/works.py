"""Verbs on samples and projects."""

from gis.domain.remediation import RemediationProject
from gis.domain.sampling import Sample
from gis.ledger.book import Entry
from gis.store import shape, tables


def put_sample(entry: Entry, sample: Sample) -> None:
    """Store a sample's outcome; the caller grades the site anew."""
    shape.insert(entry.connection, tables.samples, [sample])
    entry.log("add_sample", "site", sample.site_code, after=sample)


def put_project(entry: Entry, project: RemediationProject) -> None:
    """Store a version of a project."""
    shape.insert(entry.connection, tables.projects, [project])
    entry.log("record_project", "site", project.site_code, after=project)
