"""What images showed of listed sites.

Revision ID: 0015
Revises: 0014
"""

import sqlalchemy as sa
from alembic import op
from geoalchemy2 import Geometry
from sqlalchemy.dialects import postgresql

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    op.create_table(
        "observations",
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("site_code", sa.Text(), nullable=False),
        sa.Column("site_version", sa.Integer(), nullable=False),
        sa.Column("scene_id", sa.UUID(), nullable=False),
        sa.Column("observed_on", sa.Date(), nullable=False),
        sa.Column("observed_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("rules_sha256", sa.Text(), nullable=False),
        sa.Column("valid_share", sa.Double(), nullable=False),
        sa.Column("snow_share", sa.Double(), nullable=False),
        sa.Column("cloud_share", sa.Double(), nullable=False),
        sa.Column("shadow_share", sa.Double(), nullable=False),
        sa.Column("bare_m2", sa.Double(), nullable=True),
        sa.Column("bare_low_m2", sa.Double(), nullable=True),
        sa.Column("bare_high_m2", sa.Double(), nullable=True),
        sa.Column("fvc", sa.Double(), nullable=True),
        sa.Column("fvc_low", sa.Double(), nullable=True),
        sa.Column("fvc_high", sa.Double(), nullable=True),
        sa.Column("fvc_reference", sa.Double(), nullable=True),
        sa.Column("fvc_ratio", sa.Double(), nullable=True),
        sa.Column("fvc_ratio_low", sa.Double(), nullable=True),
        sa.Column("fvc_ratio_high", sa.Double(), nullable=True),
        sa.Column("footprint_m2", sa.Double(), nullable=True),
        sa.Column("footprint_low_m2", sa.Double(), nullable=True),
        sa.Column("footprint_high_m2", sa.Double(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("compared_with", sa.UUID(), nullable=True),
        sa.Column("change_m2", sa.Double(), nullable=True),
        sa.Column("change_sigma_m2", sa.Double(), nullable=True),
        sa.Column("shift_east_m", sa.Double(), nullable=True),
        sa.Column("shift_north_m", sa.Double(), nullable=True),
        sa.Column("reference_how", sa.Text(), nullable=True),
        sa.Column("reasons", postgresql.JSONB(), nullable=False),
        sa.Column("measures", postgresql.JSONB(), nullable=False),
        sa.Column(
            "reference",
            Geometry(geometry_type="MULTIPOLYGON", srid=4490, dimension=2, spatial_index=False),
            nullable=True,
        ),
        sa.Column(
            "footprint",
            Geometry(geometry_type="MULTIPOLYGON", srid=4490, dimension=2, spatial_index=False),
            nullable=True,
        ),
        sa.CheckConstraint(
            "valid_share between 0 and 1", name=op.f("ck_observations_valid_share_is_a_share")
        ),
        sa.ForeignKeyConstraint(
            ["compared_with"], ["observations.id"], name=op.f("fk_observations_compared_with")
        ),
        sa.ForeignKeyConstraint(["scene_id"], ["scenes.id"], name=op.f("fk_observations_scene_id")),
        sa.ForeignKeyConstraint(
            ["site_code"], ["site_codes.code"], name=op.f("fk_observations_site_code")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_observations")),
    )
    op.create_geospatial_index(
        "ix_observations_footprint",
        "observations",
        ["footprint"],
        unique=False,
        postgresql_using="gist",
        postgresql_ops={},
    )
    op.create_index(op.f("ix_observations_scene_id"), "observations", ["scene_id"], unique=False)
    op.create_index(
        "ix_observations_site_code_observed_on",
        "observations",
        ["site_code", "observed_on"],
        unique=False,
    )
