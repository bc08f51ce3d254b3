"""Queries on what hangs on a site's code: lineage, task tags, papers and pictures."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa

from gis.domain.errors import NotInRegister
from gis.domain.sites.attachment import Attachment
from gis.domain.sites.lineage import Lineage
from gis.domain.sites.tags import SiteTag
from gis.store import shape, sight
from gis.store.tables import attachments, lineage, site_tags


def lineage_of(connection: sa.Connection, code: str) -> list[Lineage]:
    """Return what a site came from and what it became, oldest first; of sites seen."""
    query = (
        sa.select(lineage)
        .where((lineage.c.from_code == code) | (lineage.c.to_code == code))
        .where(sight.sites_seen(connection, lineage.c.from_code))
        .where(sight.sites_seen(connection, lineage.c.to_code))
        .order_by(lineage.c.recorded_at, lineage.c.from_code, lineage.c.to_code)
    )
    return shape.select_all(connection, Lineage, query)


def act(connection: sa.Connection, act_id: UUID) -> list[Lineage]:
    """Return the rows of one merge or split."""
    query = sa.select(lineage).where(lineage.c.act_id == act_id)
    in_order = query.order_by(lineage.c.from_code, lineage.c.to_code)
    return shape.select_all(connection, Lineage, in_order)


def tags_of(connection: sa.Connection, code: str, as_of: datetime | None = None) -> list[SiteTag]:
    """Return the tags a site bears, now or as it bore them at a moment, by task."""
    query = sa.select(site_tags).where(site_tags.c.site_code == code).order_by(site_tags.c.task)
    if as_of is None:
        query = query.where(site_tags.c.removed_at.is_(None))
    else:
        query = query.where(
            site_tags.c.added_at <= as_of,
            site_tags.c.removed_at.is_(None) | (site_tags.c.removed_at > as_of),
        )
    return shape.select_all(connection, SiteTag, query)


def first_tagged_at(connection: sa.Connection, code: str, task: str) -> datetime:
    """Return when a site was first given a task that it bears."""
    query = sa.select(sa.func.min(site_tags.c.added_at)).where(
        site_tags.c.site_code == code, site_tags.c.task == task
    )
    first: datetime = connection.execute(query).scalar_one()
    return first


def end_tag(connection: sa.Connection, tag: SiteTag) -> None:
    """Store that a tag has ended."""
    connection.execute(
        sa.update(site_tags)
        .where(
            site_tags.c.site_code == tag.site_code,
            site_tags.c.task == tag.task,
            site_tags.c.added_at == tag.added_at,
        )
        .values(removed_at=tag.removed_at, removed_by=tag.removed_by)
    )


def attachments_of(
    connection: sa.Connection, code: str, as_of: datetime | None = None
) -> list[Attachment]:
    """Return a site's papers and pictures that stand, now or at a moment, newest first."""
    query = (
        sa.select(attachments)
        .where(attachments.c.site_code == code)
        .order_by(attachments.c.added_at.desc(), attachments.c.id)
    )
    if as_of is None:
        query = query.where(attachments.c.withdrawn_at.is_(None))
    else:
        query = query.where(
            attachments.c.added_at <= as_of,
            attachments.c.withdrawn_at.is_(None) | (attachments.c.withdrawn_at > as_of),
        )
    return shape.select_all(connection, Attachment, query)


def filed_attachment(connection: sa.Connection, attachment_id: UUID) -> Attachment | None:
    """Return one attachment, or None."""
    query = sa.select(attachments).where(attachments.c.id == attachment_id)
    return shape.select_one(connection, Attachment, query)


def attachment(connection: sa.Connection, code: str, attachment_id: UUID) -> Attachment:
    """Return one attachment of a site that is seen; raises NotInRegister."""
    query = sa.select(attachments).where(
        attachments.c.id == attachment_id,
        attachments.c.site_code == code,
        sight.sites_seen(connection, attachments.c.site_code),
    )
    found = shape.select_one(connection, Attachment, query)
    if found is None:
        raise NotInRegister(id=attachment_id)
    return found
