"""Photographs of field checks, received piece by piece.

Revision ID: 0012
Revises: 0011
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0012"
down_revision = "0011"


def _column(name: str, kind: object, null: bool = False) -> sa.Column:
    return sa.Column(name, kind, nullable=null)


def upgrade() -> None:
    moment = sa.TIMESTAMP(timezone=True)
    op.create_table(
        "photos",
        _column("id", sa.UUID()),
        _column("check_id", sa.UUID()),
        _column("sha256", sa.Text()),
        _column("size_bytes", sa.BigInteger()),
        _column("file_name", sa.Text()),
        _column("source", sa.Text()),
        _column("chosen_at", moment),
        _column("fix", JSONB(), null=True),
        _column("heading_deg", sa.Double(), null=True),
        _column("recorded_by", sa.Text()),
        _column("announced_at", moment),
        _column("announced_by", sa.Text()),
        _column("state", sa.Text()),
        _column("received_at", moment, null=True),
        _column("media_type", sa.Text(), null=True),
        _column("width", sa.Integer(), null=True),
        _column("height", sa.Integer(), null=True),
        _column("record", JSONB(), null=True),
        _column("judgement", JSONB(), null=True),
        _column("fault_zh", sa.Text(), null=True),
        _column("fault_en", sa.Text(), null=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_photos")),
    )
    op.create_index(op.f("ix_photos_check_id"), "photos", ["check_id"])
    op.create_index(op.f("ix_photos_sha256"), "photos", ["sha256"])
    op.create_index(
        "ix_photos_unfinished",
        "photos",
        ["announced_by", "size_bytes"],
        postgresql_where=sa.text("state = 'WAITING'"),
    )
    op.create_table(
        "photo_looks",
        sa.Column(
            "photo_id",
            sa.UUID(),
            sa.ForeignKey("photos.id", name=op.f("fk_photo_looks_photo_id")),
            nullable=False,
        ),
        _column("look", sa.BigInteger()),
        *(_column(f"band_{number}", sa.Integer()) for number in range(4)),
        sa.PrimaryKeyConstraint("photo_id", name=op.f("pk_photo_looks")),
    )
    for number in range(4):
        band = f"band_{number}"
        op.create_index(op.f(f"ix_photo_looks_{band}"), "photo_looks", [band])
