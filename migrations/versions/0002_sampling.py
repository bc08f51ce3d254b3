"""Draws of sites, sampling plans, their increments and the chain of custody.

Revision ID: 0002
Revises: 0001
"""

import sqlalchemy as sa
from alembic import op
from geoalchemy2 import Geometry
from sqlalchemy.dialects import postgresql

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_table(
        "site_selections",
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("district_code", sa.Text(), nullable=False),
        sa.Column("made_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("made_by", sa.Text(), nullable=False),
        sa.Column("by", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("size_by", sa.Text(), nullable=False),
        sa.Column("size", sa.Double(), nullable=True),
        sa.Column("allocation", sa.Text(), nullable=False),
        sa.Column("seed", sa.BigInteger(), nullable=False),
        sa.Column("population", sa.Integer(), nullable=False),
        sa.Column("strata", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("picks", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("cost_yuan", sa.Double(), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("unsized", sa.Integer(), nullable=False),
        sa.Column("rules_sha256", sa.Text(), nullable=False),
        sa.Column("body_sha256", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["district_code"], ["districts.code"], name=op.f("fk_site_selections_district_code")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_site_selections")),
    )
    op.create_index(
        op.f("ix_site_selections_district_code"), "site_selections", ["district_code"], unique=False
    )
    op.create_geospatial_table(
        "sampling_plans",
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("site_code", sa.Text(), nullable=False),
        sa.Column("site_version", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("planned_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("planned_by", sa.Text(), nullable=False),
        sa.Column("waste_kind", sa.Text(), nullable=False),
        sa.Column("mass_t", sa.Double(), nullable=False),
        sa.Column("mass_basis", sa.Text(), nullable=False),
        sa.Column("height_m", sa.Double(), nullable=True),
        sa.Column("grain_cm", sa.Double(), nullable=True),
        sa.Column("increment_mass_g", sa.Double(), nullable=False),
        sa.Column("n_table", sa.Integer(), nullable=False),
        sa.Column("n_planned", sa.Integer(), nullable=False),
        sa.Column("reduction", sa.Text(), nullable=True),
        sa.Column("reduction_reason", sa.Text(), nullable=True),
        sa.Column("layers", sa.Integer(), nullable=False),
        sa.Column("cells", sa.Integer(), nullable=False),
        sa.Column("cell_area_m2", sa.Double(), nullable=False),
        sa.Column("seed", sa.BigInteger(), nullable=False),
        sa.Column("cost_yuan", sa.Double(), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("rests_on", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("rules_sha256", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("is_demo", sa.Boolean(), nullable=False),
        sa.Column("body_sha256", sa.Text(), nullable=False),
        sa.Column("ended_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("ended_by", sa.Text(), nullable=True),
        sa.Column("ended_reason", sa.Text(), nullable=True),
        sa.Column(
            "outline",
            Geometry(geometry_type="MULTIPOLYGON", srid=4490, dimension=2, spatial_index=False),
            nullable=False,
        ),
        sa.CheckConstraint(
            "n_planned >= n_table or reduction is not null",
            name=op.f("ck_sampling_plans_fewer_by_rule"),
        ),
        sa.CheckConstraint(
            "reduction is null or reduction_reason is not null",
            name=op.f("ck_sampling_plans_reduction_why"),
        ),
        sa.ForeignKeyConstraint(
            ["site_code", "site_version"],
            ["sites.code", "sites.version"],
            name=op.f("fk_sampling_plans_site_code_site_version"),
        ),
        sa.ForeignKeyConstraint(
            ["site_code"], ["site_codes.code"], name=op.f("fk_sampling_plans_site_code")
        ),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_sampling_plans")),
        sa.UniqueConstraint("id", name=op.f("uq_sampling_plans_id")),
        sa.UniqueConstraint("site_code", "number", name=op.f("uq_sampling_plans_site_code_number")),
    )
    op.create_table(
        "increments",
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("plan_code", sa.Text(), nullable=False),
        sa.Column("site_code", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("cell", sa.Integer(), nullable=False),
        sa.Column("layer", sa.Integer(), nullable=False),
        sa.Column("depth_from_m", sa.Double(), nullable=True),
        sa.Column("depth_to_m", sa.Double(), nullable=True),
        sa.Column("lon", sa.Double(), nullable=False),
        sa.Column("lat", sa.Double(), nullable=False),
        sa.ForeignKeyConstraint(
            ["plan_code"], ["sampling_plans.code"], name=op.f("fk_increments_plan_code")
        ),
        sa.ForeignKeyConstraint(
            ["site_code"], ["site_codes.code"], name=op.f("fk_increments_site_code")
        ),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_increments")),
        sa.UniqueConstraint("plan_code", "number", name=op.f("uq_increments_plan_code_number")),
    )
    op.create_index(op.f("ix_increments_site_code"), "increments", ["site_code"], unique=False)
    op.create_table(
        "custody_events",
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("batch_id", sa.UUID(), nullable=False),
        sa.Column("increment_code", sa.Text(), nullable=False),
        sa.Column("step", sa.Text(), nullable=False),
        sa.Column("at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("lon", sa.Double(), nullable=True),
        sa.Column("lat", sa.Double(), nullable=True),
        sa.Column("accuracy_m", sa.Double(), nullable=True),
        sa.Column("off_m", sa.Double(), nullable=True),
        sa.Column("party", sa.Text(), nullable=True),
        sa.Column("seal_is_whole", sa.Boolean(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.Text(), nullable=False),
        sa.Column("body_sha256", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["increment_code"], ["increments.code"], name=op.f("fk_custody_events_increment_code")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_custody_events")),
        sa.UniqueConstraint(
            "increment_code", "step", name=op.f("uq_custody_events_increment_code_step")
        ),
    )
    op.create_index(
        op.f("ix_custody_events_batch_id"), "custody_events", ["batch_id"], unique=False
    )
