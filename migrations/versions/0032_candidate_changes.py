"""How candidates changed from image to image, and those that became part of others.

Revision ID: 0032
Revises: 0031
"""

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"


def upgrade() -> None:
    op.add_column("candidates", sa.Column("merged_into", sa.UUID(), nullable=True))
    op.create_foreign_key(
        op.f("fk_candidates_merged_into"), "candidates", "candidates", ["merged_into"], ["id"]
    )
    op.create_index(op.f("ix_candidates_merged_into"), "candidates", ["merged_into"])
    op.create_check_constraint(
        op.f("ck_candidates_merged_into_one"),
        "candidates",
        "(state = 'MERGED') = (merged_into is not null)",
    )
    op.create_table(
        "candidate_changes",
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("candidate_id", sa.UUID(), nullable=False),
        sa.Column("run_id", sa.UUID(), nullable=False),
        sa.Column("seen_on", sa.Date(), nullable=False),
        sa.Column("compared_on", sa.Date(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("area_m2", sa.Double(), nullable=True),
        sa.Column("change_m2", sa.Double(), nullable=True),
        sa.Column("uncertainty_m2", sa.Double(), nullable=True),
        sa.ForeignKeyConstraint(
            ["candidate_id"], ["candidates.id"], name=op.f("fk_candidate_changes_candidate_id")
        ),
        sa.ForeignKeyConstraint(
            ["run_id"], ["detection_runs.id"], name=op.f("fk_candidate_changes_run_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_candidate_changes")),
    )
    op.create_index(
        op.f("ix_candidate_changes_candidate_id"), "candidate_changes", ["candidate_id"]
    )
    op.create_index(op.f("ix_candidate_changes_run_id"), "candidate_changes", ["run_id"])
