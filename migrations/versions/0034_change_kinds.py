"""What kind of change a new or grown candidate is, and how likely.

Revision ID: 0034
Revises: 0033
"""

import sqlalchemy as sa
from alembic import op

revision = "0034"
down_revision = "0033"


def upgrade() -> None:
    op.add_column("candidate_changes", sa.Column("kind", sa.Text(), nullable=True))
    op.add_column("candidate_changes", sa.Column("kind_share", sa.Double(), nullable=True))
    op.create_check_constraint(
        op.f("ck_candidate_changes_kind_has_share"),
        "candidate_changes",
        "(kind is null) = (kind_share is null)",
    )
