"""Judges of kinds of change stand beside models of ground.

Revision ID: 0035
Revises: 0034
"""

import sqlalchemy as sa
from alembic import op

revision = "0035"
down_revision = "0034"


def upgrade() -> None:
    op.add_column("models", sa.Column("tells", sa.Text(), nullable=False, server_default="GROUND"))
    op.alter_column("models", "tells", server_default=None)
