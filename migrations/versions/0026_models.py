"""The register of models: what detection may use, and what it used to use.

Revision ID: 0026
Revises: 0025
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0026"
down_revision = "0025"


def upgrade() -> None:
    text, moment = sa.Text(), sa.TIMESTAMP(timezone=True)
    op.create_table(
        "models",
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("name", text, nullable=False),
        sa.Column("sha256", text, nullable=False),
        sa.Column("path", text, nullable=False),
        sa.Column("card", JSONB(), nullable=False),
        sa.Column("training_set_id", sa.UUID(), nullable=True),
        sa.Column("state", text, nullable=False),
        sa.Column("made_at", moment, nullable=False),
        sa.Column("made_by", text, nullable=False),
        sa.Column("changed_at", moment, nullable=False),
        sa.Column("changed_by", text, nullable=False),
        sa.Column("reason", text, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_models")),
        sa.UniqueConstraint("name", name=op.f("uq_models_name")),
        sa.UniqueConstraint("sha256", name=op.f("uq_models_sha256")),
    )
