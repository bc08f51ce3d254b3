"""Sites in depth: parties, lineage, task tags, attachments.

Revision ID: 0006
Revises: 0005
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

SITE_COLUMNS = {
    "hw_code": sa.Text(),
    "responsibility_evidence": sa.Text(),
    "stated_ownership": sa.Text(),
    "stored_from": sa.Integer(),
    "stored_to": sa.Integer(),
    "tailings_risk": sa.Text(),
    "accepted_on": sa.Date(),
    "acceptance_no": sa.Text(),
    "closed_on": sa.Date(),
    "outline_basis": sa.Text(),
}


def _site_code(table: str, name: str) -> sa.Column:
    key = sa.ForeignKey("site_codes.code", name=op.f(f"fk_{table}_{name}"))
    return sa.Column(name, sa.Text(), key, nullable=False)


def _moment(name: str, null: bool = False) -> sa.Column:
    return sa.Column(name, sa.TIMESTAMP(timezone=True), nullable=null)


def upgrade() -> None:
    for name, kind in SITE_COLUMNS.items():
        op.add_column("sites", sa.Column(name, kind, nullable=True))
    op.create_check_constraint(
        op.f("ck_sites_storage_begins_before_it_ends"), "sites", "stored_from <= stored_to"
    )
    op.create_table(
        "lineage",
        _site_code("lineage", "from_code"),
        _site_code("lineage", "to_code"),
        sa.Column("act_id", sa.UUID(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        _moment("recorded_at"),
        sa.Column("recorded_by", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("from_code", "to_code", name=op.f("pk_lineage")),
        sa.CheckConstraint("from_code <> to_code", name=op.f("ck_lineage_not_itself")),
    )
    op.create_index(op.f("ix_lineage_to_code"), "lineage", ["to_code"])
    op.create_table(
        "site_tags",
        _site_code("site_tags", "site_code"),
        sa.Column("task", sa.Text(), nullable=False),
        _moment("added_at"),
        sa.Column("added_by", sa.Text(), nullable=False),
        sa.Column("lead_unit", sa.Text(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        _moment("removed_at", null=True),
        sa.Column("removed_by", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("site_code", "task", "added_at", name=op.f("pk_site_tags")),
    )
    op.create_index(
        "uq_site_tags_site_code_task",
        "site_tags",
        ["site_code", "task"],
        unique=True,
        postgresql_where=sa.text("removed_at is null"),
    )
    op.create_index("ix_site_tags_task_site_code", "site_tags", ["task", "site_code"])
    op.create_table(
        "attachments",
        sa.Column("id", sa.UUID(), nullable=False),
        _site_code("attachments", "site_code"),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("size_bytes", sa.BigInteger(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("width", sa.Integer(), nullable=True),
        sa.Column("height", sa.Integer(), nullable=True),
        sa.Column("taken_on", sa.Date(), nullable=True),
        sa.Column("lon", sa.Double(), nullable=True),
        sa.Column("lat", sa.Double(), nullable=True),
        _moment("added_at"),
        sa.Column("added_by", sa.Text(), nullable=False),
        _moment("withdrawn_at", null=True),
        sa.Column("withdrawn_by", sa.Text(), nullable=True),
        sa.Column("withdrawn_reason", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attachments")),
    )
    op.create_index(op.f("ix_attachments_site_code"), "attachments", ["site_code"])
