"""Gathers what the gates of a project look at.

What other parts of the register answer (``check = "elsewhere"`` in ``stages.toml``) comes from
``ANSWERERS``: a part adds its function there, which returns its facts by name.
"""

from collections.abc import Callable
from datetime import date, datetime

import sqlalchemy as sa

from gis.domain.sites.site import Site
from gis.domain.works.gates import Elsewhere, GateFacts
from gis.domain.works.remediation import RemediationProject
from gis.ledger import close_out_answers
from gis.store import papers_held, site_papers, works

Answerer = Callable[[sa.Connection, RemediationProject, date], dict[str, Elsewhere]]

ANSWERERS: tuple[Answerer, ...] = (close_out_answers.answer,)
"""Parts that answer facts: each is asked with the project and the day of the step."""


def gather(
    connection: sa.Connection,
    project: RemediationProject,
    site: Site,
    day: date,
    now: datetime,
) -> GateFacts:
    """Return the facts of a project's gates, for a step that takes place on ``day``."""
    used = works.evidence_used(connection, project.site_code)
    papers = site_papers.attachments_of(connection, project.site_code)
    elsewhere: dict[str, Elsewhere] = {}
    for answerer in ANSWERERS:
        elsewhere |= answerer(connection, project, day)
    return GateFacts(
        project=project,
        tasks=works.tasks_of(connection, project.id),
        site_area_m2=site.area_m2,
        papers=[(one.id, one.kind) for one in papers if str(one.id) not in used],
        photos=[
            one
            for one in papers_held.photo_ids(connection, project.site_code, now)
            if str(one) not in used
        ],
        today=day,
        elsewhere=elsewhere,
    )
