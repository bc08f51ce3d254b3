"""The index from which the board reads its sums knows the river too.

Revision ID: 0037
Revises: 0036
"""

import sqlalchemy as sa
from alembic import op

revision = "0037"
down_revision = "0036"


def upgrade() -> None:
    op.drop_index("ix_listed_by_reach", "listed")
    op.create_index(
        "ix_listed_by_reach",
        "listed",
        ["district_code", "reach", "chainage_m"],
        postgresql_include=[
            *("grade", "kind", "state", "town", "bank", "project_id", "is_work_done"),
            *("due_on", "amber_on", "area_m2", "mass_t", "river_distance_m", "river"),
        ],
        postgresql_where=sa.text("is_on_list"),
    )
