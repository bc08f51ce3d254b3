"""Rule sets that the office adopted, and rows of standards compared with the text."""

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import UUID

from gis.store.tables.base import column, metadata, timestamp

rule_sets = sa.Table(
    "rule_sets",
    metadata,
    column("id", UUID, primary_key=True),
    column("scheme", sa.Text),
    column("version", sa.Text),
    column("sha256", sa.Text, index=True),
    column("text", sa.Text),
    timestamp("adopted_at"),
    column("adopted_by", sa.Text),
    column("reason", sa.Text),
    column("moved", sa.Integer),
)

rule_checks = sa.Table(
    "rule_checks",
    metadata,
    column("id", UUID, primary_key=True),
    column("row_id", sa.Text, index=True),
    column("row_sha256", sa.Text),
    column("is_checked", sa.Boolean),
    column("edition", sa.Text),
    column("note", sa.Text),
    column("checked_by", sa.Text),
    timestamp("checked_at"),
)
