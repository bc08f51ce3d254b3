"""What the list says of a site's papers: how many photos, and what its conclusion rests on.

Photos are the pictures among its papers, and those of the field checks that the office passed.
"""

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import distinct_on

from gis.domain.terms import AttachmentKind, ConclusionState, PhotoState, ReviewState, Verdict
from gis.store.tables import attachments, candidates, conclusions, field_checks, photos, sites

Moment = datetime | sa.BindParameter[datetime]
"""A moment, or the parameter of a statement for one."""

PASSED = [state for state in ReviewState if state.is_passed]


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


def photos_taken(
    connection: sa.Connection, as_of: datetime, codes: Collection[str] | None = None
) -> dict[str, int]:
    """Return how many photos of passed field checks sites have, as it stood at ``as_of``.

    ``codes`` are the sites that are asked for, None all; those without any are left out. A query
    of its own, because in the list's it would cost every page more than a tenth of its time. A
    site's checks are also those of the candidates that became it.
    """
    passed = _passed_checks(as_of, codes)
    query = (
        sa.select(passed.c.site_code, sa.func.count().label("n"))
        .join_from(passed, photos, photos.c.check_id == passed.c.id)
        .where(photos.c.state == PhotoState.RECEIVED, photos.c.received_at <= as_of)
        .group_by(passed.c.site_code)
    )
    return {row.site_code: row.n for row in connection.execute(query)}


def photo_ids(connection: sa.Connection, code: str, as_of: datetime) -> list[UUID]:
    """Return the ids of a site's pictures as its papers and passed field checks hold them."""
    passed = _passed_checks(as_of, [code])
    of_checks = (
        sa.select(photos.c.id)
        .join_from(passed, photos, photos.c.check_id == passed.c.id)
        .where(photos.c.state == PhotoState.RECEIVED, photos.c.received_at <= as_of)
    )
    of_papers = sa.select(attachments.c.id).where(
        attachments.c.site_code == code,
        attachments.c.media_type.like("image/%"),
        attachments.c.kind == AttachmentKind.PHOTO,
        attachments.c.added_at <= as_of,
        attachments.c.withdrawn_at.is_(None) | (attachments.c.withdrawn_at > as_of),
    )
    return sorted(connection.scalars(sa.union(of_checks, of_papers)))


def _passed_checks(as_of: datetime, codes: Collection[str] | None) -> sa.Subquery:
    """Return sites with their passed checks, those of the candidates they were among them."""
    check = field_checks.c
    by_then = (check.review.in_(PASSED), check.effect_at <= as_of)
    of_sites = sa.select(check.site_code, check.id).where(check.site_code.is_not(None), *by_then)
    of_candidates = (
        sa.select(candidates.c.site_code, check.id)
        .join_from(field_checks, candidates)
        .where(candidates.c.site_code.is_not(None), *by_then)
    )
    if codes is not None:
        asked = sa.bindparam(None, sorted(codes), type_=sa.ARRAY(sa.Text))
        of_sites = of_sites.where(check.site_code == sa.any_(asked))
        of_candidates = of_candidates.where(candidates.c.site_code == sa.any_(asked))
    return sa.union_all(of_sites, of_candidates).subquery("passed")


def verdicts(
    connection: sa.Connection, as_of: datetime, codes: Collection[str]
) -> dict[str, Verdict]:
    """Return what the newest passed field check of each of some sites found, by ``as_of``."""
    passed = _passed_checks(as_of, codes)
    query = (
        sa.select(passed.c.site_code, field_checks.c.verdict)
        .join_from(passed, field_checks, field_checks.c.id == passed.c.id)
        .ext(distinct_on(passed.c.site_code))
        .order_by(passed.c.site_code, field_checks.c.effect_at.desc())
    )
    return {row.site_code: row.verdict for row in connection.execute(query)}
