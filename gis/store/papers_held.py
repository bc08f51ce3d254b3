"""What the list says of a site's papers: how many photos, and what its conclusion rests on."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa

from gis.domain.terms import ConclusionState
from gis.store.tables import attachments, conclusions, sites

Moment = datetime | sa.BindParameter[datetime]
"""A moment, or the parameter of a statement for one."""


def papers_held(as_of: Moment) -> tuple[sa.ColumnElement[Any], ...]:
    """Return columns for a select of ``sites``, each as it stood at ``as_of``."""
    return (_photos(as_of), *(_said(as_of, name) for name in ("basis", "laboratory", "report_no")))


def _photos(as_of: Moment) -> sa.ColumnElement[Any]:
    query = sa.select(sa.func.count()).where(
        attachments.c.site_code == sites.c.code,
        attachments.c.media_type.like("image/%"),
        attachments.c.added_at <= as_of,
        attachments.c.withdrawn_at.is_(None) | (attachments.c.withdrawn_at > as_of),
    )
    return query.correlate(sites).scalar_subquery().label("photos")


def _said(as_of: Moment, name: str) -> sa.ColumnElement[Any]:
    """One field of the conclusion in force: its newest version by then says whether it was."""
    later = conclusions.alias("later")
    superseded = sa.exists().where(
        later.c.id == conclusions.c.id,
        later.c.version > conclusions.c.version,
        later.c.recorded_at <= as_of,
    )
    query = (
        sa.select(conclusions.c[name])
        .where(
            conclusions.c.site_code == sites.c.code,
            conclusions.c.state == ConclusionState.IN_FORCE,
            conclusions.c.recorded_at <= as_of,
            ~superseded,
        )
        .order_by(conclusions.c.recorded_at.desc(), conclusions.c.id)
        .limit(1)
    )
    return query.correlate(sites).scalar_subquery().label(f"conclusion_{name}")
