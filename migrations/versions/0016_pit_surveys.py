"""Surveys of pits: depth, capacity, slopes, water.

Revision ID: 0016
Revises: 0015
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    numbers = (
        *("rim_m", "bottom_m", "depth_m", "level_m", "free_volume_m3", "free_volume_sigma_m3"),
        *("volume_change_m3", "volume_change_sigma_m3", "slope_deg", "steepest_deg"),
        *("highwall_m", "highwall_deg", "water_area_m2"),
    )
    op.create_table(
        "pit_surveys",
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("site_code", sa.Text(), nullable=False),
        sa.Column("surveyed_on", sa.Date(), nullable=False),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.Column("rim_basis", sa.Text(), nullable=True),
        *(sa.Column(name, sa.Double(), nullable=True) for name in numbers),
        sa.Column("compared_on", sa.Date(), nullable=True),
        sa.Column("has_water", sa.Boolean(), nullable=True),
        sa.Column("land_class", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("curve", postgresql.JSONB(), nullable=False),
        sa.Column("sources", postgresql.JSONB(), nullable=False),
        sa.Column("details", postgresql.JSONB(), nullable=False),
        sa.Column("body_sha256", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.Text(), nullable=False),
        sa.Column("withdrawn_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("withdrawn_by", sa.Text(), nullable=True),
        sa.Column("withdrawn_reason", sa.Text(), nullable=True),
        sa.Column("is_demo", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "free_volume_m3 >= 0 and depth_m >= 0", name=op.f("ck_pit_surveys_no_negative_hollow")
        ),
        sa.ForeignKeyConstraint(
            ["site_code"], ["site_codes.code"], name=op.f("fk_pit_surveys_site_code")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pit_surveys")),
    )
    op.create_index(
        op.f("ix_pit_surveys_site_code_surveyed_on"), "pit_surveys", ["site_code", "surveyed_on"]
    )
