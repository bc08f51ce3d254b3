"""Accounts: whose rows they see; sessions and devices.

Revision ID: 0009
Revises: 0008
"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    op.add_column(
        "users", sa.Column("towns", sa.ARRAY(sa.Text()), nullable=False, server_default="{}")
    )
    op.add_column(
        "users", sa.Column("units", sa.ARRAY(sa.Text()), nullable=False, server_default="{}")
    )
    op.alter_column("users", "towns", server_default=None)
    op.alter_column("users", "units", server_default=None)
