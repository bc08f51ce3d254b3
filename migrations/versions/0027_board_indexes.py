"""Indexes from which board and strip read their sums without touching the wide rows.

Revision ID: 0027
Revises: 0026
"""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"


def upgrade() -> None:
    on_list = sa.text("is_on_list")
    op.drop_index("ix_listed_by_reach", "listed")
    op.create_index(
        "ix_listed_by_reach",
        "listed",
        ["district_code", "reach", "chainage_m"],
        postgresql_include=[
            *("grade", "kind", "state", "town", "bank", "project_id", "is_work_done"),
            *("due_on", "amber_on", "area_m2", "mass_t", "river_distance_m"),
        ],
        postgresql_where=on_list,
    )
    op.create_index(
        "ix_listed_touched",
        "listed",
        ["district_code", sa.text("greatest(registered_at, recorded_at, graded_at)")],
        postgresql_where=on_list,
    )
    op.create_index(
        "ix_projects_newest",
        "projects",
        ["id", sa.text("version desc")],
        postgresql_include=["site_code", "stage", "budget_yuan", "paid_yuan"],
    )
