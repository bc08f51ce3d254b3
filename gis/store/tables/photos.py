"""Photographs of field checks, and what they look like."""

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB, UUID

from gis.domain import terms
from gis.store.tables.base import TermText, column, metadata, timestamp

photos = sa.Table(
    "photos",
    metadata,
    column("id", UUID, primary_key=True),
    column("check_id", UUID, index=True),  # the photograph may come before its check
    column("sha256", sa.Text, index=True),
    column("size_bytes", sa.BigInteger),
    column("file_name", sa.Text),
    column("source", TermText(terms.PhotoSource)),
    timestamp("chosen_at"),
    column("fix", JSONB(none_as_null=True), null=True),
    column("heading_deg", sa.Double, null=True),
    column("recorded_by", sa.Text),
    timestamp("announced_at"),
    column("announced_by", sa.Text),
    column("state", TermText(terms.PhotoState)),
    column("received_at", sa.TIMESTAMP(timezone=True), null=True),
    column("media_type", sa.Text, null=True),
    column("width", sa.Integer, null=True),
    column("height", sa.Integer, null=True),
    column("record", JSONB(none_as_null=True), null=True),
    column("judgement", JSONB(none_as_null=True), null=True),
    column("fault_zh", sa.Text, null=True),
    column("fault_en", sa.Text, null=True),
    sa.Index(
        "ix_photos_unfinished",
        "announced_by",
        "size_bytes",
        postgresql_where=sa.text("state = 'WAITING'"),
    ),
)

photo_looks = sa.Table(
    "photo_looks",
    metadata,
    column("photo_id", UUID, sa.ForeignKey("photos.id"), primary_key=True),
    column("look", sa.BigInteger),
    column("band_0", sa.Integer, index=True),
    column("band_1", sa.Integer, index=True),
    column("band_2", sa.Integer, index=True),
    column("band_3", sa.Integer, index=True),
)
