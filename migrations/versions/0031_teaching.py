"""Why a place was added to somebody's work: because its check teaches the next model.

Revision ID: 0031
Revises: 0030
"""

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"


def upgrade() -> None:
    op.add_column("assigned_places", sa.Column("teaches", sa.Text(), nullable=True))
