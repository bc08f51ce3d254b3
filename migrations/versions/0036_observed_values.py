"""Values of restoration units that were taken over from what images and surveys saw.

Revision ID: 0036
Revises: 0035
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0036"
down_revision = "0035"


def upgrade() -> None:
    op.add_column("unit_values", sa.Column("basis", sa.Text(), nullable=True))
    op.add_column("unit_values", sa.Column("source_id", sa.UUID(), nullable=True))
    op.add_column("unit_values", sa.Column("low", sa.Double(), nullable=True))
    op.add_column("unit_values", sa.Column("high", sa.Double(), nullable=True))
    cautions = sa.Column(
        "cautions", postgresql.JSONB(), nullable=False, server_default=sa.text("'[]'::jsonb")
    )
    op.add_column("unit_values", cautions)
    op.alter_column("unit_values", "cautions", server_default=None)
    op.create_check_constraint(
        op.f("ck_unit_values_basis_has_a_source"),
        "unit_values",
        "(basis is null) = (source_id is null)",
    )
