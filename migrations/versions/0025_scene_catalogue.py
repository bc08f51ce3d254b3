"""What the catalogue of scenes tells: clouds, what was done to a scene, the elevation beside it.

Revision ID: 0025
Revises: 0024
"""

import sqlalchemy as sa
from alembic import op
from geoalchemy2 import Geometry
from sqlalchemy.dialects import postgresql

revision = "0025"
down_revision = "0024"


def upgrade() -> None:
    text, share = sa.Text(), sa.Double()
    for added in (
        sa.Column("kind", text, nullable=False, server_default="IMAGE"),
        sa.Column("first_on", sa.Date(), nullable=True),
        sa.Column("source_sha256", text, nullable=True),
        sa.Column("processing", postgresql.JSONB(), nullable=False, server_default="{}"),
        sa.Column("valid_share", share, nullable=True),
        sa.Column("cloud_share", share, nullable=True),
        sa.Column("shadow_share", share, nullable=True),
        sa.Column("snow_share", share, nullable=True),
        sa.Column("mask_how", text, nullable=True),
        sa.Column("mask_path", text, nullable=True),
        sa.Column("mask_sha256", text, nullable=True),
        sa.Column("added_at", sa.TIMESTAMP(timezone=True), nullable=True),
    ):
        op.add_column("scenes", added)
    for name in ("kind", "processing"):
        op.alter_column("scenes", name, server_default=None)
    op.create_index(
        "ix_scenes_district_code_acquired_on", "scenes", ["district_code", "acquired_on"]
    )
    op.create_table(
        "elevations",
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("district_code", text, nullable=False),
        sa.Column("name", text, nullable=False),
        sa.Column("basis", text, nullable=False),
        sa.Column("crs", text, nullable=False),
        sa.Column("pixel_m", share, nullable=False),
        sa.Column(
            "footprint",
            Geometry("POLYGON", srid=4490, dimension=2, spatial_index=False),
            nullable=False,
        ),
        sa.Column("sha256", text, nullable=False),
        sa.Column("path", text, nullable=False),
        sa.Column("added_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["district_code"], ["districts.code"], name=op.f("fk_elevations_district_code")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_elevations")),
        sa.UniqueConstraint("district_code", "name", name=op.f("uq_elevations_district_code_name")),
    )
    op.create_index(op.f("ix_elevations_district_code"), "elevations", ["district_code"])
