"""Reaches of rivers, and the river that each site lies along.

Revision ID: 0021
Revises: 0020
"""

import sqlalchemy as sa
from alembic import op
from geoalchemy2 import Geometry
from sqlalchemy.dialects import postgresql

revision = "0021"
down_revision = "0020"


def upgrade() -> None:
    op.create_table(
        "reaches",
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("district_code", sa.Text(), nullable=False),
        sa.Column("river", sa.Text(), nullable=False),
        sa.Column("river_en", sa.Text(), nullable=False),
        sa.Column("is_main_stem", sa.Boolean(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("from_m", sa.Double(), nullable=False),
        sa.Column("to_m", sa.Double(), nullable=False),
        sa.Column("name_zh", sa.Text(), nullable=False),
        sa.Column("name_en", sa.Text(), nullable=False),
        sa.Column("line", Geometry("LINESTRING", srid=4490, spatial_index=False), nullable=False),
        sa.Column("sides", Geometry("MULTILINESTRING", srid=4490, spatial_index=False)),
        sa.Column("stream_order", sa.Integer(), nullable=False),
        sa.Column("joins", sa.Text()),
        sa.Column("joins_at_m", sa.Double()),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.Column("layer_id", postgresql.UUID(), nullable=False),
        sa.Column("adopted_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("ended_at", sa.TIMESTAMP(timezone=True)),
        sa.CheckConstraint(
            "from_m >= 0 and to_m > from_m", name=op.f("ck_reaches_runs_downstream")
        ),
        sa.ForeignKeyConstraint(
            ["district_code"], ["districts.code"], name=op.f("fk_reaches_district_code")
        ),
        sa.ForeignKeyConstraint(
            ["layer_id"], ["reference_layers.id"], name=op.f("fk_reaches_layer_id")
        ),
        sa.PrimaryKeyConstraint("code", "adopted_at", name=op.f("pk_reaches")),
    )
    op.create_index(
        "uq_reaches_in_force",
        "reaches",
        ["district_code", "name_zh"],
        unique=True,
        postgresql_where=sa.text("ended_at is null"),
    )
    op.create_index(
        "ix_reaches_district_code_river", "reaches", ["district_code", "river", "ordinal"]
    )
    op.create_index("ix_reaches_line", "reaches", ["line"], postgresql_using="gist")
    for table in ("surroundings", "listed"):
        op.add_column(table, sa.Column("river", sa.Text()))
        op.add_column(table, sa.Column("river_distance_m", sa.Double()))
    for name in ("reach", "river"):
        op.create_index(f"ix_listed_by_{name}", "listed", ["district_code", name, "chainage_m"])
