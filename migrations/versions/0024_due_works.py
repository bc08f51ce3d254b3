"""The works of the list as they stand now; a site's own day rests on them.

What is kept here is derived: it is worked out as the last step of bringing a database up to date.

Revision ID: 0024
Revises: 0023
"""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"


def upgrade() -> None:
    text, day = sa.Text(), sa.Date()
    op.create_table(
        "due_works",
        sa.Column("due_on", day, nullable=True),
        sa.Column("amber_on", day, nullable=True),
        sa.Column("is_done", sa.Boolean(), nullable=False),
        sa.Column("kind", text, nullable=False),
        sa.Column("district_code", text, nullable=False),
        sa.Column("lead_unit", text, nullable=False),
        sa.Column("supporting", sa.ARRAY(text), nullable=False),
        sa.Column("town", text, nullable=True),
        sa.Column("reach", text, nullable=True),
        sa.Column("bank", text, nullable=True),
        sa.Column("site_code", text, nullable=False),
        sa.Column("key", text, nullable=False),
        sa.Column("project_id", sa.UUID(), nullable=True),
        sa.Column("title", text, nullable=False),
        sa.Column("starts_on", day, nullable=True),
        sa.Column("done_on", day, nullable=True),
        sa.Column("recorded_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("is_demo", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["district_code"], ["districts.code"], name=op.f("fk_due_works_district_code")
        ),
        sa.ForeignKeyConstraint(
            ["site_code"], ["site_codes.code"], name=op.f("fk_due_works_site_code")
        ),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_due_works")),
    )
    op.create_index(op.f("ix_due_works_site_code"), "due_works", ["site_code"])
    op.create_index("ix_due_works_district_code_due_on", "due_works", ["district_code", "due_on"])
    op.create_index("ix_due_works_lead_unit", "due_works", ["lead_unit"])
    op.add_column("listed", sa.Column("amber_on", day, nullable=True))
    op.add_column("listed", sa.Column("is_work_done", sa.Boolean(), nullable=True))
