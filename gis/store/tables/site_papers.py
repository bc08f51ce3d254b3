"""What hangs on a site's code: its lineage, its task tags, its papers and pictures."""

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import UUID

from gis.domain import terms
from gis.store.tables.base import TermText, column, metadata, timestamp

lineage = sa.Table(
    "lineage",
    metadata,
    column("from_code", sa.Text, sa.ForeignKey("site_codes.code"), primary_key=True),
    column("to_code", sa.Text, sa.ForeignKey("site_codes.code"), primary_key=True, index=True),
    column("act_id", UUID),
    column("kind", TermText(terms.LineageKind)),
    timestamp("recorded_at"),
    column("recorded_by", sa.Text),
    column("reason", sa.Text),
    sa.CheckConstraint("from_code <> to_code", name="not_itself"),
)

site_tags = sa.Table(
    "site_tags",
    metadata,
    column("site_code", sa.Text, sa.ForeignKey("site_codes.code"), primary_key=True),
    column("task", sa.Text, primary_key=True),
    column("added_at", sa.TIMESTAMP(timezone=True), primary_key=True),
    column("added_by", sa.Text),
    column("lead_unit", sa.Text),
    column("due_on", sa.Date, null=True),
    column("note", sa.Text),
    column("removed_at", sa.TIMESTAMP(timezone=True), null=True),
    column("removed_by", sa.Text, null=True),
    sa.Index(
        "uq_site_tags_site_code_task",
        "site_code",
        "task",
        unique=True,
        postgresql_where=sa.text("removed_at is null"),
    ),
    sa.Index("ix_site_tags_task_site_code", "task", "site_code"),
)

attachments = sa.Table(
    "attachments",
    metadata,
    column("id", UUID, primary_key=True),
    column("site_code", sa.Text, sa.ForeignKey("site_codes.code"), index=True),
    column("kind", TermText(terms.AttachmentKind)),
    column("title", sa.Text),
    column("file_name", sa.Text),
    column("media_type", sa.Text),
    column("size_bytes", sa.BigInteger),
    column("sha256", sa.Text),
    column("width", sa.Integer, null=True),
    column("height", sa.Integer, null=True),
    column("taken_on", sa.Date, null=True),
    column("lon", sa.Double, null=True),
    column("lat", sa.Double, null=True),
    timestamp("added_at"),
    column("added_by", sa.Text),
    column("withdrawn_at", sa.TIMESTAMP(timezone=True), null=True),
    column("withdrawn_by", sa.Text, null=True),
    column("withdrawn_reason", sa.Text, null=True),
)
